"""Names go on behind a given name, and what was surely a name is one elsewhere in the document."""

import numpy as np
import pytest

from hatif.arabic.given_names import is_given_name
from hatif.arabic.words import split_words
from hatif.tagging.names import names_weighed
from hatif.tagging.tags import OUTSIDE, TAGS, decode

NONE, BEGIN, INSIDE = (TAGS.index(tag) for tag in (OUTSIDE, "B-LEADER", "I-LEADER"))


def found(text: str, *rows: dict[int, float]) -> list[str]:
    """The spans of a text whose first words have these probabilities, and whose others are surely outside."""
    words = split_words(text)
    probabilities = np.zeros((len(words), len(TAGS)), dtype=np.float32)
    probabilities[:, NONE] = 1.0
    for row, said in zip(probabilities, rows, strict=False):
        row[NONE] = 1.0 - sum(said.values())
        for tag, value in said.items():
            row[tag] = value
    before = probabilities.copy()
    after = names_weighed(text, words, probabilities)
    np.testing.assert_array_equal(probabilities, before)
    assert after.sum(axis=1) == pytest.approx(1.0)
    return [text[span.start : span.end] for span in decode(words, after)]


@pytest.mark.parametrize("word", ["محمد", "ومحمد", "لفلاديمير", "أحمد", "عبد"])
def test_given_names_are_known_behind_proclitics(word: str) -> None:
    assert is_given_name(word)


@pytest.mark.parametrize("word", ["بوتين", "ماكرون", "الرئيس", "#", "و", ""])
def test_surnames_and_other_words_are_no_given_names(word: str) -> None:
    assert not is_given_name(word)


def test_a_name_goes_on_behind_a_given_name() -> None:
    rows = ({BEGIN: 0.9}, {INSIDE: 0.2})
    assert found("ومحمود القاضي وصل", *rows) == ["ومحمود القاضي"]  # and Mahmud al-Qadi arrived
    assert found("وماكرون القاضي وصل", *rows) == ["وماكرون"]  # and Macron, the judge
    assert found("محمود، وصل", *rows) == ["محمود"]  # a comma goes on with nothing


def test_a_surname_is_found_again() -> None:
    sure = ({BEGIN: 0.95}, {INSIDE: 0.95}, {}, {BEGIN: 0.05})
    assert found("فولان تيستوف وقال تيستوف", *sure) == ["فولان تيستوف", "تيستوف"]
    assert found("فولان تيستوف وقال لتيستوف", *sure) == ["فولان تيستوف", "لتيستوف"]  # behind a proclitic
    assert found("فولان تيستوف وقال فولانا", *sure) == ["فولان تيستوف"]
    unsure = ({BEGIN: 0.95}, {INSIDE: 0.4}, {}, {BEGIN: 0.05})
    assert found("فولان تيستوف وقال تيستوف", *unsure) == ["فولان"]


def test_a_word_that_the_model_takes_for_something_else_is_no_name_again() -> None:
    assert found("فولان سلام وعن سلام", {BEGIN: 0.95}, {INSIDE: 0.95}, {}, {BEGIN: 0.001}) == ["فولان سلام"]


def test_half_a_doubt_is_no_name() -> None:
    assert found("فولان وصل", {BEGIN: 0.6}) == []
    assert found("فولان وصل", {BEGIN: 0.8}) == ["فولان"]


def test_no_words() -> None:
    assert found("") == []
