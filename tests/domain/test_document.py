"""Value types that cannot hold a bad value."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from hatif.domain import LABELS, Call, Document, Label, Party, Role, Span, Status

TEXT = "اتصل بوتين بترامب هاتفيا"  # Putin rang Trump up
PUTIN = Party(5, 10, "بوتين", "RUS", Role.INITIATOR)
TRUMP = Party(11, 17, "ترامب", "USA", Role.RECIPIENT)
CALL = Call(((0, 4),), Status.HELD, None, (PUTIN, TRUMP))


@pytest.mark.parametrize(
    ("build", "told"),
    [
        (lambda: Span(3, 3, Label.CALL), "3–3 is empty"),
        (lambda: Span(4, 3, Label.CALL), "4–3 is empty"),
        (lambda: Span(-1, 3, Label.CALL), "negative"),
        (lambda: Span(0, 4, Label.CALL, 1.01), "outside 0–1"),
        (lambda: Span(0, 4, Label.CALL, -0.01), "outside 0–1"),
        (lambda: Span(0, 4, Label.CALL, float("nan")), "outside 0–1"),
        (lambda: Party(5, 5, None, None, Role.PARTY), "5–5 is empty"),
        (lambda: Party(5, 10, None, "rus", Role.PARTY), "alpha-3"),
        (lambda: Party(5, 10, None, "RU", Role.PARTY), "alpha-3"),
        (lambda: Party(5, 10, None, "R2D", Role.PARTY), "alpha-3"),
        (lambda: Party(5, 10, None, "روس", Role.PARTY), "alpha-3"),
        (lambda: Call((), Status.HELD, None, (PUTIN,)), "two parties or more, not 1"),
        (lambda: Call(((4, 4),), Status.HELD, None, (PUTIN, TRUMP)), "4–4 is empty"),
        (lambda: Document("d", TEXT, spans=(Span(20, 25, Label.CALL),)), "ends at 25, past the text of 24"),
        (lambda: Document("d", TEXT[:12], calls=(CALL,)), "ends at 17, past the text of 12"),
        (lambda: Document("d", TEXT, spans=(Span(5, 9, Label.CALL), Span(0, 6, Label.CALL))), "0–6 and 5–9 overlap"),
    ],
)
def test_a_bad_value_cannot_be_made(build: Callable[[], object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        build()


def test_spans_stand_in_order_and_may_touch() -> None:
    document = Document("d", TEXT, spans=(Span(11, 17, Label.LEADER), Span(4, 11, Label.TITLE), Span(0, 4, Label.CALL)))
    assert [span.start for span in document.spans] == [0, 4, 11]


def test_values_never_change() -> None:
    with pytest.raises(FrozenInstanceError):
        PUTIN.country = "USA"  # type: ignore[misc]


def test_a_score_is_left_out_of_equality() -> None:
    assert Span(0, 4, Label.CALL, 0.3) == Span(0, 4, Label.CALL)
    assert len({Span(0, 4, Label.CALL, 0.3), Span(0, 4, Label.CALL)}) == 1


def test_offsets_count_code_points() -> None:
    document = Document("d", "😀 بِوتين", spans=(Span(2, 8, Label.LEADER),))  # Putin, with a kasra
    assert document.words_of(document.spans[0]) == "بِوتين"


def test_other_spans_bring_no_call_records_along() -> None:
    document = Document("d", TEXT, date(2017, 11, 21), calls=(CALL,))
    tagged = document.with_spans((Span(0, 4, Label.CALL),))
    assert (tagged.id, tagged.text, tagged.published) == ("d", TEXT, date(2017, 11, 21))
    assert tagged.spans == (Span(0, 4, Label.CALL),)
    assert tagged.calls == ()


def test_the_order_of_labels_is_the_one_that_bundles_were_trained_with() -> None:
    assert LABELS == ("LEADER", "TITLE", "COUNTRY", "CALL")
