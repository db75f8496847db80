"""Files, folders and standard input to a stream of documents."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date as Date
from pathlib import Path

from hatif.data.jsonl import iterate_documents
from hatif.data.text import decode_text, read_text
from hatif.domain import Document, HatifError, ProblemsError

STANDARD_INPUT = "-"
_SUFFIXES = {".txt", ".jsonl"}


def list_files(sources: Sequence[str]) -> list[str]:
    """The files that the sources name: folders are searched for .txt and .jsonl, in order of their paths.

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
            str(inner) for inner in path.rglob("*") if inner.suffix.lower() in _SUFFIXES and inner.is_file()
        )
        if not inside:
            raise HatifError(f"{source}: no .txt or .jsonl file in this folder")
        return inside
    if not path.exists():
        raise HatifError(f"{source}: no such file or folder")
    return [source]


def read_sources(files: Sequence[str], published: Date | None = None) -> Iterator[Document]:
    """The documents of all files in turn; `published` dates those that bear no date of their own.

    A text file is one document, its path the id.

    Raises:
        HatifError: a file cannot be read, is empty, or a JSON line is faulty; two documents bear the same id.
    """
    seen: dict[str, str] = {}
    for file in files:
        for document in _read(file):
            if document.id in seen:
                first = seen[document.id]
                raise HatifError(
                    f"{file}: the id {document.id!r} occurs twice (first in {first}); ids name one document"
                )
            seen[document.id] = file
            yield document if document.published else replace(document, published=published)


def _read(file: str) -> Iterator[Document]:
    if file == STANDARD_INPUT:
        yield _article("stdin", decode_text(sys.stdin.buffer.read() if sys.stdin else b"", "standard input"))
    elif file.lower().endswith(".jsonl"):
        empty = True
        for _, item in iterate_documents(Path(file)):
            empty = False
            if not isinstance(item, Document):
                raise ProblemsError([item])
            yield item
        if empty:
            raise HatifError(f"{file}: empty file; it holds one JSON document a line")
    else:
        yield _article(file, read_text(Path(file)))


def _article(name: str, text: str) -> Document:
    if not text.strip():
        raise HatifError(f"{name}: empty, no text to read")
    return Document(name, text)
