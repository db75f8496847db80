"""Known names and new ones."""

from collections.abc import Callable

import pytest

from hatif.domain import Document, Label
from hatif.evaluation.names import known_names, score_names
from hatif.evaluation.scores import Score

Marked = Callable[..., list[Document]]


@pytest.mark.parametrize(
    ("name", "known", "seen"),
    [
        ("بوتين", "بوتين", True),  # Putin
        ("وبوتين", "بوتين", True),  # and Putin
        ("بوتين", "لبوتين", True),  # to Putin
        ("للجزائر", "الجزائر", True),  # to Algeria
        ("الأمريكى", "الامريكي", True),  # the American, in two spellings
        ("بُوتيـن", "بوتين", True),  # with a vowel sign and a tatweel
        ("بوتين", "فلاديمير بوتين", False),
        ("مدفيديف", "بوتين", False),  # Medvedev
    ],
)
def test_a_name_is_seen_whatever_its_spelling_and_proclitics(marked: Marked, name: str, known: str, seen: bool) -> None:
    gold = marked(f"{{L {name}}}")
    scores = score_names(gold, gold, {known})
    side, other = (scores.seen, scores.unseen) if seen else (scores.unseen, scores.seen)
    assert side.by_label[Label.LEADER] == Score(1, 1, 1)
    assert other.micro == Score(0, 0, 0)


def test_recall_and_precision_count_their_own_sides(marked: Marked) -> None:
    # Macron and the president Abdulla; the prediction cuts the known title wrongly.
    gold = marked("{L ماكرون} {T والرئيس} {L عبدالله} في {K اتصال}")
    predicted = marked("{L ماكرون} {T والرئيس عبدالله} في {K اتصال}")
    scores = score_names(gold, predicted, {"ماكرون", "الرئيس"})
    assert scores.seen.by_label[Label.LEADER] == Score(1, 1, 1)
    assert scores.seen.by_label[Label.TITLE] == Score(0, 0, 1)
    assert scores.unseen.by_label[Label.TITLE] == Score(0, 1, 0)
    assert scores.unseen.by_label[Label.LEADER] == Score(0, 0, 1)
    assert scores.seen.by_label[Label.CALL] == scores.unseen.by_label[Label.CALL] == Score(0, 0, 0)


def test_known_names_are_those_of_leaders_titles_and_countries(marked: Marked) -> None:
    documents = marked("{T أمير} {C قطر} {L تميم}", "{K اتصال} مع {C قطر}")  # the emir of Qatar Tamim; a call with
    assert known_names(documents) == {"أمير", "قطر", "تميم"}
