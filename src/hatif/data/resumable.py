"""Output files of long runs: whole or not there, and a killed run goes on where it was.

The parts go to a hidden file beside the output. A log beside that one says, about once a second, how many parts are on
the disk and how long they are; whatever was written later than its last line is cut off and made again.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from hatif.data.files import ERRORS, output_error, set_usual_mode, write_whole
from hatif.domain import BrokenRunError, HatifError

_SECONDS = 1.0
"""Between two lines of the log: what a kill can cost."""


def write_resumable(path: Path, parts_after: Callable[[int], Iterable[str]], begun: str, *, resume: bool) -> None:
    """Write the parts so that `path` holds all of them, or what it held before.

    `parts_after(n)` makes the parts that follow the first `n`. With `resume` a killed run's parts are kept; `begun`,
    one line, names the run: its input and its options. A device or a pipe is written to at once.

    Raises:
        HatifError: the path cannot be written, or the run to go on with was begun otherwise; an error raised by the
            parts passes through, and nothing is left behind unless it is a `BrokenRunError`.
    """
    if path.is_dir() or (path.exists() and not path.is_file()):
        write_whole(path, parts_after(0))
        return
    target = Path(os.path.realpath(path))
    name = hashlib.sha256(target.name.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    partial, log = (target.parent / f".hatif-{name}.{suffix}" for suffix in ("part", "log"))
    try:
        parts, size = _kept(path, partial, log, begun) if resume else (0, 0)
        if not parts:
            log.write_text(f"{begun}\n", encoding="utf-8", errors=ERRORS)
        try:
            _grow(partial, log, size, parts, parts_after(parts))
            set_usual_mode(partial)
            partial.replace(target)
        except BrokenRunError:
            raise
        except Exception:
            partial.unlink(missing_ok=True)
            log.unlink(missing_ok=True)
            raise
        log.unlink()
    except OSError as error:
        raise output_error(path, error) from error


def _kept(path: Path, partial: Path, log: Path, begun: str) -> tuple[int, int]:
    """How many parts of a killed run are whole, and their length in bytes."""
    if not (partial.is_file() and log.is_file()):
        return 0, 0
    content = log.read_bytes()
    # A line counts once its end is there.
    whole = content[: content.rfind(b"\n") + 1]
    os.truncate(log, len(whole))
    first, *lines = whole.decode("utf-8").split("\n")[:-1] or [""]
    if first != begun.encode("utf-8", ERRORS).decode("utf-8"):
        raise HatifError(
            f"{path}: the run to go on with was begun with other input or options; give the same, or leave out --resume"
        )
    if not lines:
        return 0, 0
    parts, size = map(int, lines[-1].split())
    return parts, size


def _grow(partial: Path, log: Path, size: int, done: int, parts: Iterable[str]) -> None:
    with partial.open("r+b" if size else "wb") as out, log.open("a", encoding="utf-8") as told:
        out.truncate(size)
        out.seek(size)
        last = time.monotonic()
        for part in parts:
            out.write(part.encode("utf-8", ERRORS))
            done += 1
            if time.monotonic() - last > _SECONDS:
                out.flush()
                os.fsync(out.fileno())
                told.write(f"{done} {out.tell()}\n")
                told.flush()
                last = time.monotonic()
        out.flush()
        os.fsync(out.fileno())
