"""Strict scores, and seqeval as their referee."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatif.arabic.words import split_words
from hatif.domain import LABELS, Document, HatifError, Label
from hatif.evaluation.referee import seqeval_scores
from hatif.evaluation.scores import Figures, Score, SpanScores, score_spans
from hatif.tagging.tags import TAGS, tags_to_spans

Marked = Callable[..., list[Document]]


@pytest.mark.parametrize(
    ("predicted", "right"),
    [
        ("{T الرئيس} {C الروسي} {L بوتين}", 3),  # the Russian president Putin
        ("{T الرئيس} {T الروسي} {L بوتين}", 2),  # wrong label
        ("{T الرئيس الروسي} {L بوتين}", 1),  # wrong boundary
        ("الرئيس الروسي بوتين", 0),
    ],
)
def test_a_span_is_right_when_label_and_offsets_are(marked: Marked, predicted: str, right: int) -> None:
    gold = marked("{T الرئيس} {C الروسي} {L بوتين}")
    micro = score_spans(gold, marked(predicted)).micro
    assert (micro.right, micro.gold, micro.predicted) == (right, 3, predicted.count("{"))


def test_macro_averages_only_the_labels_that_occur() -> None:
    nothing = Score(0, 0, 0)
    scores = SpanScores(
        {
            Label.LEADER: Score(1, 2, 1),
            Label.TITLE: nothing,
            Label.COUNTRY: Score(0, 0, 1),
            Label.CALL: nothing,
        }
    )
    assert scores.macro == pytest.approx(Figures(0.25, 0.5, 1 / 3))
    assert SpanScores(dict.fromkeys(LABELS, nothing)).macro == Figures(0, 0, 0)


@pytest.mark.parametrize(
    ("texts", "told"),
    [((), "0 predicted documents"), (("بوتين",), "not gold's")],  # Putin
)
def test_other_documents_than_golds_are_refused(marked: Marked, texts: tuple[str, ...], told: str) -> None:
    with pytest.raises(HatifError, match=told):
        score_spans(marked("ترامب"), marked(*texts))  # Trump


tag_rows = st.lists(st.tuples(st.sampled_from(TAGS), st.sampled_from(TAGS)), min_size=1, max_size=12)


@given(st.lists(tag_rows, min_size=1, max_size=4))
def test_seqeval_agrees_on_any_tags(rows: list[list[tuple[str, str]]]) -> None:
    gold_tags, predicted_tags = ([[pair[side] for pair in row] for row in rows] for side in (0, 1))
    ours = score_spans(_documents(gold_tags), _documents(predicted_tags))
    referee = seqeval_scores(gold_tags, predicted_tags)
    assert referee is not None
    for label in LABELS:
        assert ours.by_label[label].figures == pytest.approx(referee.by_label[label])
    assert ours.micro.figures == pytest.approx(referee.micro)
    assert ours.macro == pytest.approx(referee.macro)


def _documents(rows: Sequence[Sequence[str]]) -> list[Document]:
    texts = [" ".join(["هاتف"] * len(tags)) for tags in rows]  # telephone
    return [
        Document("d", text, spans=tuple(tags_to_spans(split_words(text), tags)))
        for text, tags in zip(texts, rows, strict=True)
    ]
