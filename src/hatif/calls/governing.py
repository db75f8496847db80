"""The verbs of calling that govern a trigger (`أجرى اتصالا`) or speak of it behind (`اتصال تلقاه`)."""

from dataclasses import dataclass

from hatif.calls.frame import Frame
from hatif.calls.partners import PARTNER_MARKERS
from hatif.calls.places import is_person
from hatif.calls.surroundings import FAR, Surroundings
from hatif.calls.words import LETTERS, REQUESTS, TOPIC_OPENERS, trigger_class, verb_class

_WITH_PRONOUN = {"قام": "make", "قامت": "make"} | dict.fromkeys(("شارك", "شاركت", "يشارك", "تشارك"), "cover")
_IT = frozenset({"به", "بها", "فيه", "فيها"})
"""Verbs that speak of a call where a pronoun for it follows: `مكالمة قام بها A`, `شارك فيها B وC`."""


@dataclass(frozen=True, slots=True)
class Verbs:
    """The verbs of calling around a noun: positions, -1 for none, and classes; `government` is the one that counts."""

    governor: int
    relative: int
    relation: str
    government: str
    covers: bool

    @property
    def behind(self) -> int:
        """The position of a verb behind the noun that says who held or received the call."""
        return self.relative if self.relation in ("make", "receive") else -1


def verbs_around(around: Surroundings, frame: Frame) -> Verbs:
    """What verbs of calling stand around a call noun."""
    at, government = _governor(around, frame.position)
    behind, relation = _relative(around, frame.position)
    covers = "cover" in (relation, government)
    if relation in ("make", "receive"):
        government = relation
    near = around.keys(frame.position - 2, frame.position)
    if not government and not frame.definite and "في" not in near and not REQUESTS.isdisjoint(near):
        government = "make"
    return Verbs(at, behind, relation, government, covers)


def _governor(around: Surroundings, position: int) -> tuple[int, str]:
    """The nearest verb of calling before a trigger, and its class; (-1, "") where there is none."""
    for at in range(position - 1, max(-1, position - FAR), -1):
        item = around.items[at]
        if item.key == "؛" or (item.trigger is not None and trigger_class(item.key) != "adverb"):
            break
        if item.mention is None and item.trigger is None:
            kind = verb_class(item.key)
            if around.speaks_of_trigger(at):
                break
            if kind in ("make", "receive") or (kind == "cover" and position - at <= 2):
                return at, kind
    return -1, ""


def _relative(around: Surroundings, position: int) -> tuple[int, str]:
    """A verb of calling behind a trigger that speaks of it: `اتصال تلقاه`, `مكالمة جرت بين`; (-1, "") if none."""
    for at in range(position + 1, min(len(around.items), position + 12)):
        item = around.items[at]
        ended = item.trigger is not None or item.key in TOPIC_OPENERS or item.key in (":", ".")
        if ended or around.opens_clause(at):
            break
        if item.mention is not None:
            place = around.places[around.index_at[at]]
            if place.marker in PARTNER_MARKERS and is_person(place):
                break
            continue
        following = around.items[at + 1].key if at + 1 < len(around.items) else ""
        kind = _WITH_PRONOUN.get(item.key, "") if following in _IT else ""
        kind = kind or verb_class(item.key)
        # `تلقى أيضا برقية من C`: it is something else that was received.
        if kind and not LETTERS.isdisjoint(around.keys(at + 1, at + 3)):
            break
        if kind and not (kind in ("make", "receive") and at > position + 8):
            return at, kind
    return -1, ""
