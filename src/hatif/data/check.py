"""Everything that can be wrong with annotated documents, told as a list."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from hatif.arabic.words import split_words
from hatif.data.jsonl import iterate_documents
from hatif.domain import Document, Label, Problem

_SHINGLE = 5
"""Words in a row that are compared between documents."""
_SHARED_ACROSS, _SHARED_WITHIN = 0.2, 0.5
"""Share of the shorter document's shingles that makes a near-duplicate, across files (splits) and within one."""


def check_files(paths: Sequence[Path]) -> list[Problem]:
    """Every problem of annotated files, one by one and between them: faults, ids used twice, near-duplicates.

    Raises:
        HatifError: a file cannot be read.
    """
    problems: list[Problem] = []
    ids: dict[str, str] = {}
    copies = Copies()
    for path in paths:
        number = 0
        for number, item in iterate_documents(path):
            place = f"{path}:{number}"
            if isinstance(item, Problem):
                problems.append(item)
                continue
            problems += [Problem(place, fault) for fault in faults_of(item)]
            if item.id in ids:
                problems.append(Problem(place, f"id {item.id!r} stands in {ids[item.id]} too; ids name one document"))
            ids.setdefault(item.id, place)
            problems += copies.of(item, path, place)
        if not number:
            problems.append(Problem(f"{path}:1", "empty file; it holds one JSON document a line"))
    return problems


class Copies:
    """Finds near-duplicates among the documents that it has been shown."""

    def __init__(self) -> None:
        self.seen: list[tuple[Path, str, int]] = []
        self.holders: dict[str, list[int]] = defaultdict(list)

    def of(self, document: Document, path: Path, place: str) -> list[Problem]:
        """The earlier documents that share too much with this one, as problems."""
        words = re.findall(r"\w+", document.text)
        shingles = {" ".join(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1))}
        shared = Counter(holder for shingle in shingles for holder in self.holders[shingle])
        problems: list[Problem] = []
        for holder, count in shared.items():
            other, other_place, size = self.seen[holder]
            share = count / min(size, len(shingles))
            if share > (_SHARED_WITHIN if other == path else _SHARED_ACROSS):
                problems.append(Problem(place, f"near-duplicate of {other_place}: {share:.0%} of its runs of words"))
        for shingle in shingles:
            self.holders[shingle].append(len(self.seen))
        self.seen.append((path, place, len(shingles)))
        return problems


def faults_of(document: Document) -> Iterator[str]:
    """Tell every fault of one annotated document: cut words, loose triggers and parties, unknown dates."""
    words = split_words(document.text)
    starts = {word.start for word in words}
    ends = {word.end for word in words}
    for start, end, what in _ranges(document):
        shown = f'{what} {start}–{end} "{document.text[start:end]}"'
        if start not in starts or end not in ends:
            yield f"{shown} cuts a word or takes in white space; ranges cover whole words"
    for span in document.spans:
        text = document.words_of(span)
        if not (_is_of_word(text[0]) and _is_of_word(text[-1])):
            yield f'{span.label} {span.start}–{span.end} "{text}" has punctuation at its edge; leave it outside'
    calls = {(span.start, span.end) for span in document.spans if span.label is Label.CALL}
    for call in document.calls:
        for start, end in call.triggers:
            if (start, end) not in calls:
                yield f'trigger {start}–{end} "{document.text[start:end]}" is no CALL span'
        if call.date is not None and call.date not in document.text:
            yield f'date "{call.date}" is no stretch of the text'
        roles = sorted(party.role for party in call.parties)
        if "initiator" in roles and "party" in roles:
            yield f"a call mixes initiator and party roles: {', '.join(roles)}"


def _is_of_word(character: str) -> bool:
    """Letters, digits, diacritics, and the invisible marks that `split_words` keeps with their word."""
    return unicodedata.category(character)[0] in "LNM" or unicodedata.category(character) == "Cf"


def _ranges(document: Document) -> Iterator[tuple[int, int, str]]:
    for span in document.spans:
        yield span.start, span.end, span.label
    for call in document.calls:
        for party in call.parties:
            yield party.start, party.end, "party"
