"""Fitting the model of word forms to annotated documents."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from hatif.arabic.words import split_words
from hatif.domain import Document
from hatif.settings import WordFormSettings
from hatif.tagging.tags import TAGS, spans_to_tags
from hatif.tagging.word_forms import WordForms, feature_keys

_TAG_INDEX = {tag: index for index, tag in enumerate(TAGS)}


def fit_word_forms(documents: Sequence[Document], settings: WordFormSettings) -> WordForms:
    """The model that tells the documents' tags best, by Adam on batches of words.

    A feature counts that occurs `settings.least` times; weights are decayed where they are used.

    Raises:
        ValueError: a span cuts a word.
    """
    keys: list[NDArray[np.uint32]] = []
    tags: list[int] = []
    for document in documents:
        words = split_words(document.text)
        keys += feature_keys(document.text, words)
        tags += [_TAG_INDEX[tag] for tag in spans_to_tags(words, document.spans)]
    found, counts = np.unique(np.concatenate(keys), return_counts=True)
    known = found[counts >= min(settings.least, counts.max())]
    rows = [_rows(each, known) for each in keys]
    zeros = torch.zeros(len(known) + 1, len(TAGS))
    table = nn.EmbeddingBag.from_pretrained(zeros, freeze=False, mode="sum", padding_idx=len(known))
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
    weights = table.weight.detach().numpy()[:-1]
    unit = float(max(np.abs(weights).max(), 1e-6)) / 127
    return WordForms(known, np.round(weights / unit).astype(np.int8), unit, bias.detach().numpy())


def _rows(keys: NDArray[np.uint32], known: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Where the keys stand among the known ones; those that do not stand behind the last."""
    rows = np.searchsorted(known, keys)
    there = known[np.minimum(rows, len(known) - 1)] == keys
    return np.where(there, rows, len(known)).astype(np.int64)


def _bags(rows: Sequence[NDArray[np.int64]]) -> tuple[Tensor, Tensor]:
    """The rows of all words in one tensor, and where each word's begin."""
    starts = np.cumsum([0, *(len(row) for row in rows[:-1])])
    return torch.from_numpy(np.concatenate(rows)), torch.from_numpy(starts)
