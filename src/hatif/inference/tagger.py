"""The Tagger: windows of documents through a back end, and their probabilities back to spans."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

import numpy as np

from hatif.arabic.words import Word, split_words
from hatif.domain import Document
from hatif.models.backends import Backend, open_backend
from hatif.models.bundle import Bundle, default_bundle, open_bundle
from hatif.tagging.lexicon import weighed
from hatif.tagging.probabilities import calibrated, core_probabilities
from hatif.tagging.tags import TAGS, decode
from hatif.tagging.windows import Window, cut_windows, encode_words

_AT_ONCE = 64
"""Windows handed to the back end together; bounds the memory that logits take."""


class Tagger:
    """Finds LEADER, TITLE, COUNTRY and CALL spans in Arabic text."""

    def __init__(self, bundle: Bundle, backend: Backend) -> None:
        self.bundle = bundle
        self.backend = backend

    @classmethod
    def load(cls, model: Path | str | None = None, device: str = "auto") -> Self:
        """Open a bundle, the one that ships by default, on `auto`, `cpu` or `cuda`.

        Raises:
            HatifError: the bundle is missing or damaged, or the device is not there.
        """
        bundle = open_bundle(Path(model) if model is not None else default_bundle())
        return cls(bundle, open_backend(bundle, device))

    def tag(self, text: str) -> Document:
        """The text as a document with its spans, each with exact offsets and a calibrated score."""
        return self.tag_document(Document(id="text", text=text))

    def tag_document(self, document: Document, on_words: Callable[[int], None] | None = None) -> Document:
        """The document with the spans found in it in place of those it had; its call records are dropped.

        `on_words` is called, while a long document is read, with the number of words just done.
        """
        words = split_words(document.text)
        windows = self._windows(document.text, words)
        probabilities = np.zeros((len(words), len(TAGS)), dtype=np.float32)
        for batch in _batches(windows, _AT_ONCE):
            all_logits = self.backend.logits([window.pieces for window in batch])
            for window, logits in zip(batch, all_logits, strict=True):
                probabilities[window.core_start : window.core_end] = core_probabilities(window, logits)
            if on_words is not None:
                on_words(batch[-1].core_end - batch[0].core_start)
        spans = decode(words, weighed(document.text, words, probabilities))
        return document.with_spans(calibrated(spans, self.bundle.calibration))

    def tag_documents(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Tag a stream of documents, in order; each result is the same as that of `tag_document`."""
        return map(self.tag_document, documents)

    def _windows(self, text: str, words: Sequence[Word]) -> Iterator[Window]:
        pieces = encode_words(text, words, self.bundle.tokenizer)
        return cut_windows(pieces, self.bundle.tokenizer, self.bundle.window, self.bundle.overlap)


def _batches(windows: Iterator[Window], size: int) -> Iterator[list[Window]]:
    batch: list[Window] = []
    for window in windows:
        batch.append(window)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
