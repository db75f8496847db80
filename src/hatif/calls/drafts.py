"""Records while they are gathered: the readings that each stands on, and what these say together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hatif.calls.frame import Frame
from hatif.calls.places import Place
from hatif.domain import Role, Status


@dataclass(frozen=True, slots=True)
class Reading:
    """A frame with what else its sentence says of the call.

    `date` and `topic` are ranges of the text; `another` says that the sentence tells this call from one before it;
    `twice` holds the dates of two calls that it tells of the same people, `dates` those of its calls by the position of
    the partner, where ordinals tell them apart.
    """

    frame: Frame
    status: Status
    date: tuple[int, int] | None = None
    topic: tuple[int, int] | None = None
    another: bool = False
    twice: tuple[tuple[int, int] | None, tuple[int, int] | None] | None = None
    dates: Mapping[int, tuple[int, int] | None] = field(default_factory=dict)

    def of(self, group: Sequence[Place]) -> "Reading":
        """The reading as it tells of the call of these people."""
        dates = [self.dates[place.position] for place in group if place.position in self.dates]
        return replace(self, date=dates[0]) if dates else self


@dataclass(slots=True, eq=False)
class Draft:
    """A record while its readings are gathered: the places that name each entity, and the roles once a reading says."""

    parties: dict[int, list[Place]]
    readings: list[Reading] = field(default_factory=list)
    roles: dict[int, Role] = field(default_factory=dict)
    own: set[int] = field(default_factory=set)
    """Numbers of the readings that name all parties themselves; others tell of a round of calls, say."""
    round_date: tuple[int, int] | None = None
    """When the round of calls took place that this one belongs to."""
    dated: bool = False
    """Whether a reading has time words."""

    def take(self, reading: Reading, group: Sequence[Place] = ()) -> None:
        """Add a reading that names these people of the call."""
        if {place.entity for place in group} == self.parties.keys():
            self.own.add(len(self.readings))
        self.readings.append(reading)
        self.dated |= reading.date is not None
        for place in group:
            self.parties[place.entity].append(place)
        frame = reading.frame
        if frame.directed and not self.roles and {place.entity for place in group} == self.parties.keys():
            self.direct([place.entity for place in frame.callers])

    def direct(self, callers: Collection[int]) -> None:
        """Say who called; the others were called."""
        self.roles = {entity: Role.INITIATOR if entity in callers else Role.RECIPIENT for entity in self.parties}

    def join(self, people: Sequence[Place]) -> None:
        """Add people who joined the call, in which nobody then counts as its caller."""
        for place in people:
            self.parties.setdefault(place.entity, []).append(place)
            self.roles = dict.fromkeys(self.parties, Role.PARTY)

    def absorb(self, other: "Draft") -> None:
        """Take over the readings of a record that proved to be this one."""
        self.own |= {len(self.readings) + number for number in other.own}
        self.readings += other.readings
        self.dated |= other.dated

    @property
    def caller(self) -> Place | None:
        """Who called, where a reading says so."""
        return next(iter(self._in_role(Role.INITIATOR)), None)

    @property
    def recipients(self) -> list[Place]:
        """Who was called, where a reading says so."""
        return self._in_role(Role.RECIPIENT)

    def _in_role(self, role: Role) -> list[Place]:
        return [places[0] for entity, places in self.parties.items() if places and self.roles.get(entity) is role]

    @property
    def status(self) -> Status:
        """Denied if any reading says so, else held if any does that names the parties: others may tell of the plan."""
        found = {reading.status for reading in self.readings}
        own = {self.readings[number].status for number in self.own}
        if Status.DENIED not in found and own:
            found = own
        return next(status for status in (Status.DENIED, Status.HELD, Status.PLANNED) if status in found)

    @property
    def date(self) -> tuple[int, int] | None:
        """The time words of the clearest reading that has any, else those of the round."""
        return next((reading.date for reading in self.clearest_first if reading.date), self.round_date)

    @property
    def clearest_first(self) -> list[Reading]:
        """Readings that tell of the call itself and name its parties before announcements, round-ups and headline."""
        status = self.status

        def unclear(number: int) -> tuple[bool, bool, bool]:
            reading = self.readings[number]
            return reading.status is not status, number not in self.own, reading.frame.headline

        return [self.readings[number] for number in sorted(range(len(self.readings)), key=unclear)]

    @property
    def topic(self) -> tuple[int, int] | None:
        """The topic of the clearest reading that has one."""
        return next((reading.topic for reading in self.clearest_first if reading.topic), None)

    @property
    def only_headline(self) -> bool:
        """Whether nothing but the headline speaks of the call."""
        return all(reading.frame.headline for reading in self.readings)
