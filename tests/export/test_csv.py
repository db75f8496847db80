"""CSV rows of call records."""

import csv
import io
from datetime import date

from hatif.domain import Call, Document, Party, Role, Status
from hatif.domain.record import CallRecord, DateInterval
from hatif.export.csv import COLUMNS, csv_header, csv_rows

TEXT = 'أجرى بوتين، مساء الاثنين، اتصالا "هاتفيا" بالسيسي\nبحثا خلاله الغاز'
RECORD = CallRecord(
    Call(
        ((26, 32),),
        Status.HELD,
        "مساء الاثنين",
        (
            Party(42, 49, "عبد الفتاح السيسي", "EGY", Role.RECIPIENT),
            Party(5, 10, None, None, Role.INITIATOR),
        ),
    ),
    DateInterval(date(2017, 11, 20), date(2017, 11, 20)),
    (50, 66),
    ((0, 49),),
    0.917,
    "make",
)


def rows(published: date | None = None) -> list[dict[str, str]]:
    text = csv_header() + csv_rows(Document("a,1", TEXT, published), [RECORD])
    return list(csv.DictReader(io.StringIO(text)))


def test_a_call_is_one_row_whatever_stands_in_the_text() -> None:
    (row,) = rows(date(2017, 11, 22))
    assert row["document"] == "a,1"
    assert row["evidence"] == TEXT[:49]
    assert (row["date"], row["day_from"], row["day_to"]) == ("مساء الاثنين", "2017-11-20", "2017-11-20")
    assert (row["score"], row["rule"], row["status"], row["published"]) == ("0.92", "make", "held", "2017-11-22")
    assert row["topic"] == TEXT[50:66]


def test_the_caller_comes_first_by_name_or_else_by_mention() -> None:
    (row,) = rows()
    assert (row["first"], row["first_country"], row["first_role"]) == ("بوتين", "", "initiator")
    assert (row["second"], row["second_country"], row["second_role"]) == ("عبد الفتاح السيسي", "EGY", "recipient")


def test_every_row_fills_every_column() -> None:
    (row,) = rows()
    assert tuple(row) == COLUMNS
    assert None not in row.values()


def test_a_document_without_calls_has_no_rows() -> None:
    assert csv_rows(Document("a", TEXT), []) == ""
