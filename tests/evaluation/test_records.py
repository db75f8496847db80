"""Scores of call records."""

from dataclasses import replace

import pytest

from hatif.domain import Call, Document, HatifError, Label, Party, Role, Span, Status
from hatif.evaluation.records import RecordScores, same_party, score_records

# The Russian president Putin … the Egyptian president Sisi … the Emir of Qatar … the Emir of Qatar
TEXT = "الرئيس الروسي بوتين … الرئيس المصري السيسي … أمير قطر … أمير قطر … وبوتين"
SPANS = tuple(
    Span(start, start + len(word), Label.TITLE)
    for word in ("الرئيس", "أمير")
    for start in range(len(TEXT))
    if TEXT.startswith(word, start)
)
DOCUMENT = Document("d", TEXT, spans=SPANS)
PUTIN = Party(0, 19, "فلاديمير بوتين", "RUS", Role.INITIATOR)
SISI = Party(22, 42, "السيسي", "EGY", Role.RECIPIENT)
EMIR = Party(45, 53, None, "QAT", Role.RECIPIENT)
HELD = Call(((0, 5),), Status.HELD, "مساء الاثنين", (PUTIN, SISI))


def score(gold: list[Call], predicted: list[Call]) -> RecordScores:
    (counts,) = score_records([replace(DOCUMENT, calls=tuple(gold))], [replace(DOCUMENT, calls=tuple(predicted))])
    return counts


def test_a_perfect_prediction_counts_everywhere() -> None:
    assert score([HELD], [HELD]) == RecordScores(1, 1, 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("guess", "expected"),
    [
        (replace(HELD, status=Status.DENIED), RecordScores(1, 1, 1, 1, 0, 1)),
        (replace(HELD, date="أمس"), RecordScores(1, 1, 1, 1, 1, 0)),
        (replace(HELD, date=None), RecordScores(1, 1, 1, 1, 1, 0)),
        (replace(HELD, date="مَساءَ الإثنين"), RecordScores(1, 1, 1, 1, 1, 1)),
        (
            replace(HELD, parties=(replace(PUTIN, role=Role.RECIPIENT), replace(SISI, role=Role.INITIATOR))),
            RecordScores(1, 1, 1, 0, 1, 1),
        ),
        (replace(HELD, parties=(SISI, PUTIN)), RecordScores(1, 1, 1, 1, 1, 1)),
        (replace(HELD, parties=(PUTIN, EMIR)), RecordScores(1, 1, 0, 0, 0, 0)),
        (replace(HELD, parties=(PUTIN, SISI, EMIR)), RecordScores(1, 1, 0, 0, 0, 0)),
    ],
)
def test_each_part_of_a_record_counts_by_itself(guess: Call, expected: RecordScores) -> None:
    assert score([HELD], [guess]) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        # overlapping mentions; a name inside the other; a name with a proclitic
        (PUTIN, Party(14, 19, None, None, Role.PARTY), True),
        (PUTIN, Party(67, 73, "وبوتين", None, Role.PARTY), True),
        (PUTIN, Party(67, 73, "السيسي", "RUS", Role.PARTY), False),
        # no name: state and office
        (EMIR, Party(56, 64, None, "QAT", Role.PARTY), True),
        (EMIR, Party(56, 64, None, "KWT", Role.PARTY), False),
        (EMIR, Party(56, 64, None, None, Role.PARTY), False),
        (replace(SISI, country="QAT", name=None), Party(56, 64, None, "QAT", Role.PARTY), False),
    ],
)
def test_parties_match_by_mention_name_or_office(one: Party, other: Party, same: bool) -> None:
    assert same_party(DOCUMENT, one, DOCUMENT, other) is same


def test_two_calls_of_one_pair_are_paired_by_what_agrees() -> None:
    second = replace(HELD, date="أمس", triggers=((22, 25),), status=Status.DENIED)
    assert score([HELD, second], [second, HELD]) == RecordScores(2, 2, 2, 2, 2, 2)


def test_the_pairing_is_one_to_one() -> None:
    counts = score([HELD], [HELD, HELD])
    assert (counts.matched, counts.parties.precision, counts.parties.recall) == (1, 0.5, 1.0)


def test_counts_add_up() -> None:
    total = sum([score([HELD], [HELD]), score([HELD], [])], RecordScores())
    assert (total.gold, total.parties.recall, total.directed.f1) == (2, 0.5, pytest.approx(2 / 3))


def test_other_documents_are_refused() -> None:
    with pytest.raises(HatifError, match="d2"):
        score_records([DOCUMENT], [Document("d2", TEXT)])
