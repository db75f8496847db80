"""The state that a COUNTRY span names: by name, official long form, nationality adjective or demonym.

Names come from CLDR through Babel, codes from ISO 3166-1 through pycountry; `countries.tsv` adds news spellings,
adjectives and irregular plurals, which are inflected here. The table is built on the first look-up, not on import.

Homographs go to what the news mostly means: `الكونغو` alone is Kinshasa (9 of 11 in the annotated articles), `كوريا`
and `الكوري` alone are Seoul, `الدومينيكي` is the Dominican Republic. A renamed state keeps its code (`بورما`, `زائير`);
a dissolved one, or a word for two states (`السوفيتي`, `الكوريتان`), has none.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

from hatif.arabic.marks import Markless

# CLDR's other Arabic locales spell no state in yet another way (all of them compared, Babel 2.18).
_LOCALES = ("ar", "ar_SA")
# ISO 3166-1 leaves XK to its users; the European Union and the World Bank write Kosovo so.
_USER_ASSIGNED = {"XK": "XKX"}

_LEVELLED = str.maketrans("أإآٱىیئؤةکگڭڤپچ", "اااايييوهكغغفبج", "ء")
_PLAIN = Markless(str.maketrans("_#", "  ", "ـ"))
_LETTERS = re.compile(r"\w+")
# Foreign g: غ in the Levant, ج in Egypt (`بنجلاديش`), ق in the Gulf (`سنقافورة`).
_FOREIGN_G = ("غ", "ج", "ق")

_ADJECTIVE_ENDINGS = ("", "ا", "ه", "ون", "ين", "ات", "ان", "تان", "تين")
_PLURAL_ENDINGS = ("", "ا")
# Nouns that open a long form, and the words that fill one without saying which state it is.
_STATE_NOUN = re.compile(r"^(?:ال)?(?:دوله|مملكه|جمهوريه|سلطنه|اماره|اتحاد|جماهيريه|دوقيه|كومنولث) ")
_FILLER = re.compile(
    r"\b(?:العربيه|الاسلاميه|الشعبيه|الديمقراطيه|الديموقراطيه|الاشتراكيه|الاتحاديه|الفيدراليه|الفدراليه|الهاشميه"
    r"|المتحده|البوليفاريه|التعاونيه|المستقله|الكبري|العظمي|القوميات|المتعدده|متعدده)\b"
)


@dataclass(frozen=True, slots=True)
class Country:
    """A state by its ISO 3166-1 codes; Kosovo by the user-assigned XK and XKX."""

    alpha2: str
    alpha3: str


def country_of(text: str) -> Country | None:
    """The one present-day state that the words name, with or without proclitics; None if there is none."""
    named = named_country(text)
    return named[1] if named else None


def named_country(text: str) -> tuple[str, Country | None] | None:
    """The words less the proclitics of the first, with their state: None for a dissolved state or two at once.

    Words that name no state at all give None. The longest reading wins: `بريطانيا`, `لبنان` and `كندا` stay whole.
    """
    for reading in readings(plain(text)):
        key = folded(reading)
        for candidate in (key, _core(key)):
            if candidate in _table():
                return reading, _table()[candidate]
    return None


def plain(text: str) -> str:
    """The words with composed letters and single spaces, no diacritics, tatweel or invisible marks, no `#` or `_`."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_PLAIN).split())


def folded(text: str) -> str:
    """A key that regional spellings of plain words share: hamza, ى/ي, ة/ه and foreign letters levelled, no marks."""
    return " ".join(_LETTERS.findall(text.translate(_LEVELLED)))


def readings(text: str) -> Iterator[str]:
    """The text as it stands, then with ever more of its first letters taken for proclitics: و ف, then ب ل ك.

    ل swallows the alef of the article, so that `للجزائر` is read as `الجزائر` before `لجزائر`.
    """
    yield text
    yield from _without_preposition(text)
    if text.startswith(("و", "ف")):
        yield text[1:]
        yield from _without_preposition(text[1:])


