"""Arrow rows: the JSON line's fields, nested under the same names."""

import json
from datetime import date as Date
from typing import Any

import pytest

from hatif.calls import link_calls
from hatif.data.jsonl import document_from
from hatif.domain import Document, Label, Span
from hatif.export.arrow import arrow_row, arrow_schema, arrow_table
from hatif.export.jsonl import jsonl

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'hatif[cluster]'")
TEXT = (
    "أجرى بوتين اتصالا هاتفيا مساء الاثنين مع ترامب وبحث معه الأزمة في قطر."  # Putin called Trump on Monday evening …
)


@pytest.fixture
def document() -> Document:
    words = {"بوتين": Label.LEADER, "اتصالا هاتفيا": Label.CALL, "ترامب": Label.LEADER, "قطر": Label.COUNTRY}
    spans = tuple(Span(TEXT.index(word), TEXT.index(word) + len(word), label, 0.9) for word, label in words.items())
    return Document("a", TEXT, Date(2017, 11, 22), spans)


def without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    return [without_nulls(inner) for inner in value] if isinstance(value, list) else value


def test_a_row_holds_what_the_json_line_holds(document: Document) -> None:
    records = link_calls(document)
    assert records
    (row,) = arrow_table([arrow_row(document, records)]).to_pylist()
    line = json.loads(jsonl(document, records))
    assert without_nulls(json.loads(json.dumps(row, default=str))) == without_nulls(line)
    assert document_from(json.loads(json.dumps(row, default=str))).spans == document.spans


def test_a_faulty_row_has_nulls_and_an_error(document: Document) -> None:
    table = arrow_table([arrow_row(document, ()), {"id": "b", "error": "a.parquet:2: no text"}])
    assert table.schema == arrow_schema()
    assert table["spans"].null_count == table["calls"].null_count == 1
    assert table["error"].to_pylist() == [None, "a.parquet:2: no text"]
