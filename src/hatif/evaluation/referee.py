"""The strict figures as seqeval computes them, the referee of the project's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hatif.domain import LABELS, Label
from hatif.evaluation.scores import Figures

ABSENT = "seqeval is not installed (pip install 'hatif[train]'); the figures are hatif's own"


@dataclass(frozen=True, slots=True)
class RefereeScores:
    """seqeval's figures for every label and their averages; zeros for a label that does not occur."""

    by_label: Mapping[Label, Figures]
    micro: Figures
    macro: Figures


def seqeval_scores(gold_tags: Sequence[Sequence[str]], predicted_tags: Sequence[Sequence[str]]) -> RefereeScores | None:
    """seqeval's figures in strict IOB2 mode, one sequence of tags a document; None where it is not installed.

    Raises:
        ValueError: the sequences differ in number or length.
    """
    # Here rather than on top: seqeval is in the `train` extra, and takes a second for scikit-learn.
    try:
        from seqeval.metrics import classification_report
        from seqeval.scheme import IOB2
    except ModuleNotFoundError:
        return None
    gold = [list(tags) for tags in gold_tags]
    predicted = [list(tags) for tags in predicted_tags]
    if not any(tag.startswith("B-") for tags in (*gold, *predicted) for tag in tags):
        nothing = Figures(0.0, 0.0, 0.0)  # seqeval 1.2.2 divides by zero without a single span
        return RefereeScores(dict.fromkeys(LABELS, nothing), nothing, nothing)
    rows = classification_report(gold, predicted, mode="strict", scheme=IOB2, output_dict=True, zero_division=0)
    return RefereeScores(
        {label: _figures(rows.get(label)) for label in LABELS}, _figures(rows["micro avg"]), _figures(rows["macro avg"])
    )


def _figures(row: Mapping[str, float] | None) -> Figures:
    if row is None:
        return Figures(0.0, 0.0, 0.0)
    return Figures(float(row["precision"]), float(row["recall"]), float(row["f1-score"]))