def folded_readings(word: str) -> list[str]:
    """The folded keys of a word as it stands, then without ever more proclitics."""
    return [folded(reading) for reading in readings(plain(word))]


def _without_preposition(text: str) -> Iterator[str]:
    if text.startswith("لل"):
        yield "ا" + text[1:]
    if text.startswith(("ب", "ل", "ك")):
        yield text[1:]


def _core(key: str) -> str:
    """`جمهوريه مصر العربيه` -> `مصر`: the key without its state noun and fillers."""
    return " ".join(_FILLER.sub("", _STATE_NOUN.sub("", key)).split())


@cache
def _table() -> dict[str, Country | None]:
    """Folded forms to states: a form goes to the first row that has it, a respelled one only where no row has it."""
    forms = [(form, country) for country, listed in _states() for form in listed]
    table: dict[str, Country | None] = {}
    for letter in _FOREIGN_G:  # as listed, with غ, first
        for form, country in forms:
            table.setdefault(form.replace("غ", letter), country)
    return table


@cache
def _words() -> frozenset[str]:
    """The folded words that occur in any form of any state, those of long forms included."""
    nouns = re.findall(r"\w+", f"{_STATE_NOUN.pattern} {_FILLER.pattern}")
    return frozenset(word for form in _table() for word in form.split()) | {
        f"{a}{noun}" for a in ("", "ال") for noun in nouns
    }


def occurs_in_a_country(word: str) -> bool:
    """Whether a word, with or without proclitics, can be part of what names a state; marks of punctuation can."""
    keys = folded_readings(word)
    return not keys[0] or any(key in _words() for key in keys)


def _states() -> Iterator[tuple[Country | None, set[str]]]:
    """Every row of `countries.tsv` with all of its folded forms."""
    # Here rather than on top: both cost 50 ms that a reader without COUNTRY spans need not pay.
    import pycountry
    from babel import Locale

    territories = [Locale.parse(name).territories for name in _LOCALES]
    for code, names, adjectives, plurals in _rows():
        country = None
        if code != "-":
            record = pycountry.countries.get(alpha_2=code)
            country = Country(code, record.alpha_3 if record else _USER_ASSIGNED[code])
            names += [names_of[code] for names_of in territories]
        forms = {form for name in names for form in _with_article(folded(plain(name)))}
        forms |= {form for word in plurals for form in _inflected(folded(word), _PLURAL_ENDINGS)}
        forms |= {form for word in adjectives for form in _inflected(folded(word), _ADJECTIVE_ENDINGS)}
        yield country, forms


def _rows() -> Iterator[tuple[str, list[str], list[str], list[str]]]:
    """Code, names, adjectives and plurals of every row of `countries.tsv`, as they are spelt."""
    resource = files("hatif.arabic").joinpath("countries.tsv").read_text("utf-8")
    for line in resource.splitlines():
        if not line.startswith("#"):
            code, *cells = line.split("\t")
            names, adjectives, plurals = (list(filter(None, cell.split(";"))) for cell in cells)
            yield code, names, adjectives, plurals


def nationality_adjectives() -> tuple[str, ...]:
    """The adjectives of one word of all states, masculine singular indefinite, as they are spelt: `روسي`."""
    return tuple(word for _, _, adjectives, _ in _rows() for word in adjectives if " " not in word)


def _with_article(name: str) -> tuple[str, ...]:
    """The name with the article and without: the Maghreb writes `البيرو`, `الطوغو`, headlines `برازيل لولا`."""
    return (name, name.removeprefix("ال")) if name.startswith("ال") else (name, f"ال{name}")


def _inflected(phrase: str, endings: tuple[str, ...]) -> Iterator[str]:
    """Every case, gender, number and definiteness of a plural or adjective; in `جنوب افريقي` the noun stays."""
    words = phrase.split()
    alone = len(words) == 1
    for ending in endings:
        ended = [word + ending if alone or word.endswith("ي") else word for word in words]
        for articles in product(("", "ال"), repeat=len(ended)):
            yield " ".join(article + word for article, word in zip(articles, ended, strict=True))
