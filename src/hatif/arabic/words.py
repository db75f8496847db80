"""Words of a text with their offsets."""

import re
from typing import NamedTuple

# Marks that stand inside a word without being one of \w: bidi controls, zero-width joiners, soft hyphen, BOM.
# `_` separates: in a hashtag it stands for the space between words.
_INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff"
_WORD = re.compile(rf"(?:[^\W_]|[{_MARKS}{_INVISIBLE}])+|[^\w\s]|_")


class Word(NamedTuple):
    """A word or a single mark of punctuation: `[start, end)` in code points of the text."""

    start: int
    end: int


def split_words(text: str) -> list[Word]:
    """Split a text into words and marks of punctuation, in order, with nothing but white space left out.

    A word is a run of letters, digits, diacritics and invisible joiners; every other visible character, `_` and `-`
    too, is a word of its own.
    """
    return [Word(match.start(), match.end()) for match in _WORD.finditer(text)]
