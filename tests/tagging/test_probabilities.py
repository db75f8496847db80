"""Logits to probabilities of words, and raw scores to calibrated ones."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatif.domain import Label, Span
from hatif.tagging.probabilities import Calibration, calibrated, core_probabilities, log_odds
from hatif.tagging.tags import TAGS
from hatif.tagging.windows import Window

# Four words of 1, 2, 1 and 3 pieces between [CLS] and [SEP]; words 11 and 12 are the window's own.
WINDOW = Window(np.arange(9), np.array([1, 2, 4, 5]), start=10, core_start=11, core_end=13)


def test_a_word_is_read_off_its_first_piece_and_only_within_the_core() -> None:
    logits = np.zeros((9, len(TAGS)), dtype=np.float32)
    logits[2, 3] = logits[4, 5] = 20.0
    logits[3, 7] = logits[1, 1] = 50.0  # a continuation, and a word of the neighbour
    probabilities = core_probabilities(WINDOW, logits)
    assert probabilities.argmax(axis=1).tolist() == [3, 5]
    assert probabilities.sum(axis=1) == pytest.approx(1.0)


def test_huge_logits_do_not_overflow() -> None:
    logits = np.full((9, len(TAGS)), 1e4, dtype=np.float32)
    assert core_probabilities(WINDOW, logits) == pytest.approx(1 / len(TAGS))


@given(st.floats(0, 1))
def test_no_calibration_leaves_scores_as_they_are(score: float) -> None:
    (span,) = calibrated([Span(0, 1, Label.CALL, score)], Calibration())
    assert span.score == pytest.approx(score, abs=2e-6)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 5), st.floats(-5, 5))
def test_calibration_keeps_scores_in_order_and_in_range(one: float, two: float, slope: float, intercept: float) -> None:
    low, high = sorted((one, two))
    spans = calibrated([Span(0, 1, Label.CALL, low), Span(2, 3, Label.CALL, high)], Calibration(slope, intercept))
    assert 0.0 <= spans[0].score <= spans[1].score <= 1.0


def test_log_odds_are_finite_at_both_ends() -> None:
    assert log_odds(0.5) == 0.0
    assert math.isfinite(log_odds(0.0))
    assert log_odds(0.0) == pytest.approx(-log_odds(1.0))
