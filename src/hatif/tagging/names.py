"""What a document tells of leaders' names, weighed into the model's probabilities before they are decoded.

The factors were chosen on dev, where all three together took LEADER from 0.843 to 0.868.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from hatif.arabic.countries import folded, plain, readings
from hatif.arabic.given_names import is_given_name
from hatif.arabic.words import Word
from hatif.domain import Label
from hatif.tagging.probabilities import scaled
from hatif.tagging.tags import TAGS

_BEGIN, _INSIDE = (TAGS.index(f"{prefix}-{Label.LEADER}") for prefix in "BI")
_BOTH = [_BEGIN, _INSIDE]
_OVERMARKED = 0.5
"""Factor on the beginning of a name: the model marks more people than are leaders."""
_GOES_ON = 12.0
"""Factor on going on with a name behind a given name."""
_REPEATED = 100.0
"""Factor on a word that is the last of a sure name elsewhere in the document."""
_SURE = 0.5
_LEAST = 0.005
"""A probability of a name below which a repeated word is none: the word has a meaning of its own."""


def names_weighed(text: str, words: Sequence[Word], probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """The `(words, tags)` probabilities with names begun less, cut short less, and found again; rows sum to one."""
    probabilities = scaled(probabilities, range(len(words)), [_BEGIN], _OVERMARKED)
    going_on = [
        index + 1
        for index in np.flatnonzero(probabilities[:-1, _BEGIN] > _SURE).tolist()
        if _written(text, words[index + 1]).isalpha() and is_given_name(_written(text, words[index]))
    ]
    return _repeated(text, words, scaled(probabilities, going_on, [_INSIDE], _GOES_ON))


def _repeated(text: str, words: Sequence[Word], probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    mass = probabilities[:, _BOTH].sum(axis=1)
    asked = np.flatnonzero((mass > _LEAST) & (mass < _SURE)).tolist()
    surnames = set(_surnames(text, words, probabilities)) if asked else set()
    again = [index for index in asked if surnames & _keys(_written(text, words[index]))]
    return scaled(probabilities, again, _BOTH, _REPEATED)


def _surnames(text: str, words: Sequence[Word], probabilities: NDArray[np.float32]) -> Iterator[str]:
    """The last words, folded, of the names of two and more words that are sure from end to end."""
    begins = probabilities[:, _BEGIN] > _SURE
    inside = probabilities[:, _INSIDE] > _SURE
    for index in np.flatnonzero(begins).tolist():
        last = index
        while last + 1 < len(words) and inside[last + 1]:
            last += 1
        if last > index:
            yield folded(plain(_written(text, words[last])))


def _keys(word: str) -> set[str]:
    return {folded(reading) for reading in readings(plain(word)) if len(reading) > 2}


def _written(text: str, word: Word) -> str:
    return text[word.start : word.end]
