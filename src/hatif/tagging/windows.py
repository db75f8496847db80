"""Words to pieces, and pieces to overlapping windows whose cores tile the document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from hatif.arabic.words import Word
from hatif.domain import HatifError

_LONGEST_WORD = 24
"""Pieces of one word that the model reads: its tag hangs on the first, and no Arabic word needs more."""
_RUN = 4096
"""Words tokenised at a time."""
_REMEMBERED = 30_000
"""Words whose pieces are remembered, about 8 MB of them, before they are forgotten again."""
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Window:
    """A run of words that fits the model.

    `pieces` are the ids with [CLS] and [SEP], shape `(pieces,)`; `firsts` the position of each word's first piece in
    them, shape `(words,)`; `start` the index of the first word; words `core_start` to `core_end` are this window's own.
    """

    pieces: NDArray[np.int64]
    firsts: NDArray[np.int64]
    start: int
    core_start: int
    core_end: int


class WordEncoder:
    """Words to pieces, remembering those that recur: a word's pieces depend on nothing beside it.

    News repeats itself, so that nine words in ten are looked up, which takes a twentieth of the time.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Take a tokenizer in.

        Raises:
            HatifError: it has no [UNK].
        """
        self.tokenizer = tokenizer
        self._unknown = [piece_id(tokenizer, "[UNK]")]
        self._known: dict[str, list[int]] = {}

    def encode(self, text: str, words: Sequence[Word]) -> list[list[int]]:
        """The pieces of every word, at least one each: a word that the normaliser empties is [UNK]."""
        # A lone surrogate cannot leave Python; U+FFFD takes its place for the tokenizer alone, so offsets stay.
        clean = _SURROGATES.sub("\ufffd", text)
        pieces: list[list[int]] = []
        for begin in range(0, len(words), _RUN):
            run = [clean[start:end] for start, end in words[begin : begin + _RUN]]
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._learn([word for word in dict.fromkeys(run) if word not in self._known])
            pieces += [self._known[word] for word in run]
        return pieces

    def _learn(self, words: Sequence[str]) -> None:
        found: list[list[int]] = [[] for _ in words]
        encoding = self.tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
        for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
            # Only special pieces, which are not asked for, belong to no word.
            if word is not None and len(found[word]) < _LONGEST_WORD:
                found[word].append(piece)
        self._known |= {word: made or self._unknown for word, made in zip(words, found, strict=True)}


def piece_id(tokenizer: Tokenizer, piece: str) -> int:
    """The id of a special piece.

    Raises:
        HatifError: the vocabulary lacks it.
    """
    found = tokenizer.token_to_id(piece)
    if found is None:
        raise HatifError(f"the tokenizer has no piece {piece}; hatif needs a BERT vocabulary")
    return found


def cut_windows(pieces: Sequence[Sequence[int]], tokenizer: Tokenizer, size: int, overlap: int) -> Iterator[Window]:
    """Windows of at most `size` pieces, neighbours sharing at most `overlap`; their cores halve the shared words.

    Raises:
        ValueError: the size leaves no room for one word beside the overlap.
    """
    room = size - 2
    if room - overlap < _LONGEST_WORD:
        raise ValueError(f"a window of {size} pieces with an overlap of {overlap} has no room for a word")
    begin, end_mark = piece_id(tokenizer, "[CLS]"), piece_id(tokenizer, "[SEP]")
    start, core = 0, 0
    while start < len(pieces):
        end, used = start, 0
        while end < len(pieces) and used + len(pieces[end]) <= room:
            used += len(pieces[end])
            end += 1
        following, shared = end, 0
        while end < len(pieces) and shared + len(pieces[following - 1]) <= overlap and following - 1 > start:
            following -= 1
            shared += len(pieces[following])
        core_end = (following + end + 1) // 2 if end < len(pieces) else end
        lengths = np.array([len(word) for word in pieces[start:end]], dtype=np.int64)
        flat = [begin, *(piece for word in pieces[start:end] for piece in word), end_mark]
        yield Window(np.array(flat, dtype=np.int64), np.cumsum(lengths) - lengths + 1, start, core, core_end)
        start, core = following, core_end
        if end == len(pieces):
            return
