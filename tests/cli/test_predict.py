"""`hatif predict`: what it writes, and where."""

import io
import json
import re
import sys
from datetime import date
from pathlib import Path

import pytest

from commands import Hatif
from hatif.cli import main, progress
from hatif.data import resumable
from hatif.data.jsonl import read_documents
from hatif.domain import Label
from hatif.pipeline.predicting import Form, Reading

TEXT = "أجرى الرئيس الروسي بوتين اتصالا هاتفيا مع ترامب"  # Putin had a telephone call with Trump


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_page_shows_the_article_and_its_spans(hatif: Hatif, bundle: Path, article: Path) -> None:
    code, out, err = hatif("predict", article, "--model", bundle)
    assert (code, err) == (0, "")
    assert "أجرى [الرئيس|TITLE] [الروسي|COUNTRY] [بوتين|LEADER] [اتصالا هاتفيا|CALL] مع [ترامب|LEADER]" in out
    assert re.search(r"^LEADER \(2\) +times +score$", out, re.MULTILINE)
    assert re.search(r"^الروسي +1 +0\.9\d +RUS$", out, re.MULTILINE)


def test_json_lines_carry_exact_offsets(hatif: Hatif, bundle: Path, article: Path) -> None:
    code, out, err = hatif("predict", article, "--model", bundle, "--format", "jsonl")
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert (document["id"], document["text"]) == (str(article), TEXT)
    assert [span["text"] for span in document["spans"]] == ["الرئيس", "الروسي", "بوتين", "اتصالا هاتفيا", "ترامب"]
    assert all(TEXT[span["start"] : span["end"]] == span["text"] for span in document["spans"])


def test_columns_carry_a_tag_for_every_word(hatif: Hatif, bundle: Path, article: Path) -> None:
    code, out, _ = hatif("predict", article, "--model", bundle, "--format", "conll")
    tags = ["O", "B-TITLE", "B-COUNTRY", "B-LEADER", "B-CALL", "I-CALL", "O", "B-LEADER"]
    assert code == 0
    assert (
        out
        == f"# id = {article}\n"
        + "".join(f"{word}\t{tag}\n" for word, tag in zip(TEXT.split(), tags, strict=True))
        + "\n"
    )


