"""A linear-chain CRF on words, the baseline that the encoder has to beat.

    python benchmarks/crf_baseline.py --train data/annotated/train.jsonl --gold data/annotated/test.jsonl \
        [--gold FILE …] [--out predictions.jsonl] [--json FILE]

Needs `pip install 'hatif[train]'`.
"""

import argparse
import json
import sys
from pathlib import Path

from hatif.data.jsonl import format_documents, read_documents
from hatif.domain import LABELS, Document, HatifError
from hatif.evaluation.scores import SpanScores, score_spans
from hatif.models.crf import Crf


def table(name: str, scores: SpanScores) -> str:
    """Strict precision, recall and F1 of every label, and micro."""
    rows = [*((label.value, scores.by_label[label]) for label in LABELS), ("micro", scores.micro)]
    lines = [f"{row:8}  {s.precision:9.3f}  {s.recall:6.3f}  {s.f1:6.3f}  {s.gold:6}" for row, s in rows]
    return "\n".join([name, f"{'strict':8}  precision  recall      F1    gold", *lines])


def main() -> None:
    """Train, predict every gold file, print its scores."""
    parser = argparse.ArgumentParser(description="Train and score a linear-chain CRF on annotated documents.")
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--gold", type=Path, action="append", required=True)
    parser.add_argument("--out", type=Path, help="write the predictions of all gold files here, as JSON lines")
    parser.add_argument("--json", type=Path, help="write the figures here")
    arguments = parser.parse_args()
    model = Crf.fit(read_documents(arguments.train))
    predictions: list[Document] = []
    figures = {}
    for path in arguments.gold:
        gold = read_documents(path)
        predicted = model.tag_documents(gold)
        scores = score_spans(gold, predicted)
        print(table(str(path), scores), end="\n\n")
        predictions += predicted
        figures[str(path)] = {
            **{label.value: scores.by_label[label].figures._asdict() for label in LABELS},
            "micro": scores.micro.figures._asdict(),
        }
    if arguments.out:
        arguments.out.write_text(format_documents(predictions), encoding="utf-8")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    try:
        main()
    except HatifError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
