"""`hatif aggregate`: events, not reports."""

import csv
from pathlib import Path

import pytest

from commands import Hatif
from hatif.data.jsonl import format_documents
from hatif.data.markup import parse_markup

# Two agencies report one call of the Egyptian and the Greek president; a third document tells of one a day later.
REPORTS = """=== first 2020-05-06
أجرى {T الرئيس} {C المصري} {L عبد الفتاح السيسي} اليوم {K اتصالا هاتفيا} مع {T الرئيس} {C اليوناني} {L بابولياس}.
=== second 2020-05-07
تلقى {T الرئيس} {C اليوناني} {L كارولوس بابولياس} أمس {K اتصالا هاتفيا} من {T الرئيس} {C المصري} {L السيسي}.
=== third 2020-05-07
أجرى {T الرئيس} {C المصري} {L عبد الفتاح السيسي} اليوم {K اتصالا هاتفيا} مع {T الرئيس} {C اليوناني} {L بابولياس}.
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    documents, problems = parse_markup(REPORTS, "reports")
    assert not problems
    path = tmp_path / "reports.jsonl"
    path.write_text(format_documents(documents), encoding="utf-8")
    return path


def test_two_reports_of_one_call_are_one_event_with_both_sources(hatif: Hatif, reports: Path) -> None:
    rows = list(csv.DictReader(hatif("aggregate", reports, "--by", "event").out.splitlines()))
    assert [(row["day"], row["reports"], row["sources"]) for row in rows] == [
        ("2020-05-06", "2", "first; second"),
        ("2020-05-07", "1", "third"),
    ]
    assert rows[0]["countries"] == "EGY / GRC"


def test_pairs_are_counted_by_day(hatif: Hatif, reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "counts.csv"
    assert hatif("aggregate", reports, "--out", out).code == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert [(row["day"], row["status"], row["events"], row["reports"]) for row in rows] == [
        ("2020-05-06", "held", "1", "2"),
        ("2020-05-07", "held", "1", "1"),
    ]


def test_a_missing_file_is_told_in_one_line(hatif: Hatif, tmp_path: Path) -> None:
    ended = hatif("aggregate", tmp_path / "none.jsonl")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
