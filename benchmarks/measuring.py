"""What the benchmarks share: interleaved rounds, peak memory, the machine, tables and JSON.

Peak memory is read from `/proc`, so on Linux alone: `VmHWM` belongs to one program from its start, where the
`ru_maxrss` of a child begins at what its parent held.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Self, TypeVar

from rich import box
from rich.console import Console
from rich.table import Table

from hatif.arabic.words import split_words
from hatif.domain import HatifError

ROOT = Path(__file__).resolve().parents[1]
ANNOTATED = ROOT / "data" / "annotated"
_PACKAGES = ("hatif", "numpy", "onnxruntime", "tokenizers", "torch", "transformers", "spacy", "python-crfsuite")
_POLL = 0.05
"""Seconds between two looks at the memory of a process."""
Figures = Mapping[str, object]
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle, the least and the most of what all rounds measured."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        """The spread of the rounds' values."""
        return cls(median(values), min(values), max(values))

    @classmethod
    def rate(cls, count: int, seconds: Sequence[float]) -> Self:
        """So many things done, each round, in so many seconds: things a second."""
        return cls.of([count / taken for taken in seconds])

    @classmethod
    def ratio(cls, above: Sequence[float], below: Sequence[float]) -> Self:
        """One side's rounds over the other's, each over the round that ran beside it."""
        return cls.of([one / other for one, other in zip(above, below, strict=True)])

    def text(self, digits: int = 0) -> str:
        """`median (least–most)`, with thousands set apart."""
        return f"{self.median:,.{digits}f} ({self.least:,.{digits}f}–{self.most:,.{digits}f})"

    def figures(self) -> dict[str, float]:
        """For JSON."""
        return {"median": self.median, "least": self.least, "most": self.most}


def parser(about: str | None, rounds: int | None = None) -> argparse.ArgumentParser:
    """The options of every benchmark; `about` is its docstring, `rounds` how many it runs, if it runs any."""
    made = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    if rounds is not None:
        made.add_argument("--rounds", type=int, default=rounds, help=f"rounds that every side runs ({rounds})")
    made.add_argument("--json", type=Path, help="write the figures here")
    return made


def run(main: Callable[[], None]) -> None:
    """Run a benchmark; what is wrong with its input is one line and exit code 2."""
    try:
        main()
    except HatifError as error:
        print(error, file=sys.stderr)
        sys.exit(2)


def interleaved(sides: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of every side in every round: all sides run in each, and each round begins with another of them.

    One run of every side goes before, unmeasured.
    """
    names = list(sides)
    for side in sides.values():
        side()
    taken: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        shift = number % len(names)
        for name in names[shift:] + names[:shift]:
            begin = time.perf_counter()
            sides[name]()
            taken[name].append(time.perf_counter() - begin)
    return taken


def in_child(function: Callable[..., _Result], *arguments: object) -> _Result:
    """The result of the function in a fresh process, which leaves nothing behind in this one."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def peak_memory(process: int | str = "self") -> float:
    """MiB of memory that a process has held at most; 0 where it is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    lines = (line.split() for line in status.splitlines() if line.startswith("VmHWM:"))
    return next((int(size) / 1024 for _, size, _ in lines), 0.0)


def run_measured(command: Sequence[str]) -> tuple[float, float]:
    """Seconds from start to end of a program, and MiB of memory: the peaks of it and its children added up.

    Memory that processes share counts for each of them.

    Raises:
        HatifError: it failed.
    """
    peaks: dict[int, float] = {}
    with tempfile.TemporaryFile() as told:
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=told, env=environment())
        while process.poll() is None:
            for pid in [process.pid, *_below(process.pid)]:
                if seen := peak_memory(pid):
                    peaks[pid] = seen
            time.sleep(_POLL)
        seconds = time.perf_counter() - begin
        if process.returncode:
            told.seek(0)
            raise HatifError(f"{' '.join(command)}: {told.read().decode('utf-8', 'replace').strip()}")
    return seconds, sum(peaks.values())


def _below(process: int) -> list[int]:
    """The children of a process, and theirs."""
    found: list[int] = []
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += map(int, children.read_text(encoding="ascii").split())
        except OSError:
            continue
    return found + [pid for child in found for pid in _below(child)]


def environment() -> dict[str, str]:
    """What programs that are measured see: compiled modules are kept, and no model hub is asked."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"HF_HUB_OFFLINE": "1"}


def words_in(texts: Sequence[str]) -> int:
    """Words and marks of punctuation, as hatif counts them, on all sides."""
    return sum(len(split_words(text)) for text in texts)


def machine() -> dict[str, object]:
    """What the figures hold for."""
    return {
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "processor": _processor(),
        "cores": cores(),
        "load before": round(os.getloadavg()[0], 2),
        "system": platform.platform(),
        "python": platform.python_version(),
        **{name: found for name in _PACKAGES if (found := _version(name))},
    }


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table whose first column is names and whose others are figures."""
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for index, column in enumerate(columns):
        table.add_column(column, justify="right" if index else "left")
    for row in rows:
        table.add_row(*row)
    console().print(table)


def console() -> Console:
    """The terminal; where there is none, wide enough that no row is broken."""
    return Console(width=None if sys.stdout.isatty() else 140, highlight=False)


def target(name: str, value: float, limit: float, *, at_least: bool) -> str:
    """One line on whether a figure reaches what is wanted of it."""
    met = value >= limit if at_least else value <= limit
    return f"{name}: {value:.3g} (wanted: {'≥' if at_least else '≤'} {limit:g}; {'met' if met else 'missed'})"


def finish(before: Mapping[str, object], arguments: argparse.Namespace, lines: Sequence[str], figures: Figures) -> None:
    """Print what the figures say and the machine they hold for, and write the JSON that was asked for."""
    for line in lines:
        console().print(line)
    console().print(", ".join(f"{name} {value}" for name, value in before.items()), style="dim")
    if arguments.json:
        options = {name: str(value) for name, value in vars(arguments).items()}
        content = {"benchmark": Path(sys.argv[0]).stem, "options": options, "machine": before, "figures": figures}
        arguments.json.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
