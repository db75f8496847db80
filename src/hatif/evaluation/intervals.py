"""95 % bootstrap intervals of the strict figures.

Documents are resampled, not spans, because the spans of an article share its names and its writer's habits. The method
is the percentile bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hatif.domain import LABELS, Document, Label
from hatif.evaluation.scores import Score, SpanScores, check_pairs, score_spans

RESAMPLES = 1000
"""Enough for the 2.5th and 97.5th percentiles (Efron and Tibshirani 1993, section 14.1)."""
_PERCENTILES = (2.5, 97.5)


class Interval(NamedTuple):
    """The range that holds a figure in 95 % of the resamples, within [0, 1]."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class FigureIntervals:
    """The intervals of precision, recall and F1."""

    precision: Interval
    recall: Interval
    f1: Interval


@dataclass(frozen=True, slots=True)
class Intervals:
    """The intervals of every label's figures and of their averages."""

    by_label: Mapping[Label, FigureIntervals]
    micro: FigureIntervals
    macro: FigureIntervals


def bootstrap_intervals(
    gold: Sequence[Document], predicted: Sequence[Document], seed: int, resamples: int = RESAMPLES
) -> Intervals | None:
    """The intervals of the strict figures; None for fewer than two documents, which cannot vary.

    Raises:
        HatifError: the two are not the same documents in the same order.
    """
    check_pairs(gold, predicted)
    if len(gold) < 2:
        return None
    counts = _counts(gold, predicted)
    draws = np.random.default_rng(seed).integers(len(counts), size=(resamples, len(counts)))
    figures = np.array([_figures(counts[drawn].sum(axis=0)) for drawn in draws])
    bounds = np.percentile(figures, _PERCENTILES, axis=0)
    *labels, micro, macro = [_intervals(bounds[:, row]) for row in range(len(LABELS) + 2)]
    return Intervals(dict(zip(LABELS, labels, strict=True)), micro, macro)


def _counts(gold: Sequence[Document], predicted: Sequence[Document]) -> NDArray[np.int64]:
    """Right, predicted and gold spans of every document, `(documents, labels, 3)`."""
    scored = [score_spans([truth], [guess]) for truth, guess in zip(gold, predicted, strict=True)]
    return np.array(
        [[(score.right, score.predicted, score.gold) for score in scores.by_label.values()] for scores in scored]
    )


def _figures(counts: NDArray[np.int64]) -> list[tuple[float, float, float]]:
    """Precision, recall and F1 of every label, then micro, then macro, from counts `(labels, 3)`."""
    scores = SpanScores({label: Score(*row) for label, row in zip(LABELS, counts.tolist(), strict=True)})
    return [*(score.figures for score in scores.by_label.values()), scores.micro.figures, scores.macro]


def _intervals(bounds: NDArray[np.float64]) -> FigureIntervals:
    """From `(2, 3)`: the low row and the high row of precision, recall and F1."""
    return FigureIntervals(*(Interval(low, high) for low, high in bounds.T.tolist()))
