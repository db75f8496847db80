"""seqeval's own figures."""

import sys

import pytest

from hatif.domain import Label
from hatif.evaluation.referee import seqeval_scores


def test_strict_mode_gives_nothing_for_a_tag_that_opens_no_span() -> None:
    scores = seqeval_scores([["B-TITLE", "I-TITLE", "B-LEADER"]], [["I-TITLE", "I-TITLE", "B-LEADER"]])
    assert scores is not None
    assert scores.by_label[Label.TITLE] == (0, 0, 0)
    assert scores.by_label[Label.LEADER] == (1, 1, 1)
    assert scores.micro == pytest.approx((1, 0.5, 2 / 3))


def test_documents_without_a_span_score_zero() -> None:
    scores = seqeval_scores([["O"]], [["I-CALL"]])
    assert scores is not None
    assert scores.micro == scores.macro == scores.by_label[Label.CALL] == (0, 0, 0)


def test_without_seqeval_there_is_no_referee(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "seqeval.metrics", None)
    assert seqeval_scores([["B-CALL"]], [["B-CALL"]]) is None
