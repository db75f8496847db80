"""Words of a text: where they begin and end in Arabic as it is really written."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatif.arabic.words import split_words

TEXTS = [
    ("", []),
    (" \n\t", []),
    ("تلقى الرئيس اتصالا", ["تلقى", "الرئيس", "اتصالا"]),  # the president received a call
    ("بالعاهل المغربي.", ["بالعاهل", "المغربي", "."]),  # proclitics stay, the full stop goes
    ("#وزير_الخارجية", ["#", "وزير", "_", "الخارجية"]),  # a hashtag's underscore is a space
    ("اتصالاً هاتفيّاً", ["اتصالاً", "هاتفيّاً"]),  # tanween and shadda
    ("بـ«الهاتف»", ["بـ", "«", "الهاتف", "»"]),  # tatweel is a letter
    ("مون جاي-إن", ["مون", "جاي", "-", "إن"]),  # Moon Jae-in
    ("قطر\u200f، مصر", ["قطر\u200f", "،", "مصر"]),  # a right-to-left mark after Qatar
    ("می\u200cخواهد", ["می\u200cخواهد"]),  # a zero-width non-joiner inside a Persian word
    ("عام ٢٠١٩م", ["عام", "٢٠١٩م"]),
    ("3.5%", ["3", ".", "5", "%"]),
    ("رحمٰن", ["رحمٰن"]),  # a dagger alef
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_words_are_split_at_spaces_and_punctuation(text: str, expected: list[str]) -> None:
    assert [text[word.start : word.end] for word in split_words(text)] == expected


ARABIC = st.text(alphabet="ابةقى ًّـ_-#«»،.؟\u200f\u200c\n٣7a", max_size=40)


@given(ARABIC | st.text(max_size=40))
def test_words_hold_every_visible_character_once_and_in_order(text: str) -> None:
    words = split_words(text)
    assert "".join(text[start:end] for start, end in words) == "".join(text.split())
    assert all(0 <= start < end <= len(text) for start, end in words)
    assert all(left.end <= right.start for left, right in itertools.pairwise(words))


@given(ARABIC)
def test_splitting_the_words_again_changes_nothing(text: str) -> None:
    words = [text[start:end] for start, end in split_words(text)]
    spaced = " ".join(words)
    assert [spaced[start:end] for start, end in split_words(spaced)] == words
