"""Documents written as markup, so that gold and prediction read side by side."""

from collections.abc import Callable

import pytest

from hatif.data.markup import parse_markup
from hatif.domain import Document


@pytest.fixture
def marked() -> Callable[..., list[Document]]:
    """Marked texts to documents called d0, d1, …"""

    def documents(*texts: str) -> list[Document]:
        found, problems = parse_markup("\n".join(f"=== d{n}\n{text}" for n, text in enumerate(texts)), "test")
        assert not problems
        return found

    return documents
