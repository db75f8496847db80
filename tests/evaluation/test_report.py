"""The report as a value, as JSON and as text."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from hatif.domain import Document
from hatif.evaluation.as_json import report_json
from hatif.evaluation.as_text import report_text
from hatif.evaluation.referee import ABSENT, seqeval_scores
from hatif.evaluation.report import Report, evaluate

Marked = Callable[..., list[Document]]


@pytest.fixture
def report(marked: Marked) -> Report:
    # The president Putin phoned the emir of Qatar; a telephone call with Tunisia.
    gold = marked("{K هاتف} {T الرئيس} {L بوتين} {T أمير} {C قطر}", "{K اتصال هاتفي} مع {C تونس}")
    predicted = marked("هاتف {T الرئيس} {L بوتين} {T أمير قطر}", "{K اتصال} هاتفي مع {C تونس}")
    scored = [document.with_spans(tuple(replace(s, score=0.9) for s in document.spans)) for document in predicted]
    return evaluate(gold, scored, {"بوتين", "الرئيس"}, "toy.jsonl", seed=1)


def test_the_report_holds_every_measure(report: Report) -> None:
    assert (report.strict.micro.right, report.strict.micro.predicted, report.strict.micro.gold) == (3, 5, 7)
    assert report.relaxed.partial.micro.right == 5
    assert report.names is not None
    assert report.names.seen.micro.recall == 1.0
    assert report.calibration_error == pytest.approx(0.3)
    assert [error.kind.value for error in report.errors] == ["missed", "merged", "too short"]


def test_what_cannot_be_measured_is_none(marked: Marked) -> None:
    gold = marked("{C قطر}")  # Qatar
    report = evaluate(gold, gold, None, "one.jsonl", seed=1)
    assert (report.intervals, report.names, report.calibration_error, report.referee) == (None,) * 4
    text = report_text(report)
    assert "no intervals" in text
    assert ABSENT in text
    assert "in the training data" not in text
    assert report_json(report)["intervals"] is None


def test_json_survives_a_round_trip_and_holds_the_figures(report: Report) -> None:
    read = json.loads(json.dumps(report_json(report), ensure_ascii=False))
    assert read == report_json(report) | {"errors": read["errors"]}
    assert read["strict"]["micro"] == pytest.approx(
        {"precision": 0.6, "recall": 3 / 7, "f1": 0.5, "right": 3, "predicted": 5, "gold": 7}
    )
    low, high = read["intervals"]["micro"]["f1"]
    assert 0 <= low <= 0.5 <= high <= 1
    (merged,) = read["errors"]["merged"]
    assert merged["context"] == "هاتف الرئيس بوتين [أمير قطر]"
    assert [quote["label"] for quote in merged["gold"]] == ["TITLE", "COUNTRY"]
    assert set(read["seen"]) == {"LEADER", "TITLE", "COUNTRY", "micro"}


def test_text_aligns_its_columns(report: Report) -> None:
    lines = report_text(report).splitlines()
    assert lines[0] == "toy.jsonl: 2 documents, 7 gold spans, 5 predicted"
    strict = lines[2:8]
    assert [line.split()[0] for line in strict] == ["strict", "LEADER", "TITLE", "COUNTRY", "CALL", "micro"]
    assert len({len(line) for line in strict}) == 1
    assert strict[1].split()[-2:] == ["1", "1"]
    assert "1.000 [" in strict[1]
    relaxed = next(line for line in lines if line.startswith("label only"))
    assert relaxed.split()[-5:] == ["1.000", "1.000", "1.000", "5", "5"]


def test_text_shows_the_first_errors_of_each_kind(marked: Marked) -> None:
    gold = marked(*["{L بوتين} هنا"] * 7)  # Putin here
    text = report_text(evaluate(gold, marked(*["بوتين هنا"] * 7), (), "seven.jsonl", seed=1), shown=3)
    assert "missed: 7\n  d0 0–5: gold LEADER «بوتين», predicted nothing\n    [بوتين] هنا\n" in text
    assert "  d2 0–5" in text
    assert "  d3 0–5" not in text
    assert "  … 4 more" in text


def test_text_tells_what_seqeval_says(report: Report) -> None:
    heard = replace(report, referee=seqeval_scores([["B-CALL", "O"]], [["B-CALL", "B-CALL"]]))
    assert "seqeval, strict IOB2: micro 0.500  1.000  0.667" in report_text(heard)
    micro = report_json(heard)["seqeval"]["micro"]  # type: ignore[index]
    assert micro == pytest.approx({"precision": 0.5, "recall": 1.0, "f1": 2 / 3})
