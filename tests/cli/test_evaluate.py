"""`hatif evaluate`: figures on the terminal and in a file."""

import json
import re
from pathlib import Path

import pytest

from commands import Hatif
from hatif.data.jsonl import format_documents
from hatif.data.markup import parse_markup

# The Russian president called, Merkel unknown to the model, Qatar left unmarked.
GOLD = """\
=== a
أجرى {T الرئيس} {C الروسي} {K اتصالا هاتفيا} مع {L ميركل}
=== b
وقال {L بوتين} إن قطر
"""


def write(path: Path, marked: str) -> Path:
    documents, problems = parse_markup(marked, "a")
    assert not problems
    path.write_text(format_documents(documents), encoding="utf-8")
    return path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write(tmp_path / "gold.jsonl", GOLD)


def test_a_bundle_is_scored_against_gold(hatif: Hatif, bundle: Path, gold: Path, tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    code, out, err = hatif("evaluate", "--gold", gold, "--model", bundle, "--json", figures)
    assert (code, err) == (0, "")
    assert out.startswith(f"{gold}: 2 documents, 5 gold spans, 5 predicted")
    assert re.search(r"^micro +0.800 .* 0.800 .* 0.800 ", out, re.MULTILINE)
    assert len(json.loads(figures.read_text(encoding="utf-8"))) == 1


def test_a_file_of_predictions_is_scored_without_a_model(hatif: Hatif, gold: Path, tmp_path: Path) -> None:
    predicted = write(tmp_path / "predicted.jsonl", GOLD)
    code, out, _ = hatif("evaluate", "--gold", gold, "--predicted", predicted)
    assert code == 0
    assert out.startswith(f"{gold}: 2 documents, 5 gold spans, 5 predicted")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "no documents in it"),
        ("{}\n", "gold.jsonl:1: no document of hatif's schema"),
        (
            '{"id": "a", "text": "بوتين", "spans": [{"start": 1, "end": 5, "label": "LEADER"}]}\n',
            "gold.jsonl: the span 1–5 cuts a word; run `hatif data check` on the file",
        ),
    ],
)
def test_faulty_gold_is_one_line(hatif: Hatif, bundle: Path, gold: Path, content: str, told: str) -> None:
    gold.write_text(content, encoding="utf-8")
    code, out, err = hatif("evaluate", "--gold", gold, "--model", bundle)
    assert (code, out) == (2, "")
    assert err.startswith("hatif: ")
    assert err.count("\n") == 1
    assert told in err


def test_predictions_are_scored_against_one_file(hatif: Hatif, gold: Path) -> None:
    code, _, err = hatif("evaluate", "--gold", gold, "--gold", gold, "--predicted", gold)
    assert (code, err) == (2, "hatif: --predicted is scored against one --gold file; name it\n")
