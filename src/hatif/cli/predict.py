"""`hatif predict`."""

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hatif.data.files import write_whole
from hatif.data.sources import list_files, read_sources
from hatif.inference.tagger import Tagger
from hatif.pipeline.predicting import Reading, machine_form, read_articles


class Format(StrEnum):
    """What `--format` may say."""

    PAGE = "page"
    JSONL = "jsonl"
    CONLL = "conll"
    CSV = "csv"
    PLOVER = "plover"
    CAMEO = "cameo"


def predict(
    sources: Annotated[list[str], typer.Argument(help="Articles: .txt, .jsonl, folders, or - for standard input.")],
    form: Annotated[Format, typer.Option("--format", help="A page to read, or a machine form.")] = Format.PAGE,
    out: Annotated[Path | None, typer.Option(help="Write to this file instead; it is whole or not there.")] = None,
    model: Annotated[Path | None, typer.Option(help="A bundle that training wrote; the one that ships.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    min_score: Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave out spans scored lower.")] = 0.0,
    published: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date of articles that bear none.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Show calls of which a party is missing too.")] = False,
) -> None:
    """Read Arabic articles: who is named, by which title, of which state, and who called whom."""
    files = list_files(sources)
    tagger = Tagger.load(model, device)
    documents = read_sources(files, published.date() if published else None)
    with _Progress() as progress:
        readings = read_articles(documents, tagger, min_score, progress.advance)
        if form is Format.PAGE:
            _show(readings, out, everything)
            return
        parts = machine_form(form, readings)
        if out:
            write_whole(out, parts)
        else:
            sys.stdout.writelines(parts)


def _show(readings: Iterable[Reading], out: Path | None, everything: bool) -> None:
    from rich.console import Console, RenderableType

    from hatif.export.page import page

    def shown(reading: Reading, console: Console) -> RenderableType:
        incomplete = reading.linking.incomplete if everything else ()
        return page(reading.document, reading.linking.records, incomplete, console)

    if out is None:
        console = Console(soft_wrap=True)
        for reading in readings:
            console.print(shown(reading, console))
        return

    def parts() -> Iterator[str]:
        console = Console(width=100, soft_wrap=True, color_system=None, file=sys.stderr)
        for reading in readings:
            with console.capture() as captured:
                console.print(shown(reading, console))
            yield captured.get()

    write_whole(out, parts())


class _Progress:
    """A bar on the terminal's error stream, shown once a run has read for longer than a page takes."""

    _SILENT = 20_000

    def __init__(self) -> None:
        self.words = 0
        self.bar: object = None

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()  # type: ignore[attr-defined]

    def advance(self, words: int) -> None:
        """Count words just read."""
        self.words += words
        if self.words < self._SILENT or not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        if self.bar is None:
            columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} words"), TimeElapsedColumn())
            self.bar = Progress(*columns, console=Console(stderr=True))
            self.bar.add_task("reading", total=None)
            self.bar.start()
        assert isinstance(self.bar, Progress)
        self.bar.update(self.bar.task_ids[0], completed=self.words)
