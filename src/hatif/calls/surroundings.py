"""The surroundings of a trigger: which people and verbs of its sentence stand where."""

import itertools
from collections.abc import Collection, Iterable, Sequence

from hatif.calls.gender import of_pronoun
from hatif.calls.places import Place, chain, is_person
from hatif.calls.reading import Item, Row
from hatif.calls.words import PRONOUN_PARTNERS, trigger_class, verb_class, word_set

FAR = 40
"""Items that a preposition or verb may stand from its trigger; it bounds the work in endless sentences too."""
_OPENERS = word_set("ثم كما حيث فيما بينما لكن ؛")
_THAT = word_set("ان بان")
_LISTING = word_set("من مع كل كلا بكل هم وهم التاليه")
_RELATIVES = word_set("الذي التي")


class Surroundings:
    """Look-ups around positions of one sentence; every method sees the sentence, none changes it."""

    def __init__(self, row: Row, places: Sequence[Place]) -> None:
        self.items: Sequence[Item] = row.items
        self.places = places
        self.index_at = {place.position: index for index, place in enumerate(places)}
        self.objects = {two.position for one, two in itertools.pairwise(places) if _are_side_by_side(one, two)}
        """Positions of objects of a verb, not subjects: `هنأ A B، ثم أجرى …` goes on with A."""
        self.callers = {
            actor.position
            for at in range(len(row.items))
            if self.speaks_of_trigger(at)
            for actor in self.actors(at, 6)[:1]
        }
        """Positions of those whom a call's own verb names: `كشف A عن اتصال أجراه B، كما أشار …` goes on with A."""

    def keys(self, start: int, end: int) -> list[str]:
        """The words from `start` up to `end`, both moved inside the sentence; empty for mentions."""
        return [item.key for item in self.items[max(0, start) : max(0, end)]]

    def right(self, position: int, far: int = FAR) -> list[Place]:
        """The places behind a position, up to a colon, the next call or `far` items."""
        end = min(len(self.items), position + far)
        for at in range(position + 1, end):
            item = self.items[at]
            colon = item.key in (":", "؛") and at > position + 2 and not self._opens_list(at)
            if colon or self.opens_clause(at) or (item.trigger is not None and trigger_class(item.key) != "adverb"):
                end = at
                break
        return self.between(position, end)

    def opens_clause(self, at: int) -> bool:
        """`وذكرت سانا أن A تلقى …`: what was said besides, which has a subject of its own."""
        if self.items[at].key not in _THAT or at + 1 not in self.index_at:
            return False
        return self.goes_on(at - 3, at)

    def goes_on(self, start: int, end: int) -> bool:
        """Whether a word joined by و stands from `start` up to `end`, with which a new clause may begin."""
        return any(key.startswith("و") and len(key) > 3 for key in self.keys(start, end))

    def speaks_of_trigger(self, at: int) -> bool:
        """`اتصال أجراه A`: whether the word is a verb of calling and of the trigger right before it."""
        return (
            at > 0 and self.items[at - 1].trigger is not None and verb_class(self.items[at].key) in ("make", "receive")
        )

    def _opens_list(self, colon: int) -> bool:
        """Whether names follow the colon that the noun or the preposition before it asks for: `مع نظرائه: A وB`."""
        before = colon - 1
        place = self.places[self.index_at[before]] if before in self.index_at else None
        return place.is_group if place else self.items[before].key in _LISTING

    def left(self, position: int, start: int = -1) -> list[Place]:
        """The places between `start` and a position, at most some sentences' worth of them."""
        return self.between(max(start, position - 6 * FAR), position)

    def clause_start(self, position: int) -> int:
        """Where the clause before a position begins: behind another call or a word that opens a clause; else -1."""
        for at in range(position - 1, max(-1, position - FAR), -1):
            item = self.items[at]
            if item.key in _OPENERS or (item.trigger is not None and trigger_class(item.key) != "adverb"):
                return at
        return -1

    def between(self, start: int, end: int) -> list[Place]:
        """The places behind `start` and before `end`."""
        return [self.places[self.index_at[at]] for at in range(max(0, start + 1), end) if at in self.index_at]

    def subject(self, limit: int, barred: Collection[int], gender: str = "") -> Place | None:
        """The nearest person before `limit`, of this gender and not in `barred`, whom no preposition governs."""
        for place in reversed(subjects(self.left(limit))):
            taken = place.position in self.objects or place.position in self.callers
            if place.entity not in barred and not taken and place.agrees(gender):
                return self.chain_head(place)
        return self._speaker(limit, barred)

    def _speaker(self, limit: int, barred: Collection[int]) -> Place | None:
        """`ذكر مكتب A أنه …`: where the sentence has no subject, `أنه` means whose office has spoken."""
        for at in range(limit - 1, max(-1, limit - FAR), -1):
            if self.items[at].key.lstrip("وب") in ("انه", "انها"):
                spoken = [place for place in self.left(at) if is_person(place) and place.marker in ("of", "from")]
                return next((place for place in reversed(spoken) if place.entity not in barred), None)
        return None

    def head(self, verb: int) -> Place | None:
        """Of whom a relative clause with this verb speaks: `B، الذي كان قد اتصل به`."""
        for at in range(verb - 1, max(-1, verb - 5), -1):
            if self.items[at].key in _RELATIVES:
                before = [one for one in (at - 1, at - 2) if one in self.index_at]
                place = self.places[self.index_at[before[0]]] if before else None
                return place if place and is_person(place) else None
            if at in self.index_at:
                break
        return None

    def actors(self, verb: int, far: int) -> list[Place]:
        """The subjects behind a verb; directly behind it also in a relative clause: `الاتصال الذي أجراه A`."""
        return [
            place
            for place in self.right(verb, far + 1)
            if is_person(place) and (place.marker == "" or (place.marker == "aside" and place.position == verb + 1))
        ]

    def chain_head(self, place: Place) -> Place:
        """The first of the coordinated people that the place belongs to."""
        index = self.index_at[place.position]
        while index and self.places[index].linked and governed([self.places[index - 1]], (place.marker,)):
            index -= 1
        return self.places[index]

    def chain(self, place: Place) -> list[Place]:
        """The people coordinated with a place, itself first."""
        return [one for one in chain(self.places, self.index_at[place.position]) if is_person(one)]

    def has_pronoun(self, position: int, verb: int = -1) -> bool:
        """Whether a pronoun with a preposition stands beside the trigger, or beside its verb: `أجرى معه أمس اتصالا`."""
        beside = self.keys(verb + 1, verb + 2) if verb >= 0 else []
        return not PRONOUN_PARTNERS.isdisjoint([*self.keys(position - 2, position + 6), *beside])

    def pronoun_gender(self, position: int) -> str:
        """The gender of the pronoun beside the trigger."""
        found = (key for key in self.keys(position - 2, position + 6) if key in PRONOUN_PARTNERS)
        return of_pronoun(next(found, ""))

    def antecedent(self, position: int, barred: Collection[int], gender: str = "") -> list[Place]:
        """Whom a pronoun beside a trigger means: the nearest person before it in the sentence, if there is one."""
        before = [place for place in reversed(self.left(position)) if is_person(place) and place.entity not in barred]
        before = [place for place in before if place.agrees(gender)]
        # `ناقش A هاتفيا مع B …، ثم هاتفه C`: behind another call, its subject before its partner.
        verb = trigger_class(self.items[position].key) in ("phone", "ring")
        goes_on = verb and self.clause_start(position) > 0
        ranks = (("",), ("for", "to", "with")) if goes_on else (("", "for", "to", "with"),)
        for markers in (*ranks, ("of", "about", "from", "aside")):
            for place in before:
                if place.marker in markers:
                    return [place]
        return []


def _are_side_by_side(one: Place, two: Place) -> bool:
    """`هنأ A B`: two people with nothing between them, a verb's subject and its object."""
    bare = one.marker == "" == two.marker and is_person(one) and is_person(two)
    return bare and two.position == one.position + 1 and not two.linked and two.entity != one.entity


def subjects(places: Iterable[Place]) -> list[Place]:
    """The people that no preposition or noun governs: subjects, and objects of verbs."""
    return [place for place in places if place.marker == "" and is_person(place)]


def governed(places: Iterable[Place], markers: Collection[str]) -> list[Place]:
    """The people behind one of the prepositions."""
    return [place for place in places if place.marker in markers and is_person(place)]
