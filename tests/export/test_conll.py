"""CoNLL columns: one row a word, whatever the words."""

from hypothesis import given
from hypothesis import strategies as st

from hatif.arabic.words import split_words
from hatif.domain import Document, Label, Span
from hatif.export.conll import conll


def test_words_and_tags_stand_in_columns_under_the_id() -> None:
    text = "اتصل\nبوتين"  # Putin rang
    assert conll(Document("a\nb", text), split_words(text), ["B-CALL", "B-LEADER"]) == (
        "# id = a b\nاتصل\tB-CALL\nبوتين\tB-LEADER\n\n"
    )


@given(st.text(st.characters(), max_size=60), st.text(min_size=1, max_size=9))
def test_every_word_has_one_row(text: str, name: str) -> None:
    words = split_words(text)
    head, *rows = conll(Document(name, text), words, ["O"] * len(words)).removesuffix("\n\n").splitlines()
    assert head.startswith("# id = ")
    assert rows == [f"{text[word.start : word.end]}\tO" for word in words]


def test_a_document_without_words_is_its_id() -> None:
    assert conll(Document("a", " "), [], []) == "# id = a\n\n"


def test_spans_do_not_matter_to_the_columns() -> None:
    document = Document("a", "قطر", spans=(Span(0, 3, Label.COUNTRY),))  # Qatar
    assert conll(document, split_words("قطر"), ["O"]) == "# id = a\nقطر\tO\n\n"
