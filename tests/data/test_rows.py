"""Parquet and JSON lines to rows: documents, and faulty rows that say where and what."""

import gzip
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from datetime import date as Date
from pathlib import Path
from typing import Any

import pytest

from hatif.data.rows import FaultyRow, list_row_files, read_rows
from hatif.domain import Document, HatifError

pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'hatif[cluster]'")
TEXT = "أجرى بوتين اتصالا هاتفيا"  # Putin made a telephone call


def parquet(path: Path, **columns: Sequence[Any]) -> str:
    from pyarrow.parquet import write_table

    write_table(pyarrow.table({name: pyarrow.array(values) for name, values in columns.items()}), path)
    return str(path)


@pytest.mark.parametrize(
    "day",
    [Date(2017, 11, 22), "2017-11-22", datetime(2017, 11, 22, 20, 30), datetime(2017, 11, 22, 20, 30, tzinfo=UTC)],
)
def test_rows_of_parquet_are_documents_whatever_their_dates_are_kept_as(tmp_path: Path, day: object) -> None:
    file = parquet(tmp_path / "a.parquet", id=["a", "b"], text=[TEXT, ""], published=[day, None], paper=["x", "y"])
    assert list(read_rows([file], Date(2018, 1, 1))) == [
        Document("a", TEXT, Date(2017, 11, 22)),
        Document("b", "", Date(2018, 1, 1)),
    ]


def test_numbers_are_ids_and_dates_need_not_be_there(tmp_path: Path) -> None:
    assert list(read_rows([parquet(tmp_path / "a.parquet", id=[7], text=[TEXT])])) == [Document("7", TEXT)]


def test_a_faulty_row_says_where_and_what_and_the_next_is_read(tmp_path: Path) -> None:
    file = parquet(
        tmp_path / "a.parquet",
        id=["a", "b", "c", None, "a"],
        text=[None, TEXT, TEXT, TEXT, TEXT],
        published=["2017-11-22", "tomorrow", None, None, None],
    )
    faults = [row for row in read_rows([file]) if isinstance(row, FaultyRow)]
    assert [(row.problem.place, row.id, row.text) for row in faults] == [
        (f"{file}:1", "a", None),
        (f"{file}:2", "b", TEXT),
        (f"{file}:4", None, TEXT),
    ]
    told = [row.problem.message for row in faults]
    assert told[0].endswith('"text" must be a string, got NoneType')
    assert '"published" must be a date such as "2017-11-22" or null, got \'tomorrow\'' in told[1]
    assert '"id" must be a non-empty string' in told[2]


def test_text_that_is_no_utf8_is_the_fault_of_its_row_alone(tmp_path: Path) -> None:
    from pyarrow.parquet import write_table

    broken = pyarrow.array([TEXT.encode(), b"\xd8", b"x"]).view(pyarrow.string())
    write_table(pyarrow.table({"id": ["a", "b", "c"], "text": broken}), tmp_path / "a.parquet")
    first, second, third = read_rows([str(tmp_path / "a.parquet")])
    assert (first, third) == (Document("a", TEXT), Document("c", "x"))
    assert isinstance(second, FaultyRow)
    assert second.problem.message == "not UTF-8 (unexpected end of data at byte 0)"


def test_a_second_row_of_an_id_is_faulty_in_whatever_file(tmp_path: Path) -> None:
    lines = tmp_path / "b.jsonl.gz"
    lines.write_bytes(gzip.compress((json.dumps({"id": "a", "text": "x"}) + "\n{\n").encode()))
    one = parquet(tmp_path / "a.parquet", id=["a"], text=[TEXT])
    first, second, third = read_rows([one, str(lines)])
    assert first == Document("a", TEXT)
    assert isinstance(second, FaultyRow)
    assert isinstance(third, FaultyRow)
    assert (second.id, second.text) == ("a", "x")
    assert str(second.problem) == f"{lines}:1: the id 'a' occurs twice; ids name one document"
    assert third.problem.place == f"{lines}:2"


@pytest.mark.parametrize("kind", ["no Parquet", "no column", "cut short"])
def test_a_file_that_cannot_be_read_is_one_faulty_row(tmp_path: Path, kind: str) -> None:
    bad = tmp_path / "a.parquet"
    if kind == "no column":
        parquet(bad, id=["a"], body=[TEXT])
    elif kind == "no Parquet":
        bad.write_bytes(b"PAR?")
    else:
        parquet(bad, id=["a"], text=[TEXT])
        bad.write_bytes(bad.read_bytes()[:-9])
    good = parquet(tmp_path / "b.parquet", id=["b"], text=[TEXT])
    fault, document = read_rows([str(bad), good])
    assert document == Document("b", TEXT)
    assert isinstance(fault, FaultyRow)
    assert fault.problem.place == str(bad)
    told = "no column text; it has id, body" if kind == "no column" else "cannot be read as Parquet after row 0"
    assert told in fault.problem.message


def test_folders_are_searched_and_what_tools_hide_is_left(tmp_path: Path) -> None:
    for name in ("b/part-1.parquet", "a.jsonl.xz", "_SUCCESS", ".part.parquet", "b/_temporary.parquet", "a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert list_row_files([str(tmp_path)]) == [str(tmp_path / name) for name in ("a.jsonl.xz", "b/part-1.parquet")]


@pytest.mark.parametrize(
    ("name", "told"),
    [("missing", "no such file or folder"), (".", "no .parquet or .jsonl file"), ("a.txt", "neither .parquet nor")],
)
def test_a_source_without_rows_is_told(tmp_path: Path, name: str, told: str) -> None:
    if name == "a.txt":
        (tmp_path / name).touch()
    with pytest.raises(HatifError, match=told):
        list_row_files([str(tmp_path / name)])
