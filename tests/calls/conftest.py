"""Sentences of our own in the annotators' markup: a linker reads their spans and no records."""

from collections.abc import Callable
from datetime import date

import pytest

from hatif.data.markup import parse_markup
from hatif.domain import Document


@pytest.fixture
def marked() -> Callable[..., Document]:
    """Marked text, and perhaps a day of publication, to a document with spans."""

    def document(text: str, published: date | None = None) -> Document:
        (found,), problems = parse_markup(f"=== example {published or ''}\n{text}", "test")
        assert not problems
        return found

    return document
