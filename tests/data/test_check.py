"""Every fault of annotated documents is listed, and nothing that is right."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hatif.data.check import check_files, faults_of
from hatif.data.jsonl import format_documents
from hatif.domain import Call, Document, HatifError, Label, Party, Role, Span, Status

Write = Callable[..., Path]
TEXT = "اتصل بوتين، بترامب هاتفيا"  # Putin rang Trump up
CALL_SPAN = Span(0, 4, Label.CALL)


def record(*, triggers: tuple[tuple[int, int], ...] = ((0, 4),), date: str | None = None, end: int = 10) -> Document:
    """The document with one call record."""
    parties = (Party(5, end, None, "RUS", Role.PARTY), Party(12, 18, None, "USA", Role.PARTY))
    return Document("d", TEXT, spans=(CALL_SPAN,), calls=(Call(triggers, Status.HELD, date, parties),))


def marked(start: int, end: int, text: str = TEXT) -> Document:
    return Document("d", text, spans=(Span(start, end, Label.LEADER),))


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (marked(5, 9), 'LEADER 5–9 "بوتي" cuts a word'),
        (marked(6, 10), 'LEADER 6–10 "وتين" cuts a word'),
        (marked(4, 10), 'LEADER 4–10 " بوتين" cuts a word or takes in white space'),
        (marked(5, 11), 'LEADER 5–11 "بوتين،" has punctuation at its edge'),
        (marked(0, 6, "#بوتين"), "has punctuation at its edge"),
        (marked(0, 2, "5٪"), "has punctuation at its edge"),  # an Arabic percent sign
        (record(triggers=((5, 10),)), 'trigger 5–10 "بوتين" is no CALL span'),
        (record(date="مساء أمس"), 'date "مساء أمس" is no stretch of the text'),  # yesterday evening
        (record(end=9), 'party 5–9 "بوتي" cuts a word'),
    ],
)
def test_a_fault_is_told_with_the_words_it_stands_in(document: Document, told: str) -> None:
    faults = list(faults_of(document))
    assert any(told in fault for fault in faults), faults


@pytest.mark.parametrize(
    "document",
    [
        Document("d", ""),
        marked(5, 10),
        record(),
        record(triggers=()),  # a call that is told in other words
        marked(0, 7, "بِوتينِ"),  # ends with a kasra
        marked(0, 7, "\u200fبوتين\u202c"),  # the direction marks belong to the word
        marked(0, 13, "دونالد #ترمب،"[:12] + "ب"),  # a hash inside the name
    ],
)
def test_what_is_right_is_let_alone(document: Document) -> None:
    assert list(faults_of(document)) == []


def test_initiators_and_plain_parties_do_not_mix() -> None:
    parties = (Party(5, 10, None, None, Role.INITIATOR), Party(12, 18, None, None, Role.PARTY))
    document = Document("d", TEXT, spans=(CALL_SPAN,), calls=(Call(((0, 4),), Status.HELD, None, parties),))
    assert list(faults_of(document)) == ["a call mixes initiator and party roles: initiator, party"]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def documents(name: str, *texts: str, prefix: str = "") -> Path:
        path = tmp_path / name
        found = [Document(f"{prefix or name}-{at}", text) for at, text in enumerate(texts)]
        path.write_text(format_documents(found), encoding="utf-8")
        return path

    return documents


# The president received a telephone call from the sovereign in which they discussed the crisis in the region.
LONG = "تلقى الرئيس اتصالا هاتفيا من العاهل بحثا فيه تطورات الأزمة في المنطقة وسبل حلها سياسيا"
OTHER = "هاتف وزير الخارجية نظيره القطري وأكد له أن بلاده لن تغير موقفها من الاتفاق النووي أبدا"


def test_faults_of_all_files_are_told_with_their_lines(write: Write, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{}\n\n" + format_documents([marked(5, 9)]) + "[]\n", encoding="utf-8")
    empty = write("empty.jsonl")
    problems = check_files([bad, write("good.jsonl", LONG, OTHER), empty])
    assert [problem.place for problem in problems] == [f"{bad}:1", f"{bad}:3", f"{bad}:4", f"{empty}:1"]


def test_an_id_used_twice_is_told_within_and_across_files(write: Write) -> None:
    one, two = write("one.jsonl", LONG, prefix="x"), write("two.jsonl", OTHER, prefix="x")
    (problem,) = check_files([one, two])
    assert str(problem) == f"{two}:1: id 'x-0' stands in {one}:1 too; ids name one document"


def test_a_near_duplicate_across_files_is_told(write: Write) -> None:
    one, two = write("one.jsonl", LONG), write("two.jsonl", OTHER, f"نعم، {LONG} كما قال")  # yes, … as he said
    (problem,) = check_files([one, two])
    assert str(problem) == f"{two}:2: near-duplicate of {one}:1: 100% of its runs of words"


def test_files_may_share_less_with_themselves_than_with_each_other(write: Write) -> None:
    third = " ".join([*LONG.split()[:8], *OTHER.split()[:8]])  # 4 of 10 runs of five words
    assert check_files([write("one.jsonl", LONG, third)]) == []
    assert len(check_files([write("two.jsonl", LONG), write("three.jsonl", third)])) == 1


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(HatifError, match="cannot be read"):
        check_files([tmp_path / "missing.jsonl"])
