"""Documents as JSON lines: there and back, and every way for a line to be faulty."""

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatif.data.jsonl import document_from, document_to, format_documents, iterate_documents, read_documents, to_line
from hatif.domain import Call, Document, HatifError, Label, Party, Problem, ProblemsError, Role, Span, Status

TEXT = "اتصل بوتين بترامب هاتفيا"  # Putin rang Trump up
DOCUMENT = Document(
    "wire-014",
    TEXT,
    date(2017, 11, 21),
    (Span(0, 4, Label.CALL), Span(5, 10, Label.LEADER), Span(11, 17, Label.LEADER)),
    (
        Call(
            ((0, 4),),
            Status.HELD,
            "هاتفيا",
            (Party(5, 10, "بوتين", "RUS", Role.INITIATOR), Party(11, 17, None, None, Role.RECIPIENT)),
        ),
    ),
)


@st.composite
def any_documents(draw: st.DrawFn) -> Document:
    """Documents of any text, lone surrogates and all."""
    text = draw(st.text(st.characters(), max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    spans = tuple(Span(start, end, draw(st.sampled_from(Label))) for start, end in pairs)
    parties = st.builds(
        lambda pair, *rest: Party(*pair, *rest),
        st.sampled_from(pairs or [(0, 1)]),
        st.none() | st.text(max_size=5),
        st.sampled_from([None, "QAT"]),
        st.sampled_from(Role),
    )
    calls = st.builds(
        Call,
        st.lists(st.sampled_from(pairs or [(0, 1)])).map(tuple),
        st.sampled_from(Status),
        st.none() | st.text(max_size=5),
        st.lists(parties, min_size=2, max_size=3).map(tuple),
    )
    found = draw(st.lists(calls, max_size=2)) if pairs else []
    return Document(draw(st.text(min_size=1, max_size=9)), text, draw(st.none() | st.dates()), spans, tuple(found))


@given(any_documents())
def test_any_document_survives_the_way_through_a_line(document: Document) -> None:
    line = to_line(document_to(document))
    assert line.count("\n") == 1
    assert line.endswith("\n")
    assert document_from(json.loads(line.encode("utf-8"))) == document


def test_a_file_of_documents_is_read_back(tmp_path: Path) -> None:
    other = Document("\ud800", "قطر\ud800\u2028 مصر")
    file = tmp_path / "a.jsonl"
    file.write_text(format_documents([DOCUMENT, other]), encoding="utf-8")
    assert read_documents(file) == [DOCUMENT, other]


def test_arabic_stays_readable_in_a_line() -> None:
    assert TEXT in to_line(document_to(DOCUMENT))


def test_a_byte_order_mark_and_empty_lines_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + to_line(document_to(DOCUMENT)).encode() + b"\r\n \n" + b'{"id":1,"text":""}')
    assert list(iterate_documents(file)) == [(1, DOCUMENT), (4, Document("1", ""))]


def changed(**changes: Any) -> dict[str, Any]:
    return {**document_to(DOCUMENT), **changes}


def changed_part(part: str, **changes: Any) -> dict[str, Any]:
    item = document_to(DOCUMENT)
    target = {"span": item["spans"][0], "call": item["calls"][0], "party": item["calls"][0]["parties"][0]}[part]
    target.update(changes)
    return item


FAULTS: list[tuple[object, str]] = [
    ([], "the document must be a JSON object, got list"),
    ("text", "the document must be a JSON object, got str"),
    (None, "the document must be a JSON object, got NoneType"),
    ({"id": "a"}, "key 'text' is missing"),
    ({"text": "a"}, "key 'id' is missing"),
    (changed(id=""), '"id" must be a non-empty string'),
    (changed(id=True), '"id" must be a non-empty string, got True'),
    (changed(id=None), '"id" must be a non-empty string, got None'),
    (changed(text=5), '"text" must be a string, got int'),
    (changed(text=None), '"text" must be a string, got NoneType'),
    (changed(published="22.11.2017"), '"published" must be a date such as "2017-11-22" or null, got \'22.11.2017\''),
    (changed(published=20171122), '"published" must be a date'),
    (changed(spans={}), '"spans" must be a list, got dict'),
    (changed(spans=[5]), "a span must be a JSON object, got int"),
    (changed(spans=[{"start": 0, "end": 4}]), "key 'label' is missing"),
    (changed_part("span", label="PERSON"), "label 'PERSON' is none of LEADER, TITLE, COUNTRY, CALL"),
    (changed_part("span", label=None), "label None is none of LEADER"),
    (changed_part("span", start="0"), "an offset must be a whole number, got '0'"),
    (changed_part("span", start=0.0), "an offset must be a whole number, got 0.0"),
    (changed_part("span", start=True), "an offset must be a whole number, got True"),
    (changed_part("span", end=0), "range 0–0 is empty"),
    (changed_part("span", start=-1), "range -1–4 is empty or negative"),
    (changed_part("span", end=6), "the spans 0–6 and 5–10 overlap"),
    (changed_part("span", start=20, end=25), "a range ends at 25, past the text of 24 characters"),
    (changed_part("span", score=2), "score 2.0 of the span 0–4 lies outside 0–1"),
    (changed_part("span", score="sure"), "could not convert string to float"),
    (changed_part("span", score=float("nan")), "score nan of the span"),
    (changed(calls=7), '"calls" must be a list, got int'),
    (changed(calls=[[]]), "a call must be a JSON object, got list"),
    (changed_part("call", status="ended"), "status 'ended' is none of held, planned, denied"),
    (changed_part("call", date=5), '"date" must be a string or null, got 5'),
    (changed_part("call", triggers=None, parties=None), "two parties or more, not 0"),
    (changed_part("call", triggers=[[0]]), "a trigger must be [start, end], got [0]"),
    (changed_part("call", triggers=[["0", "4"]]), "an offset must be a whole number"),
    (changed_part("call", triggers=[[20, 90]]), "a range ends at 90"),
    (changed_part("party", role="caller"), "role 'caller' is none of initiator, recipient, party"),
    (changed_part("party", name=5), '"name" must be a string or null, got 5'),
    (changed_part("party", country=["RUS"]), '"country" must be a string or null'),
    (changed_part("party", country="Russia"), "is not an ISO 3166-1 alpha-3 code such as 'RUS'"),
    (changed_part("party", end=99), "a range ends at 99"),
]


@pytest.mark.parametrize(("item", "told"), FAULTS, ids=[told for _, told in FAULTS])
def test_a_faulty_document_is_told_with_its_place(tmp_path: Path, item: object, told: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(to_line(document_to(DOCUMENT)) + json.dumps(item) + "\n", encoding="utf-8")
    whole, (number, problem) = iterate_documents(file)
    assert whole == (1, DOCUMENT)
    assert isinstance(problem, Problem)
    assert (number, problem.place) == (2, f"{file}:2")
    assert problem.message.startswith("no document of hatif's schema: ")
    assert told in problem.message


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"{", "invalid JSON (Expecting property name enclosed in double quotes at column 2)"),
        (b'{"id": "a", "text": "a"} {}', "invalid JSON (Extra data at column 26); one document a line"),
        ('{"id": "قطر"'.encode("cp1256"), "not UTF-8 (invalid continuation byte at byte 8)"),
        ('{"id": "قطر"}'.encode("utf-16"), "not UTF-8"),
        (b"[" * 100_000, "no document of hatif's schema: maximum recursion depth"),
        (b'{"id": ' + b"9" * 5000 + b"}", "no document of hatif's schema: Exceeds the limit"),
        (b"\x00", "invalid JSON"),
    ],
)
def test_a_line_that_is_no_json_is_told_with_its_place(tmp_path: Path, line: bytes, told: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\n" + line)
    ((number, problem),) = iterate_documents(file)
    assert isinstance(problem, Problem)
    assert (number, problem.place) == (2, f"{file}:2")
    assert problem.message.startswith(told)


@given(st.binary(max_size=40) | st.text(max_size=40).map(lambda text: json.dumps({"id": text, "text": text}).encode()))
def test_any_line_is_a_document_or_a_problem(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "a.jsonl").write_bytes(content)
        for _, item in iterate_documents(Path(folder) / "a.jsonl"):
            assert isinstance(item, Document | Problem)


def test_all_faulty_lines_are_collected(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{}\n{"id": "a", "text": "قطر"}\n[]\n', encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_documents(file)
    assert [problem.place for problem in caught.value.problems] == [f"{file}:1", f"{file}:3"]


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.jsonl"):
        with pytest.raises(HatifError, match="cannot be read"):
            read_documents(path)
