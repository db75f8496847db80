"""Call records as a table for the terminal."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from hatif.domain import Document, Role
from hatif.domain.record import CallRecord, IncompleteCall
from hatif.export.csv import in_order, party_words
from hatif.export.terminal import one_line

_TOPIC = 60
"""Characters of a topic or of evidence that a cell shows."""


def calls_table(document: Document, records: Sequence[CallRecord]) -> RenderableType:
    """Caller, called, date, status and topic of every record, with its evidence below; a line where there is none.

    Where the text does not say who called, the two sides are joined by `↔` instead of `→`.
    """
    if not records:
        return Text("no call between leaders, officials or states\n", style="dim")
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for heading in ("#", "caller", "", "called", "date", "status", "topic"):
        table.add_column(heading)
    for number, record in enumerate(records, start=1):
        parties = in_order(record.call.parties)
        names = [_party(party_words(document, party), party.country) for party in parties]
        arrow = "→" if parties[0].role is Role.INITIATOR else "↔"
        topic = document.text[slice(*record.topic)] if record.topic else ""
        table.add_row(
            str(number),
            names[0],
            arrow,
            Text("\n").join(names[1:]),
            _date(record),
            record.call.status.value,
            Text(_short(topic)),
        )
    evidence = Text()
    for number, record in enumerate(records, start=1):
        for start, end in record.evidence[:1]:
            evidence.append(f"{number}. ", "bold")
            evidence.append(one_line(document.text[start:end]) + "\n", "cyan")
    return Group(table, evidence)


def _party(words: str, country: str | None) -> Text:
    text = Text(one_line(words))
    if country:
        text.append(f" {country}", "green")
    return text


def _date(record: CallRecord) -> Text:
    text = Text(one_line(record.call.date or ""))
    if record.day:
        text.append(f" {record.day}", "yellow")
    return text


def _short(words: str) -> str:
    line = one_line(words)
    return line if len(line) <= _TOPIC else line[: _TOPIC - 1].rsplit(" ", 1)[0] + "…"


def incomplete_table(document: Document, incomplete: Sequence[IncompleteCall]) -> RenderableType:
    """The calls of which a party is missing: who is known, and the sentence."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="dim")
    table.add_column("incomplete: one party")
    table.add_column("evidence")
    for call in incomplete:
        known = party_words(document, call.party) if call.party else ""
        evidence = document.text[slice(*call.evidence[0])] if call.evidence else ""
        table.add_row(Text(one_line(known)), Text(_short(evidence)))
    return table
