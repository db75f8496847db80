"""Documents through the Tagger and the linker to the machine forms, as a stream."""

import json
from datetime import date
from pathlib import Path
from time import process_time

import pytest

from hatif import Tagger
from hatif.domain import Document, Label, Span
from hatif.pipeline.predicting import Form, read_articles

# The Russian president Putin had a telephone call with Trump.
TEXT = "أجرى الرئيس الروسي بوتين اتصالا هاتفيا مع ترامب"
FOUND = [
    ("الرئيس", "TITLE"),
    ("الروسي", "COUNTRY"),
    ("بوتين", "LEADER"),
    ("اتصالا هاتفيا", "CALL"),
    ("ترامب", "LEADER"),
]


@pytest.fixture(scope="module")
def tagger(bundle: Path) -> Tagger:
    return Tagger.load(bundle)


def read(tagger: Tagger, *texts: str, min_score: float = 0.0) -> list[Document]:
    """The texts, tagged, as documents called d0, d1, …"""
    documents = [Document(f"d{number}", text) for number, text in enumerate(texts)]
    return [reading.document for reading in read_articles(documents, tagger, min_score, lambda _: None)]


def found(document: Document) -> list[tuple[str, str]]:
    return [(document.words_of(span), span.label.value) for span in document.spans]


def test_documents_come_out_tagged_in_their_order(tagger: Tagger) -> None:
    counted: list[int] = []
    documents = [Document("a", TEXT), Document("b", " \n"), Document("c", "بوتين")]
    readings = list(read_articles(documents, tagger, 0.0, counted.append))
    assert [reading.document.id for reading in readings] == ["a", "b", "c"]
    assert [found(reading.document) for reading in readings] == [FOUND, [], [("بوتين", "LEADER")]]
    assert sum(counted) == 9


def test_calls_are_linked_from_the_spans_that_are_kept(tagger: Tagger) -> None:
    document = Document("a", TEXT)
    (whole,) = read_articles([document], tagger, 0.0, lambda _: None)
    assert [[party.country for party in record.call.parties] for record in whole.linking.records] == [["RUS", None]]
    (nothing,) = read_articles([document], tagger, 1.0, lambda _: None)
    assert (nothing.document.spans, nothing.linking.records) == ((), ())


def test_spans_below_the_least_score_are_left_out(tagger: Tagger) -> None:
    (whole,) = read(tagger, TEXT)
    least = next(span.score for span in whole.spans if span.label is Label.COUNTRY)
    (kept,) = read(tagger, TEXT, min_score=least)
    assert [span.label for span in kept.spans] == [Label.COUNTRY, Label.CALL]


def test_a_long_document_is_read_to_its_end(tagger: Tagger) -> None:
    text = f"{TEXT}، " * 300
    (tagged,) = read(tagger, text)
    assert found(tagged) == FOUND * 300


@pytest.mark.parametrize(
    "mark",
    ["َ", "ـ", "\u200f", "\u200c", "\ufeff", "\u202e", "\u2067"],
    ids=["diacritic", "tatweel", "rlm", "zwnj", "bom", "rlo", "rli"],
)
def test_marks_inside_words_shift_no_offset(tagger: Tagger, mark: str) -> None:
    text = " ".join(word[:2] + mark + word[2:] for word in TEXT.split())
    (tagged,) = read(tagger, text)
    assert [(words.replace(mark, ""), label) for words, label in found(tagged)] == FOUND
    assert all(_on_word_edges(text, span) for span in tagged.spans)


@pytest.mark.parametrize("noise", ["😀", "\ud800", "\x00", "\x1b[31m", "👨‍👩‍👧", "漢字", "e\u0301", "ﷺ"])
def test_strange_characters_between_words_shift_no_offset(tagger: Tagger, noise: str) -> None:
    text = f" {noise} ".join(["", *TEXT.split(" مع "), ""])
    (tagged,) = read(tagger, text)
    assert found(tagged) == FOUND


def _on_word_edges(text: str, span: Span) -> bool:
    return (span.start == 0 or text[span.start - 1] == " ") and (span.end == len(text) or text[span.end] == " ")


def lines(form: str, tagger: Tagger, *texts: str) -> list[str]:
    documents = [Document(f"d{number}", text, date(2017, 11, 22)) for number, text in enumerate(texts)]
    made = Form(form)
    parts = [made.part(reading) for reading in read_articles(documents, tagger, 0.0, lambda _: None)]
    return "".join([made.head, *parts]).splitlines()


def test_columns_carry_the_tags_of_the_spans(tagger: Tagger) -> None:
    told = lines("conll", tagger, "اتصالا هاتفيا مع قطر.", "قطر")  # a telephone call with Qatar
    assert told == [
        "# id = d0",
        "اتصالا\tB-CALL",
        "هاتفيا\tI-CALL",
        "مع\tO",
        "قطر\tB-COUNTRY",
        ".\tO",
        "",
        "# id = d1",
        "قطر\tB-COUNTRY",
        "",
    ]


def test_json_lines_carry_spans_and_calls(tagger: Tagger) -> None:
    first, second = map(json.loads, lines("jsonl", tagger, TEXT, "لا شيء"))  # nothing
    assert (first["id"], len(first["spans"]), len(first["calls"])) == ("d0", 5, 1)
    assert (second["id"], second["spans"], second["calls"]) == ("d1", [], [])


@pytest.mark.parametrize("form", ["jsonl", "conll", "csv", "plover", "cameo"])
def test_every_form_takes_documents_with_and_without_calls(tagger: Tagger, form: str) -> None:
    both, none = lines(form, tagger, TEXT, "لا شيء", ""), lines(form, tagger)
    assert len(both) > len(none)
    assert len(none) == (form == "csv")  # the column names


def test_a_long_document_takes_time_by_its_length(tagger: Tagger) -> None:
    text = f"{TEXT}.\n"
    assert _seconds(tagger, text * 800) < 6 * _seconds(tagger, text * 200) + 1


def _seconds(tagger: Tagger, text: str) -> float:
    began = process_time()
    for form in ("jsonl", "csv", "plover", "cameo"):
        lines(form, tagger, text)
    return process_time() - began
