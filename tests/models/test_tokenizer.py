"""The tokenizer cleans what it reads and never what it points to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

import tiny
from hatif.arabic.words import split_words
from hatif.models.tokenizer import SPECIAL_PIECES, letter_folder, mark_stripper, train_tokenizer
from hatif.tagging.windows import WordEncoder

# Letters, marks, joiners, digits and punctuation as newsrooms and keyboards mix them.
MIXED = st.text("ابتثوبيىئءأإآةهكکیگچ ًٌٍَُِّْـ\u200f\u200e\u202b\u202c\u200c\ufeff٠١٢۳۴7aZ_#.،؟«»-ﺍﻟﻼ \n", max_size=60)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return train_tokenizer([document.text for document in tiny.documents(tiny.TRAIN)] * 5, 400)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("أحمد إلى آخر ٱلله", "احمد الي اخر الله"),  # Ahmad, to, another, God: alef with hamza, madda, wasla
        ("السعودى مستشفى", "السعودي مستشفي"),  # the Saudi, hospital: alef maqsura
        ("مكالمة هاتفية", "مكالمه هاتفيه"),  # phone call: ta marbuta
        ("کابل طهران یزد", "كابل طهران يزد"),  # Kabul, Tehran, Yazd: Persian kaf and yeh
        ("ہلال ھيئة", "هلال هيئه"),  # crescent, authority: Urdu heh
        ("عام ٢٠١٧ ۲۰۱۷", "عام 2017 2017"),  # the year 2017 in both sets of digits
        ("اتِّصالًا هاتفيًّا", "اتصالا هاتفيا"),  # by phone, with tashkeel
        ("اتـــصال", "اتصال"),  # a call, drawn out
        ("\u202bبوتين\u202c\u200f \u200eTrump\ufeff", "بوتين Trump"),  # Putin, with bidi marks and a BOM
        ("ﺍﻟﺴﻼﻡ", "السلام"),  # peace, in presentation forms
    ],
)
def test_normaliser_reads_spellings_as_one(tokenizer: Tokenizer, written: str, read: str) -> None:
    assert tokenizer.normalizer.normalize_str(written) == read
    assert tokenizer.encode(written).ids == tokenizer.encode(read).ids


def test_mark_stripper_changes_no_letter() -> None:
    assert mark_stripper().normalize_str("أَحْمَدُ إلى السعودى ٢٠١٧ مكالمـــة") == "أحمد إلى السعودى ٢٠١٧ مكالمة"
    assert letter_folder().normalize_str("أَ") == "اَ"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("#وزير_الخارجية", ["#", "وزير", "_", "الخارجية"]),  # #foreign_minister
        ("«بوتين».", ["«", "بوتين", "»", "."]),  # "Putin".
        ("الروسي-التركي،", ["الروسي", "-", "التركي", "،"]),  # Russian-Turkish,
    ],
)
def test_underscore_and_punctuation_split(tokenizer: Tokenizer, text: str, words: list[str]) -> None:
    split = tokenizer.pre_tokenizer.pre_tokenize_str(text)
    assert [word for word, _ in split] == words == [text[start:end] for start, end in split_words(text)]


def test_offsets_point_into_the_text_as_written(tokenizer: Tokenizer) -> None:
    text = "أَجْرَى\u200f بُـوتِين اتّصالاً"  # Putin held a call, with marks
    encoding = tokenizer.encode(text, add_special_tokens=False)
    starts = [start for piece, (start, _) in zip(encoding.tokens, encoding.offsets, strict=True) if piece[:2] != "##"]
    assert starts == [0, text.index("بُـ"), text.index("اتّ")]
    for (_, end), (start, _) in zip(encoding.offsets, encoding.offsets[1:], strict=False):
        assert end <= start


@given(MIXED)
def test_every_word_gets_a_piece_in_order(text: str) -> None:
    words = split_words(text)
    pieces = WordEncoder(_plain).encode(text, words)
    assert len(pieces) == len(words)
    assert all(pieces)


_plain = train_tokenizer([document.text for document in tiny.documents(tiny.TRAIN)] * 5, 400)


def test_specials_come_first_and_frame_a_sequence(tokenizer: Tokenizer) -> None:
    assert [tokenizer.token_to_id(piece) for piece in SPECIAL_PIECES] == [0, 1, 2, 3, 4]
    assert tokenizer.encode("").tokens == ["[CLS]", "[SEP]"]
