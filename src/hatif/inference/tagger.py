"""The Tagger: windows of documents through a back end, and their probabilities back to spans."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hatif.arabic.words import Word, split_words
from hatif.domain import Document
from hatif.models.backends import Backend, Logits, open_backend
from hatif.models.bundle import Bundle, default_bundle, open_bundle
from hatif.tagging.probabilities import calibrated, core_probabilities
from hatif.tagging.reading import read_spans
from hatif.tagging.tags import TAGS
from hatif.tagging.windows import Window, WordEncoder, cut_windows
from hatif.tagging.word_forms import FormReader


class Tagger:
    """Finds LEADER, TITLE, COUNTRY and CALL spans in Arabic text."""

    def __init__(self, bundle: Bundle, backend: Backend) -> None:
        self.bundle = bundle
        self.backend = backend
        self.encoder = WordEncoder(bundle.tokenizer)
        self.forms = FormReader(bundle.word_forms) if bundle.word_forms is not None else None

    @classmethod
    def load(cls, model: Path | str | None = None, device: str = "auto", threads: int | None = None) -> Self:
        """Open a bundle, the one that ships by default, on `auto`, `cpu` or `cuda`.

        `threads` is how many windows a CPU computes at a time: one a core, unless told.

        Raises:
            HatifError: the bundle is missing or damaged, or the device is not there.
        """
        bundle = open_bundle(Path(model) if model is not None else default_bundle())
        return cls(bundle, open_backend(bundle, device, threads))

    def tag(self, text: str) -> Document:
        """The text as a document with its spans, each with exact offsets and a calibrated score."""
        return self.tag_document(Document(id="text", text=text))

    def tag_document(self, document: Document) -> Document:
        """The document with the spans found in it in place of those it had; its call records are dropped."""
        return next(self.tag_documents([document]))

    def tag_documents(
        self, documents: Iterable[Document], on_words: Callable[[int], None] | None = None
    ) -> Iterator[Document]:
        """Tag a stream of documents, in order; each result is the same as if it were tagged alone.

        The windows of neighbouring documents are computed side by side while the next are cut, so the stream is read up
        to twice the back end's `at_once` windows ahead. `on_words` is called with the number of words just done.
        """
        opened: deque[_Opened] = deque()
        running: deque[tuple[list[_Part], Callable[[], list[Logits]]]] = deque()
        for batch in _batches(self._parts(documents, opened), self.backend.at_once):
            running.append((batch, self.backend.begin([window.pieces for _, window in batch])))
            if len(running) > 1:
                _take(*running.popleft(), on_words)
                yield from self._finished(opened)
        for batch, wait in running:
            _take(batch, wait, on_words)
        yield from self._finished(opened)

    def _parts(self, documents: Iterable[Document], opened: deque["_Opened"]) -> Iterator["_Part"]:
        """The windows of all documents in turn; a document whose windows are being cut is the last of `opened`."""
        for document in documents:
            words = split_words(document.text)
            item = _Opened(document, words, np.zeros((len(words), len(TAGS)), dtype=np.float32))
            opened.append(item)
            for window in self._windows(document.text, words):
                yield item, window
            item.is_cut = True

    def _windows(self, text: str, words: Sequence[Word]) -> Iterator[Window]:
        pieces = self.encoder.encode(text, words)
        return cut_windows(pieces, self.bundle.tokenizer, self.bundle.window, self.bundle.overlap)

    def _finished(self, opened: deque["_Opened"]) -> Iterator[Document]:
        while opened and opened[0].is_cut and opened[0].done == len(opened[0].words):
            item = opened.popleft()
            spans = read_spans(item.document.text, item.words, item.probabilities, self.forms)
            yield item.document.with_spans(calibrated(spans, self.bundle.calibration))


@dataclass(slots=True, eq=False)
class _Opened:
    """A document that is being read: its words, the probabilities of their tags, and how many of them are known."""

    document: Document
    words: Sequence[Word]
    probabilities: NDArray[np.float32]
    done: int = 0
    is_cut: bool = False


_Part = tuple[_Opened, Window]


def _take(batch: Sequence[_Part], wait: Callable[[], list[Logits]], on_words: Callable[[int], None] | None) -> None:
    """Wait for the logits of a batch and keep them, as probabilities, with their documents."""
    for (item, window), logits in zip(batch, wait(), strict=True):
        item.probabilities[window.core_start : window.core_end] = core_probabilities(window, logits)
        item.done += window.core_end - window.core_start
    if on_words is not None:
        on_words(sum(window.core_end - window.core_start for _, window in batch))


def _batches(parts: Iterator[_Part], size: int) -> Iterator[list[_Part]]:
    while batch := list(islice(parts, size)):
        yield batch
