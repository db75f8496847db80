"""The surroundings of a trigger: which people and verbs of its sentence stand where."""

from collections.abc import Collection, Iterable, Sequence

from hatif.calls.places import Place, chain, is_person
from hatif.calls.reading import Item, Row
from hatif.calls.words import (
    ORDINALS,
    PRONOUN_PARTNERS,
    TOPIC_OPENERS,
    is_crowd,
    is_outsider,
    trigger_class,
    verb_class,
)

FAR = 40
"""Items that a preposition or verb may stand from its trigger; it bounds the work in endless sentences too."""
PARTNER_MARKERS = ("with", "to", "from", "between")


class Surroundings:
    """Look-ups around positions of one sentence; every method sees the sentence, none changes it."""

    def __init__(self, row: Row, places: Sequence[Place]) -> None:
        self.items: Sequence[Item] = row.items
        self.places = places
        self.index_at = {place.position: index for index, place in enumerate(places)}

    def keys(self, start: int, end: int) -> list[str]:
        """The words from `start` up to `end`, both moved inside the sentence; empty for mentions."""
        return [item.key for item in self.items[max(0, start) : max(0, end)]]

    def right(self, position: int, far: int = FAR) -> list[Place]:
        """The places behind a position, up to a colon, the next call or `far` items."""
        end = min(len(self.items), position + far)
        for at in range(position + 1, end):
            item = self.items[at]
            colon = item.key in (":", "؛") and at > position + 2
            if colon or (item.trigger is not None and trigger_class(item.key) != "adverb"):
                end = at
                break
        return self._between(position, end)

    def left(self, position: int, start: int = -1) -> list[Place]:
        """The places between `start` and a position, at most some sentences' worth of them."""
        return self._between(max(start, position - 6 * FAR), position)

    def _between(self, start: int, end: int) -> list[Place]:
        return [self.places[self.index_at[at]] for at in range(max(0, start + 1), end) if at in self.index_at]

    def governor(self, position: int) -> tuple[int, str]:
        """The nearest verb of calling before a trigger, and its class; (-1, "") where there is none."""
        for at in range(position - 1, max(-1, position - FAR), -1):
            item = self.items[at]
            if item.key == "؛" or (item.trigger is not None and trigger_class(item.key) != "adverb"):
                break
            if item.mention is None and item.trigger is None:
                kind = verb_class(item.key)
                if kind in ("make", "receive") or (kind == "cover" and position - at <= 2):
                    return at, kind
        return -1, ""

    def relative(self, position: int) -> tuple[int, str]:
        """A verb of calling behind a trigger that speaks of it: `اتصال تلقاه`, `مكالمة جرت بين`; (-1, "") if none."""
        for at in range(position + 1, min(len(self.items), position + 12)):
            item = self.items[at]
            if item.trigger is not None or item.key in TOPIC_OPENERS or item.key in (":", "."):
                break
            if item.mention is not None:
                place = self.places[self.index_at[at]]
                if place.marker in PARTNER_MARKERS and not place.is_state:
                    break
                continue
            kind = verb_class(item.key)
            if kind and not (kind in ("make", "receive") and at > position + 8):
                return at, kind
        return -1, ""

    def subject(self, limit: int, barred: Collection[int], start: int = -1) -> Place | None:
        """The nearest person before `limit` that no preposition governs, less the entities in `barred`."""
        for place in reversed(subjects(self.left(limit, start))):
            if place.entity not in barred:
                return self.chain_head(place)
        return None

    def chain_head(self, place: Place) -> Place:
        """The first of the coordinated subjects that the place belongs to."""
        index = self.index_at[place.position]
        while index and self.places[index].linked and subjects([self.places[index - 1]]):
            index -= 1
        return self.places[index]

    def chain(self, place: Place) -> list[Place]:
        """The people coordinated with a place, itself first."""
        return [one for one in chain(self.places, self.index_at[place.position]) if is_person(one)]

    def partners(self, position: int, far: int = FAR, senders_far: int = 12) -> list[Place]:
        """The coordinated people of the first preposition behind a trigger; `من` counts within `senders_far` items."""
        for place in self.right(position, far):
            near = place.marker != "from" or place.position - position <= senders_far
            if place.marker in PARTNER_MARKERS and is_person(place) and near:
                group = self.chain(place)
                return group + self._continued(place, group)
        return []

    def _continued(self, first: Place, group: Collection[Place]) -> list[Place]:
        """Further people with the same preposition: `من A، …، ومن B`, `وثانيا من B`."""
        more: list[Place] = []
        seen = {place.position for place in group}
        for place in self._between(first.position, first.position + 6 * FAR):
            if place.position in seen or place.marker != first.marker or not place.own:
                continue
            keys = set(self.keys(place.position - 5, place.position))
            if keys & ORDINALS or keys & {"ومن", "ومع", "وب", "و", "وكذلك", "وايضا"}:
                more += (added := [one for one in self.chain(place) if one.position not in seen])
                seen.update(one.position for one in added)
        return more

    def unknown_partner(self, position: int) -> str:
        """`outsider` or `crowd` where the first preposition behind a trigger leads to no mention; else empty."""
        for at in range(position + 1, min(len(self.items), position + 9)):
            item = self.items[at]
            if item.mention is not None or item.trigger is not None or item.key in TOPIC_OPENERS:
                return ""
            if is_outsider(item.key):
                return "outsider"
            before = self.items[at - 1].key if at > position + 1 else ""
            if is_crowd(item.key) and (before in ("مع", "من", "الي", "بين", "كل") or item.key[0] in "بل"):
                return "crowd"
        return ""

    def has_pronoun(self, position: int) -> bool:
        """Whether a pronoun with a preposition stands beside the trigger: `اتصل به`, `معه هاتفيا`."""
        return not PRONOUN_PARTNERS.isdisjoint(self.keys(position - 2, position + 6))

    def antecedent(self, position: int, barred: Collection[int]) -> list[Place]:
        """Whom a pronoun beside a trigger means: the nearest person before it in the sentence, if there is one."""
        before = [place for place in reversed(self.left(position)) if is_person(place) and place.entity not in barred]
        for markers in (("", "for", "to", "with"), ("of", "about", "from")):
            for place in before:
                if place.marker in markers:
                    return [place]
        return []

    def takes_part(self, place: Place) -> bool:
        """Whether `بمشاركة` or `برئاسة` stands before the person or before the list with it."""
        while place.linked and self.index_at[place.position]:
            place = self.places[self.index_at[place.position] - 1]
        keys = self.keys(place.position - 3, place.position)
        return not {"بمشاركه", "برياسه", "جانب", "تراسها"}.isdisjoint(keys)


def subjects(places: Iterable[Place]) -> list[Place]:
    """The people that no preposition or noun governs: subjects, and objects of verbs."""
    return [place for place in places if place.marker == "" and is_person(place)]


def governed(places: Iterable[Place], markers: Collection[str]) -> list[Place]:
    """The people behind one of the prepositions."""
    return [place for place in places if place.marker in markers and is_person(place)]
