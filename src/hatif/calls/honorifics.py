"""Honorifics for somebody named before: `سموه` (His Highness), `جلالته` (His Majesty), `معاليه` (His Excellency)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from hatif.calls.mentions import Mention
from hatif.calls.places import Place, is_person, marker_of
from hatif.calls.reading import Row

_PRONOUN = re.compile(r"[وف]?([بلك]?)(سمو|جلالت|معالي|سيادت|فخامت|سعادت|سماحت)(?:ه|ها)")
# Words of the titles that each is said of, in folded spelling.
_HOLDERS = {
    "سمو": re.compile(r"سمو|امير|شيخ|ولي"),
    "جلالت": re.compile(r"جلال|ملك|عاهل|سلطان"),
    "معالي": re.compile(r"معالي|وزير|امين|رييس"),
    "سيادت": re.compile(r"رييس|سياد"),
    "فخامت": re.compile(r"رييس|فخام"),
    "سعادت": re.compile(r"سعاد|سفير|وزير|وكيل|رييس|نايب"),
    "سماحت": re.compile(r"سماح|مفتي|امام|شيخ"),
}
_BACK = 12
"""Sentences back in which the person is looked for."""
_HEADING = 6
"""Items of a line without a full stop that may head a paragraph and tells nothing of anybody."""


def with_honorifics(
    rows: Sequence[Row], placed: Sequence[Sequence[Place]], mentions: Sequence[Mention]
) -> list[list[Place]]:
    """The places of every sentence, with one more for each honorific whose person an earlier sentence or word names."""
    found: list[list[Place]] = []
    latest: dict[str, tuple[int, Place]] = {}
    for number, (row, places) in enumerate(zip(rows, placed, strict=True)):
        first = _first_holders(places, mentions)
        more = list(places)
        for position, item in enumerate(row.items):
            match = _PRONOUN.fullmatch(item.key) if item.mention is None and item.trigger is None else None
            here = first.get(match[2]) if match else None
            person = here if here and here.position < position else _recent(latest, match[2], number) if match else None
            if match and person:
                marker, own = marker_of(row.items, position, match[1])
                more.append(replace(person, position=position, marker=marker, own=own, linked=False))
        found.append(sorted(more, key=lambda place: place.position))
        if len(row.items) > _HEADING or row.items[-1].key == ".":
            latest |= {kind: (number, place) for kind, place in first.items()}
    return found


def _first_holders(places: Sequence[Place], mentions: Sequence[Mention]) -> dict[str, Place]:
    """The first subject of a sentence that each honorific can be said of."""
    first: dict[str, Place] = {}
    for place in places:
        if place.marker == "" and is_person(place) and len(first) < len(_HOLDERS):
            office = mentions[place.mention].office
            for kind, pattern in _HOLDERS.items():
                if kind not in first and pattern.search(office):
                    first[kind] = place
    return first


def _recent(latest: dict[str, tuple[int, Place]], kind: str, number: int) -> Place | None:
    row, place = latest.get(kind, (-_BACK - 1, None))
    return place if number - row <= _BACK else None
