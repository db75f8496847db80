"""Open text for pretraining: paragraphs of files, packed or not, and their pieces in one array on disk."""

import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from hatif.data.packed import open_packed
from hatif.domain import HatifError
from hatif.models.tokenizer import SEP

_BATCH = 2000
_DATASETS = "datasets:"


def read_paragraphs(source: str) -> Iterator[str]:
    """Yield the non-empty lines of a UTF-8 text file, plain or packed, or of a data set.

    `datasets:wikimedia/wikipedia/20231101.ar` streams the column `text` of that data set and configuration.

    Raises:
        HatifError: the file cannot be read or is not UTF-8, or the data set cannot be reached.
    """
    lines = _stream(source) if source.startswith(_DATASETS) else _lines(Path(source))
    yield from (stripped for line in lines if (stripped := line.strip()))


def _lines(path: Path) -> Iterator[str]:
    try:
        with open_packed(path) as packed:
            yield from io.TextIOWrapper(packed, encoding="utf-8")
    except UnicodeDecodeError as error:
        raise HatifError(f"{path}: cannot be read as UTF-8 text ({error})") from error


def _stream(source: str) -> Iterator[str]:
    from datasets import load_dataset

    owner, name, *configuration = [*source.removeprefix(_DATASETS).split("/", 2), ""][:3]
    try:
        for row in load_dataset(f"{owner}/{name}", *filter(None, configuration), split="train", streaming=True):
            yield from row["text"].splitlines()
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else repr(error)
        raise HatifError(f"{source}: the data set cannot be read ({first}); give local text files instead") from error


def encode_corpus(source: str, tokenizer: Tokenizer) -> NDArray[np.uint16]:
    """All pieces of a text in one array, shape `(pieces,)`, a [SEP] behind every paragraph.

    Raises:
        HatifError: the vocabulary does not fit 16 bits.
    """
    if tokenizer.get_vocab_size() > np.iinfo(np.uint16).max:
        raise HatifError(f"a vocabulary of {tokenizer.get_vocab_size()} pieces is too large; stay under 65,536")
    separator = tokenizer.token_to_id(SEP)
    paragraphs = read_paragraphs(source)
    arrays: list[NDArray[np.uint16]] = []
    while batch := list(islice(paragraphs, _BATCH)):
        encodings = tokenizer.encode_batch_fast(batch, add_special_tokens=False)
        ids = [piece for encoding in encodings for piece in (*encoding.ids, separator)]
        arrays.append(np.array(ids, dtype=np.uint16))
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype=np.uint16)


def continuation_mask(tokenizer: Tokenizer) -> NDArray[np.bool_]:
    """For every piece of the vocabulary, whether it goes on with the word before it; shape `(vocabulary,)`."""
    mask = np.zeros(tokenizer.get_vocab_size(), dtype=np.bool_)
    for piece, index in tokenizer.get_vocab().items():
        mask[index] = piece.startswith("##")
    return mask


def sample_paragraphs(sources: Sequence[tuple[str, float]]) -> Iterator[str]:
    """The paragraphs that a tokenizer is trained on: of a text of weight w < 1, that share of them, spread evenly."""
    for source, weight in sources:
        step = max(1, round(1 / weight)) if weight > 0 else 0
        if step:
            yield from islice(read_paragraphs(source), 0, None, step)
