"""Tagged documents as Arrow tables, for Parquet: the fields of the JSON lines, under the same names, nested."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hatif.domain import Document
from hatif.domain.record import CallRecord
from hatif.export.jsonl import names_in, record_fields, span_fields

if TYPE_CHECKING:
    import pyarrow


def arrow_schema() -> "pyarrow.Schema":
    """The columns `id, text, published, spans, calls, error`.

    A row is a JSON line of `hatif.export.jsonl` but for `alpha2` and `alpha3`, null on spans of no COUNTRY; `spans` and
    `calls` are null, and `error` is not, where the row could not be read.
    """
    import pyarrow as pa

    offset, text = pa.int32(), pa.string()
    ranges = pa.list_(pa.list_(offset))
    span = {"start": offset, "end": offset, "label": text, "text": text, "normalized": text, "score": pa.float64()}
    span |= {"alpha2": text, "alpha3": text}
    party = {"start": offset, "end": offset, "name": text, "country": text, "role": text}
    call = {"triggers": ranges, "status": text, "date": text, "parties": pa.list_(pa.struct(list(party.items())))}
    call["day"] = pa.struct([("first", text), ("last", text), ("precision", text)])
    call |= {"topic": pa.list_(offset), "evidence": ranges, "score": pa.float64(), "rule": text}
    nested = {"spans": pa.list_(pa.struct(list(span.items()))), "calls": pa.list_(pa.struct(list(call.items())))}
    columns = {"id": text, "text": text, "published": pa.date32(), **nested, "error": text}
    return pa.schema(list(columns.items()))


def arrow_row(document: Document, records: Sequence[CallRecord]) -> dict[str, Any]:
    """One document as a row of `arrow_schema`."""
    names = names_in(document)
    return {
        "id": document.id,
        "text": document.text,
        "published": document.published,
        "spans": [span_fields(document, span, names) for span in document.spans],
        "calls": [record_fields(record) for record in records],
    }


def arrow_table(rows: Sequence[Mapping[str, Any]]) -> "pyarrow.Table":
    """Rows as a table of `arrow_schema`; what a row leaves out is null."""
    import pyarrow as pa

    return pa.Table.from_pylist(list(rows), schema=arrow_schema())
