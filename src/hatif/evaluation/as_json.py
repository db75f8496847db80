"""A report as a JSON object."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TypeVar

from hatif.domain import LABELS, Label
from hatif.evaluation.intervals import Intervals
from hatif.evaluation.names import NAME_LABELS
from hatif.evaluation.referee import RefereeScores
from hatif.evaluation.report import Report
from hatif.evaluation.scores import Figures, Score, SpanScores

_Value = TypeVar("_Value")


def report_json(report: Report) -> dict[str, object]:
    """The report as `json.dumps` takes it: figures in [0, 1], intervals as `[low, high]`, None for the unmeasured."""
    names = report.names
    return {
        "name": report.name,
        "documents": report.documents,
        "strict": {**_scores(report.strict), "macro": _fields(report.strict.macro)},
        "intervals": _intervals(report.intervals) if report.intervals else None,
        "partial": _scores(report.relaxed.partial),
        "boundaries": _score(report.relaxed.boundaries),
        "labels": _score(report.relaxed.labels),
        "seen": _scores(names.seen, NAME_LABELS) if names else None,
        "unseen": _scores(names.unseen, NAME_LABELS) if names else None,
        "calibration_error": report.calibration_error,
        "seqeval": _referee(report.referee) if report.referee else None,
        "errors": {kind.value: [asdict(error) for error in errors] for kind, errors in report.errors_by_kind().items()},
    }


def _scores(scores: SpanScores, labels: Iterable[Label] = LABELS) -> dict[str, object]:
    return {**{label.value: _score(scores.by_label[label]) for label in labels}, "micro": _score(scores.micro)}


def _score(score: Score) -> dict[str, object]:
    return {**_fields(score.figures), **asdict(score)}


def _intervals(intervals: Intervals) -> dict[str, object]:
    rows = _named(intervals.by_label, intervals.micro, intervals.macro)
    return {name: {figure: list(bounds) for figure, bounds in asdict(row).items()} for name, row in rows.items()}


def _referee(referee: RefereeScores) -> dict[str, object]:
    rows = _named(referee.by_label, referee.micro, referee.macro)
    return {name: _fields(figures) for name, figures in rows.items()}


def _named(by_label: Mapping[Label, _Value], micro: _Value, macro: _Value) -> dict[str, _Value]:
    return {**{label.value: value for label, value in by_label.items()}, "micro": micro, "macro": macro}


def _fields(figures: Figures) -> dict[str, object]:
    return dict(figures._asdict())
