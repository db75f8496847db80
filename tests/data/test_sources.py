"""Files, folders and standard input to documents."""

import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest

from hatif.data.sources import list_files, read_sources
from hatif.domain import HatifError

DAY = date(2017, 11, 22)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.txt").write_text("قطر", encoding="utf-8")  # Qatar
    (tmp_path / "C.TXT").write_bytes("مصر".encode("utf-16"))  # Egypt
    (tmp_path / "notes.md").write_text("لبنان", encoding="utf-8")
    (tmp_path / "inner").mkdir()
    lines = [{"id": "x", "text": "روسيا", "published": "2017-11-20"}, {"id": 7, "text": "تركيا"}]  # Russia, Turkey
    (tmp_path / "inner" / "a.jsonl").write_text("\n\n".join(map(json.dumps, lines)), encoding="utf-8")
    return tmp_path


def standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_a_folder_is_searched_in_order(folder: Path) -> None:
    expected = [str(folder / name) for name in ("C.TXT", "b.txt", "inner/a.jsonl")]
    assert list_files([str(folder)]) == expected
    assert list_files(["-", str(folder / "notes.md")]) == ["-", str(folder / "notes.md")]


def test_texts_are_named_by_their_path_and_lines_by_their_id(folder: Path) -> None:
    documents = list(read_sources(list_files([str(folder)]), DAY))
    assert [(document.id, document.text, document.published) for document in documents] == [
        (str(folder / "C.TXT"), "مصر", DAY),
        (str(folder / "b.txt"), "قطر", DAY),
        ("x", "روسيا", date(2017, 11, 20)),
        ("7", "تركيا", DAY),
    ]


def test_standard_input_is_one_article(monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, "اتصال هاتفي".encode("cp1256"))  # a telephone call
    (document,) = read_sources(["-"])
    assert (document.id, document.text, document.published) == ("stdin", "اتصال هاتفي", None)


@pytest.mark.parametrize("content", [b"", b" \n\t", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_article_without_text_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes) -> None:
    standard_input(monkeypatch, content)
    (tmp_path / "a.txt").write_bytes(content)
    for source, name in [("-", "stdin"), (str(tmp_path / "a.txt"), "a.txt")]:
        with pytest.raises(HatifError, match=f"{name}: empty"):
            list(read_sources([source]))


def test_a_closed_standard_input_is_an_empty_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(HatifError, match="stdin: empty"):
        list(read_sources(["-"]))


def test_a_source_that_holds_nothing_to_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("لبنان", encoding="utf-8")
    (tmp_path / "empty.jsonl").write_text("\n \n", encoding="utf-8")
    for source, told in [
        (tmp_path / "missing.txt", "missing.txt: no such file or folder"),
        (tmp_path / ("a" * 300), "File name too long"),
    ]:
        with pytest.raises(HatifError, match=told):
            list_files([str(source)])
    (tmp_path / "inner").mkdir()
    with pytest.raises(HatifError, match=r"inner: no \.txt or \.jsonl file in this folder"):
        list_files([str(tmp_path / "inner")])
    with pytest.raises(HatifError, match=r"empty\.jsonl: empty file"):
        list(read_sources([str(tmp_path / "empty.jsonl")]))


def test_ids_name_one_document(folder: Path) -> None:
    again = folder / "again.jsonl"
    again.write_text(json.dumps({"id": "x", "text": "روسيا"}), encoding="utf-8")
    with pytest.raises(HatifError, match=r"the id 'x' occurs twice \(first in .*again\.jsonl\)"):
        list(read_sources(list_files([str(folder)])))
    with pytest.raises(HatifError, match=r"b\.txt' occurs twice"):
        list(read_sources([str(folder / "b.txt")] * 2))


def test_a_faulty_line_is_told_when_it_is_reached(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": "x", "text": "روسيا"}\n{"id": "y"}\n', encoding="utf-8")
    documents = read_sources([str(file)])
    assert next(documents).id == "x"
    with pytest.raises(HatifError, match=r"a\.jsonl:2: no document of hatif's schema: key 'text' is missing"):
        next(documents)
