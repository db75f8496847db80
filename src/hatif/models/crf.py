"""A linear-chain CRF on words and their letters: the baseline that the encoder has to beat, and one of its teachers."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from hatif.arabic.words import split_words
from hatif.domain import Document, HatifError
from hatif.tagging.tags import TAGS, spans_to_tags, tags_to_spans
from hatif.tagging.word_forms import form_hashes

# Of six pairs of c1 and c2, fitted on five registers and measured on the sixth, Gulf: micro F1 0.775 (0, 0.1) to 0.806.
SETTINGS = {"algorithm": "lbfgs", "c1": 0.05, "c2": 0.003, "max_iterations": 100}
_NEIGHBOURS = (-2, -1, 0, 1, 2)


def features(text: str) -> list[list[str]]:
    """Features of every word of the text: its own, and those of the two words on either side."""
    words = split_words(text)
    own = [[str(each) for each in form_hashes(text[word.start : word.end])] for word in words]
    for index, word in enumerate(words):
        around = text[max(0, word.start - 1) : word.start] + text[word.end : word.end + 1]
        own[index] += [f"beside={mark}" for mark in "#_" if mark in around]
        own[index] += ["line"] if index == 0 or "\n" in text[words[index - 1].end : word.start] else []
    return [
        [
            f"{shift}:{feature}"
            for shift in _NEIGHBOURS
            for feature in (own[index + shift] if 0 <= index + shift < len(own) else ["edge"])
        ]
        for index in range(len(own))
    ]


class Crf:
    """A fitted CRF."""

    def __init__(self, model: Any) -> None:
        self._model = model

    @classmethod
    def fit(cls, documents: Sequence[Document]) -> Self:
        """The CRF of the documents' spans; minutes for a thousand of them.

        Raises:
            HatifError: sklearn-crfsuite is not installed.
        """
        try:
            from sklearn_crfsuite import CRF
        except ImportError as error:
            raise HatifError(f"a CRF needs sklearn-crfsuite: pip install 'hatif[train]' ({error})") from error
        model = CRF(**SETTINGS).fit(
            [features(document.text) for document in documents],
            [spans_to_tags(split_words(document.text), document.spans) for document in documents],
        )
        return cls(model)

    def tag_documents(self, documents: Sequence[Document]) -> list[Document]:
        """The documents with the most probable sequences of spans in place of their own."""
        tags = self._model.predict([features(document.text) for document in documents])
        return [
            document.with_spans(tuple(tags_to_spans(split_words(document.text), sequence)))
            for document, sequence in zip(documents, tags, strict=True)
        ]

    def probabilities(self, text: str) -> NDArray[np.float32]:
        """Every word's marginal probabilities of the tags, `(words, tags)`."""
        marginals = self._model.predict_marginals_single(features(text))
        rows = [[word.get(tag, 0.0) for tag in TAGS] for word in marginals]
        return np.array(rows, dtype=np.float32).reshape(-1, len(TAGS))
