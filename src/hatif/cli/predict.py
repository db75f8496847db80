"""`hatif predict`."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import Annotated

import typer

from hatif.cli.progress import ReadingProgress
from hatif.data.resumable import write_resumable
from hatif.data.sources import STANDARD_INPUT, list_files, read_sources
from hatif.domain import Document, HatifError, Problem, ProblemsError
from hatif.export.terminal import one_line
from hatif.inference.tagger import Tagger
from hatif.pipeline.parallel import parts_in_processes
from hatif.pipeline.predicting import Form, read_articles


class Format(StrEnum):
    """What `--format` may say."""

    PAGE = "page"
    JSONL = "jsonl"
    CONLL = "conll"
    CSV = "csv"
    PLOVER = "plover"
    CAMEO = "cameo"


def predict(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Articles: .txt, .jsonl, packed (.gz, .xz, .zst) or not, folders, or - for standard input."
        ),
    ],
    form: Annotated[Format, typer.Option("--format", help="A page to read, or a machine form.")] = Format.PAGE,
    out: Annotated[Path | None, typer.Option(help="Write to this file instead; it is whole or not there.")] = None,
    model: Annotated[Path | None, typer.Option(help="A bundle that training wrote; the one that ships.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    min_score: Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave out spans scored lower.")] = 0.0,
    published: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date of articles that bear none.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Show calls of which a party is missing too.")] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes that share a long run, on the CPU.")] = 1,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the killed run that was to write --out.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first document that cannot be read.")] = False,
) -> None:
    """Read Arabic articles: who is named, by which title, of which state, and who called whom."""
    if resume and out is None:
        raise HatifError("--resume goes on with an output file; name it with --out")
    if workers > 1 and device == "cuda":
        raise HatifError("--workers share a CPU; with --device cuda leave them out")
    files = list_files(sources)
    problems: list[Problem] = []

    def report(problem: Problem) -> None:
        if strict:
            raise ProblemsError([problem])
        problems.append(problem)
        typer.echo(f"hatif: {one_line(str(problem))}", err=True)

    # Opened here even where worker processes open their own: what is wrong with it is told before any of them starts.
    tagger = Tagger.load(model, device)
    with ReadingProgress(_bytes_of(files)) as progress:
        items = read_sources(files, published.date() if published else None, progress.on_bytes)
        documents = _sound(items, report)
        made = Form(form.value, everything)
        first = next(documents, None)
        if first is None and problems:
            raise typer.Exit(2)
        documents = chain([first] if first else [], documents)

        def parts_after(done: int) -> Iterator[str]:
            remaining = islice(documents, max(0, done - 1), None)
            if not done:
                yield made.head
            if workers > 1:
                yield from parts_in_processes(remaining, workers, model, made, min_score, progress.on_words)
            else:
                yield from map(made.part, read_articles(remaining, tagger, min_score, progress.on_words))

        if out is not None:
            begun = _begun(files, form, tagger, min_score, published, everything)
            write_resumable(out, parts_after, begun, resume=resume)
        elif form is Format.PAGE and workers == 1:
            _show(documents, tagger, min_score, progress.on_words, everything)
        else:
            sys.stdout.writelines(parts_after(0))
    if problems:
        raise typer.Exit(2)


def _sound(items: Iterable[Document | Problem], report: Callable[[Problem], None]) -> Iterator[Document]:
    for item in items:
        if isinstance(item, Problem):
            report(item)
        else:
            yield item


def _bytes_of(files: Sequence[str]) -> int | None:
    return None if STANDARD_INPUT in files else sum(Path(file).stat().st_size for file in files)


def _begun(
    files: Sequence[str],
    form: Format,
    tagger: Tagger,
    min_score: float,
    published: datetime | None,
    everything: bool,
) -> str:
    """One line that tells a run from another: the same input, model and options give the same output."""
    inputs = [[file, *(_state(file) if file != STANDARD_INPUT else ())] for file in files]
    options = [form.value, min_score, str(published), everything]
    return json.dumps([inputs, options, dict(tagger.bundle.digests)], sort_keys=True)


def _state(file: str) -> tuple[int, int]:
    """The size of a file in bytes, and when it was changed last in nanoseconds."""
    found = Path(file).stat()
    return found.st_size, found.st_mtime_ns


def _show(
    documents: Iterable[Document],
    tagger: Tagger,
    min_score: float,
    on_words: Callable[[int], None],
    everything: bool,
) -> None:
    """Pages on the terminal, as wide as it is and in colour where it has some."""
    from rich.console import Console

    from hatif.export.page import page

    console = Console(soft_wrap=True)
    for reading in read_articles(documents, tagger, min_score, on_words):
        incomplete = reading.linking.incomplete if everything else ()
        console.print(page(reading.document, reading.linking.records, incomplete, console))
