"""The bytes of a file that may be packed."""

import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from hatif.domain import HatifError

if TYPE_CHECKING:
    from typing_extensions import Buffer

PACKED = (".gz", ".xz", ".zst")
"""How the name of a packed file ends."""


def unpacked_suffix(path: Path) -> str:
    """The suffix of a name, in small letters, that of its packing left aside."""
    suffix = path.suffix.lower()
    return Path(path.stem).suffix.lower() if suffix in PACKED else suffix


@contextmanager
def open_packed(path: Path, on_bytes: Callable[[int], None] | None = None) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked where its name says that it is packed.

    `on_bytes` is called with the number of bytes just read of the file as it lies on disk.

    Raises:
        HatifError: the file cannot be read, or its packing is damaged; inside the `with` block too.
    """
    kind = path.suffix.lower()
    faults: tuple[type[Exception], ...] = (OSError, EOFError, lzma.LZMAError, zlib.error)
    if kind == ".zst":
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd

        faults = (*faults, zstd.ZstdError)
    try:
        with io.BufferedReader(_Counted(path, on_bytes)) as raw:
            stream: object = raw
            if kind == ".gz":
                stream = gzip.GzipFile(fileobj=raw)
            elif kind == ".xz":
                stream = lzma.LZMAFile(raw)  # noqa: SIM115  closing `raw` closes it
            elif kind == ".zst":
                stream = zstd.ZstdFile(raw)
            yield cast(BinaryIO, stream)
    except faults as error:
        raise HatifError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from error


class _Counted(io.FileIO):
    """A file that tells how much of it was read."""

    def __init__(self, path: Path, on_bytes: Callable[[int], None] | None) -> None:
        super().__init__(str(path))
        self._on_bytes = on_bytes

    def readinto(self, buffer: "Buffer", /) -> int | None:
        count = super().readinto(buffer)
        if self._on_bytes is not None and count:
            self._on_bytes(count)
        return count

    def readall(self) -> bytes:
        content = super().readall()
        if self._on_bytes is not None:
            self._on_bytes(len(content))
        return content
