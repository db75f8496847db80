"""Where a prediction differs from gold, by kind, with the words around."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hatif.domain import Document, Label, Span
from hatif.evaluation.alignment import Group, overlap_groups, overlapping_pairs
from hatif.evaluation.scores import check_pairs

_CONTEXT = 40
"""Characters shown on either side of an error."""


class ErrorKind(StrEnum):
    """How gold and predicted spans that overlap differ."""

    MISSED = "missed"
    SPURIOUS = "spurious"
    WRONG_LABEL = "wrong label"
    """One against one; the boundaries may be wrong too."""
    TOO_LONG = "too long"
    TOO_SHORT = "too short"
    SHIFTED = "shifted"
    """Right label; begins and ends too early, or too late."""
    MERGED = "merged"
    """One predicted span over several gold ones."""
    SPLIT = "split"
    """Several predicted spans over one gold span."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A span with its words."""

    start: int
    end: int
    label: Label
    text: str


@dataclass(frozen=True, slots=True)
class Error:
    """One difference from gold; `[start, end)` holds all of its spans, and `context` shows that range in brackets."""

    kind: ErrorKind
    document: str
    start: int
    end: int
    gold: tuple[Quote, ...]
    predicted: tuple[Quote, ...]
    context: str


def find_errors(gold: Sequence[Document], predicted: Sequence[Document]) -> tuple[Error, ...]:
    """Every error, in the order of the text; each span that is not right stands in exactly one of them.

    Raises:
        HatifError: the two are not the same documents in the same order.
    """
    check_pairs(gold, predicted)
    return tuple(
        _error(truth, kind, part)
        for truth, guess in zip(gold, predicted, strict=True)
        for group in overlap_groups(truth.spans, guess.spans)
        for kind, part in _classified(group)
    )


def _classified(group: Group) -> Iterator[tuple[ErrorKind, Group]]:
    """The errors of a group. One of several spans on both sides is read as pairs, the rest as missed or spurious."""
    if len(group.gold) > 1 and len(group.predicted) == 1:
        yield ErrorKind.MERGED, group
    elif len(group.gold) == 1 and len(group.predicted) > 1:
        yield ErrorKind.SPLIT, group
    else:
        pairs = overlapping_pairs(group.gold, group.predicted)
        parts = [Group((truth,), (guess,)) for truth, guess in pairs]
        parts += [Group((span,), ()) for span in group.gold if span not in (truth for truth, _ in pairs)]
        parts += [Group((), (span,)) for span in group.predicted if span not in (guess for _, guess in pairs)]
        for part in sorted(parts, key=_range):
            kind = _kind(part)
            if kind is not None:
                yield kind, part


def _kind(part: Group) -> ErrorKind | None:
    """The kind of at most one span against at most one; None if they are equal."""
    if not part.predicted:
        return ErrorKind.MISSED
    if not part.gold:
        return ErrorKind.SPURIOUS
    truth, guess = part.gold[0], part.predicted[0]
    if truth == guess:
        return None
    if truth.label is not guess.label:
        return ErrorKind.WRONG_LABEL
    if guess.start <= truth.start and guess.end >= truth.end:
        return ErrorKind.TOO_LONG
    if guess.start >= truth.start and guess.end <= truth.end:
        return ErrorKind.TOO_SHORT
    return ErrorKind.SHIFTED


def _range(part: Group) -> tuple[int, int]:
    spans = (*part.gold, *part.predicted)
    return min(span.start for span in spans), max(span.end for span in spans)


def _error(document: Document, kind: ErrorKind, part: Group) -> Error:
    start, end = _range(part)
    gold, predicted = (tuple(_quote(document, span) for span in side) for side in part)
    return Error(kind, document.id, start, end, gold, predicted, _context(document.text, start, end))


def _quote(document: Document, span: Span) -> Quote:
    return Quote(span.start, span.end, span.label, document.words_of(span))


def _context(text: str, start: int, end: int) -> str:
    """The range in brackets with what stands around it, on one line."""
    first, last = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    shown = f"{text[first:start]}[{text[start:end]}]{text[end:last]}"
    return ("…" if first else "") + " ".join(shown.split()) + ("…" if last < len(text) else "")
