"""A log-linear model of words' written forms, which has its say beside the encoder.

It is the wide half of "wide and deep" (Cheng et al. 2016, arXiv:1606.07792): for every tag the sum of weights of the
word, its first and last letters and its shape, of those of two neighbours on either side, and of the pairs that it
makes with the next ones. It knows what the training data have said of a word and errs in other places than the encoder.

Features are known by 32-bit hashes, so that a table of them is one sorted array: of 270,000, one unseen feature in
16,000 is taken for another.
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

_SHARES = (0.6, 0.5)
"""Exponents of the encoder's and of this model's probabilities in their product, chosen on dev."""
_LONGEST_AFFIX = 8
"""Bytes of four letters."""
_FOLDED, _SPELT, _FIRST, _LAST = (crc32(kind) for kind in (b"folded", b"spelt", b"first", b"last"))
_DIGITS, _IN_LATIN, _IN_LETTERS, _PUNCTUATION = (crc32(kind) for kind in (b"digits", b"latin", b"word", b"mark"))
_LATIN, _LETTER = re.compile("[A-Za-z]"), re.compile(r"\w")
_AROUND = 2
"""Neighbours on either side whose features count."""
_SLOTS = 2 * _AROUND + 1
_BEFORE, _BEHIND = _SLOTS, _SLOTS + 1
"""Slots of a word: where it stands as somebody's neighbour, and the pairs with the words before and behind."""
_MULTIPLIERS = np.array(
    [
        0x9E3779B97F4A7C15,
        0xC2B2AE3D27D4EB4F,
        0x165667B19E3779F9,
        0x27D4EB2F165667C5,
        0xD6E8FEB86659FD93,
        0xA0761D6478BD642F,
        0xE7037ED1A0B428DB,
    ],
    dtype=np.uint64,
)
"""Odd numbers, one a slot, whose products scatter features over all numbers (Knuth's multiplicative hashing)."""
_EDGE = [crc32(b"edge")]
"""What lies beyond either end of a text is known by."""
_REMEMBERED = 30_000
"""Words whose sums are remembered, about 3 MB of them."""


@dataclass(frozen=True, slots=True, eq=False)
class WordForms:
    """The model: the keys of its features in rising order, uint32 `(features,)`, their weights, int8
    `(features, tags)`, what one unit of these is worth, and a bias `(tags,)`.
    """

    keys: NDArray[np.uint32]
    weights: NDArray[np.int8]
    unit: float
    bias: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.weights.shape != (len(self.keys), len(TAGS)) or self.bias.shape != (len(TAGS),):
            raise ValueError(f"weights of {self.weights.shape} and {self.bias.shape} for {len(self.keys)} features")

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """The model that `to_bytes` wrote.

        Raises:
            ValueError: the bytes are something else.
        """
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
                return cls(arrays["keys"], arrays["weights"], float(arrays["unit"]), arrays["bias"])
        except (OSError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise ValueError(f"no table of word forms ({error})") from error

    def to_bytes(self) -> bytes:
        """The arrays as a NumPy archive."""
        out = io.BytesIO()
        np.savez(out, keys=self.keys, weights=self.weights, unit=np.float32(self.unit), bias=self.bias)
        return out.getvalue()


class FormReader:
    """What a model of word forms says of texts; it remembers the words that it has read."""

    def __init__(self, model: WordForms) -> None:
        self.model = model
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
        beyond = [0] * _AROUND
        rows = np.array([*beyond, *(self._rows[word] for word in written), *beyond])
        count = len(words)
        sums = self._sums[rows]
        total = np.zeros((count, len(TAGS)), dtype=np.int32)
        for slot in range(_SLOTS):
            total += sums[slot : slot + count, slot]
        pairs = _pairs(self._hashes[rows])
        total += self._weights_of(_keys(pairs[:-1], _BEFORE))
        total += self._weights_of(_keys(pairs[1:], _BEHIND))
        return (total * np.float32(self.model.unit) + self.model.bias).astype(np.float32)

    def _forget(self, room: int) -> None:
        self._rows: dict[str, int] = {}
        # Row 0 is the edge; sums of eleven weights of eight bits fit sixteen.
        self._sums = np.zeros((room + 1, _SLOTS, len(TAGS)), dtype=np.int16)
        self._hashes = np.zeros(room + 1, dtype=np.uint64)
        self._fill(0, [_EDGE])

    def _learn(self, words: Sequence[str]) -> None:
        if len(self._rows) + len(words) >= len(self._hashes):
            self._forget(max(_REMEMBERED, len(words)))
        new = [word for word in words if word not in self._rows]
        if new:
            first = len(self._rows) + 1
            self._fill(first, [form_hashes(word) for word in new])
            self._rows |= {word: first + index for index, word in enumerate(new)}

    def _fill(self, first: int, words: Sequence[Sequence[int]]) -> None:
        hashes = np.array([each for word in words for each in word], dtype=np.uint64)
        starts = np.cumsum([0, *(len(word) for word in words[:-1])])
        last = first + len(words)
        for slot in range(_SLOTS):
            self._sums[first:last, slot] = np.add.reduceat(self._weights_of(_keys(hashes, slot)), starts, axis=0)
        self._hashes[first:last] = hashes[starts]

    def _weights_of(self, keys: NDArray[np.uint32]) -> NDArray[np.int16]:
        """The weights of features, zeros for those that are not known."""
        known = self.model.keys
        found = np.zeros((len(keys), len(TAGS)), dtype=np.int16)
        if len(known):
            rows = np.minimum(np.searchsorted(known, keys), len(known) - 1)
            there = np.flatnonzero(known[rows] == keys)
            found[there] = self.model.weights[rows[there]]
        return found


def feature_keys(text: str, words: Sequence[Word]) -> list[NDArray[np.uint32]]:
    """Per word, the keys of the features whose weights its logits are the sum of; to train by."""
    forms = {text[start:end] for start, end in words}
    known = {written: np.array(form_hashes(written), dtype=np.uint64) for written in forms}
    beyond = [np.array(_EDGE, dtype=np.uint64)] * _AROUND
    around = [*beyond, *(known[text[start:end]] for start, end in words), *beyond]
    pairs = _pairs(np.array([hashes[0] for hashes in around]))
    return [
        np.concatenate(
            [
                *(_keys(around[index + slot], slot) for slot in range(_SLOTS)),
                _keys(pairs[index : index + 1], _BEFORE),
                _keys(pairs[index + 1 : index + 2], _BEHIND),
            ]
        )
        for index in range(len(words))
    ]


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


def _pairs(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Hashes of neighbours, from the one before the first word to the one behind the last."""
    inner = hashes[_AROUND - 1 : len(hashes) - _AROUND + 1]
    return inner[:-1] * np.uint64(31) + inner[1:]


def _keys(hashes: NDArray[np.uint64], slot: int) -> NDArray[np.uint32]:
    keys: NDArray[np.uint32] = (((hashes + np.uint64(1)) * _MULTIPLIERS[slot]) >> np.uint64(32)).astype(np.uint32)
    return keys
