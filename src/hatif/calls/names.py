"""Names of people compared across spellings and lengths."""

import re
from functools import lru_cache

from hatif.arabic.countries import folded, plain

_PARTICLES = frozenset({"بن", "ابن", "بنت", "ال", "ولد", "ابو", "ابي", "عبد", "دي", "فان", "فون"})
# First names that too many people bear in the middle of theirs.
_COMMON_NAMES = (
    "محمد احمد محمود علي حسن حسين خالد سلمان عبدالله ناصر حمد راشد صالح سعيد جابر زايد خليفه سعود فهد عبد يوسف"
)

# By-names that the press uses for the name.
_BY_NAMES = {
    "ابو مازن": "محمود عباس", "ابا مازن": "محمود عباس", "ابي مازن": "محمود عباس",
    "ابو عمار": "ياسر عرفات", "ابا عمار": "ياسر عرفات", "ابي عمار": "ياسر عرفات",
}  # fmt: skip


@lru_cache(maxsize=4096)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name as regional spellings share them: `ترامب` and `ترمب`, `عبد العزيز` and `عبدالعزيز`."""
    spelt = folded(plain(name))
    joined = re.sub(r"\bعبد (?:ال)?", "عبدال", _BY_NAMES.get(spelt, spelt))
    words = [word for word in joined.split() if word not in _PARTICLES]
    return tuple(map(_skeleton, words or joined.split() or [name]))


def _skeleton(word: str) -> str:
    """The word without its article and, past the first letter, without long vowels."""
    bare = word.removeprefix("ال") if len(word) > 4 else word
    return bare[0] + re.sub("[اويه]", "", bare[1:]) if len(bare) > 3 else bare


def is_by_name(name: str) -> bool:
    """Whether the name is one that only stands for a person's name: `أبو مازن`."""
    return folded(plain(name)) in _BY_NAMES


def names_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one name is a shorter form of the other: all its words, and its first or last word in place."""
    short, long = sorted((one, other), key=len)
    return set(short) <= set(long) and (short[-1] == long[-1] or short[0] == long[0])


def is_patronymic_of(short: str, long: str) -> bool:
    """Whether the first is a son's name that the second holds: `بن زايد`, `محمد بن زايد آل نهيان`."""
    one, other = folded(plain(short)), folded(plain(long))
    return one.startswith(("بن ", "ابن ")) and other != one and f" {one.removeprefix('ا')} " in f"{other} "


_COMMON = frozenset(map(_skeleton, _COMMON_NAMES.split()))


def is_telling(words: tuple[str, ...]) -> bool:
    """Whether the name is one word that can stand for a longer name wherever it occurs in it: `لولا`."""
    return len(words) == 1 and words[0] not in _COMMON and len(words[0]) > 1
