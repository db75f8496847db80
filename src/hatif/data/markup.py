"""Inline markup, the form that people annotate in, to documents and back.

A file holds documents; the article stands between its header and its call records:

    === gulf-003 2019-03-04
    {K1 اتصال} بين <a|{T الرئيس} {C الروسي}> و<…
    @1 held | date=مساء الاثنين | a initiator RUS فلاديمير بوتين | b recipient QAT

`{L …}`, `{T …}`, `{C …}`, `{K …}` mark LEADER, TITLE, COUNTRY and CALL; `{K1,2 …}` is a trigger of the records 1 and 2;
`<a|…>` is the mention of party `a`. A party's name is what its record line gives, else the LEADER inside its mention;
`=` says that a name which begins like a proclitic is whole as it stands. `-` is the country of a party without one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date as Date

from hatif.domain import Call, Document, HatifError, Label, Party, Problem, Role, Span, Status

_CODES = {"L": Label.LEADER, "T": Label.TITLE, "C": Label.COUNTRY, "K": Label.CALL}
_LETTERS = {label: code for code, label in _CODES.items()}
_HEADER = re.compile(r"===\s+(\S+)(?:\s+(\d{4}-\d\d-\d\d))?\s*$")
_RECORD = re.compile(r"@(\d+)\s+(\w+)\s*(?:\|(.*))?$")
_OPEN = re.compile(r"\{([LTCK])(\d+(?:,\d+)*)? +|<([a-z])\|")
_PROCLITICS = "وبلكف"


@dataclass(slots=True)
class _Article:
    """The plain text of a marked article and what its marks say, while it is being read."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)
    triggers: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    mentions: dict[str, tuple[int, int]] = field(default_factory=dict)


class _MarkupError(Exception):
    """A fault of one document, before its place in the file is known."""


def parse_markup(source: str, name: str) -> tuple[list[Document], list[Problem]]:
    """Read every document of a markup file; a faulty one becomes a problem, not a document."""
    documents: list[Document] = []
    problems: list[Problem] = []
    for line_number, header, lines in _split(source):
        place = f"{name}:{line_number}"
        try:
            documents.append(_parse_document(header, lines))
        except (_MarkupError, ValueError) as fault:
            problems.append(Problem(place, str(fault)))
    return documents, problems


def _split(source: str) -> Iterator[tuple[int, str, list[str]]]:
    header: str | None = None
    start = 0
    lines: list[str] = []
    for number, line in enumerate(source.splitlines(), start=1):
        if line.startswith("==="):
            if header is not None:
                yield start, header, lines
            header, start, lines = line, number, []
        else:
            lines.append(line)
    if header is not None:
        yield start, header, lines


def _parse_document(header: str, lines: Sequence[str]) -> Document:
    matched = _HEADER.match(header)
    if not matched:
        raise _MarkupError(f"{header!r} is no header; it reads '=== ID YYYY-MM-DD', the date if there is one")
    records = [line for line in lines if line.startswith("@")]
    body = [line for line in lines if not line.startswith("@")]
    article = _parse_article("\n".join(body).strip())
    calls = tuple(_parse_record(record, article) for record in records)
    unused = set(article.triggers) - {int(record[1:].split()[0]) for record in records}
    if unused:
        raise _MarkupError(f"no record line '@{min(unused)} …' for the CALL numbered {min(unused)}")
    published = Date.fromisoformat(matched[2]) if matched[2] else None
    return Document(matched[1], article.text, published, tuple(article.spans), calls)


def _parse_article(marked: str) -> _Article:
    article = _Article()
    open_span: tuple[int, Label, list[int]] | None = None
    open_mention: tuple[int, str] | None = None
    position = 0
    while position < len(marked):
        here = len(article.text)
        near = f"near {marked[max(0, position - 20) : position + 40]!r}"
        opening = _OPEN.match(marked, position)
        if opening and opening[1]:
            if open_span:
                raise _MarkupError(f"a brace opens inside a brace {near}")
            open_span = here, _CODES[opening[1]], [int(n) for n in (opening[2] or "").split(",") if n]
            position = opening.end()
        elif opening:
            if open_mention or open_span:
                raise _MarkupError(f"'<{opening[3]}|' opens inside another mark {near}")
            if opening[3] in article.mentions:
                raise _MarkupError(f"the letter '{opening[3]}' stands for two mentions")
            open_mention = here, opening[3]
            position = opening.end()
        elif marked[position] == "}":
            if not open_span:
                raise _MarkupError(f"a brace closes that none opened {near}")
            start, label, numbers = open_span
            article.spans.append(Span(start, here, label))
            for number in numbers:
                article.triggers.setdefault(number, []).append((start, here))
            open_span = None
            position += 1
        elif marked[position] == ">":
            if not open_mention or open_span:
                raise _MarkupError(f"'>' closes no mention {near}")
            article.mentions[open_mention[1]] = open_mention[0], here
            open_mention = None
            position += 1
        elif marked[position] in "{<":
            raise _MarkupError(f"{marked[position]!r} opens no mark that is known {near}")
        else:
            article.text += marked[position]
            position += 1
    if open_span or open_mention:
        raise _MarkupError("a brace or '<' is still open at the end of the document")
    return article


