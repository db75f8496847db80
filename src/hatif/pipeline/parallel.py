"""Documents shared out among processes, each with a Tagger of its own; what comes back is in their order."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from pathlib import Path

from hatif.domain import BrokenRunError, Document
from hatif.inference.tagger import Tagger
from hatif.pipeline.predicting import Form, read_articles

_CHARACTERS = 60_000
"""Of a share of documents: a second's work or less."""
_WAITING = 3
"""Shares a worker may have before it: it never waits for work, and memory stays bounded."""


def parts_in_processes(
    documents: Iterable[Document],
    workers: int,
    model: Path | None,
    form: Form,
    min_score: float,
    on_words: Callable[[int], None],
) -> Iterator[str]:
    """The parts of an output file, a document each, made by `workers` processes on the CPU.

    Raises:
        HatifError: the model cannot be opened.
        BrokenRunError: a process ended before its work was done.
    """
    # Not forked: threads of ONNX Runtime and of the tokenizer do not survive a fork.
    context = get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, _open, (model, form, min_score))
    waiting: deque[Future[tuple[list[str], int]]] = deque()
    try:
        for share in _shares(documents):
            waiting.append(pool.submit(_make, share))
            if len(waiting) > workers * _WAITING:
                yield from _taken(waiting.popleft(), on_words)
        while waiting:
            yield from _taken(waiting.popleft(), on_words)
    except BrokenProcessPool as error:
        raise BrokenRunError(
            "a worker process ended before its work was done, killed or out of memory; give fewer --workers, or go on "
            "with --resume"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _taken(future: Future[tuple[list[str], int]], on_words: Callable[[int], None]) -> list[str]:
    parts, words = future.result()
    on_words(words)
    return parts


def _shares(documents: Iterable[Document]) -> Iterator[list[Document]]:
    share: list[Document] = []
    size = 0
    for document in documents:
        share.append(document)
        size += len(document.text)
        if size >= _CHARACTERS:
            yield share
            share, size = [], 0
    if share:
        yield share


class _Worker:
    """What a worker process holds from its start to its end."""

    tagger: Tagger
    form: Form
    min_score: float


def _open(model: Path | None, form: Form, min_score: float) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process ends its workers
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _Worker.tagger = Tagger.load(model, "cpu", threads=1)
    _Worker.form, _Worker.min_score = form, min_score


def _end_with_parent() -> None:
    """A main process that was killed cannot end its workers: they would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _make(documents: Sequence[Document]) -> tuple[list[str], int]:
    words: list[int] = []
    readings = read_articles(documents, _Worker.tagger, _Worker.min_score, words.append)
    return [_Worker.form.part(reading) for reading in readings], sum(words)
