"""Inline markup to documents and back."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatif.data.jsonl import read_documents
from hatif.data.markup import format_markup, parse_markup
from hatif.domain import Call, Document, HatifError, Label, Party, Role, Span, Status

ARTICLE = Path(__file__).parents[2] / "data" / "annotated" / "article.jsonl"

# A telephone call between the Russian president and Qatar was held on Monday evening. Trump and Putin will speak.
MARKED = """\
=== gulf-003 2019-03-04
جرى {K1 اتصال هاتفي} بين <a|{T الرئيس} {C الروسي} {L بوتين}> و<b|{C قطر}> مساء الاثنين.
وينتظر {K2,3 اتصالات} مع <c|{L ترامب}>
@1 held | date=مساء الاثنين | a initiator RUS = | b recipient QAT
@2 planned | c party USA | a party RUS فلاديمير بوتين
@3 denied | c party - | b party QAT

=== gulf-004
لا شيء
"""
PUTIN, TRUMP = (Party(*place, None, None, Role.PARTY) for place in ((0, 5), (6, 12)))
TEXT = "جرى اتصال هاتفي بين الرئيس الروسي بوتين وقطر مساء الاثنين.\nوينتظر اتصالات مع ترامب"


def test_marks_become_spans_and_records() -> None:
    (first, second), problems = parse_markup(MARKED, "a.txt")
    assert not problems
    assert second == Document("gulf-004", "لا شيء")
    assert (first.id, first.text, first.published) == ("gulf-003", TEXT, date(2019, 3, 4))
    assert [(first.words_of(span), span.label) for span in first.spans] == [
        ("اتصال هاتفي", Label.CALL),
        ("الرئيس", Label.TITLE),
        ("الروسي", Label.COUNTRY),
        ("بوتين", Label.LEADER),
        ("قطر", Label.COUNTRY),
        ("اتصالات", Label.CALL),
        ("ترامب", Label.LEADER),
    ]
    putin, qatar, trump = (TEXT.index(words) for words in ("الرئيس", "قطر", "ترامب"))
    one, two, three = first.calls
    assert one == Call(
        ((4, 15),),
        Status.HELD,
        "مساء الاثنين",
        (
            Party(putin, putin + 19, "بوتين", "RUS", Role.INITIATOR),
            Party(qatar, qatar + 3, None, "QAT", Role.RECIPIENT),
        ),
    )
    assert (two.status, two.date, [party.name for party in two.parties]) == (
        Status.PLANNED,
        None,
        ["ترامب", "فلاديمير بوتين"],
    )
    assert two.triggers == three.triggers == ((TEXT.index("اتصالات"), TEXT.index("اتصالات") + 7),)
    assert (three.status, three.parties[0]) == (Status.DENIED, Party(trump, trump + 5, "ترامب", None, Role.PARTY))


def test_formatting_is_undone_by_parsing() -> None:
    documents, _ = parse_markup(MARKED, "a.txt")
    again, problems = parse_markup(format_markup(documents), "b.txt")
    assert not problems
    assert again == documents


def test_the_article_survives_the_way_through_markup() -> None:
    documents = read_documents(ARTICLE)
    assert parse_markup(format_markup(documents), "a.txt") == (documents, [])


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("===\nنص", "is no header; it reads '=== ID YYYY-MM-DD'"),
        ("=== a 2019-13-01\nنص", "month must be in 1..12"),
        ("=== a\n{X نص}", "'{' opens no mark that is known"),
        ("=== a\n{L نص", "still open at the end"),
        ("=== a\n<a|نص", "still open at the end"),
        ("=== a\nنص}", "a brace closes that none opened"),
        ("=== a\nنص>", "'>' closes no mention"),
        ("=== a\n{L نص {T نص}}", "a brace opens inside a brace"),
        ("=== a\n{L نص <a|نص>}", "'<a|' opens inside another mark"),
        ("=== a\n<a|{L نص>}", "'>' closes no mention"),
        ("=== a\n<a|نص> <a|نص>", "the letter 'a' stands for two mentions"),
        ("=== a\n{L }", "0–0 is empty"),
        ("=== a\n{K1 نص}", "no record line '@1 …'"),
        ("=== a\nنص\n@x held", "is no record; it reads '@N STATUS"),
        ("=== a\nنص\n@", "is no record"),
        ("=== a\nنص\n@1 ended", "status 'ended' in '@1 ended'; it is one of held, planned, denied"),
        ("=== a\nنص\n@1 held | date=أمس", "the date 'أمس' is no stretch of the text"),  # yesterday
        ("=== a\nنص\n@1 held", "two parties or more, not 0"),
        ("=== a\nنص\n@1 held | a party RUS", "party 'a' of .* has no mention '<a|…>' in the text"),
        ("=== a\n<a|نص>\n@1 held | a caller RUS", "role 'caller' in .*; it is one of initiator, recipient, party"),
        ("=== a\n<a|نص>\n@1 held | a party Russia", "alpha-3"),
        # Walid: is the و a part of the name?
        ("=== a\n<a|{L وليد}>\n@1 held | a party LBN", "give the name behind 'وليد', or '=' if it is whole so"),
    ],
)
def test_a_faulty_document_is_told_with_the_line_of_its_header(marked: str, told: str) -> None:
    documents, (problem,) = parse_markup(f"=== good\nنص\n{marked}", "a.txt")
    assert [document.id for document in documents] == ["good"]
    assert problem.place == "a.txt:3"
    assert all(part in problem.message for part in told.split(".*"))


def test_an_equals_sign_keeps_a_name_that_begins_like_a_proclitic() -> None:
    marked = "=== a\n<a|{L وليد}> <b|{L ترامب}>\n@1 held | a party LBN = | b party USA"
    ((document,), _) = parse_markup(marked, "a.txt")
    assert [party.name for party in document.calls[0].parties] == ["وليد", "ترامب"]


@pytest.mark.parametrize(
    "document",
    [
        Document("a", "نص {L بين} معقوفين"),  # text between braces
        Document("a", "3 > 2"),
        Document("a", "نص "),
        Document("a", "نص\n=== b\nنص"),
        Document("a", "نص\n@1 held"),
        Document("a", "نص\u2028نص"),
        Document("a b", "نص"),
        Document(
            "a",
            "بوتين وترامب",
            spans=(Span(0, 5, Label.LEADER),),
            calls=(Call((), Status.HELD, None, (PUTIN, TRUMP)),),
        ),
    ],
    ids=["braces", "bracket", "end", "header", "record", "line", "id", "nameless"],
)
def test_what_markup_cannot_hold_is_refused_rather_than_changed(document: Document) -> None:
    with pytest.raises(HatifError, match="cannot be written as markup"):
        format_markup([document])


@st.composite
def markable_documents(draw: st.DrawFn) -> Document:
    """Documents whose words are marked at random, with mentions around some of the marks."""
    words = draw(st.lists(st.sampled_from(["بوتين", "قطر", "اتصال", "نص،", "😀", "بـ\u200f"]), min_size=1, max_size=12))
    text = draw(st.sampled_from([" ", "\n"])).join(words)
    spans: list[Span] = []
    at = 0
    for word in words:
        label = draw(st.sampled_from([None, *Label]))
        if label:
            spans.append(Span(at, at + len(word), label))
        at += len(word) + 1
    ranges = [(span.start, span.end) for span in spans]
    triggers = [(span.start, span.end) for span in spans if span.label is Label.CALL]
    calls = []
    if len(ranges) > 1:
        for _ in range(draw(st.integers(0, 2))):
            chosen = draw(st.lists(st.sampled_from(ranges), min_size=2, max_size=3, unique=True))
            parties = tuple(Party(*pair, "فلان", "QAT", draw(st.sampled_from(Role))) for pair in chosen)
            picked = draw(st.lists(st.sampled_from(triggers), unique=True)) if triggers else []
            calls.append(Call(tuple(sorted(picked)), draw(st.sampled_from(Status)), None, parties))
    return Document("d-1", text, draw(st.none() | st.dates()), tuple(spans), tuple(calls))


@given(st.lists(markable_documents(), max_size=3))
def test_any_markable_document_survives_the_way_through_markup(documents: list[Document]) -> None:
    assert parse_markup(format_markup(documents), "a.txt") == (documents, [])
