"""The frames of a sentence: every trigger read by what kind of word it is."""

from collections.abc import Sequence

from hatif.calls.frame import Frame
from hatif.calls.initiative import initiative_of
from hatif.calls.joiners import joiners_of
from hatif.calls.nominal import read_noun
from hatif.calls.places import Place, is_person
from hatif.calls.reading import Row
from hatif.calls.surroundings import Surroundings
from hatif.calls.verbal import read_adverb, read_phone, read_ring
from hatif.calls.words import is_definite, is_joint, is_several, trigger_class

_READERS = {"phone": read_phone, "ring": read_ring, "adverb": read_adverb, "noun": read_noun}


def read_frames(number: int, row: Row, places: Sequence[Place]) -> list[Frame]:
    """The frames of all triggers of a sentence, in order; `number` is the sentence's."""
    around = Surroundings(row, places)
    frames = []
    for position, item in enumerate(row.items):
        if item.trigger is not None:
            kind = trigger_class(item.key)
            frame = Frame(number, item.trigger, position)
            frame.headline = number == 0 and row.items[-1].key != "."
            frame.adverb = kind == "adverb"
            frame.several = is_several(item.key)
            frame.listing = frame.several and row.opens_list
            frame.joint = any(is_joint(key) for key in around.keys(position, position + 2))
            frame.definite = kind == "noun" and is_definite(item.key)
            frame.near = around.subject(position, ()) or _heading(row, places)
            frame.joiners = joiners_of(around, position)
            frame.initiative = initiative_of(around, position)
            _READERS[kind](around, frame)
            if frame.rule in ("phone", "clause") and not frame.pronoun:
                around.objects |= {place.position for place in frame.called if place.marker == ""}
            frames.append(frame)
    return frames


def _heading(row: Row, places: Sequence[Place]) -> Place | None:
    """Whom a line of a list is about: `- A: تناول الاتصال …`."""
    if row.is_item and places and is_person(places[0]):
        behind = places[0].position + 1
        return places[0] if behind < len(row.items) and row.items[behind].key == ":" else None
    return None
