"""Documents through the Tagger and the linker to the machine forms."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hatif.arabic.words import split_words
from hatif.calls import Linking, link
from hatif.domain import Document
from hatif.domain.record import CallRecord
from hatif.export.cameo import cameo
from hatif.export.conll import conll
from hatif.export.csv import csv_header, csv_rows
from hatif.export.jsonl import jsonl
from hatif.export.plover import plover
from hatif.inference.tagger import Tagger
from hatif.tagging.tags import spans_to_tags


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in an article: the document with its spans, and the calls that they tell of."""

    document: Document
    linking: Linking


def read_articles(
    documents: Iterable[Document], tagger: Tagger, min_score: float, on_words: Callable[[int], None]
) -> Iterator[Reading]:
    """Tag and link a stream of documents, in order, with the spans whose score is at least `min_score`.

    `on_words` is called with the number of words just read, for a progress bar.
    """
    for tagged in tagger.tag_documents(documents, on_words):
        kept = replace(tagged, spans=tuple(span for span in tagged.spans if span.score >= min_score))
        yield Reading(kept, link(kept))


def _conll(document: Document, records: Sequence[CallRecord]) -> str:
    words = split_words(document.text)
    return conll(document, words, spans_to_tags(words, document.spans))


_WRITERS: dict[str, Callable[[Document, Sequence[CallRecord]], str]] = {
    "jsonl": jsonl,
    "conll": _conll,
    "csv": csv_rows,
    "plover": plover,
    "cameo": cameo,
}


def machine_form(name: str, readings: Iterable[Reading]) -> Iterator[str]:
    """The parts of an output file in one of the machine forms `jsonl`, `conll`, `csv`, `plover` and `cameo`."""
    if name == "csv":
        yield csv_header()
    for reading in readings:
        yield _WRITERS[name](reading.document, reading.linking.records)
