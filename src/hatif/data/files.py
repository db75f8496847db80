"""Output files that are whole or not there."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from hatif.domain import HatifError

ERRORS = "backslashreplace"
"""How a lone surrogate, which UTF-8 cannot hold, is written."""


def write_whole(path: Path, parts: Iterable[str]) -> None:
    """Write UTF-8 text so that `path` holds all of it or what it held before; lone surrogates are written as escapes.

    Raises:
        HatifError: the path cannot be written; an error raised by `parts` passes through, and nothing is written.
    """
    try:
        if path.is_dir():
            raise HatifError(f"{path}: is a folder; name a file to write")
        if path.exists() and not path.is_file():
            _write_through(path, parts)
            return
        target = Path(os.path.realpath(path))  # a link stays; what it points to is replaced
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=".hatif-")
    except OSError as error:
        raise output_error(path, error) from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors=ERRORS, newline="") as out:
            out.writelines(parts)
        set_usual_mode(Path(temporary))
        Path(temporary).replace(target)
    except OSError as error:
        raise output_error(path, error) from error
    finally:
        Path(temporary).unlink(missing_ok=True)


def _write_through(path: Path, parts: Iterable[str]) -> None:
    """Write to a device or a pipe, such as /dev/stdout, which no file may replace."""
    with path.open("w", encoding="utf-8", errors=ERRORS, newline="") as out:
        out.writelines(parts)


def set_usual_mode(path: Path) -> None:
    """Give a file that was made for its owner alone the mode that new files get."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)


def output_error(path: Path, error: OSError) -> HatifError:
    """What is told of an output that the system will not write."""
    return HatifError(f"{path}: cannot be written ({error.strerror or error})")
