"""Call records as CSV, one row a call."""

import csv
import io
from collections.abc import Sequence

from hatif.domain import Document, Party, Role
from hatif.domain.record import CallRecord

COLUMNS = (
    "document", "published", "first", "first_country", "first_role", "second", "second_country", "second_role",
    "others", "status", "date", "day_from", "day_to", "topic", "evidence", "score", "rule",
)  # fmt: skip
"""`first` is the caller where one is known; days are ISO 8601, countries ISO 3166-1 alpha-3."""


def csv_header() -> str:
    """The line of column names."""
    return _lines([COLUMNS])


def csv_rows(document: Document, records: Sequence[CallRecord]) -> str:
    """The rows of one document's calls; an empty string where it has none."""
    return _lines([_row(document, record) for record in records])


def party_words(document: Document, party: Party) -> str:
    """What to call a party: its name, else its mention on one line."""
    return " ".join((party.name or document.words_of(party)).split())


def in_order(parties: Sequence[Party]) -> list[Party]:
    """The caller first; otherwise as the text has them."""
    return sorted(parties, key=lambda party: party.role is not Role.INITIATOR)


def _row(document: Document, record: CallRecord) -> list[str]:
    first, second, *others = in_order(record.call.parties)
    evidence = " … ".join(_one_line(document.text[start:end]) for start, end in record.evidence)
    return [
        document.id,
        document.published.isoformat() if document.published else "",
        *_cells(document, first),
        *_cells(document, second),
        "; ".join(party_words(document, party) for party in others),
        record.call.status.value,
        _one_line(record.call.date or ""),
        record.day.first.isoformat() if record.day else "",
        record.day.last.isoformat() if record.day else "",
        _one_line(document.text[slice(*record.topic)]) if record.topic else "",
        evidence,
        f"{record.score:.2f}",
        record.rule,
    ]


def _cells(document: Document, party: Party) -> tuple[str, str, str]:
    return party_words(document, party), party.country or "", party.role.value


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _lines(rows: Sequence[Sequence[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()
