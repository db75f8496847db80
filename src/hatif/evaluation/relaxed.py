"""Scores that forgive a wrong boundary or a wrong label.

MUC scores the text and the type of an entity apart (Grishman and Sundheim, Message Understanding Conference 6, 1996);
SemEval-2013 task 9.1 (Segura-Bedmar et al. 2013) calls the two ideas `exact` (the boundaries, whatever the label) and
`type` (the label, with some overlap). Strict scores beside these tell which of the two a tagger gets wrong.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hatif.domain import LABELS, Document, Label, Span
from hatif.evaluation.alignment import overlapping_pairs
from hatif.evaluation.scores import Score, SpanScores, check_pairs


@dataclass(frozen=True, slots=True)
class RelaxedScores:
    """What is left of the errors once boundaries, labels, or the finding itself are forgiven.

    - `partial`: a predicted span is right if it overlaps a gold span of its label, one to one (SemEval's `type`).
    - `boundaries`: a predicted span is right if a gold span has its offsets, whatever the label (SemEval's `exact`).
    - `labels`: counted over the one-to-one pairs of overlapping spans only, right where the two labels agree, so that
      precision, recall and F1 all are the share of the found spans that bear the right label.
    """

    partial: SpanScores
    boundaries: Score
    labels: Score


def score_relaxed(gold: Sequence[Document], predicted: Sequence[Document]) -> RelaxedScores:
    """Relaxed scores of predicted against gold documents, paired in order.

    Raises:
        HatifError: the two are not the same documents in the same order.
    """
    check_pairs(gold, predicted)
    pairs = [(truth.spans, guess.spans) for truth, guess in zip(gold, predicted, strict=True)]
    met = [pair for truth, guess in pairs for pair in overlapping_pairs(truth, guess)]
    exact = sum((truth.start, truth.end) == (guess.start, guess.end) for truth, guess in met)
    agreeing = sum(truth.label is guess.label for truth, guess in met)
    return RelaxedScores(
        partial=_partial(pairs),
        boundaries=Score(exact, sum(len(guess) for _, guess in pairs), sum(len(truth) for truth, _ in pairs)),
        labels=Score(agreeing, len(met), len(met)),
    )


def _partial(pairs: Iterable[tuple[Sequence[Span], Sequence[Span]]]) -> SpanScores:
    totals: Counter[tuple[Label, str]] = Counter()
    for truth, guess in pairs:
        for label in LABELS:
            wanted = [span for span in truth if span.label is label]
            found = [span for span in guess if span.label is label]
            totals[label, "right"] += len(overlapping_pairs(wanted, found))
            totals[label, "predicted"] += len(found)
            totals[label, "gold"] += len(wanted)
    return SpanScores(
        {label: Score(totals[label, "right"], totals[label, "predicted"], totals[label, "gold"]) for label in LABELS}
    )
