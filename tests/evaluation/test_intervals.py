"""Bootstrap intervals."""

from collections.abc import Callable
from statistics import NormalDist

import pytest

from hatif.domain import Document, Label
from hatif.evaluation.intervals import bootstrap_intervals

Marked = Callable[..., list[Document]]


def test_intervals_come_near_the_normal_ones_of_independent_documents(marked: Marked) -> None:
    gold = marked(*["{C قطر}"] * 400)  # Qatar
    predicted = marked(*["{C قطر}"] * 320, *["قطر"] * 80)
    intervals = bootstrap_intervals(gold, predicted, seed=1)
    assert intervals is not None
    half = NormalDist().inv_cdf(0.975) * (0.8 * 0.2 / 400) ** 0.5
    assert intervals.micro.recall == pytest.approx((0.8 - half, 0.8 + half), abs=0.004)
    assert intervals.by_label[Label.COUNTRY].precision == (1, 1)
    assert intervals.by_label[Label.CALL].f1 == (0, 0)
    assert intervals.macro == intervals.micro


def test_documents_are_resampled_and_not_spans(marked: Marked) -> None:
    countries = "{C مصر} {C قطر} {C تونس} {C عمان}"  # Egypt, Qatar, Tunisia, Oman
    gold = marked(*[countries] * 10)
    together = marked(*[countries] * 5, *["مصر قطر تونس عمان"] * 5)
    apart = marked(*["{C مصر} {C قطر} تونس عمان"] * 10)
    clustered = bootstrap_intervals(gold, together, seed=1)
    even = bootstrap_intervals(gold, apart, seed=1)
    assert clustered is not None
    assert even is not None
    assert even.micro.recall == (0.5, 0.5)
    assert clustered.micro.recall.high - clustered.micro.recall.low > 0.4


def test_a_seed_gives_the_same_intervals_again(marked: Marked) -> None:
    gold = marked(*["{L بوتين} {C مصر}"] * 33)  # Putin, Egypt
    predicted = marked(*["{L بوتين} مصر", "بوتين {C مصر}", "{L بوتين} {T مصر}"] * 11)
    first, again, other = (bootstrap_intervals(gold, predicted, seed, resamples=20) for seed in (3, 3, 4))
    assert first == again != other


def test_one_document_has_no_intervals(marked: Marked) -> None:
    assert bootstrap_intervals(marked("{C قطر}"), marked("{C قطر}"), seed=1) is None  # Qatar
