"""Scores as probabilities."""

import math
from collections.abc import Callable
from random import Random

import pytest

from hatif.domain import Document, Label, Span
from hatif.evaluation.calibration import calibration_error, fit_platt, span_outcomes

Marked = Callable[..., list[Document]]


@pytest.mark.parametrize(
    ("scores", "right", "error"),
    [
        ([], [], 0.0),
        ([1.0, 1.0], [True, True], 0.0),
        ([1.0, 1.0], [True, False], 0.5),
        ([0.75, 0.75, 0.75, 0.75], [True, True, True, False], 0.0),
        ([0.1, 0.9], [True, False], 0.9),  # two bins, whose faults do not cancel
        ([0.82, 0.88], [False, True], 0.35),  # one bin, where only the mean counts
        ([1.0, 0.95], [False, True], 0.475),  # 1.0 belongs to the last tenth
    ],
)
def test_calibration_error_is_the_gap_of_each_tenth(scores: list[float], right: list[bool], error: float) -> None:
    assert calibration_error(scores, right) == pytest.approx(error)


def test_platt_finds_the_line_that_drew_the_outcomes() -> None:
    random = Random(3)
    logits = [random.uniform(-6, 6) for _ in range(20_000)]
    right = [random.random() < 1 / (1 + math.exp(-(0.6 * logit - 1.0))) for logit in logits]
    assert fit_platt(logits, right) == pytest.approx((0.6, -1.0), abs=0.06)


def test_platt_mends_overconfident_scores() -> None:
    random = Random(2)
    logits = [random.uniform(1, 9) for _ in range(3000)]
    right = [random.random() < 0.7 + 0.03 * logit for logit in logits]
    slope, intercept = fit_platt(logits, right)
    raw = [1 / (1 + math.exp(-logit)) for logit in logits]
    mended = [1 / (1 + math.exp(-(slope * logit + intercept))) for logit in logits]
    assert calibration_error(mended, right) < 0.02 < calibration_error(raw, right)


@pytest.mark.parametrize(
    ("logits", "right"),
    [
        ([-2.0, -1.0, 1.0, 2.0], [False, False, True, True]),  # parted without a fault
        ([3.0, 3.0, 3.0], [True, True, False]),  # one logit
        ([13.8, 13.8, -13.8], [True, True, True]),  # nothing wrong
        ([9.0] * 40 + [-5.0], [True] * 40 + [False]),  # whole Newton steps run off to infinity
    ],
)
def test_platt_stays_finite(logits: list[float], right: list[bool]) -> None:
    slope, intercept = fit_platt(logits, right)
    assert abs(slope) < 100
    assert abs(intercept) < 100
    chances = [1 / (1 + math.exp(-(slope * logit + intercept))) for logit in logits]
    # At the optimum the chances sum to Platt's targets: (n + 1) / (n + 2) for the right, 1 / (n + 2) for the wrong.
    positive, negative = sum(right), len(right) - sum(right)
    wanted = positive * (positive + 1) / (positive + 2) + negative / (negative + 2)
    assert sum(chances) == pytest.approx(wanted, abs=1e-4)


def test_nothing_to_fit_changes_no_score() -> None:
    assert fit_platt([], []) == (1.0, 0.0)


def test_scores_and_outcomes_must_pair() -> None:
    with pytest.raises(ValueError, match="2 scores stand against 1 outcomes"):
        fit_platt([0.1, 0.2], [True])


def test_outcomes_follow_the_predicted_spans(marked: Marked) -> None:
    gold = marked("{L بوتين} في {C مصر}")  # Putin in Egypt
    (document,) = gold
    predicted = [document.with_spans((Span(0, 5, Label.LEADER, 0.9), Span(6, 8, Label.CALL, 0.4)))]
    assert span_outcomes(gold, predicted) == ([0.9, 0.4], [True, False])
