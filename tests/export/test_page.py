"""The page for people: the article with its spans marked, then the spans by label."""

import io

import pytest
from rich.console import Console

from hatif.domain import Call, Document, Label, Party, Role, Span, Status
from hatif.domain.record import CallRecord
from hatif.export.page import STYLES, marked, page

TEXT = "هاتف بوتين الرئيس القطري وبوتين"  # Putin rang up the president of Qatar and Putin
SPANS = (
    Span(0, 4, Label.CALL, 0.5),
    Span(5, 10, Label.LEADER, 0.99),
    Span(18, 24, Label.COUNTRY, 0.75),
    Span(25, 31, Label.LEADER, 0.91),
)


def shown(document: Document, *records: CallRecord, color: bool = False) -> str:
    file = io.StringIO()
    console = Console(file=file, width=80, force_terminal=color, color_system="standard" if color else None)
    console.print(page(document, records, (), console), soft_wrap=True)
    return file.getvalue()


def test_spans_stand_in_brackets_where_there_is_no_colour() -> None:
    assert marked(Document("d", TEXT, spans=SPANS), brackets=True).plain == (
        "[هاتف|CALL] [بوتين|LEADER] الرئيس [القطري|COUNTRY] [وبوتين|LEADER]"
    )


def test_spans_stand_in_their_colour_where_there_is_one() -> None:
    text = marked(Document("d", TEXT, spans=SPANS), brackets=False)
    assert text.plain == TEXT
    assert [(style.start, style.end, style.style) for style in text.spans] == [
        (span.start, span.end, STYLES[span.label]) for span in SPANS
    ]
    assert "\x1b[" in shown(Document("d", TEXT, spans=SPANS), color=True)


def test_the_list_counts_normalized_forms_with_their_best_score() -> None:
    rows = [line.split() for line in shown(Document("d", TEXT, spans=SPANS)).splitlines()]
    assert ["LEADER", "(2)", "times", "score"] in rows
    assert ["بوتين", "2", "0.99"] in rows
    assert ["القطري", "1", "0.75", "QAT"] in rows
    assert ["TITLE:", "none"] in rows


@pytest.mark.parametrize("control", ["\x1b", "\x9b", "\x07", "\x08", "\x7f"])
def test_no_control_of_the_article_reaches_the_terminal(control: str) -> None:
    text = f"{control}[2J {control}بوتين{control}"
    told = shown(Document(f"a{control}\nb", text, spans=(Span(5, 12, Label.LEADER),)))
    assert control not in told
    written = f"\\x{ord(control):02x}"
    assert f"{written}[2J [{written}بوتين{written}|LEADER]" in told
    assert f"a{written} b" in told


def test_no_control_of_a_call_record_reaches_the_terminal() -> None:
    parties = (Party(0, 6, "\x1bقطر", "QAT", Role.INITIATOR), Party(7, 12, None, None, Role.RECIPIENT))
    record = CallRecord(Call((), Status.HELD, "\x9bأمس", parties), None, (0, 12), ((0, 12),), 0.9, "rule")
    told = shown(Document("d", "\x1b\x9bمصر\x07 \x1bقطر\x08"), record)
    assert not {"\x1b", "\x9b", "\x07", "\x08"} & {*told}
    assert "\\x1bقطر QAT" in told
    assert "\\x9bأمس" in told


def test_markup_of_the_library_is_plain_text_in_an_article() -> None:
    assert "[red]قطر[/red] :smile:" in shown(Document("[bold]d", "[red]قطر[/red] :smile:"))
    assert "[bold]d" in shown(Document("[bold]d", "قطر"))


def test_a_long_article_is_cut_on_the_page_and_says_so() -> None:
    text = "قطر " * 10_000
    spans = tuple(Span(at, at + 3, Label.COUNTRY) for at in range(0, len(text), 4))
    told = shown(Document("d", text, spans=spans))
    assert "… 20,000 more characters" in told
    assert "COUNTRY (10000)" in told
    assert told.count("[قطر|COUNTRY]") == 5001


def test_an_article_without_spans_says_so_for_every_label() -> None:
    assert shown(Document("d", "لا شيء")).count(": none") == 4


def test_a_list_shows_a_thousand_forms_and_counts_the_rest() -> None:
    text = "".join(f"بوتين{number:04} " for number in range(1003))
    spans = tuple(Span(at, at + 9, Label.LEADER) for at in range(0, len(text), 10))
    told = shown(Document("d", text, spans=spans))
    assert "LEADER (1003)" in told
    assert "… 3 more; --format jsonl has them all" in told
    assert "بوتين0999" in told
    assert sum(line.startswith("بوتين") for line in told.split("LEADER (1003)")[1].splitlines()) == 1000
