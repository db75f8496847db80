"""What the table of states knows, weighed into the model's probabilities before they are decoded."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hatif.arabic.countries import occurs_in_a_country
from hatif.arabic.words import Word
from hatif.domain import Label
from hatif.tagging.tags import TAGS

_DOUBT = 0.05
"""Factor on COUNTRY where the word is in no form of any state.

All but 2 of the 6,354 COUNTRY spans of train and dev are made of such words; what is misspelt or glued is not, so
doubt, not refusal.
"""
_LEAST = 0.05
"""A probability of COUNTRY below which nobody asks the table."""
_COLUMNS = [index for index, tag in enumerate(TAGS) if tag.endswith(Label.COUNTRY)]


def weighed(text: str, words: Sequence[Word], probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """The `(words, tags)` probabilities with COUNTRY made unlikely for words that name no state; rows sum to one."""
    asked = np.flatnonzero(probabilities[:, _COLUMNS].sum(axis=1) > _LEAST)
    doubtful = [
        index for index in asked.tolist() if not occurs_in_a_country(text[words[index].start : words[index].end])
    ]
    if not doubtful:
        return probabilities
    result = probabilities.copy()
    result[np.ix_(doubtful, _COLUMNS)] *= _DOUBT
    result[doubtful] /= result[doubtful].sum(axis=1, keepdims=True)
    return result
