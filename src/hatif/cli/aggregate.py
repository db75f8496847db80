"""`hatif aggregate`."""

import csv
import io
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hatif.calls import link_calls
from hatif.calls.events import CallEvent, EventCount, count_events, merge_reports
from hatif.data.files import write_whole
from hatif.data.sources import list_files, read_sources, sound_documents
from hatif.export.terminal import one_line


class Unit(StrEnum):
    """What `--by` may say."""

    PAIR = "pair"
    EVENT = "event"


def aggregate(
    sources: Annotated[list[str], typer.Argument(help="Tagged documents, as predict --format jsonl writes them.")],
    by: Annotated[
        Unit, typer.Option(help="Counts by pair, day and status, or every event with its sources.")
    ] = Unit.PAIR,
    out: Annotated[Path | None, typer.Option(help="Write CSV to this file instead of the screen.")] = None,
) -> None:
    """Count calls, not reports: reports of the same call, the same pair on the same day, are one event, as CSV."""
    documents = sound_documents(read_sources(list_files(sources)))
    events = merge_reports((document, link_calls(document)) for document in documents)
    text = _lines(_count_rows(count_events(events)) if by is Unit.PAIR else _event_rows(events))
    if out:
        write_whole(out, [text])
    else:
        sys.stdout.write(text)


def _count_rows(counts: Sequence[EventCount]) -> list[list[str]]:
    head = ["pair", "day", "status", "events", "reports"]
    return [
        head,
        *(
            [" / ".join(map(one_line, c.pair)), str(c.day or ""), c.status.value, str(c.events), str(c.reports)]
            for c in counts
        ),
    ]


def _event_rows(events: Sequence[CallEvent]) -> list[list[str]]:
    head = ["parties", "countries", "day", "status", "reports", "sources"]
    return [
        head,
        *(
            [
                " / ".join(one_line(party.name or party.country or "?") for party in event.parties),
                " / ".join(party.country or "" for party in event.parties),
                str(event.day or ""),
                event.status.value,
                str(len(event.sources)),
                "; ".join(map(one_line, event.sources)),
            ]
            for event in events
        ),
    ]


def _lines(rows: Sequence[Sequence[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()
