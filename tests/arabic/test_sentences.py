"""Sentences: where they end and where they do not."""

import pytest

from hatif.arabic.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        # He called. Then he left.
        ("اتصل به. ثم غادر.", ["اتصل به.", "ثم غادر."]),
        ("هل اتصل؟ نعم! اتصل", ["هل اتصل؟", "نعم!", "اتصل"]),
        ("عنوان\n\n  نص", ["عنوان", "نص"]),
        ('قال: "انتهى." ثم غادر', ['قال: "انتهى."', "ثم غادر"]),
        # Dr. Muhammad; 36 hours.. Putin calls; 4.5 million
        ("وصل د. محمد إلى القاهرة", ["وصل د. محمد إلى القاهرة"]),
        ("خلال 36 ساعة.. بوتين يتصل", ["خلال 36 ساعة.. بوتين يتصل"]),
        ("بلغت 4.5 مليون", ["بلغت 4.5 مليون"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_text_splits_into_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences
