"""A report as plain text for the terminal."""

from collections.abc import Iterator, Sequence

from hatif.domain import LABELS
from hatif.evaluation.errors import Error, Quote
from hatif.evaluation.intervals import FigureIntervals, Interval
from hatif.evaluation.names import NAME_LABELS, NameScores
from hatif.evaluation.referee import ABSENT
from hatif.evaluation.relaxed import RelaxedScores
from hatif.evaluation.report import Report
from hatif.evaluation.scores import Figures, Score

_HEAD = ["precision", "recall", "F1", "gold", "predicted"]
_Row = list[str]


def report_text(report: Report, shown: int = 5) -> str:
    """Aligned tables of all figures, then the number of errors of each kind with the first `shown` of them."""
    micro = report.strict.micro
    lines = [f"{report.name}: {report.documents} documents, {micro.gold} gold spans, {micro.predicted} predicted", ""]
    lines += _aligned(_strict_rows(report))
    lines += _notes(report)
    lines += ["", *_aligned(_relaxed_rows(report.relaxed))]
    if report.names:
        lines += ["", *_aligned(_name_rows(report.names))]
    lines += ["", *_errors(report, shown)]
    return "\n".join(lines) + "\n"


def _strict_rows(report: Report) -> Iterator[_Row]:
    strict, intervals = report.strict, report.intervals
    yield ["strict", *_HEAD]
    for label in LABELS:
        score = strict.by_label[label]
        yield [label, *_figures(score.figures, intervals.by_label[label] if intervals else None), *_support(score)]
    yield ["micro", *_figures(strict.micro.figures, intervals.micro if intervals else None), *_support(strict.micro)]
    yield ["macro", *_figures(strict.macro, intervals.macro if intervals else None), "", ""]


def _notes(report: Report) -> Iterator[str]:
    if report.intervals:
        yield "in brackets: 95 % bootstrap intervals over documents"
    else:
        yield "no intervals: they need two documents or more"
    if report.referee:
        yield "seqeval, strict IOB2: micro {}  {}  {}".format(*_figures(report.referee.micro, None))
    else:
        yield ABSENT
    if report.calibration_error is not None:
        yield f"expected calibration error of the spans' scores: {report.calibration_error:.3f}"


def _relaxed_rows(relaxed: RelaxedScores) -> Iterator[_Row]:
    yield ["partial overlap, right label", *_HEAD]
    for label in LABELS:
        yield _row(label, relaxed.partial.by_label[label])
    yield _row("micro", relaxed.partial.micro)
    yield _row("same offsets, any label", relaxed.boundaries)
    yield _row("label only, of overlapping pairs", relaxed.labels)


def _name_rows(names: NameScores) -> Iterator[_Row]:
    yield ["names in the training data", *_HEAD]
    for label in NAME_LABELS:
        yield _row(f"{label} seen", names.seen.by_label[label])
        yield _row(f"{label} unseen", names.unseen.by_label[label])
    yield _row("all seen", names.seen.micro)
    yield _row("all unseen", names.unseen.micro)


def _row(name: str, score: Score) -> _Row:
    return [name, *_figures(score.figures, None), *_support(score)]


def _figures(figures: Figures, intervals: FigureIntervals | None) -> _Row:
    if intervals is None:
        return [f"{figure:.3f}" for figure in figures]
    bounds: Sequence[Interval] = (intervals.precision, intervals.recall, intervals.f1)
    return [f"{figure:.3f} [{low:.3f}–{high:.3f}]" for figure, (low, high) in zip(figures, bounds, strict=True)]


def _support(score: Score) -> _Row:
    return [str(score.gold), str(score.predicted)]


def _aligned(rows: Iterator[_Row]) -> Iterator[str]:
    """The rows as lines, the first column flush left and the others flush right."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for first, *rest in table:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
        yield "  ".join(cells).rstrip()


def _errors(report: Report, shown: int) -> Iterator[str]:
    yield f"errors: {len(report.errors)}"
    for kind, errors in report.errors_by_kind().items():
        if errors:
            yield f"\n{kind}: {len(errors)}"
            for error in errors[:shown]:
                yield from _error(error)
            if len(errors) > shown:
                yield f"  … {len(errors) - shown} more"


def _error(error: Error) -> Iterator[str]:
    sides = f"gold {_quoted(error.gold)}, predicted {_quoted(error.predicted)}"
    yield f"  {error.document} {error.start}–{error.end}: {sides}"
    yield f"    {error.context}"


def _quoted(quotes: Sequence[Quote]) -> str:
    return " + ".join(f"{quote.label} «{' '.join(quote.text.split())}»" for quote in quotes) or "nothing"
