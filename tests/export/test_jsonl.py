"""JSON lines: the schema, and beside every span what a reader wants to know."""

import json
from datetime import date
from time import process_time

import pytest

from hatif.data.jsonl import document_from
from hatif.domain import Call, Document, Label, Party, Role, Span, Status
from hatif.domain.record import CallRecord, DateInterval
from hatif.export.jsonl import jsonl

TEXT = "هاتف بوتين العاهل السعودي والسيسي وبوتين، عن كوسوفو والاتحاد السوفيتي"
# Putin rang up the Saudi sovereign and Sisi and Putin, about Kosovo and the Soviet Union


def span(words: str, label: Label, score: float = 1.0) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), label, score)


DOCUMENT = Document(
    "d",
    TEXT,
    date(2017, 11, 22),
    (
        span("هاتف", Label.CALL, 0.98765432),
        span("بوتين", Label.LEADER),
        span("العاهل", Label.TITLE),
        span("السعودي", Label.COUNTRY),
        span("والسيسي", Label.LEADER),
        span("وبوتين", Label.LEADER),
        span("كوسوفو", Label.COUNTRY),
        span("والاتحاد السوفيتي", Label.COUNTRY),
    ),
)


@pytest.fixture
def spans() -> dict[str, dict[str, object]]:
    return {item["text"]: item for item in json.loads(jsonl(DOCUMENT, ()))["spans"]}


def test_a_line_is_read_back_as_the_document() -> None:
    again = document_from(json.loads(jsonl(DOCUMENT, ())))
    assert again == DOCUMENT
    assert again.spans[0].score == 0.9877


@pytest.mark.parametrize(
    ("text", "normalized"),
    [("والسيسي", "السيسي"), ("وبوتين", "بوتين"), ("العاهل", "العاهل"), ("والاتحاد السوفيتي", "الاتحاد السوفيتي")],
)
def test_spans_are_normalized(spans: dict[str, dict[str, object]], text: str, normalized: str) -> None:
    assert spans[text]["normalized"] == normalized


@pytest.mark.parametrize(
    ("text", "codes"),
    [("السعودي", ("SA", "SAU")), ("كوسوفو", ("XK", "XKX")), ("والاتحاد السوفيتي", (None, None))],
)
def test_countries_carry_their_codes(
    spans: dict[str, dict[str, object]], text: str, codes: tuple[str | None, str | None]
) -> None:
    assert (spans[text]["alpha2"], spans[text]["alpha3"]) == codes


def test_only_countries_carry_codes(spans: dict[str, dict[str, object]]) -> None:
    assert {text for text, item in spans.items() if "alpha3" in item} == {"السعودي", "كوسوفو", "والاتحاد السوفيتي"}


def test_a_record_stands_beside_the_call_of_the_schema() -> None:
    parties = (Party(5, 10, "بوتين", "RUS", Role.INITIATOR), Party(11, 25, None, "SAU", Role.RECIPIENT))
    call = Call(((0, 4),), Status.HELD, None, parties)
    day = DateInterval(date(2017, 11, 20), date(2017, 11, 21))
    line = jsonl(DOCUMENT, [CallRecord(call, day, (39, 48), ((0, len(TEXT)),), 0.912345, "verb")])
    (item,) = json.loads(line)["calls"]
    assert document_from(json.loads(line)).calls == (call,)
    assert item["day"] == {"first": "2017-11-20", "last": "2017-11-21", "precision": "week"}
    assert (item["topic"], item["evidence"]) == ([39, 48], [[0, len(TEXT)]])
    assert (item["score"], item["rule"]) == (0.9123, "verb")


@pytest.mark.parametrize("text", ["قطر\ud800", "قطر\u2028\n\x1b", ""])
def test_any_text_makes_one_line_of_utf_8(text: str) -> None:
    line = jsonl(Document("d", text), ()).encode("utf-8")
    assert line.count(b"\n") == 1
    assert json.loads(line)["text"] == text


def test_the_names_of_a_long_document_are_read_once() -> None:
    names = [f"و{number}" for number in range(3000)]
    text, spans = " ".join(names), []
    for name in names:
        start = spans[-1].end + 1 if spans else 0
        spans.append(Span(start, start + len(name), Label.LEADER))
    began = process_time()
    jsonl(Document("d", text, spans=tuple(spans)), ())
    assert process_time() - began < 10  # a tenth of a second; read anew for each span they take half a minute
