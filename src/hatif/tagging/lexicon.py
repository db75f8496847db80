"""What tables of words know, weighed into the model's probabilities before they are decoded."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from hatif.arabic.call_words import can_name_a_call, is_phoning_verb
from hatif.arabic.countries import named_country, occurs_in_a_country
from hatif.arabic.words import Word
from hatif.domain import Label
from hatif.tagging.names import names_weighed
from hatif.tagging.probabilities import scaled
from hatif.tagging.tags import TAGS

_DOUBT = 0.05
"""Factor on a label where no table knows the words.

What is misspelt or glued is in no table, so doubt, not refusal: of 6,354 COUNTRY spans all but 2 are made of words that
occur in a form of a state.
"""
_BELIEF = 30.0
"""Factor on the beginning of a label where a table is sure."""
_LEAST = 0.05
"""A probability of a label below which nobody asks its table."""
_REACH = 4
"""Words to either side among which a word of a call must stand: spans of CALL are no longer."""
_COLUMNS = {label: [index for index, tag in enumerate(TAGS) if tag.endswith(label)] for label in Label}
_BEGINS_CALL, _BEGINS_COUNTRY = (TAGS.index(f"B-{label}") for label in (Label.CALL, Label.COUNTRY))
Doubts = Callable[[str, Sequence[Word], int], bool]


def weighed(text: str, words: Sequence[Word], probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """The `(words, tags)` probabilities; rows sum to one.

    COUNTRY is made unlikely for words that name no state, and likely for a state behind `وال`; CALL unlikely for words
    far from any that names a call, and likely for verbs that mean to phone; LEADER is weighed by `names_weighed`.
    """
    probabilities = _doubted(text, words, probabilities, Label.COUNTRY, _names_no_state)
    probabilities = _doubted(text, words, probabilities, Label.CALL, _is_no_call)
    probabilities = _believed(text, words, probabilities)
    return names_weighed(text, words, probabilities)


def _doubted(
    text: str, words: Sequence[Word], probabilities: NDArray[np.float32], label: Label, doubts: Doubts
) -> NDArray[np.float32]:
    columns = _COLUMNS[label]
    asked = np.flatnonzero(probabilities[:, columns].sum(axis=1) > _LEAST)
    doubtful = [index for index in asked.tolist() if doubts(text, words, index)]
    return scaled(probabilities, doubtful, columns, _DOUBT)


def _believed(text: str, words: Sequence[Word], probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    written = [text[word.start : word.end] for word in words]
    calls = [index for index, word in enumerate(written) if is_phoning_verb(word)]
    states = [index for index, word in enumerate(written) if _joins_a_state(word)]
    probabilities = scaled(probabilities, calls, [_BEGINS_CALL], _BELIEF)
    return scaled(probabilities, states, [_BEGINS_COUNTRY], _BELIEF)


def _joins_a_state(word: str) -> bool:
    """`والعماني`: of 347 such words in train and dev 343 begin a COUNTRY; no name goes on with one."""
    return word.startswith("وال") and named_country(word) is not None


def _names_no_state(text: str, words: Sequence[Word], index: int) -> bool:
    return not occurs_in_a_country(text[words[index].start : words[index].end])


def _is_no_call(text: str, words: Sequence[Word], index: int) -> bool:
    around = words[max(0, index - _REACH) : index + _REACH + 1]
    return not can_name_a_call(text[around[0].start : around[-1].end])
