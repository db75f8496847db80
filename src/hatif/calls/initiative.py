"""Whose idea a call was, where its own verb does not say who called: `بمبادرة من A`, `والتي بادر إليها A`."""

import re

from hatif.calls.places import Place, is_person
from hatif.calls.surroundings import Surroundings
from hatif.calls.words import word_set

_AT_REQUEST = word_set("بمبادره بطلب")
_BEGAN = re.compile(r"[وف]?بادرت?")
_IT = word_set("اليه اليها به بها")
_REACH = 16
"""Items behind a trigger in which its sentence says whose idea the call was."""
_NEAR = 4
"""Items between those words and whom they name: `من الجانب التركي`."""


def initiative_of(around: Surroundings, position: int) -> Place | None:
    """Who took the initiative of the call at a position, a person or a state; None where the sentence does not say."""
    for at in range(position + 1, min(len(around.items) - 1, position + _REACH)):
        item, following = around.items[at], around.items[at + 1].key
        if item.trigger is not None or item.mention is not None:
            continue
        people = around.between(at + 1, at + 1 + _NEAR)
        if item.key in _AT_REQUEST and following == "من":
            return people[0] if people else None
        if _BEGAN.fullmatch(item.key) and following in _IT:
            return next((place for place in people if place.marker == "" and is_person(place)), None)
    return None
