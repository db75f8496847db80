"""Which gold and predicted spans of a document overlap."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hatif.domain import Span


class Group(NamedTuple):
    """Gold and predicted spans that overlap one another, directly or through others of the group."""

    gold: tuple[Span, ...]
    predicted: tuple[Span, ...]


def overlapping_pairs(gold: Sequence[Span], predicted: Sequence[Span]) -> list[tuple[Span, Span]]:
    """The most one-to-one pairs of overlapping spans, whatever their labels, gold first.

    Both sides are in order and free of overlaps of their own, so that taking the first two that meet costs no later
    pair; spans with the same offsets always meet each other.
    """
    pairs: list[tuple[Span, Span]] = []
    left = right = 0
    while left < len(gold) and right < len(predicted):
        truth, guess = gold[left], predicted[right]
        meet = truth.start < guess.end and guess.start < truth.end
        if meet:
            pairs.append((truth, guess))
        left += meet or truth.end <= guess.start
        right += meet or guess.end <= truth.start
    return pairs


def overlap_groups(gold: Sequence[Span], predicted: Sequence[Span]) -> Iterator[Group]:
    """All spans in order, parted wherever no span reaches across; either side of a group may be empty."""
    ours: list[Span] = []
    theirs: list[Span] = []
    reached = 0
    marked = [*((span.start, ours, span) for span in gold), *((span.start, theirs, span) for span in predicted)]
    for start, side, span in sorted(marked, key=lambda item: item[0]):
        if start >= reached and (ours or theirs):
            yield Group(tuple(ours), tuple(theirs))
            ours.clear()
            theirs.clear()
        side.append(span)
        reached = max(reached, span.end)
    if ours or theirs:
        yield Group(tuple(ours), tuple(theirs))
