"""Silver documents: open text tagged by a model, kept where the model is sure, to train the next one on."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np

from hatif.data.check import Copies, faults_of
from hatif.domain import Document, HatifError
from hatif.inference.tagger import Tagger
from hatif.models.backends import Backend, Logits, Pieces
from hatif.training.corpus import read_paragraphs

_WORDS = 90
"""Words that make a document: paragraphs are put together until they reach it."""
_PLACE = Path("silver")
_POLITICS = ("رئيس", "وزير", "ملك", "أمير", "سفير", "متحدث", "هاتف", "اتصال", "مكالم", "زعيم", "قائد", "نظير")
"""Stems of which one must occur: news of sport and shows would otherwise fill most of the documents."""


def teacher(models: Sequence[Path | None]) -> Tagger:
    """One Tagger of several bundles: the mean of their probabilities, the first's calibration; `None` is what ships.

    Raises:
        HatifError: they do not cut text into the same windows of the same pieces.
    """
    taggers = [Tagger.load(model) for model in models]
    first = taggers[0].bundle
    for model, tagger in zip(models, taggers, strict=True):
        bundle = tagger.bundle
        same_windows = (bundle.window, bundle.overlap) == (first.window, first.overlap)
        if not same_windows or bundle.tokenizer.to_str() != first.tokenizer.to_str():
            raise HatifError(f"{model}: reads other pieces or windows than {models[0]}; together they need the same")
    return Tagger(first, _Mean([tagger.backend for tagger in taggers]))


class _Mean:
    """Back ends of one tokenizer, whose probabilities are averaged."""

    def __init__(self, backends: Sequence[Backend]) -> None:
        self.backends = backends
        self.at_once = max(backend.at_once for backend in backends)

    def begin(self, windows: Sequence[Pieces]) -> Callable[[], list[Logits]]:
        """Every back end on every window; see `Backend.begin`."""
        running = [backend.begin(windows) for backend in self.backends]
        return lambda: [_mean(answers) for answers in zip(*(wait() for wait in running), strict=True)]


def _mean(answers: Sequence[Logits]) -> Logits:
    """The logarithm of the mean of what logits `(pieces, tags)` give as probabilities."""
    exponents = [np.exp(logits - logits.max(axis=1, keepdims=True)) for logits in answers]
    mean = np.mean([each / each.sum(axis=1, keepdims=True) for each in exponents], axis=0)
    logits: Logits = np.log(np.maximum(mean, np.finfo(np.float32).tiny))
    return logits


def silver_documents(
    sources: Sequence[str], tagger: Tagger, *, limit: int, sure: float, seed: int
) -> Iterator[Document]:
    """Up to `limit` tagged documents of the texts in which every span is scored at least `sure`, none near another.

    Documents are drawn at random, so that all parts of the texts are heard.
    """
    rng = Random(seed)
    candidates = [
        Document(f"silver-{index}", text)
        for index, text in enumerate(text for source in sources for text in gathered(read_paragraphs(source)))
        if any(stem in text for stem in _POLITICS)
    ]
    rng.shuffle(candidates)
    copies = Copies()
    believed = (
        replace(tagged, spans=tuple(replace(span, score=1.0) for span in tagged.spans))
        for tagged in tagger.tag_documents(candidates)
        if tagged.spans and all(span.score >= sure for span in tagged.spans)
        # Agencies repeat themselves, and a model marks a quotation mark now and then: what `hatif data check` tells.
        if not list(faults_of(tagged)) and not copies.of(tagged, _PLACE, tagged.id)
    )
    yield from islice(believed, limit)


def gathered(paragraphs: Iterable[str]) -> Iterator[str]:
    """Neighbouring paragraphs put together, a line each, until they make a document."""
    lines: list[str] = []
    words = 0
    for paragraph in paragraphs:
        lines.append(paragraph)
        words += paragraph.count(" ") + 1
        if words >= _WORDS:
            yield "\n".join(lines)
            lines, words = [], 0
