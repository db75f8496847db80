"""Static vectors of pieces, the embeddings that an encoder starts from.

Continuous bag of words (Mikolov et al. 2013) over pieces: minutes on two cores, and the neighbours of `بوتين` are
leaders, those of `السعودي` nationalities, before the encoder has seen its first batch.
"""

import logging
import os
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

_SENTENCE = 512
_DEVIATION = 0.04


class _Sentences:
    """The arrays cut into runs of pieces as strings; gensim reads them once per epoch."""

    def __init__(self, arrays: Sequence[NDArray[np.uint16]]) -> None:
        self.arrays = arrays

    def __iter__(self) -> Iterator[list[str]]:
        for array in self.arrays:
            for start in range(0, len(array), _SENTENCE):
                yield [str(piece) for piece in array[start : start + _SENTENCE].tolist()]


def train_vectors(
    arrays: Sequence[NDArray[np.uint16]], vocabulary: int, width: int, *, epochs: int, seed: int
) -> NDArray[np.float32]:
    """CBOW vectors of all pieces, shape `(vocabulary, width)`, scaled to a standard deviation of 0.04.

    Twice that of BERT's start, so that the first thousand steps of AdamW do not wash out what the vectors know.

    Pieces that the text lacks get normal noise of the same deviation.
    """
    from gensim.models import Word2Vec

    logging.getLogger("gensim").setLevel(logging.WARNING)
    model = Word2Vec(
        _Sentences(arrays),
        vector_size=width,
        window=5,
        min_count=3,
        sg=0,
        negative=8,
        sample=1e-4,
        epochs=epochs,
        workers=os.cpu_count() or 1,
        seed=seed,
    )
    vectors = np.random.default_rng(seed).normal(0.0, _DEVIATION, (vocabulary, width)).astype(np.float32)
    learned = model.wv.vectors - model.wv.vectors.mean(axis=0)
    learned *= _DEVIATION / learned.std()
    for position, key in enumerate(model.wv.index_to_key):
        vectors[int(key)] = learned[position]
    return vectors
