"""Runs of `hatif predict` killed at random moments and resumed: how many end with the file of an undisturbed run.

    python benchmarks/kill_and_resume.py [--documents 1500] [--kills 20] [--workers 1 2] [--seed 13] [--json FILE]

An undisturbed run with each number of workers comes first; it tells how long a run takes, and all must write the same
bytes. Then a run is killed (SIGKILL) at a moment drawn from all of that time and goes on with `--resume`, which half of
the times may be killed in turn, until the wanted number of kills is reached. With worker processes, half of the kills
hit the main process alone, half all of them. After each kill the output must be absent or whole, and at the end nobody
of the killed may still be there.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hatif.domain import HatifError
from long_runs import write_short_documents
from measuring import ROOT, environment, finish, machine, parser, print_table, run, target

_GRACE = 10.0
"""Seconds that the workers of a killed process may take to end."""


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: when, of whom, how much of the output lay on the disk, and whether the output was whole or absent."""

    workers: int
    resumed: bool
    seconds: float
    everyone: bool
    bytes_before: int
    whole_or_absent: bool


@dataclass(frozen=True, slots=True)
class Course:
    """A run from its start to its end: its kills, whether it wrote the wanted bytes, whether anybody was left over."""

    kills: tuple[Kill, ...]
    identical: bool
    left_over: bool


class Runs:
    """Starts runs of one input and kills them at random."""

    def __init__(self, source: Path, folder: Path, seed: int) -> None:
        self.source = source
        self.out = folder / "out.jsonl"
        self.rng = Random(seed)
        self.wanted = b""
        self.seconds: dict[int, float] = {}

    def undisturbed(self, workers: int) -> None:
        """Take the time of a run that nobody kills, and its output.

        Raises:
            HatifError: another number of workers wrote other bytes.
        """
        begin = time.perf_counter()
        self._end(self._start(workers, resume=False))
        self.seconds[workers] = time.perf_counter() - begin
        written = self.out.read_bytes()
        if self.wanted and written != self.wanted:
            raise HatifError(f"{workers} workers write another file than {min(self.seconds)}")
        self.wanted = written

    def course(self, workers: int, most: int) -> Course:
        """A run with up to `most` kills, each followed by `--resume`."""
        self.out.unlink(missing_ok=True)
        kills: list[Kill] = []
        groups: list[int] = []
        goes_on = True
        while goes_on and len(kills) < most:
            process = self._start(workers, resume=bool(kills))
            moment = self.rng.uniform(0.0, self.seconds[workers])
            everyone = workers == 1 or self.rng.random() < 0.5
            try:
                process.wait(moment)
            except subprocess.TimeoutExpired:
                (os.killpg if everyone else os.kill)(process.pid, signal.SIGKILL)
                process.communicate()
                groups.append(process.pid)
                kills.append(
                    Kill(workers, bool(kills), moment, everyone, self._bytes_before(), self._is_whole_or_absent())
                )
                goes_on = self.rng.random() < 0.5
            else:
                self._end(process)
                return Course(tuple(kills), self._is_whole(), _left_over(groups))
        self._end(self._start(workers, resume=True))
        return Course(tuple(kills), self._is_whole(), _left_over(groups))

    def _start(self, workers: int, *, resume: bool) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "hatif", "predict", "--format", "jsonl", "--workers", str(workers)]
        command += ["--out", str(self.out), *(["--resume"] if resume else []), str(self.source)]
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def _end(self, process: "subprocess.Popen[bytes]") -> None:
        _, told = process.communicate()
        if process.returncode:
            raise HatifError(f"a run failed: {told.decode('utf-8', 'replace').strip()}")

    def _bytes_before(self) -> int:
        return sum(path.stat().st_size for path in self.out.parent.glob(".hatif-*.part"))

    def _is_whole(self) -> bool:
        return self.out.is_file() and self.out.read_bytes() == self.wanted

    def _is_whole_or_absent(self) -> bool:
        return not self.out.exists() or self._is_whole()


def _left_over(groups: Sequence[int]) -> bool:
    """Whether anybody of the process groups is still there after a while."""
    end = time.monotonic() + _GRACE
    while there := [group for group in groups if _is_there(group)]:
        if time.monotonic() > end:
            for group in there:
                os.killpg(group, signal.SIGKILL)
            return True
        time.sleep(0.1)
    return False


def _is_there(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def main() -> None:
    """Kill and resume until there were enough kills, print the table, write the JSON."""
    options = parser(__doc__)
    options.add_argument("--documents", type=int, default=1_500)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options.add_argument("--seed", type=int, default=13)
    arguments = options.parse_args()
    before = machine()
    courses: list[tuple[int, Course]] = []
    with TemporaryDirectory() as name:
        source = Path(name) / "documents.jsonl"
        words = write_short_documents(source, arguments.documents)
        runs = Runs(source, Path(name), arguments.seed)
        for workers in arguments.workers:
            runs.undisturbed(workers)
        turns = cycle(arguments.workers)
        while (left := arguments.kills - sum(len(course.kills) for _, course in courses)) > 0:
            workers = next(turns)
            courses.append((workers, runs.course(workers, left)))
    rows = []
    for workers in arguments.workers:
        own = [course for used, course in courses if used == workers and course.kills]
        kills = [kill for course in own for kill in course.kills]
        rows.append(
            [
                str(workers),
                f"{runs.seconds[workers]:.1f}",
                str(len(kills)),
                str(sum(kill.resumed for kill in kills)),
                str(sum(kill.bytes_before > 0 for kill in kills)),
                str(len(own)),
                str(sum(course.identical for course in own)),
                str(sum(course.left_over for course in own)),
            ]
        )
    columns = ["workers", "undisturbed s", "kills", "in a resumed run", "with output begun", "outputs resumed"]
    print_table(
        f"{arguments.documents:,} documents, {words:,} words, seed {arguments.seed}",
        [*columns, "identical", "processes left over"],
        rows,
    )
    resumed = [course for _, course in courses if course.kills]
    kills = [kill for course in resumed for kill in course.kills]
    lines = [
        target(
            f"share of {len(resumed)} resumed outputs, after {len(kills)} kills, identical to the undisturbed one",
            sum(course.identical for course in resumed) / max(1, len(resumed)),
            1.0,
            at_least=True,
        ),
        f"kills after which the output was absent or whole: {sum(kill.whole_or_absent for kill in kills)}",
    ]
    figures = {
        "documents": arguments.documents,
        "words": words,
        "undisturbed_seconds": {str(workers): taken for workers, taken in runs.seconds.items()},
        "kills": len(kills),
        "resumed": len(resumed),
        "identical": sum(course.identical for course in resumed),
        "courses": [asdict(course) for course in resumed],
    }
    finish(before, arguments, lines, figures)


if __name__ == "__main__":
    run(main)
