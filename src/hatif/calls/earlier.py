"""The people of earlier sentences, whom a sentence means that leaves them out."""

from collections.abc import Sequence

from hatif.calls.offices import compatible
from hatif.calls.places import Place

_BACK = 4
"""Sentences back in which an elided party is looked for."""


class Earlier:
    """Look-ups in the subjects and partners of every sentence, which `people` holds."""

    def __init__(self, people: Sequence[Sequence[Place]]) -> None:
        self._people = people

    def subject(self, row: int, known: set[int], far: int = _BACK) -> list[Place]:
        """The first subject of the nearest sentence before that has one, unless that is known."""
        for before in range(row - 1, max(-1, row - far - 1), -1):
            first = next((place for place in self._people[before] if place.marker == ""), None)
            if first is not None and first.entity not in known:
                return [first]
        return []

    def last(self, row: int, known: set[int]) -> list[Place]:
        """The last person of the sentences before."""
        for before in range(row - 1, max(-1, row - _BACK), -1):
            for place in reversed(self._people[before]):
                if place.entity not in known:
                    return [place]
        return []

    def two(self, row: int, office: str) -> list[Place]:
        """The first two people of the nearest sentence before that names two as subjects or partners.

        No others count than those who may hold the office, if there is one.
        """
        for before in range(row - 1, max(-1, row - _BACK), -1):
            named = (place for place in self._people[before] if place.marker in ("", "with"))
            people = {place.entity: place for place in named if compatible(place.office, office)}
            if len(people) > 1:
                return list(people.values())[:2]
        return []
