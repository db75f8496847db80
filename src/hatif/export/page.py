"""A readable page for the terminal: the calls, the article with its spans marked, the spans by label."""

import io
from collections import Counter
from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from hatif.arabic.clitics import normalized
from hatif.arabic.countries import country_of
from hatif.domain import LABELS, Document, Label
from hatif.domain.record import CallRecord, IncompleteCall
from hatif.export.calls_table import calls_table, incomplete_table
from hatif.export.jsonl import names_in
from hatif.export.terminal import one_line, without_controls

STYLES = {
    Label.LEADER: "bold magenta",
    Label.TITLE: "yellow",
    Label.COUNTRY: "green",
    Label.CALL: "bold cyan",
}
_LONGEST = 20_000
"""Characters of an article that the page shows; the list below it is of all."""
_ROWS = 1000
"""Forms that a list shows, the most frequent first; rich takes minutes to lay out 50,000."""


def page(
    document: Document, records: Sequence[CallRecord], incomplete: Sequence[IncompleteCall], console: Console
) -> RenderableType:
    """The calls, the article with its spans in colour (or in brackets, where there is none), and the lists by label."""
    return Group(
        Rule(Text(one_line(document.id), overflow="ellipsis")),
        calls_table(document, records),
        *([incomplete_table(document, incomplete)] if incomplete else []),
        marked(document, brackets=not console.color_system or console.no_color),
        Text(),
        *(_table(document, label) for label in LABELS),
    )


def page_text(document: Document, records: Sequence[CallRecord], incomplete: Sequence[IncompleteCall]) -> str:
    """The page for a file: 100 columns wide, without colour."""
    console = Console(width=100, soft_wrap=True, color_system=None, file=io.StringIO())
    with console.capture() as captured:
        console.print(page(document, records, incomplete, console))
    return captured.get()


def marked(document: Document, *, brackets: bool) -> Text:
    """The article as rich text; with `brackets` every span reads `[words|LABEL]`."""
    text = Text()
    last = 0
    for span in document.spans:
        if span.start > _LONGEST:
            break
        text.append(without_controls(document.text[last : span.start]))
        words = without_controls(document.words_of(span))
        text.append(f"[{words}|{span.label}]" if brackets else words, STYLES[span.label])
        last = span.end
    text.append(without_controls(document.text[last:_LONGEST]))
    if len(document.text) > _LONGEST:
        text.append(f"\n… {len(document.text) - _LONGEST:,} more characters", "dim")
    return text


def _table(document: Document, label: Label) -> RenderableType:
    names = names_in(document)
    forms: Counter[str] = Counter()
    scores: dict[str, float] = {}
    codes: dict[str, str] = {}
    for span in document.spans:
        if span.label is label:
            words = document.words_of(span)
            form = normalized(words, label, names)
            forms[form] += 1
            scores[form] = max(scores.get(form, 0.0), span.score)
            country = country_of(words) if label is Label.COUNTRY else None
            codes[form] = country.alpha3 if country else ""
    if not forms:
        return Text(f"{label}: none\n", style="dim")
    table = Table(box=None, pad_edge=False, show_header=True, header_style=STYLES[label])
    table.add_column(f"{label} ({sum(forms.values())})", min_width=28)
    table.add_column("times", justify="right")
    table.add_column("score", justify="right")
    if label is Label.COUNTRY:
        table.add_column("ISO")
    for form, times in forms.most_common(_ROWS):
        row: list[RenderableType] = [Text(one_line(form)), str(times), f"{scores[form]:.2f}"]
        table.add_row(*row, *([codes[form]] if label is Label.COUNTRY else []))
    more = f"… {len(forms) - _ROWS:,} more; --format jsonl has them all\n" if len(forms) > _ROWS else ""
    return Group(table, Text(more, style="dim"))
