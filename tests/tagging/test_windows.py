"""Words to pieces and windows: nothing lost, nothing shifted, nothing too long."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models

from hatif.arabic.words import split_words
from hatif.domain import HatifError
from hatif.models.bundle import TOKENIZER
from hatif.models.tokenizer import train_tokenizer
from hatif.tagging.windows import WordEncoder, cut_windows, piece_id

SIZES = st.tuples(st.integers(26, 80), st.integers(0, 40)).filter(lambda sizes: sizes[0] - sizes[1] >= 26)
PIECES = st.lists(st.lists(st.integers(5, 9), min_size=1, max_size=24), max_size=80)


@pytest.fixture(scope="module")
def tokenizer(bundle: Path) -> Tokenizer:
    return Tokenizer.from_file(str(bundle / TOKENIZER))


def vocabulary(**pieces: int) -> Tokenizer:
    return Tokenizer(models.WordLevel({f"[{name}]": number for name, number in pieces.items()}, unk_token="[UNK]"))


PLAIN = vocabulary(UNK=1, CLS=2, SEP=3)


@given(PIECES, SIZES)
def test_window_cores_tile_the_document(pieces: list[list[int]], sizes: tuple[int, int]) -> None:
    windows = list(cut_windows(pieces, PLAIN, *sizes))
    owned = [word for window in windows for word in range(window.core_start, window.core_end)]
    assert owned == list(range(len(pieces)))
    for window in windows:
        assert window.start <= window.core_start < window.core_end <= window.start + len(window.firsts)


@given(PIECES, SIZES)
def test_windows_hold_the_pieces_of_their_words_and_fit_the_model(
    pieces: list[list[int]], sizes: tuple[int, int]
) -> None:
    size, overlap = sizes
    for window in cut_windows(pieces, PLAIN, size, overlap):
        inside = pieces[window.start : window.start + len(window.firsts)]
        assert window.pieces.tolist() == [2, *(piece for word in inside for piece in word), 3]
        assert len(window.pieces) <= size
        assert [window.pieces[first] for first in window.firsts] == [word[0] for word in inside]


@given(PIECES, SIZES)
def test_neighbours_share_no_more_than_the_overlap_and_halve_it(
    pieces: list[list[int]], sizes: tuple[int, int]
) -> None:
    windows = list(cut_windows(pieces, PLAIN, *sizes))
    for left, right in pairwise(windows):
        end = left.start + len(left.firsts)
        assert sum(map(len, pieces[right.start : end])) <= sizes[1]
        assert abs((left.core_end - right.start) - (end - left.core_end)) <= 1


def test_a_word_in_the_middle_sees_words_on_both_sides() -> None:
    first, second = cut_windows([[5]] * 100, PLAIN, 80, 40)
    assert (first.start, first.core_end, len(first.firsts)) == (0, 58, 78)
    assert (second.start, second.core_start, second.core_end) == (38, 58, 100)


def test_a_document_without_words_has_no_window() -> None:
    assert list(cut_windows([], PLAIN, 64, 16)) == []


def test_a_window_without_room_for_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="window of 40 pieces with an overlap of 20"):
        list(cut_windows([[5]], PLAIN, 40, 20))


def test_a_vocabulary_without_special_pieces_is_refused() -> None:
    with pytest.raises(HatifError, match=r"no piece \[CLS\]"):
        piece_id(vocabulary(UNK=1), "[CLS]")


def encoded(text: str, tokenizer: Tokenizer) -> list[list[int]]:
    return WordEncoder(tokenizer).encode(text, split_words(text))


@pytest.mark.parametrize(
    "written",
    [
        "بُوتِينَ",  # with diacritics
        "بـــوتين",  # with tatweel
        "\u200fبوتين",  # behind a right-to-left mark
        "بو\u200cتين",  # a zero-width non-joiner inside
        "\ufeffبوتين",  # behind a byte order mark
        "بوتين\u202c",  # before the end of a bidi embedding
        "بوت\u00adين",  # a soft hyphen inside
        "ﺑﻮﺗﻴﻦ",  # in presentation forms
        "بوتىن",  # ى for ي
    ],
)
def test_marks_and_presentation_forms_change_no_piece(written: str, tokenizer: Tokenizer) -> None:
    assert encoded(written, tokenizer) == encoded("بوتين", tokenizer)  # Putin


@pytest.mark.parametrize(
    "text",
    [
        "\u200f\u200e",  # a word of nothing but direction marks
        "ـــ",  # of tatweel
        "\u064b",  # of a lone tanween
        "😀",
        "\ud83d",  # of half a surrogate pair
        "漢字",
    ],
)
def test_a_word_that_leaves_nothing_is_one_unknown_piece(text: str, tokenizer: Tokenizer) -> None:
    pieces = encoded(f"قطر {text} قطر", tokenizer)  # Qatar
    unknown = tokenizer.token_to_id("[UNK]")
    assert pieces[1] == [unknown]
    assert pieces[0] == pieces[2] != [unknown]


COMPANY = train_tokenizer(["بوتين", "قطر"] * 5, 100)
ARABIC = st.text(alphabet="ابوتين قطرىًّـ_-#«»،.؟\u200f\u200c\ufeff\u00ad\n٣7a\ud800😀ﷺ", max_size=60)


@given(ARABIC | st.text(st.characters(), max_size=60))
def test_every_word_has_a_piece_and_the_same_in_any_company(text: str) -> None:
    words = split_words(text)
    pieces = WordEncoder(COMPANY).encode(text, words)
    assert len(pieces) == len(words)
    assert all(1 <= len(word) <= 24 for word in pieces)
    assert pieces == [WordEncoder(COMPANY).encode(text, [word])[0] for word in words]


def test_a_long_document_is_read_in_runs_without_a_seam(tokenizer: Tokenizer) -> None:
    row: Sequence[str] = ["قطر", "بوتين", "،"]
    text = " ".join(row[at % 3] for at in range(10_000))
    once = [encoded(word, tokenizer)[0] for word in row]
    assert encoded(text, tokenizer) == [once[at % 3] for at in range(10_000)]


def test_a_word_without_end_keeps_to_its_share_of_a_window(tokenizer: Tokenizer) -> None:
    unknown = tokenizer.token_to_id("[UNK]")
    assert encoded("قطر" * 100_000, tokenizer) == [[unknown]]
    letters = Tokenizer(models.WordPiece({"[UNK]": 0, "ق": 1, "##ق": 2}, unk_token="[UNK]"))
    assert encoded("ق" * 60, letters) == [[1, *[2] * 23]]
