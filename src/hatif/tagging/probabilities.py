"""Logits to the probabilities of words' tags, and raw span scores to calibrated ones."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hatif.domain import Span
from hatif.tagging.windows import Window


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt's sigmoid (1999) on the log odds of a span's raw score: `1 / (1 + exp(-(slope * logit + intercept)))`."""

    slope: float = 1.0
    intercept: float = 0.0


def core_probabilities(window: Window, logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Softmax of the logits `(pieces, tags)` at the first pieces of the window's own words: `(core words, tags)`."""
    core = window.firsts[window.core_start - window.start : window.core_end - window.start]
    values = logits[core]
    exponents = np.exp(values - values.max(axis=1, keepdims=True))
    probabilities: NDArray[np.float32] = exponents / exponents.sum(axis=1, keepdims=True)
    return probabilities


def scaled(
    probabilities: NDArray[np.float32], rows: Sequence[int], columns: Sequence[int], factor: float
) -> NDArray[np.float32]:
    """The `(words, tags)` probabilities with those of some words and tags multiplied; rows sum to one again."""
    if not rows:
        return probabilities
    result = probabilities.copy()
    result[np.ix_(rows, columns)] *= factor
    result[rows] /= result[rows].sum(axis=1, keepdims=True)
    return result


def calibrated(spans: Sequence[Span], calibration: Calibration) -> tuple[Span, ...]:
    """The spans with their raw scores turned into probabilities of being right."""
    return tuple(replace(span, score=_sigmoid(span.score, calibration)) for span in spans)


def log_odds(score: float) -> float:
    """The logit of a probability, kept finite at both ends."""
    kept = min(max(score, 1e-6), 1 - 1e-6)
    return math.log(kept / (1 - kept))


def _sigmoid(score: float, calibration: Calibration) -> float:
    return 1 / (1 + math.exp(-(calibration.slope * log_odds(score) + calibration.intercept)))
