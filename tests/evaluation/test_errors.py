"""Errors by kind."""

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatif.domain import LABELS, Document, Label, Span
from hatif.evaluation.errors import ErrorKind, Quote, find_errors
from hatif.evaluation.scores import score_spans

Marked = Callable[..., list[Document]]


@pytest.mark.parametrize(
    ("gold", "predicted", "kinds"),
    [
        ("{T الرئيس} {C الروسي}", "{T الرئيس} {C الروسي}", []),  # the Russian president
        ("{L بوتين} هنا", "بوتين هنا", ["missed"]),  # Putin here
        ("بوتين هنا", "بوتين {L هنا}", ["spurious"]),
        ("{C الروسي}", "{T الروسي}", ["wrong label"]),
        ("{T وزير الخارجية}", "{L وزير} الخارجية", ["wrong label"]),  # foreign minister
        ("{L بوتين} هنا", "{L بوتين هنا}", ["too long"]),
        ("{T وزير الخارجية}", "{T وزير} الخارجية", ["too short"]),
        ("{T وزير الخارجية}", "وزير {T الخارجية}", ["too short"]),
        ("قال {T وزير الخارجية}", "{T قال وزير} الخارجية", ["shifted"]),  # said the foreign minister
        ("{T الملك} {L سلمان}", "{L الملك سلمان}", ["merged"]),  # king Salman
        ("{K اتصال هاتفي}", "{K اتصال} {K هاتفي}", ["split"]),  # telephone call
        ("{T نائب الرئيس} {L مايك بنس}", "{T نائب الرئيس مايك} {L بنس}", ["too long", "too short"]),  # Mike Pence
        # vice president Mike Pence here: two against three, read as two pairs and what is left over
        ("{T نائب الرئيس} {L مايك بنس}", "{T نائب} {T الرئيس مايك} {L بنس}", ["too short", "wrong label", "spurious"]),
        ("{L مدفيديف} {L بوتين}", "مدفيديف {L بوتين}", ["missed"]),  # Medvedev
    ],
)
def test_errors_are_told_by_kind(marked: Marked, gold: str, predicted: str, kinds: list[str]) -> None:
    assert [error.kind.value for error in find_errors(marked(gold), marked(predicted))] == kinds


def test_an_error_quotes_both_sides_and_brackets_the_range(marked: Marked) -> None:
    words = "كلمة " * 20  # word
    gold = marked("بوتين", f"{words}تلقى {{T أمير}} {{C قطر}}\nاليوم {words}")  # the emir of Qatar received today
    predicted = marked("بوتين", f"{words}تلقى {{T أمير قطر}}\nاليوم {words}")
    (error,) = find_errors(gold, predicted)
    assert (error.kind, error.document, error.start, error.end) == (ErrorKind.MERGED, "d1", 105, 113)
    assert error.gold == (Quote(105, 109, Label.TITLE, "أمير"), Quote(110, 113, Label.COUNTRY, "قطر"))
    assert error.predicted == (Quote(105, 113, Label.TITLE, "أمير قطر"),)
    before, after = "كلمة " * 7 + "تلقى ", " اليوم " + "كلمة " * 6 + "كلم"
    assert error.context == f"…{before}[أمير قطر]{after}…"


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    edges = sorted(draw(st.sets(st.integers(0, 12), max_size=8)))
    pairs = pairwise(edges)
    return tuple(Span(*pair, draw(st.sampled_from(LABELS))) for pair in pairs if draw(st.booleans()))


@given(spans(), spans())
def test_every_span_that_is_not_right_stands_in_one_error(gold: tuple[Span, ...], predicted: tuple[Span, ...]) -> None:
    text = "هاتف هاتف هاتف"  # telephone
    truth, guess = [Document("d", text, spans=gold)], [Document("d", text, spans=predicted)]
    errors = find_errors(truth, guess)
    wrong = Counter(gold) - Counter(predicted), Counter(predicted) - Counter(gold)
    assert (_told(error.gold for error in errors), _told(error.predicted for error in errors)) == wrong
    assert (not errors) == (score_spans(truth, guess).micro.right == len(gold) == len(predicted))


def _told(sides: Iterable[tuple[Quote, ...]]) -> Counter[Span]:
    return Counter(Span(quote.start, quote.end, quote.label) for side in sides for quote in side)
