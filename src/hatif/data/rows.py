"""Parquet and JSON-lines files to a stream of rows, each a document or told as faulty: no row ends a run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from pathlib import Path
from typing import Any

from hatif.data.jsonl import document_from, iterate_documents
from hatif.data.packed import PACKED, unpacked_suffix
from hatif.data.seen import SeenIds
from hatif.domain import Document, HatifError, Problem

_PARQUET, _JSONL = ".parquet", ".jsonl"
_COLUMNS = ("id", "text", "published")
_AT_ONCE = 256
"""Rows of a Parquet file that are held in memory together."""


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A row that is no document: what is wrong with it, and what could be read of it."""

    problem: Problem
    id: str | None = None
    text: str | None = None


Row = Document | FaultyRow


def list_row_files(sources: Sequence[str]) -> list[str]:
    """The .parquet and .jsonl files, packed or not, that the sources name; folders are searched, in order of paths.

    Raises:
        HatifError: a source does not exist, is of another kind, or is a folder without such a file.
    """
    files: list[str] = []
    for source in sources:
        path = Path(source)
        try:
            if path.is_dir():
                inside = sorted(str(inner) for inner in path.rglob("*") if _kind(inner) and inner.is_file())
                if not inside:
                    raise HatifError(f"{source}: no .parquet or .jsonl file in this folder")
                files += inside
            elif not path.exists():
                raise HatifError(f"{source}: no such file or folder")
            elif not _kind(path):
                raise HatifError(f"{source}: neither .parquet nor .jsonl (.gz, .xz, .zst); convert it to one of them")
            else:
                files.append(source)
        except OSError as error:
            raise HatifError(f"{source}: cannot be read ({error.strerror or error})") from error
    return files


def _kind(path: Path) -> str | None:
    """`.parquet` or `.jsonl`; what other tools hide behind `.` or `_`, such as half-written parts, is of no kind."""
    if path.suffix.lower() in PACKED:
        return _JSONL if unpacked_suffix(path) == _JSONL else None
    suffix = path.suffix.lower()
    return suffix if suffix in {_PARQUET, _JSONL} and not path.name.startswith((".", "_")) else None


def read_rows(files: Sequence[str], published: Date | None = None) -> Iterator[Row]:
    """The rows of all files in turn; `published` dates the documents that bear no date of their own.

    A second row of the same id is faulty, and a file that cannot be read, or cannot be read further, is one faulty row.
    """
    seen = SeenIds()
    for file in files:
        try:
            for number, row in _read(Path(file)):
                if isinstance(row, FaultyRow):
                    yield row
                elif not seen.add(row.id):
                    message = f"the id {row.id!r} occurs twice; ids name one document"
                    yield FaultyRow(Problem(f"{file}:{number}", message), row.id, row.text)
                else:
                    yield row if row.published else replace(row, published=published)
        except HatifError as error:
            place, _, message = str(error).partition(": ")
            yield FaultyRow(Problem(place, message))


def _read(path: Path) -> Iterator[tuple[int, Row]]:
    if _kind(path) == _PARQUET:
        yield from iterate_parquet(path)
    else:
        for number, item in iterate_documents(path):
            yield number, item if isinstance(item, Document) else FaultyRow(item)


def iterate_parquet(path: Path) -> Iterator[tuple[int, Row]]:
    """Stream a Parquet file with the columns id, text and, if it has one, published: `(row number from 1, row)`.

    Raises:
        HatifError: the file cannot be read, or lacks a column.
    """
    import pyarrow
    from pyarrow.parquet import ParquetFile

    number = 0
    try:
        with ParquetFile(path) as opened:
            names = opened.schema_arrow.names
            missing = [name for name in ("id", "text") if name not in names]
            if missing:
                raise HatifError(
                    f"{path}: no column {' and no column '.join(missing)}; it has {', '.join(names) or 'none'}"
                )
            for batch in opened.iter_batches(_AT_ONCE, columns=[name for name in _COLUMNS if name in names]):
                columns = dict(zip(batch.schema.names, batch.columns, strict=True))
                for place in range(batch.num_rows):
                    number += 1
                    yield number, _row({name: column[place] for name, column in columns.items()}, f"{path}:{number}")
    except (pyarrow.ArrowException, OSError) as error:
        told = str(error).partition("\n")[0]
        raise HatifError(f"{path}: cannot be read as Parquet after row {number} ({told})") from error


def _row(cells: dict[str, Any], place: str) -> Row:
    """A document of one row; `cells` are Arrow scalars, whose text is decoded only here, row by row."""
    values: dict[str, Any] = {}
    try:
        for name, cell in cells.items():
            values[name] = cell.as_py()
        if isinstance(values.get("published"), Date):  # or a datetime, its subclass
            values["published"] = values["published"].isoformat()[:10]
        return document_from(values)
    except UnicodeDecodeError as error:
        return _faulty(f"not UTF-8 ({error.reason} at byte {error.start})", place, values)
    except (TypeError, ValueError) as error:
        return _faulty(f"no document: {error}", place, values)


def _faulty(message: str, place: str, values: dict[str, Any]) -> FaultyRow:
    identifier, text = values.get("id"), values.get("text")
    return FaultyRow(
        Problem(place, message),
        str(identifier) if isinstance(identifier, str | int) else None,
        text if isinstance(text, str) else None,
    )
