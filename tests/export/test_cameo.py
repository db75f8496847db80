"""CAMEO events of call records."""

from datetime import date

import pytest

from hatif.domain import Call, Document, Party, Role, Status
from hatif.domain.record import CallRecord, DateInterval
from hatif.export.cameo import cameo

PUBLISHED = date(2017, 11, 22)
DAY = DateInterval(date(2017, 11, 20), date(2017, 11, 20))
WEEK = DateInterval(date(2017, 11, 12), date(2017, 11, 18))
DIRECTED = (Party(0, 5, None, "RUS", Role.INITIATOR), Party(6, 9, None, "EGY", Role.RECIPIENT))
MUTUAL = (Party(0, 5, None, "RUS", Role.PARTY), Party(6, 9, None, None, Role.PARTY))


@pytest.mark.parametrize(
    ("parties", "status", "day", "lines"),
    [
        (DIRECTED, Status.HELD, DAY, ["20171120\tRUSGOV\tEGYGOV\t041"]),
        (DIRECTED, Status.PLANNED, DAY, ["20171120\tRUSGOV\tEGYGOV\t036"]),
        (DIRECTED, Status.DENIED, DAY, []),
        # no initiator: both ways round; no state: unknown
        (MUTUAL, Status.HELD, DAY, ["20171120\tRUSGOV\t---\t041", "20171120\t---\tRUSGOV\t041"]),
        # no exact day: that of the publication
        (DIRECTED, Status.HELD, None, ["20171122\tRUSGOV\tEGYGOV\t041"]),
        (DIRECTED, Status.HELD, WEEK, ["20171122\tRUSGOV\tEGYGOV\t041"]),
    ],
)
def test_a_call_is_dated_source_target_code(
    parties: tuple[Party, ...], status: Status, day: DateInterval | None, lines: list[str]
) -> None:
    record = CallRecord(Call((), status, None, parties), day, None, (), 0.9, "make")
    assert cameo(Document("d", "نص قصير", PUBLISHED), [record]).splitlines() == lines


def test_a_call_without_any_day_is_left_out() -> None:
    record = CallRecord(Call((), Status.HELD, None, DIRECTED), None, None, (), 0.9, "make")
    assert cameo(Document("d", "نص قصير"), [record]) == ""
