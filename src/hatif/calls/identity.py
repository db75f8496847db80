"""Identity within a document: which mentions speak of the same party."""

from collections.abc import Sequence

from hatif.calls.entities import Entity
from hatif.calls.mentions import Mention
from hatif.calls.names import is_telling, name_words
from hatif.calls.offices import is_group, kinds_of

_RECENT = 40
"""Entities of a state that a title of the same state is compared with."""
_NEAR_OWNER = 6
"""Mentions back in which the colleague of a `نظيره` (his counterpart) is looked for."""


def identify(mentions: Sequence[Mention]) -> tuple[list[int], list[Entity]]:
    """The entity of every mention, and the entities.

    Names come first, over the whole document; titles and states then join whom they can mean.
    """
    identities = _Identities(mentions)
    for index, mention in enumerate(mentions):
        if mention.name:
            identities.place_named(index)
    for index, mention in enumerate(mentions):
        if not mention.name:
            identities.place_unnamed(index)
    return identities.entity_of, identities.entities


class _Identities:
    """The clusters so far; every look-up goes through an index, so that long documents stay cheap."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = mentions
        self.entity_of = [-1] * len(mentions)
        self.entities: list[Entity] = []
        self._by_word: dict[str, list[int]] = {}
        self._by_country: dict[str | None, list[int]] = {}

    def place_named(self, index: int) -> None:
        mention = self._mentions[index]
        words = name_words(mention.name or "")
        best = self._same_name(words, mention)
        if best is None:
            best = self._new()
        self._add(best, index)
        entity = self.entities[best]
        if words not in entity.words:
            entity.words.append(words)
            for word in words:
                holders = self._by_word.setdefault(word, [])
                if best not in holders[-8:]:
                    holders.append(best)

    def _same_name(self, words: tuple[str, ...], mention: Mention) -> int | None:
        """The latest entity whose name goes with these words; the office settles it between several."""
        found: list[int] = []
        for word in words:
            for holder in reversed(self._by_word.get(word, [])[-8:]):
                if holder not in found and self.entities[holder].is_called(words):
                    found.append(holder)
        fitting = [one for one in found if len(words) > 1 or self.entities[one].fits(mention)]
        if not fitting:
            holders = dict.fromkeys(holder for word in words for holder in self._by_word.get(word, [])[-8:])
            fitting = [one for one in holders if self.entities[one].is_called_otherwise(words, mention)]
        if not fitting and is_telling(words):
            fitting = list(dict.fromkeys(self._by_word.get(words[0], [])))[-2:]
            fitting = fitting if len(fitting) == 1 and self.entities[fitting[0]].fits(mention) else []
        return max(
            fitting,
            key=lambda one: (self.entities[one].words[0][0] == words[0], self.entities[one].mentions[-1]),
            default=None,
        )

    def place_unnamed(self, index: int) -> None:
        mention = self._mentions[index]
        if mention.is_state or (is_group(mention.office) and not mention.country):
            self._add(self._same_state(mention) if mention.is_state else self._new(), index)
            return
        holder = self._holder(index)
        self._add(self._new() if holder is None else holder, index)

    def _same_state(self, mention: Mention) -> int:
        for one in self._by_country.get(mention.country, [])[:8] if mention.country else []:
            if not self.entities[one].office and not self.entities[one].name:
                return one
        return self._new()

    def _holder(self, index: int) -> int | None:
        """Who holds the office that a title alone names: somebody near before it, else the first behind it."""
        mention = self._mentions[index]
        kinds = kinds_of(mention.office) - {"sir"}
        if mention.country:
            options = self._by_country.get(mention.country, [])[-_RECENT:]
            fitting = [one for one in options if self.entities[one].is_person and self.entities[one].fits(mention)]
            kinds = self._owner_kinds(index) if "counterpart" in kinds else kinds
            exact = [one for one in fitting if kinds & kinds_of(self.entities[one].office)]
            loose = [one for one in fitting if not kinds or not self.entities[one].is_sir]
            return min(exact or loose, key=lambda one: self.entities[one].distance(index), default=None)
        if not kinds or "counterpart" in kinds:
            return None
        near = dict.fromkeys(
            self.entity_of[at] for at in range(max(0, index - 60), min(index + 60, len(self.entity_of)))
        )
        fitting = [
            one
            for one in near
            if one >= 0
            and self.entities[one].is_person
            and kinds & kinds_of(self.entities[one].office)
            and self.entities[one].fits(mention)
        ]
        # `الرئيس` alone is somebody told of before, rather by this very title, rather one whose state the article need
        # not say, else the one it has spoken of most.
        return min(
            fitting,
            key=lambda one: (
                not self.entities[one].told_before(index),
                mention.office not in self.entities[one].office.split(" / "),
                self.entities[one].has_state,
                -self.entities[one].told_before(index),
                self.entities[one].distance(index),
            ),
            default=None,
        )

    def _owner_kinds(self, index: int) -> frozenset[str]:
        """The offices of the nearest person before a counterpart, who holds such an office too."""
        for at in range(index - 1, max(-1, index - _NEAR_OWNER), -1):
            kinds = kinds_of(self.entities[self.entity_of[at]].office) - {"sir"} if self.entity_of[at] >= 0 else None
            if kinds:
                return kinds
        return frozenset({"counterpart"})

    def _new(self) -> int:
        self.entities.append(Entity())
        return len(self.entities) - 1

    def _add(self, number: int, index: int) -> None:
        entity = self.entities[number]
        self.entity_of[index] = number
        entity.add(index, self._mentions[index])
        if number not in self._by_country.setdefault(entity.country, [])[-_RECENT:]:
            self._by_country[entity.country].append(number)
