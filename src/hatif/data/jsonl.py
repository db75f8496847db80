"""Documents as JSON lines, the schema of every input and output of the project."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date as Date
from pathlib import Path
from typing import Any, TypeVar

from hatif.data.packed import open_packed
from hatif.domain import Call, Document, Label, Party, Problem, ProblemsError, Role, Span, Status

_Choice = TypeVar("_Choice", Label, Status, Role)


def read_documents(path: Path) -> list[Document]:
    """All documents of a JSON-lines file.

    Raises:
        ProblemsError: every faulty line with its place.
        HatifError: the file cannot be read.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    for _, item in iterate_documents(path):
        if isinstance(item, Document):
            documents.append(item)
        else:
            problems.append(item)
    if problems:
        raise ProblemsError(problems)
    return documents


def iterate_documents(
    path: Path, on_bytes: Callable[[int], None] | None = None
) -> Iterator[tuple[int, Document | Problem]]:
    """Stream a JSON-lines file, packed or not: `(line number, document or the problem of that line)`.

    Empty lines are passed over; `on_bytes` is called with the number of bytes just read.

    Raises:
        HatifError: the file cannot be read.
    """
    with open_packed(path, on_bytes) as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield number, _read_line(line, f"{path}:{number}")


def _read_line(line: bytes, place: str) -> Document | Problem:
    try:
        return document_from(json.loads(line.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        return Problem(place, f"not UTF-8 ({error.reason} at byte {error.start}); save the file as UTF-8")
    except json.JSONDecodeError as error:
        return Problem(place, f"invalid JSON ({error.msg} at column {error.colno}); one document a line")
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        told = f"key {error} is missing" if isinstance(error, KeyError) else str(error)
        return Problem(place, f"no document of hatif's schema: {told}")


def document_from(item: object) -> Document:
    """A document from its JSON object; keys that the schema does not name are ignored.

    Raises:
        KeyError: "id" or "text", or a part of a span, call or party is missing.
        TypeError, ValueError: a value is of the wrong type, unknown, or out of range.
    """
    table = _table(item, "the document")
    text = table["text"]
    if not isinstance(text, str):
        raise TypeError(f'"text" must be a string, got {type(text).__name__}')
    published = table.get("published")
    return Document(
        id=_identifier(table["id"]),
        text=text,
        published=_date(published),
        spans=tuple(_span(span) for span in _list(table.get("spans"), "spans")),
        calls=tuple(_call(call) for call in _list(table.get("calls"), "calls")),
    )


def _identifier(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value:
        raise TypeError(f'"id" must be a non-empty string, got {value!r}')
    return value


def _date(value: object) -> Date | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f'"published" must be a date such as "2017-11-22" or null, got {value!r}')
    try:
        return Date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f'"published" must be a date such as "2017-11-22" or null, got {value!r}') from error


def _table(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"{what} must be a JSON object, got {type(value).__name__}")
    return value


def _list(value: object, what: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise TypeError(f'"{what}" must be a list, got {type(value).__name__}')
    return value


def _text(value: object, what: str) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(f'"{what}" must be a string or null, got {value!r}')
    return value


def _offset(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"an offset must be a whole number, got {value!r}")
    return value


def _choice(kind: type[_Choice], value: object) -> _Choice:
    try:
        return kind(str(value))
    except ValueError as error:
        raise ValueError(f"{kind.__name__.lower()} {value!r} is none of {', '.join(kind)}") from error


def _span(item: object) -> Span:
    table = _table(item, "a span")
    label = _choice(Label, table["label"])
    return Span(_offset(table["start"]), _offset(table["end"]), label, float(table.get("score", 1.0)))


def _party(item: object) -> Party:
    table = _table(item, "a party")
    return Party(
        _offset(table["start"]),
        _offset(table["end"]),
        _text(table.get("name"), "name"),
        _text(table.get("country"), "country"),
        _choice(Role, table["role"]),
    )


def _call(item: object) -> Call:
    table = _table(item, "a call")
    triggers = []
    for trigger in _list(table["triggers"], "triggers"):
        if not isinstance(trigger, list) or len(trigger) != 2:
            raise TypeError(f"a trigger must be [start, end], got {trigger!r}")
        triggers.append((_offset(trigger[0]), _offset(trigger[1])))
    parties = tuple(_party(party) for party in _list(table["parties"], "parties"))
    return Call(tuple(triggers), _choice(Status, table["status"]), _text(table.get("date"), "date"), parties)


def document_to(document: Document) -> dict[str, Any]:
    """The JSON object of an annotated document, as `document_from` reads it."""
    return {
        "id": document.id,
        "text": document.text,
        "published": document.published.isoformat() if document.published else None,
        "spans": [{"start": s.start, "end": s.end, "label": s.label.value} for s in document.spans],
        "calls": [call_to(call) for call in document.calls],
    }


def call_to(call: Call) -> dict[str, Any]:
    """The JSON object of a call record."""
    return {
        "triggers": [list(trigger) for trigger in call.triggers],
        "status": call.status.value,
        "date": call.date,
        "parties": [
            {"start": p.start, "end": p.end, "name": p.name, "country": p.country, "role": p.role.value}
            for p in call.parties
        ],
    }


def to_line(item: Mapping[str, Any]) -> str:
    """One JSON line with Arabic readable in it; lone surrogates, which UTF-8 cannot hold, are escaped."""
    line = json.dumps(item, ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        line = json.dumps(item)
    return line + "\n"


def format_documents(documents: Iterable[Document]) -> str:
    """Annotated documents as JSON lines."""
    return "".join(to_line(document_to(document)) for document in documents)
