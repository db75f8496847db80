"""Documents through the Tagger and the linker to the parts of an output file."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from hatif.arabic.words import split_words
from hatif.calls import Linking, link
from hatif.domain import Document
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


@dataclass(frozen=True, slots=True)
class Form:
    """A form of output: `page`, `jsonl`, `conll`, `csv`, `plover` or `cameo`.

    `everything` shows calls of which a party is missing too, on the page.
    """

    name: str
    everything: bool = False

    @property
    def head(self) -> str:
        """What stands before the first document."""
        return csv_header() if self.name == "csv" else ""

    def part(self, reading: Reading) -> str:
        """What stands for one document."""
        document, records = reading.document, reading.linking.records
        match self.name:
            case "page":
                from hatif.export.page import page_text

                return page_text(document, records, reading.linking.incomplete if self.everything else ())
            case "jsonl":
                return jsonl(document, records)
            case "conll":
                words = split_words(document.text)
                return conll(document, words, spans_to_tags(words, document.spans))
            case "csv":
                return csv_rows(document, records)
            case "plover":
                return plover(document, records)
            case "cameo":
                return cameo(document, records)
        raise ValueError(f"no form of output is called {self.name!r}")
