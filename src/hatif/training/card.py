"""The model card of a bundle that was just trained: what it is, its dev scores, its data, how to make it again."""

from collections.abc import Sequence

from hatif.data.statistics import describe
from hatif.domain import Document
from hatif.evaluation.intervals import FigureIntervals, Interval, bootstrap_intervals
from hatif.evaluation.scores import Figures, SpanScores, score_spans
from hatif.settings import TrainSettings

_HEAD = """---
language: ar
library_name: transformers
pipeline_tag: token-classification
---

# A hatif bundle

Finds `LEADER`, `TITLE`, `COUNTRY` and `CALL` spans in Arabic news. `hatif predict --model DIRECTORY FILE` uses it;
`transformers.pipeline("token-classification", model=DIRECTORY)` loads it, without hatif's windows and decoding.
"""


def model_card(
    settings: TrainSettings, train: Sequence[Document], dev: Sequence[Document], tagged: Sequence[Document]
) -> str:
    """The card in Markdown; `tagged` is dev as the kept weights tag it, full precision, before export."""
    return "\n".join(
        [
            _HEAD,
            "## Scores on dev",
            "",
            "Strict span scores; in brackets 95 % intervals, bootstrap over documents. Dev chose the weights: expect",
            "less elsewhere, and measure with `hatif evaluate --model DIRECTORY --gold FILE`.",
            "",
            *_scores(score_spans(dev, tagged), dev, tagged, settings.tuning.seed),
            "",
            "## Data",
            "",
            f"- train, `{settings.train}`: {'; '.join(line.strip() for line in describe(train))}",
            f"- dev, `{settings.dev}`: {'; '.join(line.strip() for line in describe(dev))}",
            "",
            "## How to reproduce",
            "",
            f"From the encoder `{settings.encoder.start or 'random weights'}`; its card names licence and text:",
            "",
            "    hatif train --config settings.toml --out DIRECTORY",
            "",
            "`settings.toml` in this directory holds every setting that was in force. The licence of the data and of",
            "the encoder is that of these weights.",
            "",
            "## Limits",
            "",
            "Measured on the dev documents alone; other registers, outlets and years may differ. Names that the",
            "training data lack are found less often than those it holds.",
            "",
        ]
    )


def _scores(scores: SpanScores, dev: Sequence[Document], tagged: Sequence[Document], seed: int) -> list[str]:
    found = bootstrap_intervals(dev, tagged, seed)
    rows: list[tuple[str, Figures, FigureIntervals | None]] = [
        (label, score.figures, found.by_label[label] if found else None) for label, score in scores.by_label.items()
    ]
    rows.append(("micro", scores.micro.figures, found.micro if found else None))
    lines = ["| | precision | recall | F1 |", "| --- | ---: | ---: | ---: |"]
    for name, figures, intervals in rows:
        bounds = (intervals.precision, intervals.recall, intervals.f1) if intervals else (None, None, None)
        cells = [_cell(value, interval) for value, interval in zip(figures, bounds, strict=True)]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def _cell(value: float, interval: Interval | None) -> str:
    return f"{value:.3f}" + (f" [{interval.low:.3f}–{interval.high:.3f}]" if interval else "")
