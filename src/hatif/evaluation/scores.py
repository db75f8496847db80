"""Strict span scores: a span counts when its label and both its offsets are right."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hatif.domain import LABELS, Document, HatifError, Label


class Figures(NamedTuple):
    """Precision, recall and F1, each in [0, 1]."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of right, predicted and gold items, and the figures that follow from them."""

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """The share of predicted items that are right; 0 where nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of gold items that were found; 0 where there are none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in [0, 1]."""
        return 2 * self.right / (self.predicted + self.gold) if self.predicted + self.gold else 0.0

    @property
    def figures(self) -> Figures:
        """Precision, recall and F1 together."""
        return Figures(self.precision, self.recall, self.f1)

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)


@dataclass(frozen=True, slots=True)
class SpanScores:
    """Strict scores of every label."""

    by_label: Mapping[Label, Score]

    @property
    def micro(self) -> Score:
        """All labels' counts taken together."""
        return sum(self.by_label.values(), Score(0, 0, 0))

    @property
    def macro(self) -> Figures:
        """The mean figures of the labels that occur in gold or prediction, as seqeval averages them; else zeros."""
        present = [score for score in self.by_label.values() if score.gold or score.predicted]
        count = max(1, len(present))
        return Figures(
            sum(score.precision for score in present) / count,
            sum(score.recall for score in present) / count,
            sum(score.f1 for score in present) / count,
        )

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the labels that occur in gold or prediction."""
        return self.macro.f1


def score_spans(gold: Sequence[Document], predicted: Sequence[Document]) -> SpanScores:
    """Strict scores of predicted against gold documents, paired in order.

    Raises:
        HatifError: the two are not the same documents in the same order.
    """
    check_pairs(gold, predicted)
    right: Counter[Label] = Counter()
    found: Counter[Label] = Counter()
    wanted: Counter[Label] = Counter()
    for truth, guess in zip(gold, predicted, strict=True):
        found.update(span.label for span in guess.spans)
        wanted.update(span.label for span in truth.spans)
        right.update(span.label for span in set(truth.spans) & set(guess.spans))
    return SpanScores({label: Score(right[label], found[label], wanted[label]) for label in LABELS})


def check_pairs(gold: Sequence[Document], predicted: Sequence[Document]) -> None:
    """Refuse to compare documents that are not the same.

    Raises:
        HatifError: the numbers, ids or texts differ.
    """
    if len(gold) != len(predicted):
        raise HatifError(f"{len(predicted)} predicted documents stand against {len(gold)} gold ones; give the same")
    for truth, guess in zip(gold, predicted, strict=True):
        if truth.id != guess.id or truth.text != guess.text:
            raise HatifError(f"document {guess.id!r} is not gold's {truth.id!r} with the same text; keep the order")
