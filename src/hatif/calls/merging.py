"""One record a call: frames that speak of the same call are merged."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hatif.calls.frame import Frame
from hatif.calls.places import Place
from hatif.domain import Role, Status

_BACK = 4
"""Sentences back in which an elided party is looked for."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A frame with what else its sentence says of the call.

    `date` and `topic` are ranges of the text; `another` says that the sentence tells this call from one before it.
    """

    frame: Frame
    status: Status
    date: tuple[int, int] | None = None
    topic: tuple[int, int] | None = None
    another: bool = False


@dataclass(slots=True, eq=False)
class Draft:
    """A record while its readings are gathered: the places that name each entity, and the roles once a reading says."""

    parties: dict[int, list[Place]]
    readings: list[Reading] = field(default_factory=list)
    roles: dict[int, Role] = field(default_factory=dict)
    own: set[int] = field(default_factory=set)
    """Numbers of the readings that name all parties themselves; others tell of a round of calls, say."""

    def take(self, reading: Reading, group: Sequence[Place] = ()) -> None:
        """Add a reading that names these people of the call."""
        if {place.entity for place in group} == self.parties.keys():
            self.own.add(len(self.readings))
        self.readings.append(reading)
        for place in group:
            self.parties[place.entity].append(place)
        frame = reading.frame
        if frame.directed and not self.roles and {place.entity for place in group} == self.parties.keys():
            callers = {place.entity for place in frame.callers}
            self.roles = {entity: Role.INITIATOR if entity in callers else Role.RECIPIENT for entity in self.parties}

    def absorb(self, other: "Draft") -> None:
        """Take over the readings of a record that proved to be this one."""
        self.own |= {len(self.readings) + number for number in other.own}
        self.readings += other.readings

    @property
    def status(self) -> Status:
        """Denied if any reading says so, else held if any does."""
        found = {reading.status for reading in self.readings}
        return next(status for status in (Status.DENIED, Status.HELD, Status.PLANNED) if status in found)

    @property
    def date(self) -> tuple[int, int] | None:
        """The time words of the clearest reading that has any."""
        return next((reading.date for reading in self.clearest_first if reading.date), None)

    @property
    def clearest_first(self) -> list[Reading]:
        """Readings that tell of the call itself and name its parties before its announcements and round-ups."""

        def unclear(number: int) -> tuple[bool, bool]:
            return self.readings[number].status is not self.status, number not in self.own

        return [self.readings[number] for number in sorted(range(len(self.readings)), key=unclear)]

    @property
    def topic(self) -> tuple[int, int] | None:
        """The topic of the clearest reading that has one."""
        return next((reading.topic for reading in self.clearest_first if reading.topic), None)

    @property
    def only_headline(self) -> bool:
        """Whether nothing but the first sentence speaks of the call."""
        return all(reading.frame.row == 0 for reading in self.readings)


class Gatherer:
    """Takes readings in the order of the text and keeps the records that they add up to.

    `people` holds, sentence by sentence, who is named as a subject or partner: parties that later sentences elide.
    """

    def __init__(self, people: Sequence[Sequence[Place]]) -> None:
        self._people = people
        self.drafts: list[Draft] = []
        self._by_parties: dict[frozenset[int], list[Draft]] = {}
        self._latest: list[Draft] = []
        self._series: Place | None = None
        self._partners: set[int] = set()

    def take(self, reading: Reading) -> None:
        """Make a record of the reading, or add it to one; what names fewer than two parties and no record is left."""
        frame = reading.frame
        if frame.outsider:
            return
        if frame.back:
            self._take_back(reading)
            return
        self._fill(frame)
        if not frame.callers or not frame.called:
            self._take_half(reading)
            return
        groups = [[one, two] for one in frame.callers for two in frame.called]
        if frame.joint:
            groups = [[*frame.callers, *frame.called]]
        found = [self._record(reading, group) for group in groups if len({place.entity for place in group}) > 1]
        if found:
            self._latest = found
        if found and frame.directed and frame.several and len(frame.callers) == 1:
            self._series = frame.callers[0]

    def _fill(self, frame: Frame) -> None:
        """Take an elided caller, or whom a pronoun means, from the sentences before."""
        known = {place.entity for place in (*frame.callers, *frame.called)}
        series = self._series
        if not frame.callers and frame.called and frame.definite and series and series.entity not in known:
            # `المكالمة الأولى كانت مع B`: in a series of calls, the caller is the one who began it.
            frame.callers, frame.directed = [series], True
        elif not frame.callers and (frame.called or frame.pronoun):
            frame.callers = self._subject_before(frame.row, known)
        elif frame.callers and not frame.called and frame.pronoun:
            frame.called = self._object_before(frame.row, known)
        elif frame.callers and not frame.called and frame.rule in ("receive", "from"):
            frame.called = self._subject_before(frame.row, known)
        elif frame.callers and not frame.called and frame.rule == "genitive" and self._latest:
            latest = self._latest[-1]
            frame.called = [
                places[0]
                for entity, places in latest.parties.items()
                if latest.roles.get(entity) is Role.RECIPIENT and entity not in known and places
            ]

    def _subject_before(self, row: int, known: set[int]) -> list[Place]:
        """The first subject of the nearest sentence before that has one."""
        for before in range(row - 1, max(-1, row - _BACK - 1), -1):
            first = next((place for place in self._people[before] if place.marker == ""), None)
            if first is not None and first.entity not in known:
                return [first]
        return []

    def _object_before(self, row: int, known: set[int]) -> list[Place]:
        """The last person of the sentences before."""
        for before in range(row - 1, max(-1, row - _BACK), -1):
            for place in reversed(self._people[before]):
                if place.entity not in known:
                    return [place]
        return []

    def _take_back(self, reading: Reading) -> None:
        """A trigger that points back: to the latest call, or in a series to a new one with whom its sentence names."""
        frame = reading.frame
        series, near = self._series, frame.near
        if series and near and not frame.several and near.entity != series.entity and near.entity not in self._partners:
            frame.callers, frame.called, frame.directed = [series], [near], True
            self._latest = [self._record(reading, [series, near])]
        elif self._latest and not frame.definite and _is_new(self._latest[-1], reading):
            frame.directed = False
            self._latest = [self._open(reading, [places[0] for places in self._latest[-1].parties.values()])]
        else:
            for draft in self._latest if frame.several else self._latest[-1:]:
                draft.take(reading)
            if frame.several and near and not self._latest:
                self._series = near

    def _take_half(self, reading: Reading) -> None:
        """A reading with one side speaks of a latest call with that side, or a plural one opens a series of calls."""
        side = reading.frame.callers or reading.frame.called
        known = {place.entity for place in side}
        if reading.frame.several and side:
            self._series = side[0]
        if not reading.another:
            for draft in reversed(self._latest):
                if known <= draft.parties.keys():
                    draft.take(reading)
                    return

    def _record(self, reading: Reading, group: Sequence[Place]) -> Draft:
        """The record of these people that the reading belongs to, a new one if there is none."""
        for draft in reversed(self._by_parties.get(frozenset(place.entity for place in group), [])):
            if not reading.another or draft.only_headline:
                draft.take(reading, group)
                return draft
        return self._open(reading, group)

    def _open(self, reading: Reading, group: Sequence[Place]) -> Draft:
        draft = Draft({place.entity: [] for place in group})
        draft.take(reading, group)
        self.drafts.append(draft)
        self._by_parties.setdefault(frozenset(draft.parties), []).append(draft)
        self._partners.update(draft.parties)
        return draft


def _is_new(draft: Draft, reading: Reading) -> bool:
    """Whether a trigger without the article speaks of another call of the same parties than the latest."""
    return not draft.only_headline and (reading.another or bool(reading.date and draft.date))
