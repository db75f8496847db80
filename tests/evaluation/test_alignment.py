"""Overlaps of two sides, against brute force."""

from functools import cache
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hatif.domain import Label, Span
from hatif.evaluation.alignment import overlap_groups, overlapping_pairs


@st.composite
def sides(draw: st.DrawFn) -> list[Span]:
    edges = sorted(draw(st.sets(st.integers(0, 20), max_size=10)))
    spans = [Span(start, end, Label.CALL) for start, end in pairwise(edges)]
    return [span for span in spans if draw(st.booleans())]


def meet(one: Span, other: Span) -> bool:
    return bool(set(range(one.start, one.end)) & set(range(other.start, other.end)))


@given(sides(), sides())
def test_no_one_to_one_pairing_has_more_pairs(gold: list[Span], predicted: list[Span]) -> None:
    @cache
    def most(first: int, used: frozenset[int]) -> int:
        if first == len(gold):
            return 0
        options = [n for n, span in enumerate(predicted) if n not in used and meet(gold[first], span)]
        return max([most(first + 1, used), *(1 + most(first + 1, used | {n}) for n in options)])

    pairs = overlapping_pairs(gold, predicted)
    assert len(pairs) == most(0, frozenset())
    assert all(meet(*pair) for pair in pairs)
    assert len({truth for truth, _ in pairs}) == len({guess for _, guess in pairs}) == len(pairs)
    assert {span for span in gold if span in predicted} <= {truth for truth, guess in pairs if truth == guess}


@given(sides(), sides())
def test_groups_hold_every_span_once_with_all_it_meets(gold: list[Span], predicted: list[Span]) -> None:
    groups = list(overlap_groups(gold, predicted))
    assert [span for group in groups for span in group.gold] == gold
    assert [span for group in groups for span in group.predicted] == predicted
    for group in groups:
        for span in group.gold:
            assert {guess for guess in predicted if meet(span, guess)} <= set(group.predicted)
        assert len(group.gold) + len(group.predicted) == 1 or all(
            any(meet(span, other) for other in group.predicted) for span in group.gold
        )
