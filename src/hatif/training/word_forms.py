"""Fitting the model of word forms to annotated documents."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from hatif.arabic.words import split_words
from hatif.domain import Document
from hatif.settings import WordFormSettings
from hatif.tagging.tags import TAG_INDEX, TAGS, spans_to_tags
from hatif.tagging.word_forms import (
    AROUND,
    PAIR_SLOTS,
    WORD_SLOTS,
    Hashes,
    Table,
    WordForms,
    around,
    form_hashes,
    pair_hashes,
    rows_of,
)


def fit_word_forms(documents: Sequence[Document], settings: WordFormSettings) -> WordForms:
    """The model that tells the documents' tags best, by Adam on batches of words.

    A feature counts that occurs `settings.least` times; weights are decayed where they are used.

    Raises:
        ValueError: a span cuts a word.
    """
    texts: list[tuple[list[Hashes], Hashes]] = []
    tags: list[int] = []
    for document in documents:
        words = split_words(document.text)
        forms = around([form_hashes(document.text[start:end]) for start, end in words])
        heads = np.array([form[0] for form in forms], dtype=np.uint32)
        texts.append(([np.array(form, dtype=np.uint32) for form in forms], pair_hashes(heads)))
        tags += [TAG_INDEX[tag] for tag in spans_to_tags(words, document.spans)]
    known_words = _often([form for forms, _ in texts for form in forms], settings.least)
    known_pairs = _often([pairs for _, pairs in texts], settings.least)
    rows = [row for forms, pairs in texts for row in _rows(forms, pairs, known_words, known_pairs)]
    first, size = len(known_words) * WORD_SLOTS, len(known_words) * WORD_SLOTS + len(known_pairs) * PAIR_SLOTS
    weights, bias = _fit(rows, tags, size, settings)
    unit = float(max(np.abs(weights).max(), 1e-6)) / 127
    small = np.round(weights / unit).astype(np.int8)
    return WordForms(
        Table(known_words, small[:first].reshape(-1, WORD_SLOTS, len(TAGS))),
        Table(known_pairs, small[first:].reshape(-1, PAIR_SLOTS, len(TAGS))),
        unit,
        bias,
    )


def _often(hashes: Sequence[Hashes], least: int) -> Hashes:
    """Those that occur so many times, in rising order; where none does, those that occur most often."""
    found, counts = np.unique(np.concatenate(hashes), return_counts=True)
    often: Hashes = found[counts >= min(least, counts.max())]
    return often


def _rows(
    forms: Sequence[Hashes], pairs: Hashes, known_words: Hashes, known_pairs: Hashes
) -> Iterator[NDArray[np.int64]]:
    """Per word of a text, the rows of the weights that its logits are the sum of."""
    heard = [rows_of(known_words, form) for form in forms]
    heard = [rows[rows < len(known_words)] * WORD_SLOTS for rows in heard]
    joined = rows_of(known_pairs, pairs)
    first = len(known_words) * WORD_SLOTS
    for index in range(len(forms) - 2 * AROUND):
        near = [heard[index + WORD_SLOTS - 1 - slot] + slot for slot in range(WORD_SLOTS)]
        beside = [
            first + joined[at] * PAIR_SLOTS + slot
            for slot, at in enumerate((index + 1, index))
            if joined[at] < len(known_pairs)
        ]
        yield np.concatenate([*near, np.array(beside, dtype=np.int64)])


def _fit(
    rows: Sequence[NDArray[np.int64]], tags: Sequence[int], size: int, settings: WordFormSettings
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights `(size, tags)` and bias `(tags,)`: for every word the rows that are summed, and its tag."""
    table = nn.EmbeddingBag.from_pretrained(torch.zeros(size, len(TAGS)), freeze=False, mode="sum")
    bias = nn.Parameter(torch.zeros(len(TAGS)))
    optimizer = torch.optim.Adam([table.weight, bias], lr=settings.rate)
    steps = settings.epochs * -(-len(rows) // settings.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.02, 1 - step / max(1, steps)))
    truth = torch.tensor(tags)
    for epoch in range(settings.epochs):
        order = np.random.default_rng((settings.seed, epoch)).permutation(len(rows))
        for start in range(0, len(rows), settings.batch):
            taken = order[start : start + settings.batch]
            used, offsets = _bags([rows[index] for index in taken])
            logits = table(used, offsets) + bias
            decay = table.weight[used.unique()].pow(2).sum() / len(taken)
            loss = functional.cross_entropy(logits, truth[torch.from_numpy(taken)]) + settings.decay * decay
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return table.weight.detach().numpy(), bias.detach().numpy()


def _bags(rows: Sequence[NDArray[np.int64]]) -> tuple[Tensor, Tensor]:
    """The rows of all words in one tensor, and where each word's begin."""
    starts = np.cumsum([0, *(len(row) for row in rows[:-1])])
    return torch.from_numpy(np.concatenate(rows)), torch.from_numpy(starts)
