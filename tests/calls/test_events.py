"""Reports of several documents to events."""

from datetime import date

from hatif.calls.events import count_events, merge_reports
from hatif.domain import Call, Document, Party, Role, Status
from hatif.domain.record import CallRecord, DateInterval

MONDAY, TUESDAY = (DateInterval(date(2017, 11, day), date(2017, 11, day)) for day in (20, 21))
WEEK = DateInterval(date(2017, 11, 12), date(2017, 11, 18))


def report(source: str, one: str, other: str, day: DateInterval | None, status: Status = Status.HELD):
    parties = (Party(0, 1, one, "RUS", Role.PARTY), Party(2, 3, other, None, Role.PARTY))
    return Document(source, "نص قصير"), [CallRecord(Call((), status, None, parties), day, None, (), 0.9, "with")]


def test_reports_of_one_pair_on_one_day_are_one_event_with_all_sources() -> None:
    events = merge_reports(
        [
            report("a", "بوتين", "ترامب", MONDAY, Status.PLANNED),
            report("b", "فلاديمير بوتين", "دونالد ترمب", MONDAY),
            report("b", "بوتين", "ترامب", MONDAY),
        ]
    )
    (event,) = events
    assert event.sources == ("a", "b")
    assert event.status is Status.HELD


def test_other_days_other_people_and_unknown_days_stay_apart() -> None:
    events = merge_reports(
        [
            report("a", "بوتين", "ترامب", MONDAY),
            report("b", "بوتين", "ترامب", TUESDAY),
            report("c", "بوتين", "ماكرون", MONDAY),
            report("d", "بوتين", "ترامب", None),
            report("e", "بوتين", "ترامب", None),
            report("f", "بوتين", "ترامب", WEEK),
            report("g", "بوتين", "ترامب", WEEK),
        ]
    )
    assert [event.sources for event in events] == [("a",), ("b",), ("c",), ("d",), ("e",), ("f",), ("g",)]


def test_events_are_counted_by_pair_day_and_status() -> None:
    counts = count_events(
        merge_reports(
            [
                report("a", "بوتين", "ترامب", MONDAY),
                report("b", "بوتين", "ترامب", MONDAY),
                report("c", "بوتين", "ترامب", TUESDAY, Status.DENIED),
            ]
        )
    )
    assert [(count.day, count.status, count.events, count.reports) for count in counts] == [
        (MONDAY, Status.HELD, 1, 2),
        (TUESDAY, Status.DENIED, 1, 1),
    ]
