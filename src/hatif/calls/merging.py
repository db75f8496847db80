"""One record a call: frames that speak of the same call are merged."""

from collections.abc import Sequence
from dataclasses import replace

from hatif.calls.drafts import Draft, Reading
from hatif.calls.earlier import Earlier
from hatif.calls.frame import Frame
from hatif.calls.places import Place
from hatif.calls.series import Series, opened_by
from hatif.domain import Role


class Gatherer:
    """Takes readings in the order of the text and keeps the records that they add up to.

    `people` holds, sentence by sentence, who is named as a subject or partner: parties that later sentences elide.
    """

    def __init__(self, people: Sequence[Sequence[Place]]) -> None:
        self._earlier = Earlier(people)
        self.drafts: list[Draft] = []
        self._by_parties: dict[frozenset[int], list[Draft]] = {}
        self._latest: list[Draft] = []
        self._series: Series | None = None
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
        self._take_full(reading)

    def take_line(self, row: int, person: Place | None) -> None:
        """Make a record of a line that only names a partner: `تلقى A اتصالات من:` and a line for each caller."""
        series = self._series
        if person and series and series.opening.frame.listing and series.reaches(row):
            told = {series.center.entity, *self._partners}
            frame = replace(series.opening.frame, row=row, headline=False)
            if person.entity not in told:
                self._pair(replace(series.opening, frame=frame), person)

    def _take_full(self, reading: Reading) -> None:
        """A reading with both sides: one call of all, or one of each pair."""
        frame = reading.frame
        groups = [[one, two] for one in frame.callers for two in frame.called]
        if frame.joint or frame.joiners:
            groups = [[*frame.callers, *frame.called, *frame.joiners]]
        groups = [group for group in groups if len({place.entity for place in group}) > 1]
        found = [draft for group in groups for draft in self._records(reading, group, len(groups) == 1)]
        if found:
            self._latest = found
        if found and frame.directed and frame.several:
            sides = (frame.called, frame.callers) if frame.rule == "receive" else (frame.callers, frame.called)
            single = next((side for side in sides if len(side) == 1), None)
            if single:
                self._open_series(reading, single[0])

    def _open_series(self, reading: Reading, center: Place) -> None:
        self._series = opened_by(reading, center, self._series, self._partners)

    def _fill(self, frame: Frame) -> None:
        """Take an elided caller, or whom a pronoun means, from the sentences before."""
        known = {place.entity for place in (*frame.callers, *frame.called)}
        series = self._series if self._series and self._series.reaches(frame.row) else None
        if not frame.callers and frame.called and series and series.center.entity not in known:
            # `المكالمة الأولى كانت مع B`: in a series of calls, the other side is the one whose round it is.
            if frame.definite or (series.role is Role.INITIATOR and not frame.adverb):
                frame.directed = frame.directed or series.role is not Role.PARTY
            frame.callers = [series.center]
            if series.role is Role.RECIPIENT and frame.definite:
                frame.callers, frame.called = frame.called, frame.callers
        elif not frame.callers and (frame.called or frame.pronoun) and frame.rule != "receive":
            frame.callers = self._earlier.subject(frame.row, known)
        elif frame.callers and not frame.called and frame.pronoun:
            frame.called = self._meant(frame.row, known)
        elif frame.callers and not frame.called and frame.rule in ("receive", "from"):
            frame.called = self._earlier.subject(frame.row, known)
        elif frame.callers and not frame.called and frame.rule == "genitive" and self._latest:
            frame.called = [place for place in self._latest[-1].recipients if place.entity not in known]

    def _meant(self, row: int, known: set[int]) -> list[Place]:
        """Whom a pronoun means: whose round of calls it is, who held the latest, else who was named last."""
        series = self._series
        if series and series.reaches(row) and series.center.entity not in known:
            return [series.center]
        latest = self._latest[-1] if self._latest else None
        caller = latest.caller if latest and latest.readings[-1].frame.row in (row, row - 1) else None
        return [caller] if caller and caller.entity not in known else self._earlier.last(row, known)

    def _take_back(self, reading: Reading) -> None:
        """A trigger that points back: to the latest call, or in a series to a new one with whom its sentence names."""
        frame = reading.frame
        partner = None if frame.several else self._next_partner(frame)
        if partner and self._series:
            self._pair(reading, partner)
        elif frame.two and not self._latest:
            self._take_two(reading)
        elif self._latest and not frame.definite and _is_new(self._latest[-1], reading):
            frame.directed = False
            self._latest = [self._open(reading, [places[0] for places in self._latest[-1].parties.values()])]
        else:
            for draft in self._latest if frame.several else self._latest[-1:]:
                draft.take(reading)
                draft.join(frame.joiners)
            if frame.several and frame.near and frame.row and not self._latest:
                self._open_series(reading, frame.near)

    def _take_two(self, reading: Reading) -> None:
        """Make a record of the two whom the sentences before have named, where no call was told yet."""
        pair = self._earlier.two(reading.frame.row, reading.frame.office)
        if pair:
            reading.frame.callers, reading.frame.called = pair[:1], pair[1:]
            self._latest = self._records(reading, pair, alone=True)

    def _next_partner(self, frame: Frame) -> Place | None:
        """The person of the sentence with whom the series goes on, else the subject of the sentence before."""
        if not self._series or not self._series.reaches(frame.row):
            return None
        told = {self._series.center.entity, *self._partners}
        near = frame.near
        if near and near.entity == self._series.center.entity and frame.row - 1 > self._series.row:
            near = next(iter(self._earlier.subject(frame.row, set(), far=1)), None)
        return near if near and near.entity not in told else None

    def _pair(self, reading: Reading, partner: Place) -> None:
        """Make a record of the next call of the series."""
        if self._series:
            self._series.pair(reading.frame, partner)
            self._series = replace(self._series, row=reading.frame.row)
            draft = self._record(reading, [*reading.frame.callers, *reading.frame.called])
            draft.round_date = self._series.date
            self._latest = [draft]

    def _take_half(self, reading: Reading) -> None:
        """A reading with one side speaks of a latest call with that side, or of the next of a series, or opens one."""
        frame = reading.frame
        if frame.several and frame.directed and not frame.callers and not frame.called:
            frame.callers = self._earlier.subject(frame.row, set())
        side = frame.callers or frame.called
        known = {place.entity for place in side}
        if frame.several and side:
            self._open_series(reading, side[0])
        if not reading.another:
            told = [draft for draft in reversed(self._latest) if known <= draft.parties.keys()]
            for draft in told if frame.several else told[:1]:
                draft.take(reading)
            if told:
                return
        series = self._series
        goes_on = series and series.reaches(frame.row) and series.center.entity not in known
        if goes_on and len(known) == 1 and not frame.several:
            self._pair(reading, side[0])

    def _records(self, reading: Reading, group: Sequence[Place], alone: bool) -> list[Draft]:
        """The record of these people, or the two that a dual tells of them alone."""
        if reading.twice and alone:
            return [self._open(replace(reading, date=date), group) for date in reading.twice]
        return [self._record(reading.of(group), group)]

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
        series = self._series
        if series and series.center.entity in draft.parties and series.reaches(reading.frame.row):
            draft.round_date = series.date
        return draft


def _is_new(draft: Draft, reading: Reading) -> bool:
    """Whether a trigger without the article speaks of another call of the same parties than the latest."""
    dated = reading.date and (draft.dated or draft.round_date)
    new_date = dated and all(other.date != reading.date for other in draft.readings)
    return not draft.only_headline and (reading.another or bool(new_date))
