"""Scores of call records as text and JSON."""

from hatif.evaluation.record_report import record_json, record_text
from hatif.evaluation.records import RecordScores

COUNTS = [
    RecordScores(predicted=2, gold=2, matched=2, same_direction=1, same_status=2, same_date=0),
    RecordScores(predicted=1, gold=2, matched=1, same_direction=1, same_status=1, same_date=1),
]


def test_figures_add_up_over_documents() -> None:
    figures = record_json(COUNTS, seed=1)
    assert (figures["gold"], figures["predicted"], figures["matched"]) == (4, 3, 3)
    parties = figures["parties"]
    assert isinstance(parties, dict)
    assert (parties["precision"], parties["recall"]) == (1.0, 0.75)
    low, high = parties["f1_interval"]
    assert 0.0 < low <= parties["f1"] <= high <= 1.0


def test_the_text_tells_shares_of_the_matched() -> None:
    lines = record_text("on gold spans", COUNTS, seed=1).splitlines()
    assert lines[0] == "on gold spans: 4 gold records, 3 predicted, 3 matched"
    assert [line.split()[0] for line in lines[2:]] == ["parties", "directed", "status", "date"]
    assert [line.split()[-1] for line in lines[2:]] == ["1.000", "0.667", "1.000", "0.333"]


def test_no_record_matched_is_one_line() -> None:
    assert record_text("none", [RecordScores(predicted=1, gold=0)], seed=1).count("\n") == 0
