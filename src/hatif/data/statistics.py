"""What annotated documents hold, in figures."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from hatif.arabic.clitics import normalized
from hatif.arabic.countries import country_of, folded
from hatif.domain import LABELS, Document, Label, Role, Status


def describe(documents: Sequence[Document]) -> Iterator[str]:
    """Lines of figures: documents and words, by series too; spans, names and states; calls by status and parties.

    The series of a document is its id without the number at its end.
    """
    words = Counter[str]()
    sizes = Counter[str]()
    for document in documents:
        series = re.sub(r"-?\d+$", "", document.id)
        sizes[series] += 1
        words[series] += len(document.text.split())
    yield f"{len(documents)} documents, {words.total():,} words"
    yield from (f"  {series}: {sizes[series]} documents, {words[series]:,} words" for series in sizes if len(sizes) > 1)
    labels = Counter(span.label for document in documents for span in document.spans)
    yield "spans: " + ", ".join(f"{labels[label]:,} {label}" for label in LABELS)
    texts = [(document.words_of(span), span.label) for document in documents for span in document.spans]
    states = {country_of(text) for text, label in texts if label is Label.COUNTRY} - {None}
    yield f"names: {len(leaders_of(documents)):,} distinct LEADER names, {len(states)} states"
    yield "calls: " + ", ".join(_calls(documents))
    yield f"without a record: {sum(not document.calls for document in documents)} documents"


def leaders_of(documents: Sequence[Document]) -> frozenset[str]:
    """The LEADER names of documents, without proclitics and regional spelling."""
    return frozenset(
        folded(normalized(document.words_of(span), span.label))
        for document in documents
        for span in document.spans
        if span.label is Label.LEADER
    )


def _calls(documents: Sequence[Document]) -> Iterator[str]:
    calls = [call for document in documents for call in document.calls]
    statuses = Counter(call.status for call in calls)
    yield f"{len(calls)}"
    yield from (f"{statuses[status]} {status}" for status in Status)
    yield f"{sum(any(p.role is Role.INITIATOR for p in call.parties) for call in calls)} with a caller"
    yield f"{sum(len(call.parties) > 2 for call in calls)} of more than two parties"
    yield f"{sum(call.date is not None for call in calls)} dated"
    yield f"{sum(len(document.calls) > 1 for document in documents)} documents with several"
