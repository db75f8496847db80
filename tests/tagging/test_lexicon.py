"""The table of states weighs on COUNTRY, the stems of calls on CALL, and neither on anything else."""

import numpy as np
import pytest

from hatif.arabic.words import split_words
from hatif.tagging.lexicon import weighed
from hatif.tagging.tags import TAGS

COUNTRY, CALL = TAGS.index("B-COUNTRY"), TAGS.index("B-CALL")


def probabilities(words: int, country: float) -> np.ndarray:
    rows = np.zeros((words, len(TAGS)), dtype=np.float32)
    rows[:, 0] = 1 - country
    rows[:, COUNTRY] = country
    return rows


@pytest.mark.parametrize(
    ("word", "believed"),
    [
        ("والروسية", True),  # and the Russian (f.)
        ("للجزائر", True),  # to Algeria
        ("الكونغولي", True),
        ("المملكة", True),  # part of a long form
        ("-", True),  # as in Guinea-Bissau
        ("المؤقتة", False),  # the provisional
        ("بفكرة", False),  # with an idea
        ("مارين", False),  # Marin, a name
    ],
)
def test_only_words_of_states_keep_their_probability(word: str, believed: bool) -> None:
    before = probabilities(1, 0.6)
    after = weighed(word, split_words(word), before)
    assert (after[0, COUNTRY] >= before[0, COUNTRY]) == believed
    assert after.sum() == pytest.approx(1.0)
    assert before[0, COUNTRY] == pytest.approx(0.6)


def test_doubt_is_no_refusal() -> None:
    after = weighed("مارين", split_words("مارين"), probabilities(1, 0.999))
    assert after[0].argmax() == COUNTRY


@pytest.mark.parametrize(
    ("text", "word", "believed"),
    [
        ("أجرى مكالمة", 1, True),  # held a call
        ("تحدث إليه عبر تقنية الفيديو", 2, True),  # by way of video technology
        ("اجتماعا عن بعد عبر الشاشة", 3, True),
        ("نشرت منصات عبرية الخبر", 2, False),  # Hebrew platforms
        ("قال إنه عبر عن أسفه", 2, False),  # expressed
        ("الهاتف رن ثم سكت وعاد الوزير إلى مكتبه ثم عبر", 9, False),  # the phone is too far away
    ],
)
def test_only_words_near_a_stem_of_calls_keep_their_probability(text: str, word: int, believed: bool) -> None:
    words = split_words(text)
    before = np.full((len(words), len(TAGS)), 0.0, dtype=np.float32)
    before[:, 0] = 1.0
    before[word, 0], before[word, CALL] = 0.4, 0.6
    after = weighed(text, words, before)
    assert (after[word, CALL] == before[word, CALL]) == believed
    assert after.sum(axis=1) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "word", "tag", "believed"),
    [
        ("سيهاتف نظيره غدا", 0, CALL, True),  # will phone
        ("وقال إنه سيتصل به", 2, CALL, True),
        ("لم تتصل الغرفة بالشبكة", 1, CALL, False),  # was not connected: the model knows better
        ("نظيره فلان والعماني", 2, COUNTRY, True),  # and the Omani
        ("نظيره فلان العماني", 2, COUNTRY, False),  # a surname, too
        ("نظيره فلان والوالي", 2, COUNTRY, False),  # and the governor
    ],
)
def test_what_a_table_is_sure_of_is_believed(text: str, word: int, tag: int, believed: bool) -> None:
    words = split_words(text)
    before = np.zeros((len(words), len(TAGS)), dtype=np.float32)
    before[:, 0] = 1.0
    before[word, 0], before[word, tag] = 0.96, 0.04
    after = weighed(text, words, before)
    assert (after[word, tag] > 0.5) == believed
    assert after.sum(axis=1) == pytest.approx(1.0)
