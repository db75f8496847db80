"""`hatif evaluate`."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from hatif.arabic.words import split_words
from hatif.calls import link_calls
from hatif.data.files import write_whole
from hatif.data.jsonl import read_documents
from hatif.domain import Document, HatifError
from hatif.evaluation.as_json import report_json
from hatif.evaluation.as_text import report_text
from hatif.evaluation.names import known_names
from hatif.evaluation.record_report import record_json, record_text
from hatif.evaluation.records import RecordScores, score_records
from hatif.evaluation.referee import seqeval_scores
from hatif.evaluation.report import evaluate as measure
from hatif.export.terminal import without_controls
from hatif.inference.tagger import Tagger
from hatif.tagging.tags import spans_to_tags

ANNOTATED = Path("data/annotated")
_SEED = 13


def evaluate(
    gold: Annotated[list[Path], typer.Option(help="Annotated documents; the test split and the article.")] = [],  # noqa: B006
    model: Annotated[Path | None, typer.Option(help="A bundle that training wrote; the one that ships.")] = None,
    predicted: Annotated[Path | None, typer.Option(help="Score this file of tagged documents, not a model.")] = None,
    train: Annotated[Path | None, typer.Option(help="Documents whose names are seen.")] = ANNOTATED / "train.jsonl",
    out: Annotated[Path | None, typer.Option("--json", help="Write all figures and errors to this file too.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    examples: Annotated[int, typer.Option(min=0, help="Errors of each kind that are shown.")] = 5,
) -> None:
    """Strict span scores with their intervals and errors, and scores of call records on gold and on predicted spans."""
    files = gold or [ANNOTATED / "test.jsonl", ANNOTATED / "article.jsonl"]
    if predicted and len(files) > 1:
        raise HatifError("--predicted is scored against one --gold file; name it")
    known = known_names(read_documents(train)) if train and train.is_file() else None
    tagger = None if predicted else Tagger.load(model, device)
    figures: list[dict[str, object]] = []
    for path in files:
        truth = read_documents(path)
        if not truth:
            raise HatifError(f"{path}: no documents in it")
        guess = read_documents(predicted) if predicted else list((tagger or Tagger.load()).tag_documents(truth))
        referee = seqeval_scores(_tags(path, truth), _tags(predicted or path, guess))
        report = measure(truth, guess, known, str(path), seed=_SEED, referee=referee)
        typer.echo(without_controls(report_text(report, examples)))
        on_gold, on_predicted = (_score_links(truth, spans) for spans in (truth, guess))
        typer.echo(record_text("call records on gold spans", on_gold, _SEED) + "\n")
        typer.echo(record_text("call records on predicted spans", on_predicted, _SEED) + "\n")
        records = {"on_gold_spans": record_json(on_gold, _SEED), "on_predicted_spans": record_json(on_predicted, _SEED)}
        figures.append(report_json(report) | {"records": records})
    if out:
        content = json.dumps(figures, ensure_ascii=False, indent=2)
        write_whole(out, [content, "\n"])


def _score_links(gold: Sequence[Document], spans: Sequence[Document]) -> list[RecordScores]:
    """The counts of the records that the linker makes of these documents' spans."""
    linked = [replace(document, calls=tuple(record.call for record in link_calls(document))) for document in spans]
    return score_records(gold, linked)


def _tags(path: Path, documents: Sequence[Document]) -> list[list[str]]:
    try:
        return [spans_to_tags(split_words(document.text), document.spans) for document in documents]
    except ValueError as error:
        raise HatifError(f"{path}: {error}") from error
