"""Tagged documents as CoNLL columns: one word and its IOB2 tag a line, an empty line behind every document."""

from collections.abc import Sequence

from hatif.arabic.words import Word
from hatif.domain import Document


def conll(document: Document, words: Sequence[Word], tags: Sequence[str]) -> str:
    """One document: `word TAB tag` lines under a comment with its id."""
    # A line separator inside a word or an id would split a row.
    rows = (f"{_one_line(document.text[word.start : word.end])}\t{tag}" for word, tag in zip(words, tags, strict=True))
    return "\n".join([f"# id = {_one_line(document.id)}", *rows, "", ""])


def _one_line(text: str) -> str:
    return " ".join(text.splitlines()) if text else text
