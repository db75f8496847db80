"""A round of calls that one person holds, told one by one: `أجرى A سلسلة اتصالات … وأكد B في اتصاله …`."""

from collections.abc import Collection
from dataclasses import dataclass

from hatif.calls.drafts import Reading
from hatif.calls.frame import Frame
from hatif.calls.places import Place
from hatif.domain import Role

_REACH = 8
"""Sentences between one call of a round and the next."""


@dataclass(frozen=True, slots=True)
class Series:
    """Whose round of calls it is, on which side of them, which sentence spoke of it last, and which opened it."""

    center: Place
    role: Role
    row: int
    opening: Reading
    date: tuple[int, int] | None = None

    def reaches(self, row: int) -> bool:
        """Whether a sentence can still tell of the round."""
        return self.row <= row <= self.row + _REACH

    def pair(self, frame: Frame, partner: Place) -> None:
        """Make the frame a call of the round with this partner."""
        sides = [self.center], [partner]
        reverse = self.role is Role.RECIPIENT or frame.rule == "ring"
        frame.callers, frame.called = sides[::-1] if reverse else sides
        frame.directed = self.role is not Role.PARTY and not frame.adverb


def opened_by(reading: Reading, center: Place, before: Series | None, partners: Collection[int]) -> Series | None:
    """The round that a plural trigger with this person opens, or the one before it goes on."""
    frame, date = reading.frame, reading.date
    role = Role.INITIATOR if center in frame.callers else Role.RECIPIENT if frame.directed else Role.PARTY
    if before and before.center.entity == center.entity:
        return Series(center, role if frame.directed else before.role, frame.row, reading, date or before.date)
    if before and (center.entity in partners or (not frame.directed and before.reaches(frame.row))):
        # The answer of a partner, or somebody's word on the round; not a round of his own.
        return before
    return Series(center, role, frame.row, reading, date)
