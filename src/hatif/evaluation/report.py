"""All that is measured of a prediction, in one value."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from hatif.domain import Document
from hatif.evaluation.calibration import calibration_error, span_outcomes
from hatif.evaluation.errors import Error, ErrorKind, find_errors
from hatif.evaluation.intervals import Intervals, bootstrap_intervals
from hatif.evaluation.names import NameScores, score_names
from hatif.evaluation.referee import RefereeScores
from hatif.evaluation.relaxed import RelaxedScores, score_relaxed
from hatif.evaluation.scores import SpanScores, score_spans


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of one gold file, called `name`.

    `intervals` is None for a single document, `names` where the names of the training data are not known,
    `calibration_error` where no predicted span carries a score, `referee` where seqeval is not installed.
    """

    name: str
    documents: int
    strict: SpanScores
    intervals: Intervals | None
    relaxed: RelaxedScores
    names: NameScores | None
    calibration_error: float | None
    referee: RefereeScores | None
    errors: tuple[Error, ...]

    def errors_by_kind(self) -> Mapping[ErrorKind, Sequence[Error]]:
        """The errors of each kind, in the order of the text; kinds without any are there too."""
        return {kind: [error for error in self.errors if error.kind is kind] for kind in ErrorKind}


def evaluate(
    gold: Sequence[Document],
    predicted: Sequence[Document],
    known: Collection[str] | None,
    name: str,
    seed: int,
    referee: RefereeScores | None = None,
) -> Report:
    """Measure predicted against gold documents, paired in order.

    `known` are the names of the training data (`known_names`), None where they are not at hand; `seed` draws the
    resamples of the intervals; `referee` is what `seqeval_scores` says of the same documents' tags.

    Raises:
        HatifError: the two are not the same documents in the same order.
    """
    scores, right = span_outcomes(gold, predicted)
    scored = any(score < 1.0 for score in scores)
    return Report(
        name=name,
        documents=len(gold),
        strict=score_spans(gold, predicted),
        intervals=bootstrap_intervals(gold, predicted, seed),
        relaxed=score_relaxed(gold, predicted),
        names=score_names(gold, predicted, known) if known is not None else None,
        calibration_error=calibration_error(scores, right) if scored else None,
        referee=referee,
        errors=find_errors(gold, predicted),
    )
