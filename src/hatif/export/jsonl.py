"""Tagged documents as JSON lines: the project's schema, with what a reader wants beside the offsets."""

from collections.abc import Sequence
from typing import Any

from hatif.arabic.clitics import normalized
from hatif.arabic.countries import country_of
from hatif.data.jsonl import call_to, document_to, to_line
from hatif.domain import Document, Label, Span
from hatif.domain.record import CallRecord


def span_fields(document: Document, span: Span, names: frozenset[str]) -> dict[str, Any]:
    """Offsets, label, text, `normalized`, score and, for a COUNTRY, its ISO 3166-1 codes (null for a state without)."""
    text = document.words_of(span)
    fields: dict[str, Any] = {
        "start": span.start,
        "end": span.end,
        "label": span.label.value,
        "text": text,
        "normalized": normalized(text, span.label, names),
        "score": round(span.score, 4),
    }
    if span.label is Label.COUNTRY:
        country = country_of(text)
        fields["alpha2"] = country.alpha2 if country else None
        fields["alpha3"] = country.alpha3 if country else None
    return fields


def record_fields(record: CallRecord) -> dict[str, Any]:
    """The call of the schema with its days (ISO 8601), topic and evidence as offsets, score, and its rule."""
    days = record.day
    return call_to(record.call) | {
        "day": {"first": f"{days.first}", "last": f"{days.last}", "precision": days.precision} if days else None,
        "topic": list(record.topic) if record.topic else None,
        "evidence": [list(sentence) for sentence in record.evidence],
        "score": round(record.score, 4),
        "rule": record.rule,
    }


def names_in(document: Document) -> frozenset[str]:
    """The LEADER names of a document as written, the evidence for what is a proclitic and what a letter of the name."""
    return frozenset(document.words_of(span) for span in document.spans if span.label is Label.LEADER)


def jsonl(document: Document, records: Sequence[CallRecord]) -> str:
    """One document as one JSON line."""
    names = names_in(document)
    item = document_to(document)
    item["spans"] = [span_fields(document, span, names) for span in document.spans]
    item["calls"] = [record_fields(record) for record in records]
    return to_line(item)
