"""How well span scores tell the chance of being right, with the fit that mends them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hatif.domain import Document
from hatif.evaluation.scores import check_pairs

_BINS = 10
_STEPS = 100
"""Newton takes five to ten; the bound only keeps a hopeless fit from running on."""


def span_outcomes(gold: Sequence[Document], predicted: Sequence[Document]) -> tuple[list[float], list[bool]]:
    """The score of every predicted span, and whether gold has that span.

    Raises:
        HatifError: the two are not the same documents in the same order.
    """
    check_pairs(gold, predicted)
    outcomes = [
        (span.score, span in truth.spans) for truth, guess in zip(gold, predicted, strict=True) for span in guess.spans
    ]
    return [score for score, _ in outcomes], [right for _, right in outcomes]


def calibration_error(scores: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error in ten bins of equal width (Naeini, Cooper and Hauskrecht 2015), in [0, 1].

    It is the mean distance between a bin's mean score and its share of right spans, weighted by its spans; 0 for none.

    Raises:
        ValueError: the two differ in length.
    """
    values, outcomes = _paired(scores, right)
    if not len(values):
        return 0.0
    bins = np.minimum((values * _BINS).astype(np.int64), _BINS - 1)
    gaps = np.bincount(bins, weights=values - outcomes, minlength=_BINS)
    return float(np.abs(gaps).sum() / len(values))


def fit_platt(raw_logits: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Slope and intercept that make `1 / (1 + exp(-(slope * logit + intercept)))` the chance of being right.

    Platt's (1999) maximum likelihood with smoothed targets, which stays finite where the logits part right from wrong
    without a fault, by Newton's method with backtracking (Lin, Lin and Weng 2007). Nothing to fit gives `(1.0, 0.0)`.

    Raises:
        ValueError: the two differ in length.
    """
    logits, outcomes = _paired(raw_logits, right)
    if not len(logits):
        return 1.0, 0.0
    positive = outcomes.sum()
    negative = len(outcomes) - positive
    targets = np.where(outcomes > 0, (positive + 1) / (positive + 2), 1 / (negative + 2))
    design = np.stack([logits, np.ones_like(logits)], axis=1)
    fitted = np.array([0.0, np.log((positive + 1) / (negative + 1))])
    for _ in range(_STEPS):
        chances = 0.5 * (1 + np.tanh(design @ fitted / 2))
        gradient = design.T @ (chances - targets)
        if np.abs(gradient).max() < 1e-8 * len(logits):
            break
        # The ridge keeps equal logits, of which no slope can be told, from making the matrix singular.
        hessian = (design.T * (chances * (1 - chances))) @ design + 1e-9 * np.eye(2)
        fitted = _descended(fitted, np.linalg.solve(hessian, gradient), design, targets)
    return float(fitted[0]), float(fitted[1])


def _descended(
    fitted: NDArray[np.float64], step: NDArray[np.float64], design: NDArray[np.float64], targets: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The parameters less the longest of step, step/2, step/4 … that does not raise the loss."""
    before = _loss(fitted, design, targets)
    for halvings in range(30):
        moved: NDArray[np.float64] = fitted - step / 2**halvings
        if _loss(moved, design, targets) <= before:
            return moved
    return fitted


def _loss(fitted: NDArray[np.float64], design: NDArray[np.float64], targets: NDArray[np.float64]) -> float:
    """The negative log likelihood."""
    values = design @ fitted
    return float((np.logaddexp(0, values) - targets * values).sum())


def _paired(values: Sequence[float], right: Sequence[bool]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if len(values) != len(right):
        raise ValueError(f"{len(values)} scores stand against {len(right)} outcomes")
    return np.array(values, dtype=np.float64), np.array(right, dtype=np.float64)
