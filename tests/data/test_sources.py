"""Files, folders and standard input to documents."""

import gzip
import io
import json
import lzma
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from backports import zstd

from hatif.data.sources import list_files, read_sources, sound_documents
from hatif.domain import Document, HatifError, Problem, ProblemsError

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
    documents = list(sound_documents(read_sources(list_files([str(folder)]), DAY)))
    assert [(document.id, document.text, document.published) for document in documents] == [
        (str(folder / "C.TXT"), "مصر", DAY),
        (str(folder / "b.txt"), "قطر", DAY),
        ("x", "روسيا", date(2017, 11, 20)),
        ("7", "تركيا", DAY),
    ]


def test_standard_input_is_one_article(monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, "اتصال هاتفي".encode("cp1256"))  # a telephone call
    (document,) = sound_documents(read_sources(["-"]))
    assert (document.id, document.text, document.published) == ("stdin", "اتصال هاتفي", None)


@pytest.mark.parametrize("content", [b"", b" \n\t", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_article_without_text_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes) -> None:
    standard_input(monkeypatch, content)
    (tmp_path / "a.txt").write_bytes(content)
    for source, name in [("-", "stdin"), (str(tmp_path / "a.txt"), "a.txt")]:
        with pytest.raises(ProblemsError, match=f"{name}: empty"):
            list(sound_documents(read_sources([source])))


def test_a_closed_standard_input_is_an_empty_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(ProblemsError, match="stdin: empty"):
        list(sound_documents(read_sources(["-"])))


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
    with pytest.raises(ProblemsError, match=r"empty\.jsonl: empty file"):
        list(sound_documents(read_sources([str(tmp_path / "empty.jsonl")])))


def test_ids_name_one_document(folder: Path) -> None:
    again = folder / "again.jsonl"
    again.write_text(json.dumps({"id": "x", "text": "روسيا"}), encoding="utf-8")
    items = list(read_sources(list_files([str(folder)])))
    told = [str(item) for item in items if isinstance(item, Problem)]
    assert told == [f"{folder}/inner/a.jsonl:1: the id 'x' occurs twice; ids name one document"]
    assert len(items) == 5
    first, second = read_sources([str(folder / "b.txt")] * 2)
    assert isinstance(first, Document)
    assert "b.txt' occurs twice" in str(second)


def test_what_is_faulty_stands_in_its_place_and_the_rest_is_read(tmp_path: Path) -> None:
    file, empty, last = tmp_path / "a.jsonl", tmp_path / "b.txt", tmp_path / "c.txt"
    file.write_text('{"id": "x", "text": "روسيا"}\n{"id": "y"}\n{"id": "z", "text": ""}\n', encoding="utf-8")
    empty.write_bytes(b"")
    last.write_text("قطر", encoding="utf-8")
    items = list(read_sources([str(file), str(empty), str(tmp_path / "gone.txt"), str(last)]))
    assert [item.id if isinstance(item, Document) else str(item) for item in items] == [
        "x",
        f"{file}:2: no document of hatif's schema: key 'text' is missing",
        "z",
        f"{empty}: empty, no text to read",
        f"{tmp_path}/gone.txt: cannot be read (No such file or directory)",
        str(last),
    ]
    with pytest.raises(ProblemsError, match=r"a\.jsonl:2: no document"):
        list(sound_documents(read_sources([str(file)])))


@pytest.mark.parametrize(
    ("ending", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress), (".zst", zstd.compress), ("", bytes)]
)
def test_packed_files_read_as_what_they_hold(tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]) -> None:
    text, lines = tmp_path / f"a.txt{ending}", tmp_path / f"b.jsonl{ending}"
    text.write_bytes(pack("قطر".encode("utf-16")))
    lines.write_bytes(pack('{"id": "x", "text": "روسيا"}\n'.encode() * 1))
    (tmp_path / f"c.csv{ending}").write_bytes(pack(b"a,b"))
    read: list[int] = []
    documents = list(sound_documents(read_sources(list_files([str(tmp_path)]), DAY, read.append)))
    assert [(document.id, document.text) for document in documents] == [(str(text), "قطر"), ("x", "روسيا")]
    assert sum(read) == text.stat().st_size + lines.stat().st_size


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress), (".zst", zstd.compress)])
@pytest.mark.parametrize("damage", [lambda packed: packed[: len(packed) // 2], lambda packed: b"no" + packed])
def test_damaged_packing_is_a_problem(
    tmp_path: Path, ending: str, pack: Callable[[bytes], bytes], damage: Callable[[bytes], bytes]
) -> None:
    file = tmp_path / f"b.jsonl{ending}"
    lines = "".join(f'{{"id": "{n}", "text": "روسيا {n * n}"}}\n' for n in range(5000))
    file.write_bytes(damage(pack(lines.encode())))
    *documents, problem = read_sources([str(file)])
    assert isinstance(problem, Problem)
    assert str(problem).startswith(f"{file}: cannot be read (")
    assert all(isinstance(document, Document) for document in documents)
