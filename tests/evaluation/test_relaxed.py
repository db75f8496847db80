"""Scores that forgive boundaries or labels."""

from collections.abc import Callable

import pytest

from hatif.domain import Document, Label
from hatif.evaluation.relaxed import score_relaxed
from hatif.evaluation.scores import Score

Marked = Callable[..., list[Document]]

# The Russian foreign minister Lavrov in a telephone call.
GOLD = "{T وزير الخارجية} {C الروسي} {L لافروف} في {K اتصال هاتفي}"


@pytest.mark.parametrize(
    ("predicted", "partial", "boundaries", "labels"),
    [
        (GOLD, (4, 4, 4), (4, 4, 4), (4, 4, 4)),
        ("{T وزير} الخارجية {C الروسي} {L لافروف} في {K اتصال هاتفي}", (4, 4, 4), (3, 4, 4), (4, 4, 4)),
        ("{T وزير الخارجية} {T الروسي} {L لافروف} في {K اتصال هاتفي}", (3, 4, 4), (4, 4, 4), (3, 4, 4)),
        ("{T وزير الخارجية} {C الروسي} لافروف في {K اتصال} {K هاتفي}", (3, 4, 4), (2, 4, 4), (3, 3, 3)),
        ("{T وزير الخارجية الروسي لافروف} في اتصال هاتفي", (1, 1, 4), (0, 1, 4), (1, 1, 1)),
    ],
)
def test_each_score_forgives_its_own_kind_of_error(
    marked: Marked,
    predicted: str,
    partial: tuple[int, int, int],
    boundaries: tuple[int, int, int],
    labels: tuple[int, int, int],
) -> None:
    relaxed = score_relaxed(marked(GOLD), marked(predicted))
    assert relaxed.partial.micro == Score(*partial)
    assert relaxed.boundaries == Score(*boundaries)
    assert relaxed.labels == Score(*labels)


def test_partial_scores_stand_by_label(marked: Marked) -> None:
    relaxed = score_relaxed(marked(GOLD), marked("{T وزير} الخارجية {T الروسي} {L لافروف} في اتصال هاتفي"))
    assert relaxed.partial.by_label == {
        Label.TITLE: Score(1, 2, 1),
        Label.COUNTRY: Score(0, 0, 1),
        Label.LEADER: Score(1, 1, 1),
        Label.CALL: Score(0, 0, 1),
    }
