"""A party of the document while it is being put together: what its mentions add up to."""

from bisect import bisect, insort
from dataclasses import dataclass, field

from hatif.calls.mentions import Mention
from hatif.calls.names import is_by_name, is_patronymic_of, is_telling, name_words, names_agree
from hatif.calls.offices import compatible, is_group, kinds_of

_LONGEST_OFFICE = 300
"""Characters of all titles of one person together; more add nothing."""


@dataclass(slots=True)
class Entity:
    """Names in their shared spelling, the fullest name, all titles, the state, and the numbers of the mentions."""

    words: list[tuple[str, ...]] = field(default_factory=list)
    name: str | None = None
    office: str = ""
    country: str | None = None
    mentions: list[int] = field(default_factory=list)
    has_state: bool = False
    """Some mention says which state the office belongs to."""

    def add(self, index: int, mention: Mention) -> None:
        """Take in what a mention says."""
        insort(self.mentions, index)
        self.has_state = self.has_state or bool(mention.country)
        if mention.office and mention.office not in self.office and "counterpart" not in kinds_of(mention.office):
            self.office = f"{self.office} / {mention.office}".removeprefix(" / ")[:_LONGEST_OFFICE]
        if self.country is None:
            self.country = mention.country
        if mention.name and (self.name is None or _fullness(mention.name) > _fullness(self.name)):
            self.name = mention.name

    @property
    def is_person(self) -> bool:
        """Whether this is somebody and no state or group."""
        return bool(self.office or self.name) and not is_group(self.office)

    @property
    def is_sir(self) -> bool:
        """Whether nothing but a courtesy or a seat is told of the person: `الدكتور`, `النائب`."""
        return kinds_of(self.office) == {"sir"}

    def fits(self, mention: Mention) -> bool:
        """Whether state and office do not speak against the mention."""
        if self.country and mention.country and self.country != mention.country:
            return False
        return compatible(self.office, mention.office)

    def is_called(self, words: tuple[str, ...]) -> bool:
        """Whether a name agrees with one of the entity's; a name of several words with one of several, if it has any.

        `سال` may be `ماكي سال` as well as `ألاساني سال`, who are two.
        """
        full = [other for other in self.words if len(other) > 1] if len(words) > 1 else []
        return any(names_agree(words, other) for other in full or self.words)

    def is_called_otherwise(self, words: tuple[str, ...], mention: Mention) -> bool:
        """Whether a telling word or the father's name alone names one by the other's long name.

        `لولا` is `لويس إيناسيو لولا دا سيلفا`, `بن زايد` is `محمد بن زايد آل نهيان`, whichever comes first.
        """
        name, own = mention.name or "", self.name or ""
        one_word = len(words) > 2 and len(self.words) == 1 and is_telling(self.words[0])
        return (one_word or is_patronymic_of(name, own) or is_patronymic_of(own, name)) and self.fits(mention)

    def told_before(self, index: int) -> int:
        """How many of the mentions stand before this one."""
        return bisect(self.mentions, index)

    def distance(self, index: int) -> tuple[bool, int]:
        """How far the nearest mention before this one is; one that only comes later is farther."""
        at = bisect(self.mentions, index)
        return (at == 0, index - self.mentions[at - 1] if at else self.mentions[0] - index)


def _fullness(name: str) -> tuple[bool, int]:
    """A name before a by-name, a long one before a short one."""
    return not is_by_name(name), len(name_words(name))
