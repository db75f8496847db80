"""Records with their provenance, and intervals of days."""

from collections.abc import Callable
from datetime import date

import pytest

from hatif.domain import Call, Party, Role, Status
from hatif.domain.record import CallRecord, DateInterval

DAY = date(2017, 11, 20)
CALL = Call((), Status.HELD, None, (Party(0, 5, None, None, Role.PARTY), Party(6, 9, None, None, Role.PARTY)))


@pytest.mark.parametrize(
    ("last", "told", "precision"),
    [
        (DAY, "2017-11-20", "day"),
        (date(2017, 11, 26), "2017-11-20/2017-11-26", "week"),
        (date(2017, 12, 19), "2017-11-20/2017-12-19", "month"),
        (date(2018, 11, 20), "2017-11-20/2018-11-20", "year"),
        (date(2018, 11, 21), "2017-11-20/2018-11-21", "longer"),
    ],
)
def test_an_interval_tells_its_days_and_how_exact_it_is(last: date, told: str, precision: str) -> None:
    interval = DateInterval(DAY, last)
    assert (str(interval), interval.precision) == (told, precision)


@pytest.mark.parametrize(
    ("build", "told"),
    [
        (lambda: DateInterval(DAY, date(2017, 11, 19)), "ends before it begins"),
        (lambda: CallRecord(CALL, None, (3, 3), (), 0.5, "rule"), "3–3 is empty"),
        (lambda: CallRecord(CALL, None, None, ((4, 2),), 0.5, "rule"), "4–2 is empty"),
        (lambda: CallRecord(CALL, None, None, (), 1.5, "rule"), "outside 0–1"),
    ],
)
def test_a_bad_record_cannot_be_made(build: Callable[[], object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        build()
