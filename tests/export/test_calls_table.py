"""The table of calls on the terminal."""

import io

from rich.console import Console, RenderableType

from hatif.calls import link
from hatif.data.markup import parse_markup
from hatif.export.calls_table import calls_table, incomplete_table

# The Egyptian president called the Greek one; a minister and his counterpart discussed by telephone.
TEXT = """=== d 2020-05-06
أجرى {T الرئيس} {C المصري} {L عبد الفتاح السيسي} أمس {K اتصالا هاتفيا} مع {T الرئيس} {C اليوناني} {L بابولياس}.
وبحث {T وزير الخارجية} {C الأردني} {L أيمن الصفدي} {K هاتفيا} مع {T وزير خارجية} {C قطر} {L محمد بن عبد الرحمن} الأزمة.
"""


def shown(renderable: RenderableType) -> str:
    console = Console(file=io.StringIO(), width=160, color_system=None)
    console.print(renderable)
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_a_caller_is_told_from_an_unknown_one() -> None:
    ((document,), _) = parse_markup(TEXT, "d")
    lines = shown(calls_table(document, link(document).records)).splitlines()
    (made,) = [line for line in lines if "السيسي EGY" in line]
    (mutual,) = [line for line in lines if "الصفدي JOR" in line]
    assert "→" in made
    assert "أمس 2020-05-05" in made
    assert "↔" in mutual
    assert any(line.startswith("1. أجرى") for line in lines)


def test_without_a_call_one_line_says_so() -> None:
    ((document,), _) = parse_markup("=== d\nزار {T الرئيس} {C قطر}.\n", "d")
    assert shown(calls_table(document, ())).strip() == "no call between leaders, officials or states"


def test_a_call_of_one_party_is_shown_apart() -> None:
    ((document,), _) = parse_markup("=== d\nأجرى {L بوتين} {K اتصالا هاتفيا} طويلا.\n", "d")
    linking = link(document)
    assert linking.records == ()
    assert "بوتين" in shown(incomplete_table(document, linking.incomplete))
