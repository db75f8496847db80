"""Silver documents: open text tagged by a model, kept where the model is sure, to train the next one on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random

from hatif.data.check import Copies, faults_of
from hatif.domain import Document
from hatif.inference.tagger import Tagger
from hatif.training.corpus import read_paragraphs

_WORDS = 90
"""Words that make a document: paragraphs are put together until they reach it."""
_PLACE = Path("silver")
_POLITICS = ("رئيس", "وزير", "ملك", "أمير", "سفير", "متحدث", "هاتف", "اتصال", "مكالم", "زعيم", "قائد", "نظير")
"""Stems of which one must occur: news of sport and shows would otherwise fill most of the documents."""


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
