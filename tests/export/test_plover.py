"""PLOVER events of call records."""

import json
from datetime import date

import pytest

from hatif.domain import Call, Document, Label, Party, Role, Span, Status
from hatif.domain.record import CallRecord, DateInterval
from hatif.export.plover import plover, sector_of

# The Russian president Putin held a call with the Secretary-General Guterres.
TEXT = "أجرى الرئيس الروسي بوتين اتصالا بالأمين العام للأمم المتحدة غوتيريش"
DOCUMENT = Document(
    "d",
    TEXT,
    date(2017, 11, 22),
    (Span(5, 11, Label.TITLE), Span(12, 18, Label.COUNTRY), Span(19, 24, Label.LEADER), Span(32, 59, Label.TITLE)),
)
PUTIN, GUTERRES = (5, 24, "بوتين", "RUS"), (32, 67, "غوتيريش", None)


def record(status: Status = Status.HELD, directed: bool = True) -> CallRecord:
    roles = (Role.RECIPIENT, Role.INITIATOR) if directed else (Role.PARTY, Role.PARTY)
    call = Call((), status, "أمس", (Party(*GUTERRES, roles[0]), Party(*PUTIN, roles[1])))
    day = DateInterval(date(2017, 11, 21), date(2017, 11, 21))
    return CallRecord(call, day, None, ((0, len(TEXT)),), 0.9, "make")


def test_a_held_call_is_a_consultation_by_phone() -> None:
    event = json.loads(plover(DOCUMENT, [record()]))
    assert (event["event_type"], event["event_mode"], event["event_date"]) == ("CONSULT", "phone", "2017-11-21")
    assert event["actors"] == [{"name": "بوتين", "country": "RUS", "sector": "GOV", "raw": "الرئيس الروسي بوتين"}]
    assert [(one["name"], one["country"], one["sector"]) for one in event["recipients"]] == [("غوتيريش", None, "IGO")]
    assert event["event_text"] == [TEXT]


def test_a_planned_call_is_an_agreement_without_a_mode() -> None:
    event = json.loads(plover(DOCUMENT, [record(Status.PLANNED)]))
    assert (event["event_type"], event["event_mode"]) == ("AGREE", "")


def test_a_denied_call_is_no_event() -> None:
    assert plover(DOCUMENT, [record(Status.DENIED)]) == ""


def test_events_are_one_to_a_line_with_an_id_each() -> None:
    lines = plover(DOCUMENT, [record(), record(Status.DENIED), record(directed=False)]).splitlines()
    assert [json.loads(line)["event_id"] for line in lines] == ["d-1", "d-3"]
    assert [json.loads(line)["hatif_directed"] for line in lines] == [True, False]


@pytest.mark.parametrize(
    ("title", "sector"),
    [
        ("الرئيس", "GOV"),
        ("رئيس مجلس النواب", "LEG"),
        ("قائد الجيش", "MIL"),
        ("رئيس المخابرات العامة", "SPY"),
        ("قائد قوات الدعم السريع", "REB"),
        ("زعيمة المعارضة", "OPP"),
        ("المبعوث الأممي", "IGO"),
    ],
)
def test_the_title_names_the_sector(title: str, sector: str) -> None:
    document = Document("d", title, spans=(Span(0, len(title), Label.TITLE),))
    assert sector_of(document, Party(0, len(title), None, None, Role.PARTY)) == sector


def test_a_bare_name_has_no_sector() -> None:
    assert sector_of(Document("d", "بوتين"), Party(0, 5, "بوتين", "RUS", Role.PARTY)) == ""
