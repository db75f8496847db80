"""A log-linear model of words' written forms, which has its say beside the encoder.

It is the wide half of "wide and deep" (Cheng et al. 2016, arXiv:1606.07792): for every tag the sum of weights of the
word, its first and last letters and its shape, of those of two neighbours on either side, and of the pairs that it
makes with the next ones. It knows what the training data have said of a word and errs in other places than the encoder.

A feature is known by a 32-bit hash, so that a table is one sorted array; one in 40,000 unknown ones is taken for
a known one. Its weights lie side by side for every slot, that is for every word that hears it: the word itself and its
neighbours, or the two words of a pair.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from hatif.arabic.countries import folded, plain
from hatif.arabic.words import Word
from hatif.tagging.tags import TAGS

AROUND = 2
"""Neighbours on either side whose features a word hears."""
WORD_SLOTS, PAIR_SLOTS = 2 * AROUND + 1, 2
"""Who hears a word, from the second before it to the second behind it; who hears a pair, its first and its second."""
_SHARES = (0.6, 0.5)
"""Exponents of the encoder's and of this model's probabilities in their product, chosen on dev."""
_LONGEST_AFFIX = 8
"""Bytes of four letters."""
_FOLDED, _SPELT, _FIRST, _LAST = (crc32(kind) for kind in (b"folded", b"spelt", b"first", b"last"))
_DIGITS, _IN_LATIN, _IN_LETTERS, _PUNCTUATION = (crc32(kind) for kind in (b"digits", b"latin", b"word", b"mark"))
_LATIN, _LETTER = re.compile("[A-Za-z]"), re.compile(r"\w")
_EDGE = [crc32(b"edge")]
"""What lies beyond either end of a text is known by."""
_SCATTER = np.uint64(0x9E3779B97F4A7C15)
"""An odd number whose products scatter pairs over all numbers (Knuth's multiplicative hashing)."""
_REMEMBERED = 30_000
"""Words whose sums are remembered, about 3 MB of them."""
Hashes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Weights of features: their hashes in rising order, `(features,)`, and int8 `(features, slots, tags)`."""

    hashes: Hashes
    weights: NDArray[np.int8]

    def __post_init__(self) -> None:
        if self.weights.ndim != 3 or len(self.weights) != len(self.hashes) or self.weights.shape[2] != len(TAGS):
            raise ValueError(f"weights of shape {self.weights.shape} for {len(self.hashes)} features")


@dataclass(frozen=True, slots=True)
class WordForms:
    """The model: tables of words' features and of pairs', what one unit of a weight is worth, and a bias `(tags,)`."""

    words: Table
    pairs: Table
    unit: float
    bias: NDArray[np.float32]

    def __post_init__(self) -> None:
        if (self.words.weights.shape[1], self.pairs.weights.shape[1]) != (WORD_SLOTS, PAIR_SLOTS):
            raise ValueError(f"weights of {self.words.weights.shape[1]} and {self.pairs.weights.shape[1]} slots")
        if self.bias.shape != (len(TAGS),):
            raise ValueError(f"a bias of shape {self.bias.shape}")

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """The model that `to_bytes` wrote.

        Raises:
            ValueError: the bytes are something else.
        """
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
                words, pairs = (Table(arrays[f"{kind}"], arrays[f"{kind}_weights"]) for kind in ("words", "pairs"))
                return cls(words, pairs, float(arrays["unit"]), arrays["bias"])
        except (OSError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise ValueError(f"no table of word forms ({error})") from error

    def to_bytes(self) -> bytes:
        """The arrays as a NumPy archive."""
        out = io.BytesIO()
        np.savez(
            out,
            words=self.words.hashes,
            words_weights=self.words.weights,
            pairs=self.pairs.hashes,
            pairs_weights=self.pairs.weights,
            unit=np.float32(self.unit),
            bias=self.bias,
        )
        return out.getvalue()


class FormReader:
    """What a model of word forms says of texts; it remembers the words that it has read."""

    def __init__(self, model: WordForms) -> None:
        self.model = model
        # A row of zeros behind the last for what is not known.
        self._words, self._pairs = (
            np.concatenate([table.weights, np.zeros((1, *table.weights.shape[1:]), dtype=np.int8)])
            for table in (model.words, model.pairs)
        )
        self._forget(_REMEMBERED)

    def weigh(self, text: str, words: Sequence[Word], probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
        """The encoder's probabilities `(words, tags)` times this model's, each to the power of its share."""
        if not words:
            return probabilities
        ours, theirs = _SHARES
        logits = ours * np.log(np.maximum(probabilities, 1e-12)) + theirs * self.logits(text, words)
        exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
        weighed: NDArray[np.float32] = exponents / exponents.sum(axis=1, keepdims=True)
        return weighed

    def logits(self, text: str, words: Sequence[Word]) -> NDArray[np.float32]:
        """What the forms say of every word: `(words, tags)`, normalised over no tag."""
        written = [text[start:end] for start, end in words]
        self._learn(list(dict.fromkeys(written)))
        beyond = [0] * AROUND
        rows = np.array([*beyond, *(self._rows[word] for word in written), *beyond])
        count = len(words)
        sums = self._sums[rows]
        total = np.zeros((count, len(TAGS)), dtype=np.int32)
        for slot in range(WORD_SLOTS):
            # The word behind by two is heard in the first slot: it stands two behind its hearer.
            first = WORD_SLOTS - 1 - slot
            total += sums[first : first + count, slot]
        pairs = self._pairs[rows_of(self.model.pairs.hashes, pair_hashes(self._heads[rows]))]
        total += pairs[1:, 0]
        total += pairs[:-1, 1]
        return (total * np.float32(self.model.unit) + self.model.bias).astype(np.float32)

    def _forget(self, room: int) -> None:
        self._rows: dict[str, int] = {}
        # Row 0 is the edge; sums of eleven weights of eight bits fit sixteen.
        self._sums = np.zeros((room + 1, WORD_SLOTS, len(TAGS)), dtype=np.int16)
        self._heads = np.zeros(room + 1, dtype=np.uint32)
        self._fill(0, [_EDGE])

    def _learn(self, words: Sequence[str]) -> None:
        if len(self._rows) + len(words) >= len(self._heads):
            self._forget(max(_REMEMBERED, len(words)))
        new = [word for word in words if word not in self._rows]
        if new:
            first = len(self._rows) + 1
            self._fill(first, [form_hashes(word) for word in new])
            self._rows |= {word: first + index for index, word in enumerate(new)}

    def _fill(self, first: int, words: Sequence[Sequence[int]]) -> None:
        hashes = np.array([each for word in words for each in word], dtype=np.uint32)
        starts = np.cumsum([0, *(len(word) for word in words[:-1])])
        weights = self._words[rows_of(self.model.words.hashes, hashes)]
        last = first + len(words)
        self._sums[first:last] = np.add.reduceat(weights, starts, axis=0, dtype=np.int16)
        self._heads[first:last] = hashes[starts]


def rows_of(known: Hashes, hashes: Hashes) -> NDArray[np.int64]:
    """Where hashes stand among the known ones, which rise; behind their end what is not among them."""
    if not len(known):
        return np.zeros(len(hashes), dtype=np.int64)
    rows = np.searchsorted(known, hashes)
    found: NDArray[np.int64] = np.where(known[np.minimum(rows, len(known) - 1)] == hashes, rows, len(known))
    return found


def form_hashes(written: str) -> list[int]:
    """What a word is known by, as 32-bit hashes, that of its folded spelling first.

    These are: the folded spelling, the spelling, up to four first and four last letters of the folded one, the shape.
    """
    word = plain(written)
    # Two bytes a letter, so that they can be cut.
    letters = (folded(word) or word).encode("utf-16-le", "surrogatepass")
    hashes = [crc32(letters, _FOLDED), crc32(word.encode("utf-16-le", "surrogatepass"), _SPELT)]
    for size in range(2, min(len(letters), _LONGEST_AFFIX + 2), 2):
        hashes += [crc32(letters[:size], _FIRST), crc32(letters[-size:], _LAST)]
    return [*hashes, _shape(word)]


def _shape(word: str) -> int:
    if word.isdecimal():
        return _DIGITS
    if _LATIN.search(word):
        return _IN_LATIN
    return _IN_LETTERS if _LETTER.search(word) else _PUNCTUATION


def around(words: Sequence[Sequence[int]]) -> list[Sequence[int]]:
    """The hashes of a text's words, with those of its edges before and behind."""
    return [*[_EDGE] * AROUND, *words, *[_EDGE] * AROUND]


def pair_hashes(heads: Hashes) -> Hashes:
    """Hashes of the pairs of a text's words and its edges, by their first hashes `(words + 2 * AROUND,)`: from the one
    before the first word to the one behind the last, `(words + 1,)`.
    """
    inner = heads[AROUND - 1 : len(heads) - AROUND + 1].astype(np.uint64)
    pairs: Hashes = (((inner[:-1] * np.uint64(31) + inner[1:]) * _SCATTER) >> np.uint64(32)).astype(np.uint32)
    return pairs
