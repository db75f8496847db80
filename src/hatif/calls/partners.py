"""With whom a call was: the people behind the prepositions of a trigger, and partners that no mention names."""

from collections.abc import Collection

from hatif.calls.frame import Frame
from hatif.calls.places import Place, is_person
from hatif.calls.surroundings import FAR, Surroundings
from hatif.calls.words import LETTERS, ORDINALS, TOPIC_OPENERS, is_crowd, is_outsider, verb_class, word_set

PARTNER_MARKERS = ("with", "to", "from", "between")
_TO_WHOM = word_set("مع من الي بين كل")
_TO_WHAT = _TO_WHOM | word_set("ل معه به")
_OPENING = frozenset('«"“')
_AGAIN = word_set("ومن ومع وب و ثم وكذلك وايضا")


def partners(around: Surroundings, position: int, far: int = FAR, senders_far: int = 12) -> list[Place]:
    """The coordinated people of the first preposition behind a trigger; `من` counts within `senders_far` items."""
    for place in around.right(position, far):
        if not LETTERS.isdisjoint(around.keys(place.position - 3, place.position)):
            continue
        near = place.marker != "from" or place.position - position <= senders_far
        if place.marker in PARTNER_MARKERS and is_person(place) and near:
            group = around.chain(place)
            return group + _continued(around, place, group)
    return []


def _continued(around: Surroundings, first: Place, group: Collection[Place]) -> list[Place]:
    """Further people with the same preposition: `من A، …، ومن B`, `وثانيا من B`."""
    more: list[Place] = []
    seen = {place.position for place in group}
    for place in around.between(first.position, first.position + 6 * FAR):
        if place.position in seen or place.marker != first.marker or not place.own:
            continue
        keys = set(around.keys(place.position - 5, place.position))
        if keys & ORDINALS or keys & _AGAIN:
            more += (added := [one for one in around.chain(place) if one.position not in seen])
            seen.update(one.position for one in added)
    return more


def unknown_partner(around: Surroundings, position: int) -> str:
    """`outsider` or `crowd` where the first preposition behind a trigger leads to no mention; else empty."""
    for at in range(position + 1, min(len(around.items), position + 9)):
        item = around.items[at]
        if item.mention is not None or item.trigger is not None or item.key in TOPIC_OPENERS:
            return ""
        before = around.items[at - 1].key
        # `مع «الشرق الأوسط»`: what stands in quotation marks and is no mention is a paper, a channel, a programme.
        if item.key in _OPENING and before in _TO_WHAT and at + 1 < len(around.items):
            return "" if around.items[at + 1].mention is not None else "outsider"
        if is_outsider(item.key) and (item.key[0] in "بل" or before in _TO_WHOM or verb_class(before) == "make"):
            return "outsider"
        if is_crowd(item.key) and (before in _TO_WHOM or item.key[0] in "بل"):
            return "crowd"
    return ""


def listed(around: Surroundings, frame: Frame) -> list[Place]:
    """`A يتلقى اتصالات: B وC`: the people behind a plural and its colon."""
    colon = frame.position + 1
    behind = around.right(colon, 4) if frame.several and around.keys(colon, colon + 1) == [":"] else []
    return around.chain(behind[0]) if behind and behind[0].marker == "" else []
