"""Scores of call records with their intervals, as text and as JSON."""

from collections.abc import Sequence
from operator import attrgetter

import numpy as np

from hatif.evaluation.records import RecordScores
from hatif.evaluation.scores import Score

_FIGURES = ("parties", "directed", "status", "date")
_RESAMPLES = 1000


def record_text(title: str, counts: Sequence[RecordScores], seed: int) -> str:
    """Precision, recall and F1 of records by what must be right in them; in brackets 95 % intervals of F1.

    `counts` are those of the single documents, which the bootstrap draws whole.
    """
    total = sum(counts, RecordScores())
    lines = [f"{title}: {total.gold} gold records, {total.predicted} predicted, {total.matched} matched"]
    if not total.matched:
        return lines[0]
    lines.append(f"{'':10}precision  recall     F1                  of the matched")
    for figure in _FIGURES:
        score: Score = attrgetter(figure)(total)
        low, high = _interval(counts, figure, seed)
        share = score.right / total.matched
        figures = f"{score.precision:9.3f} {score.recall:7.3f}  {score.f1:.3f}"
        lines.append(f"{figure:10}{figures} [{low:.3f}–{high:.3f}] {share:10.3f}")
    return "\n".join(lines)


def record_json(counts: Sequence[RecordScores], seed: int) -> dict[str, object]:
    """The same figures by name."""
    total = sum(counts, RecordScores())
    figures: dict[str, object] = {"gold": total.gold, "predicted": total.predicted, "matched": total.matched}
    for figure in _FIGURES:
        score: Score = attrgetter(figure)(total)
        figures[figure] = {
            "precision": score.precision,
            "recall": score.recall,
            "f1": score.f1,
            "f1_interval": _interval(counts, figure, seed),
        }
    return figures


def _interval(counts: Sequence[RecordScores], figure: str, seed: int) -> tuple[float, float]:
    """The 95 % percentile interval of F1 over resampled documents."""
    rows = np.array([(s.right, s.predicted + s.gold) for s in (attrgetter(figure)(count) for count in counts)])
    draws = np.random.default_rng(seed).integers(len(rows), size=(_RESAMPLES, len(rows)))
    sums = rows[draws].sum(axis=1)
    f1 = 2 * sums[:, 0] / np.maximum(sums[:, 1], 1)
    low, high = np.percentile(f1, (2.5, 97.5))
    return float(low), float(high)
