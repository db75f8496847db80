"""Files, folders and standard input to a stream of documents."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date as Date
from pathlib import Path

from hatif.data.jsonl import iterate_documents
from hatif.data.packed import unpacked_suffix
from hatif.data.seen import SeenIds
from hatif.data.text import decode_text, read_text
from hatif.domain import Document, HatifError, Problem, ProblemsError

STANDARD_INPUT = "-"
_SUFFIXES = {".txt", ".jsonl"}


def list_files(sources: Sequence[str]) -> list[str]:
    """The files that the sources name: folders are searched for .txt and .jsonl, packed or not, in order of paths.

    Raises:
        HatifError: a source does not exist, or a folder holds no such file.
    """
    files: list[str] = []
    for source in sources:
        try:
            files += [source] if source == STANDARD_INPUT else _found(source)
        except OSError as error:
            raise HatifError(f"{source}: cannot be read ({error.strerror or error})") from error
    return files


def _found(source: str) -> list[str]:
    path = Path(source)
    if path.is_dir():
        inside = sorted(
            str(inner) for inner in path.rglob("*") if unpacked_suffix(inner) in _SUFFIXES and inner.is_file()
        )
        if not inside:
            raise HatifError(f"{source}: no .txt or .jsonl file in this folder")
        return inside
    if not path.exists():
        raise HatifError(f"{source}: no such file or folder")
    return [source]


def read_sources(
    files: Sequence[str], published: Date | None = None, on_bytes: Callable[[int], None] | None = None
) -> Iterator[Document | Problem]:
    """The documents of all files in turn, and in place of each faulty one its problem.

    A text file is one document, its path the id; `published` dates those that bear no date of their own. A second
    document of the same id is a problem, and so is a file that cannot be read or is empty. `on_bytes` is called with
    the number of bytes just read of the files as they lie on disk.
    """
    seen = SeenIds()
    for file in files:
        try:
            for place, item in _read(file, on_bytes):
                if isinstance(item, Document) and not seen.add(item.id):
                    yield Problem(place, f"the id {item.id!r} occurs twice; ids name one document")
                elif isinstance(item, Document) and not item.published:
                    yield replace(item, published=published)
                else:
                    yield item
        except HatifError as error:
            place, _, message = str(error).partition(": ")
            yield Problem(place, message)


def sound_documents(items: Iterable[Document | Problem]) -> Iterator[Document]:
    """The documents of a stream that must hold no problem.

    Raises:
        ProblemsError: at the first problem.
    """
    for item in items:
        if isinstance(item, Problem):
            raise ProblemsError([item])
        yield item


def _read(file: str, on_bytes: Callable[[int], None] | None) -> Iterator[tuple[str, Document | Problem]]:
    """The places of documents, `file` or `file:line`, with what was found there."""
    path = Path(file)
    if file == STANDARD_INPUT:
        yield file, _article("stdin", decode_text(sys.stdin.buffer.read() if sys.stdin else b"", "standard input"))
    elif unpacked_suffix(path) == ".jsonl":
        empty = True
        for number, item in iterate_documents(path, on_bytes):
            empty = False
            yield f"{file}:{number}", item
        if empty:
            raise HatifError(f"{file}: empty file; it holds one JSON document a line")
    else:
        yield file, _article(file, read_text(path, on_bytes))


def _article(name: str, text: str) -> Document:
    if not text.strip():
        raise HatifError(f"{name}: empty, no text to read")
    return Document(name, text)
