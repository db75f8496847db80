"""A linear-chain CRF on words, the baseline that the encoder has to beat.

    python benchmarks/crf_baseline.py --train data/annotated/train.jsonl --gold data/annotated/test.jsonl \
        [--gold FILE …] [--out predictions.jsonl] [--json FILE]

Needs sklearn-crfsuite, which hatif itself does not.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import sklearn_crfsuite

from hatif.arabic.words import split_words
from hatif.data.jsonl import format_documents, read_documents
from hatif.domain import LABELS, Document, HatifError
from hatif.evaluation.scores import SpanScores, score_spans
from hatif.tagging.tags import spans_to_tags, tags_to_spans
from hatif.tagging.word_forms import form_hashes

# Of six pairs of c1 and c2, fitted on five registers and measured on the sixth, Gulf: micro F1 0.775 (0, 0.1) to 0.806.
SETTINGS = {"algorithm": "lbfgs", "c1": 0.05, "c2": 0.003, "max_iterations": 100}
_NEIGHBOURS = (-2, -1, 0, 1, 2)


def features(text: str) -> list[list[str]]:
    """Features of every word of the text: its own, and those of the two words on either side."""
    words = split_words(text)
    own = [[str(each) for each in form_hashes(text[word.start : word.end])] for word in words]
    for index, word in enumerate(words):
        around = text[max(0, word.start - 1) : word.start] + text[word.end : word.end + 1]
        own[index] += [f"beside={mark}" for mark in "#_" if mark in around]
        own[index] += ["line"] if index == 0 or "\n" in text[words[index - 1].end : word.start] else []
    return [
        [
            f"{shift}:{feature}"
            for shift in _NEIGHBOURS
            for feature in (own[index + shift] if 0 <= index + shift < len(own) else ["edge"])
        ]
        for index in range(len(own))
    ]


class Crf:
    """A fitted CRF."""

    def __init__(self, model: Any) -> None:
        self._model = model

    @classmethod
    def fit(cls, documents: Sequence[Document]) -> Self:
        """The CRF of the documents' spans; minutes for a thousand of them."""
        model = sklearn_crfsuite.CRF(**SETTINGS).fit(
            [features(document.text) for document in documents],
            [spans_to_tags(split_words(document.text), document.spans) for document in documents],
        )
        return cls(model)

    def tag_documents(self, documents: Sequence[Document]) -> list[Document]:
        """The documents with the most probable sequences of spans in place of their own."""
        tags = self._model.predict([features(document.text) for document in documents])
        return [
            document.with_spans(tuple(tags_to_spans(split_words(document.text), sequence)))
            for document, sequence in zip(documents, tags, strict=True)
        ]


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
