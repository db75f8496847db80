"""From the encoder's probabilities to spans: the one order in which everybody else has his say."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hatif.arabic.words import Word
from hatif.domain import Span
from hatif.tagging.lexicon import weighed
from hatif.tagging.tags import decode
from hatif.tagging.word_forms import FormReader


def read_spans(
    text: str, words: Sequence[Word], probabilities: NDArray[np.float32], forms: FormReader | None
) -> list[Span]:
    """The spans that the encoder's `(words, tags)` probabilities, the word forms and the tables find together."""
    if forms is not None:
        probabilities = forms.weigh(text, words, probabilities)
    return decode(words, weighed(text, words, probabilities))
