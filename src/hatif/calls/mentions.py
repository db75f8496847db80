"""Mentions: the spans that together name one person, office holder or state."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hatif.arabic.clitics import normalized
from hatif.arabic.countries import country_of, folded, folded_readings, plain
from hatif.calls.gender import of_titles
from hatif.calls.joining import Part, groups
from hatif.domain import Document, Label

# Offices and seats that belong to one state without naming it.
_SEATS = {
    "خادم الحرمين": "SAU", "كرملين": "RUS", "بيت الابيض": "USA", "ابوظبي": "ARE", "ابو ظبي": "ARE", "دبي": "ARE",
    "شارقه": "ARE", "بيشتبه": "TUR", "اليزيه": "FRA", "مستشار النمسا": "AUT", "بنتاغون": "USA",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """One stretch of text that names a party: `[start, end)`, with what its spans say.

    `lead` holds the proclitics of its first word (`و`, `ب`, `وب`); `name`, `office` and `country` are empty or None
    where the mention gives none; `office` has neither article nor proclitic; `gender` is `f`, `m` or unknown.
    """

    start: int
    end: int
    lead: str
    name: str | None
    office: str
    country: str | None
    name_range: tuple[int, int] | None = None
    gender: str = ""

    @property
    def is_state(self) -> bool:
        """Whether the mention is a COUNTRY alone."""
        return self.name is None and not self.office


def mentions_of(document: Document) -> list[Mention]:
    """All mentions of a document in order."""
    parts = list(_parts(document))
    return [_mention(group) for group in groups(document.text, parts)]


def _parts(document: Document) -> Iterator[Part]:
    names = _NameIndex([document.words_of(span) for span in document.spans if span.label is Label.LEADER])
    for span in document.spans:
        if span.label is not Label.CALL:
            text = document.words_of(span)
            known = names.akin(text) if span.label is Label.LEADER else ()
            lead, form = _read(text, span.label, known)
            if not lead and document.text[max(0, span.start - 2) : span.start] in (" و", "\nو"):
                lead = "و"
            yield Part(span, lead, form)


class _NameIndex:
    """The names of a document by their words, to ask `normalized` about a few of them and not about all."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names: dict[str, set[str]] = {}
        for name in dict.fromkeys(names):
            for word in folded(plain(name)).split():
                holders = self._names.setdefault(word, set())
                if len(holders) < 20:
                    holders.add(name)

    def akin(self, text: str) -> tuple[str, ...]:
        """The names that share the first word of the text, under any reading of its proclitics."""
        words = {(key.split() or [""])[0] for key in folded_readings(text)}
        return tuple(sorted({name for word in words for name in self._names.get(word, ())}))


@lru_cache(maxsize=4096)
def _read(text: str, label: Label, known: tuple[str, ...]) -> tuple[str, str]:
    """The proclitics of a span's first word, and its words without them."""
    words = plain(text)
    form = normalized(text, label, known)
    if words == form:
        return "", form
    if words.endswith(form):
        return words[: len(words) - len(form)], form
    # `للرئيس`: the article lost its alef.
    return words[: max(1, len(words) - len(form) + 1)], form


def _mention(group: Sequence[Part]) -> Mention:
    named = next((part for part in group if part.span.label is Label.LEADER), None)
    offices = [part.form for part in group if part.span.label is Label.TITLE]
    states = [part for part in group if part.span.label is Label.COUNTRY]
    country = next((found.alpha3 for part in states if (found := country_of(part.form))), None)
    office = " / ".join(folded(office).removeprefix("ال") for office in offices)
    if country is None and not states:
        country = next((code for seat, code in _SEATS.items() if seat in office), None)
    return Mention(
        start=group[0].span.start,
        end=group[-1].span.end,
        lead=group[0].lead,
        name=" ".join(named.form.split()) if named else None,
        office=office,
        country=country,
        name_range=(named.span.start, named.span.end) if named else None,
        gender=of_titles(offices),
    )