@pytest.mark.parametrize("form", ["page", "jsonl", "conll"])
def test_a_file_gets_what_the_terminal_would(
    hatif: Hatif, bundle: Path, article: Path, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "out"
    options = ("predict", article, "--model", bundle, "--format", form)
    assert hatif(*options, "--out", out) == (0, "", "")
    written, told = out.read_text(encoding="utf-8"), hatif(*options)[1]
    assert written.replace("─", "") == told.replace("─", "")  # a page on file is as wide as 100 columns


def test_the_least_score_leaves_spans_out(hatif: Hatif, bundle: Path, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert hatif("predict", article, "--model", bundle, "--format", "jsonl", "--min-score", 0.95, "--out", out)[0] == 0
    (document,) = read_documents(out)
    assert [span.label for span in document.spans] == [Label.COUNTRY, Label.CALL]


def test_the_given_date_is_for_documents_without_one(hatif: Hatif, bundle: Path, article: Path, tmp_path: Path) -> None:
    dated, out = tmp_path / "dated.jsonl", tmp_path / "out.jsonl"
    dated.write_text(json.dumps({"id": "d", "text": TEXT, "published": "2017-11-20"}), encoding="utf-8")
    options = ("--model", bundle, "--format", "jsonl", "--out", out, "--published", "2017-11-22")
    assert hatif("predict", article, dated, *options)[0] == 0
    assert [document.published for document in read_documents(out)] == [date(2017, 11, 22), date(2017, 11, 20)]


def test_folders_and_standard_input_are_read(
    hatif: Hatif, bundle: Path, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("قطر".encode("utf-16"))))  # Qatar
    code, out, _ = hatif("predict", article.parent, "-", "--model", bundle, "--format", "conll")
    assert code == 0
    assert re.findall("^# id = (.*)$", out, re.MULTILINE) == [str(article), "stdin"]
    assert "قطر\tB-COUNTRY" in out


def test_the_words_of_a_long_document_are_counted_on_a_terminal(
    hatif: Hatif, bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article, short = tmp_path / "long.txt", tmp_path / "short.txt"
    short.write_text(TEXT, encoding="utf-8")
    article.write_text("مع " * 51_000, encoding="utf-8")  # with
    out = tmp_path / "out.jsonl"
    options = ("predict", article, "--model", bundle, "--format", "jsonl", "--out", out)
    assert hatif(*options).err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert hatif("predict", short, "--model", bundle, "--format", "jsonl", "--out", out).err == ""
    monkeypatch.setattr(progress, "_SILENT_SECONDS", 0.0)
    told = hatif(*options).err
    assert re.search(r"\d\d,\d{3} words +[\d,]+/s", told)
    assert "left" in told


def test_a_long_run_goes_on_where_it_was_killed(
    hatif: Hatif, bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out, whole = tmp_path / "a.jsonl", tmp_path / "out.csv", tmp_path / "whole.csv"
    lines = [json.dumps({"id": f"d{number}", "text": TEXT * (number % 5)}) for number in range(300)]
    source.write_text("\n".join([*lines[:100], "{", *lines[100:]]), encoding="utf-8")
    options = ("predict", source, "--model", bundle, "--format", "csv", "--out")
    code, _, told = hatif(*options, whole)
    assert (code, told.count("\n")) == (2, 1)
    monkeypatch.setattr(resumable, "_SECONDS", -1.0)
    part, made = Form.part, []

    def killed(self: Form, reading: Reading) -> str:
        made.append(reading)
        if len(made) == 170:
            raise KeyboardInterrupt
        return part(self, reading)

    with monkeypatch.context() as patch:
        patch.setattr(Form, "part", killed)
        with pytest.raises((KeyboardInterrupt, SystemExit)):
            main([str(argument) for argument in (*options, out)])
    assert not out.exists()
    other = hatif(*options, out, "--resume", "--min-score", 0.5)
    assert (other.code, "begun with other input or options" in other.err) == (2, True)
    monkeypatch.setattr(Form, "part", lambda self, reading: (made.append(reading), part(self, reading))[1])
    assert hatif(*options, out, "--resume").code == 2
    assert out.read_bytes() == whole.read_bytes()
    assert len(made) == 170 + 300 - 169


def test_workers_write_what_one_process_writes(hatif: Hatif, bundle: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    lines = [json.dumps({"id": f"d{number}", "text": TEXT * (number % 5)}) for number in range(60)]
    source.write_text("\n".join(lines), encoding="utf-8")
    options = ("predict", source, "--model", bundle, "--format", "jsonl")
    alone, shared = hatif(*options), hatif(*options, "--workers", 2)
    assert (shared.code, shared.err) == (0, "")
    assert shared.out == alone.out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--resume"], "--resume goes on with an output file; name it with --out"),
        (["--workers", "2", "--device", "cuda"], "--workers share a CPU"),
    ],
)
def test_options_that_do_not_go_together_are_told(
    hatif: Hatif, bundle: Path, article: Path, options: list[str], told: str
) -> None:
    code, out, err = hatif("predict", article, "--model", bundle, *options)
    assert (code, out) == (2, "")
    assert told in err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--format", "xml"], "'page', 'jsonl', 'conll'"),
        (["--min-score", "1.5"], "--min-score"),
        (["--published", "22.11.2017"], "--published"),
        (["--speed", "9"], "No such option: --speed"),
    ],
)
def test_a_mistaken_option_is_told(hatif: Hatif, bundle: Path, article: Path, options: list[str], told: str) -> None:
    code, out, err = hatif("predict", article, "--model", bundle, *options)
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err