def _parse_record(line: str, article: _Article) -> Call:
    matched = _RECORD.match(line.strip())
    if not matched:
        raise _MarkupError(f"{line!r} is no record; it reads '@N STATUS | date=… | a ROLE ISO3 NAME | …'")
    number, status = int(matched[1]), matched[2]
    if status not in tuple(Status):
        raise _MarkupError(f"status {status!r} in {line!r}; it is one of {', '.join(Status)}")
    date: str | None = None
    parties: list[Party] = []
    for item in filter(None, (part.strip() for part in (matched[3] or "").split("|"))):
        if item.startswith("date="):
            date = item.removeprefix("date=").strip()
            if date not in article.text:
                raise _MarkupError(f"the date {date!r} is no stretch of the text; write it as it stands there")
        else:
            parties.append(_parse_party(item, line, article))
    triggers = tuple(article.triggers.get(number, ()))
    return Call(triggers, Status(status), date, tuple(parties))


def _parse_party(item: str, line: str, article: _Article) -> Party:
    letter, role, country, *rest = [*item.split(maxsplit=3), "", "", ""][:4]
    if letter not in article.mentions:
        raise _MarkupError(f"party {letter!r} of {line!r} has no mention '<{letter}|…>' in the text")
    if role not in tuple(Role):
        raise _MarkupError(f"role {role!r} in {line!r}; it is one of {', '.join(Role)}")
    start, end = article.mentions[letter]
    name = rest[0] or None
    if name is None or name == "=":
        inside = [s for s in article.spans if start <= s.start and s.end <= end and s.label is Label.LEADER]
        found = article.text[inside[0].start : inside[0].end] if inside else None
        if name is None and found and found[0] in _PROCLITICS:
            raise _MarkupError(
                f"party {letter!r} of {line!r}: give the name behind {found!r}, or '=' if it is whole so"
            )
        name = found
    return Party(start, end, name, None if country == "-" else country, Role(role))


def format_markup(documents: Sequence[Document]) -> str:
    """Write documents as markup, to be edited by hand and read again by `parse_markup`.

    Raises:
        HatifError: markup cannot hold a document, so that it would be read back as another one.
    """
    for document in documents:
        if parse_markup(_format_document(document), "")[0] != [document]:
            raise HatifError(
                f"document {document.id!r}: its id, text or records cannot be written as markup, which keeps braces, "
                "angle brackets, '===' and '@' at the head of a line, and white space at the ends for itself"
            )
    return "\n\n".join(_format_document(document) for document in documents) + "\n"


def _format_document(document: Document) -> str:
    header = f"=== {document.id} {document.published or ''}".rstrip()
    numbers: dict[tuple[int, int], list[int]] = {}
    mentions: dict[tuple[int, int], str] = {}
    for number, call in enumerate(document.calls, start=1):
        for trigger in call.triggers:
            numbers.setdefault(trigger, []).append(number)
        for party in call.parties:
            mentions.setdefault((party.start, party.end), chr(ord("a") + len(mentions)))
    insertions: list[tuple[int, int, str]] = []
    for (start, end), letter in mentions.items():
        insertions += [(start, 1, f"<{letter}|"), (end, -1, ">")]
    for span in document.spans:
        listed = ",".join(map(str, numbers.get((span.start, span.end), [])))
        insertions += [(span.start, 2, f"{{{_LETTERS[span.label]}{listed} "), (span.end, -2, "}")]
    pieces, last = [], 0
    for offset, _, mark in sorted(insertions):
        pieces += [document.text[last:offset], mark]
        last = offset
    pieces.append(document.text[last:])
    records = [_format_record(number, call, mentions) for number, call in enumerate(document.calls, start=1)]
    return "\n".join([header, "".join(pieces), *records])


def _format_record(number: int, call: Call, mentions: dict[tuple[int, int], str]) -> str:
    fields = [f"@{number} {call.status}"]
    if call.date:
        fields.append(f"date={call.date}")
    for party in call.parties:
        letter = mentions[party.start, party.end]
        fields.append(f"{letter} {party.role} {party.country or '-'} {party.name or ''}".rstrip())
    return " | ".join(fields)
