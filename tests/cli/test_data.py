"""`hatif data …`: checks, figures and conversions."""

from pathlib import Path

import pytest

from commands import Hatif
from hatif.data.jsonl import read_documents

MARKED = "=== a-1\n{K1 اتصال} بين <a|{C قطر}> <b|{C ومصر}>\n@1 held | a party QAT | b party EGY\n"  # Qatar and Egypt


@pytest.fixture
def lines(hatif: Hatif, tmp_path: Path) -> Path:
    """The marked document as JSON lines."""
    source, out = tmp_path / "a.txt", tmp_path / "a.jsonl"
    source.write_text(MARKED, encoding="utf-8")
    assert hatif("data", "convert", source, out) == (0, f"1 documents written to {out}\n", "")
    return out


def test_markup_is_converted_there_and_back(hatif: Hatif, lines: Path, tmp_path: Path) -> None:
    assert [call.parties[0].country for call in read_documents(lines)[0].calls] == ["QAT"]
    back = tmp_path / "back.txt"
    assert hatif("data", "convert", lines, back)[0] == 0
    assert back.read_text(encoding="utf-8") == MARKED


def test_right_files_pass_the_check(hatif: Hatif, lines: Path) -> None:
    assert hatif("data", "check", lines) == (0, "1 file, no problem\n", "")


def test_every_problem_is_a_line_and_the_exit_code_is_1(hatif: Hatif, lines: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(
        '{"id": "a-1", "text": "بوتين\\u001b", "spans": [{"start": 1, "end": 5, "label": "LEADER"}]}\n'
        '{"id": "b", "text": "قطر", "spans": [{"start": 0, "end": 3, "label": "STATE"}]}\n'
        '{"id": "c", "text": "قطر\\n\\u001b", "spans": [{"start": 0, "end": 5, "label": "TITLE"}]}\n',
        encoding="utf-8",
    )
    code, out, err = hatif("data", "check", lines, bad)
    assert (code, err) == (1, "")
    told = out.splitlines()
    assert [line.split(": ")[0] for line in told] == [f"{bad}:{number}" for number in (1, 1, 2, 3)]
    assert "cuts a word" in told[0]
    assert f"stands in {lines}:1 too" in told[1]
    assert "label 'STATE' is none of LEADER, TITLE, COUNTRY, CALL" in told[2]
    assert '"قطر \\x1b"' in told[3]


def test_faulty_markup_is_one_line(hatif: Hatif, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("=== a\n{L\n=== b\n}\n", encoding="utf-8")
    for arguments in (
        ["convert", tmp_path / "a.txt", tmp_path / "out.jsonl"],
        ["agreement", *[tmp_path / "a.txt"] * 2],
    ):
        code, out, err = hatif("data", *arguments)
        assert (code, out) == (2, "")
        assert err.startswith(f"hatif: {tmp_path}/a.txt:1: ")
        assert err.endswith("(and 1 more)\n")
    assert not (tmp_path / "out.jsonl").exists()


def test_text_that_markup_cannot_hold_is_told(hatif: Hatif, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "3 > 2"}\n', encoding="utf-8")
    code, _, err = hatif("data", "convert", tmp_path / "a.jsonl", tmp_path / "out.txt")
    assert code == 2
    assert err.startswith("hatif: document 'a': its id, text or records cannot be written as markup")
    assert not (tmp_path / "out.txt").exists()


def test_figures_are_told_for_every_file(hatif: Hatif, lines: Path) -> None:
    code, out, _ = hatif("data", "stats", lines, lines)
    assert code == 0
    assert out.count(f"{lines}: 1 documents, 4 words") == 2


def test_agreement_is_measured_over_documents_in_common(hatif: Hatif, lines: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("=== a-1\n{K اتصال} بين {C قطر} {C ومصر}\n=== z\nنص\n", encoding="utf-8")
    code, out, _ = hatif("data", "agreement", lines, lines)
    assert (code, out.splitlines()[-1]) == (0, "micro    1.0000  1 documents")
    other.write_text(MARKED.replace("{C قطر}", "قطر"), encoding="utf-8")
    assert "micro    0.8000" in hatif("data", "agreement", lines, other)[1]


def test_annotators_without_a_document_in_common_are_told(hatif: Hatif, lines: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("=== z\nنص\n", encoding="utf-8")
    code, out, err = hatif("data", "agreement", lines, other)
    assert (code, out) == (2, "")
    assert "have no document in common" in err
