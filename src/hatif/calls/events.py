"""Events, not reports: the same call told by several documents is one event with all its sources."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hatif.calls.names import name_words, names_agree
from hatif.domain import Call, Document, Party, Status
from hatif.domain.record import CallRecord, DateInterval

_STATUS_ORDER = (Status.HELD, Status.DENIED, Status.PLANNED)


@dataclass(frozen=True, slots=True)
class CallEvent:
    """A call as all documents together tell it: `sources` are the ids of the documents, in their order."""

    parties: tuple[Party, ...]
    day: DateInterval | None
    status: Status
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventCount:
    """How many events a pair had on a day; the pair is of names, or of countries where a name is missing."""

    pair: tuple[str, ...]
    day: DateInterval | None
    status: Status
    events: int
    reports: int


@dataclass(slots=True)
class _Group:
    parties: tuple[Party, ...]
    day: DateInterval | None
    statuses: list[Status]
    sources: list[str]


def merge_reports(reports: Iterable[tuple[Document, Sequence[CallRecord]]]) -> list[CallEvent]:
    """One event for all reports of a call: the same parties on the same day.

    A call whose day is unknown, or known no better than a week, stays an event of its document. A held call and its
    announcement are one event, held.
    """
    groups: list[_Group] = []
    by_day: dict[tuple[DateInterval, int], list[_Group]] = {}
    for document, records in reports:
        for record in records:
            day = record.day if record.day and record.day.precision == "day" else None
            peers = by_day.setdefault((day, len(record.call.parties)), []) if day else []
            group = next((one for one in peers if _same_parties(one.parties, record.call.parties)), None)
            if group is None:
                group = _Group(record.call.parties, record.day, [], [])
                groups.append(group)
                peers.append(group)
            group.statuses.append(record.call.status)
            group.parties = _fuller(group.parties, record.call)
            if document.id not in group.sources:
                group.sources.append(document.id)
    return [
        CallEvent(
            group.parties,
            group.day,
            next(status for status in _STATUS_ORDER if status in group.statuses),
            tuple(group.sources),
        )
        for group in groups
    ]


def count_events(events: Iterable[CallEvent]) -> list[EventCount]:
    """Events by pair, day and status, the most frequent first."""
    counted: Counter[tuple[tuple[str, ...], DateInterval | None, Status]] = Counter()
    reported: Counter[tuple[tuple[str, ...], DateInterval | None, Status]] = Counter()
    for event in events:
        key = tuple(sorted(party.name or party.country or "?" for party in event.parties)), event.day, event.status
        counted[key] += 1
        reported[key] += len(event.sources)
    return [EventCount(*key, events=number, reports=reported[key]) for key, number in counted.most_common()]


def _same_parties(ones: Sequence[Party], others: Sequence[Party]) -> bool:
    """Whether the parties can be paired off; two or few of them, so that first fit does."""
    left = list(others)
    for one in ones:
        match = next((other for other in left if _same_party(one, other)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _same_party(one: Party, other: Party) -> bool:
    if one.country and other.country and one.country != other.country:
        return False
    if one.name and other.name:
        return names_agree(name_words(one.name), name_words(other.name))
    return one.country is not None and one.country == other.country


def _fuller(parties: tuple[Party, ...], call: Call) -> tuple[Party, ...]:
    """Of two tellings of the same call, the parties of the one that names more of them."""
    return max(parties, call.parties, key=lambda those: sum(party.name is not None for party in those))
