"""From a document with spans to its call records."""

from collections.abc import Sequence
from dataclasses import dataclass

from hatif.calls.drafts import Reading
from hatif.calls.duals import told_apart
from hatif.calls.frame import Frame
from hatif.calls.frames import read_frames
from hatif.calls.honorifics import with_honorifics
from hatif.calls.identity import identify
from hatif.calls.mentions import mentions_of
from hatif.calls.merging import Gatherer
from hatif.calls.places import is_person, places_of
from hatif.calls.reading import Row, read_rows
from hatif.calls.records import RecordMaker
from hatif.calls.resolving import fold_unnamed, tell_roles, tell_states
from hatif.calls.status import status_of
from hatif.calls.surroundings import subjects
from hatif.calls.topics import topic_of
from hatif.calls.twice import dates_of_each, dates_of_two
from hatif.calls.when import date_of, date_told_before, past_words, time_words_of
from hatif.calls.words import tells_apart
from hatif.domain import Document, Role, Status
from hatif.domain.record import CallRecord, IncompleteCall


@dataclass(frozen=True, slots=True)
class Linking:
    """The call records of a document, and apart from them the triggers that belong to none."""

    records: tuple[CallRecord, ...]
    incomplete: tuple[IncompleteCall, ...]


def link_calls(document: Document) -> list[CallRecord]:
    """The call records of a document with spans, in the order of their first report; its own `calls` are not read."""
    return list(link(document).records)


def link(document: Document) -> Linking:
    """The call records of a document, and its calls with fewer than two parties that could be named."""
    mentions = list(told_apart(mentions_of(document)))
    entity_of, entities = identify(mentions)
    rows, triggers = read_rows(document, mentions)
    genders = [next((mentions[at].gender for at in one.mentions if mentions[at].gender), "") for one in entities]
    placed = with_honorifics(rows, [places_of(row, mentions, entity_of, genders) for row in rows], mentions)
    gatherer = Gatherer(
        [
            [place for place in places if is_person(place) and place.marker in ("", "with", "to", "for")]
            for places in placed
        ]
    )
    frames: list[Frame] = []
    for number, (row, places) in enumerate(zip(rows, placed, strict=True)):
        if any(item.trigger is not None for item in row.items):
            found = read_frames(number, row, places)
            for reading in _readings(document.text, row, rows[number - 1] if number else None, found):
                gatherer.take(reading)
            frames += found
        elif row.is_item:
            gatherer.take_line(number, next(iter(subjects(places)), None))
    drafts = fold_unnamed(gatherer.drafts, entities)
    tell_states(drafts, entities, placed)
    tell_roles(drafts, entities)
    maker = RecordMaker(document, mentions, entities, rows, triggers)
    linked = {reading.frame.trigger for draft in drafts for reading in draft.readings}
    return Linking(
        records=tuple(maker.record(draft) for draft in drafts),
        incomplete=tuple(
            IncompleteCall(
                triggers=((triggers[frame.trigger].start, triggers[frame.trigger].end),),
                party=maker.party(frame.callers or frame.called, Role.PARTY) if frame.callers or frame.called else None,
                evidence=maker.evidence([frame.row]),
            )
            for frame in frames
            if frame.trigger not in linked
        ),
    )


def _readings(text: str, row: Row, before: Row | None, frames: Sequence[Frame]) -> list[Reading]:
    """The frames of a sentence with the status, date and topic that it, or the one before it, gives each."""
    times = time_words_of(text, row)
    past = past_words(text, times)
    told = date_told_before(text, row, before) if before else None
    readings = []
    for frame in frames:
        around = [item.key for item in row.items[max(0, frame.position - 1) : frame.position + 3]]
        status = status_of(row.items, frame.position)
        readings.append(
            Reading(
                frame,
                status,
                date_of(row, frame.position, past if status is Status.HELD else times) or told,
                topic_of(row, frame.position),
                tells_apart(row.items[frame.position].key, around),
                dates_of_two(row.items, frame.position, times),
                dates_of_each(row.items, frame, times),
            )
        )
    return readings
