"""Processes that share the documents: the same parts in the same order, and ends that are told."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from hatif import Tagger
from hatif.domain import Document, HatifError
from hatif.pipeline import parallel
from hatif.pipeline.parallel import parts_in_processes
from hatif.pipeline.predicting import Form, read_articles

TEXT = "أجرى الرئيس الروسي بوتين اتصالا هاتفيا مع ترامب"  # Putin had a telephone call with Trump
DOCUMENTS = [Document(f"d{number}", f"{TEXT} {number}. " * (number % 7)) for number in range(40)]


@pytest.fixture(autouse=True)
def small_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_CHARACTERS", 400)


@pytest.mark.parametrize("form", [Form("jsonl"), Form("page", everything=True)])
def test_two_processes_make_what_one_makes(bundle: Path, form: Form) -> None:
    alone: list[int] = []
    readings = read_articles(DOCUMENTS, Tagger.load(bundle), 0.0, alone.append)
    expected = [form.part(reading) for reading in readings]
    shared: list[int] = []
    assert list(parts_in_processes(DOCUMENTS, 2, bundle, form, 0.0, shared.append)) == expected
    assert sum(shared) == sum(alone)


def test_documents_are_taken_little_further_than_parts_are_asked_for(bundle: Path) -> None:
    taken: list[int] = []

    def documents() -> Iterator[Document]:
        for number in range(10_000):
            taken.append(number)
            yield Document(str(number), TEXT * 3)

    parts = parts_in_processes(documents(), 2, bundle, Form("conll"), 0.0, lambda _: None)
    next(parts)
    parts.close()  # type: ignore[attr-defined]
    assert len(taken) < 100


def test_a_worker_that_is_killed_is_told(bundle: Path) -> None:
    def documents() -> Iterator[Document]:
        yield from DOCUMENTS[:20]
        for child in Path("/proc/self/task").glob("*/children"):
            for pid in child.read_text().split():
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
                if b"spawn_main" in command:
                    os.kill(int(pid), signal.SIGKILL)
        yield from DOCUMENTS[20:]

    with pytest.raises(HatifError, match="a worker process ended before its work was done"):
        list(parts_in_processes(documents(), 2, bundle, Form("conll"), 0.0, lambda _: None))
