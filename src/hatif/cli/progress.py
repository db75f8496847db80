"""A bar on the terminal's error stream for runs that take longer than a page does."""

import sys
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress

_SILENT_SECONDS = 2.0


class ReadingProgress:
    """Words read and how many a second, and from the bytes read of all inputs the time left.

    As a context manager it leaves the terminal in order, whatever ends the run.
    """

    def __init__(self, total: int | None) -> None:
        """`total` is the bytes of all inputs, or None where they are not known."""
        self.total = total
        self.bytes = self.words = 0
        self.began = time.monotonic()
        self.bar: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()

    def on_bytes(self, count: int) -> None:
        """Count bytes just read of the inputs."""
        self.bytes += count

    def on_words(self, count: int) -> None:
        """Count words just tagged."""
        self.words += count
        seconds = time.monotonic() - self.began
        if seconds < _SILENT_SECONDS or not sys.stderr.isatty():
            return
        bar = self._shown()
        rate = f"{self.words:,} words  {self.words / seconds:,.0f}/s"
        bar.update(bar.task_ids[0], completed=self.bytes, description=rate)

    def _shown(self) -> "Progress":
        if self.bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
            self.bar = Progress(*columns, TextColumn("left"), console=Console(stderr=True))
            self.bar.add_task("reading", total=self.total)
            self.bar.start()
        return self.bar
