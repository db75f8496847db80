"""Strict scores of names that the training data hold, apart from those of names that they do not."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from hatif.arabic.countries import folded_readings
from hatif.domain import Document, Label, Span
from hatif.evaluation.scores import SpanScores, score_spans

NAME_LABELS = (Label.LEADER, Label.TITLE, Label.COUNTRY)


@dataclass(frozen=True, slots=True)
class NameScores:
    """Scores of LEADER, TITLE and COUNTRY spans, parted by whether the span's own words are known.

    Recall is the figure to compare. Precision and F1 suffer in `unseen` from predictions that only cut a known name
    wrongly: such words are as a rule unknown too.
    """

    seen: SpanScores
    unseen: SpanScores


def known_names(documents: Iterable[Document]) -> frozenset[str]:
    """The words of the documents' LEADER, TITLE and COUNTRY spans, as written."""
    return frozenset(
        document.words_of(span) for document in documents for span in document.spans if span.label in NAME_LABELS
    )


def score_names(gold: Sequence[Document], predicted: Sequence[Document], known: Collection[str]) -> NameScores:
    """Scores apart for the names in `known`, the names of the training data, and for all others.

    Names are compared without marks, regional spelling and proclitics: `وبوتين` is known from `بوتين`, and the reverse.

    Raises:
        HatifError: the two are not the same documents in the same order.
    """
    keys = frozenset(key for name in known for key in _keys(name))

    def scores(seen: bool) -> SpanScores:
        return score_spans(*([_names(document, keys, seen) for document in side] for side in (gold, predicted)))

    return NameScores(seen=scores(True), unseen=scores(False))


def _names(document: Document, keys: frozenset[str], seen: bool) -> Document:
    """The document with only those of its names that are known, or only those that are not."""

    def kept(span: Span) -> bool:
        return span.label in NAME_LABELS and bool(keys & _keys(document.words_of(span))) is seen

    return document.with_spans(tuple(filter(kept, document.spans)))


def _keys(name: str) -> set[str]:
    """The name under every reading of its first letters as proclitics."""
    return set(folded_readings(name))
