"""The table of states weighs on COUNTRY, and on nothing else."""

import numpy as np
import pytest

from hatif.arabic.words import split_words
from hatif.tagging.lexicon import weighed
from hatif.tagging.tags import TAGS

COUNTRY = TAGS.index("B-COUNTRY")


def probabilities(words: int, country: float) -> np.ndarray:
    rows = np.full((words, len(TAGS)), (1 - country) / (len(TAGS) - 1), dtype=np.float32)
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
    assert (after[0, COUNTRY] == before[0, COUNTRY]) == believed
    assert after.sum() == pytest.approx(1.0)
    assert before[0, COUNTRY] == pytest.approx(0.6)


def test_doubt_is_no_refusal() -> None:
    after = weighed("مارين", split_words("مارين"), probabilities(1, 0.999))
    assert after[0].argmax() == COUNTRY
