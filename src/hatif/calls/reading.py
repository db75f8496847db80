"""Sentences as the linker reads them: words, mentions and triggers in one row, every mention with what governs it."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hatif.arabic.countries import folded, plain
from hatif.arabic.sentences import Sentence, split_sentences
from hatif.arabic.words import split_words
from hatif.calls.mentions import Mention
from hatif.domain import Document, Label, Span


@dataclass(frozen=True, slots=True)
class Item:
    """A word, a mention or a trigger: `key` is the word, or the trigger's words, in folded spelling."""

    start: int
    end: int
    key: str
    mention: int | None = None
    trigger: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence and its items in order."""

    sentence: Sentence
    items: tuple[Item, ...]

    @property
    def is_item(self) -> bool:
        """Whether this is a line of a list: a bullet, a symbol or a number opens it."""
        key = self.items[0].key
        return bool(key) and (key.isdigit() or key in "•*" or unicodedata.category(key[0]) in ("So", "Pd"))

    @property
    def opens_list(self) -> bool:
        """Whether a list follows: the sentence ends with a colon."""
        return self.items[-1].key == ":"


def read_rows(document: Document, mentions: Sequence[Mention]) -> tuple[list[Row], list[Span]]:
    """The sentences of a document, and its triggers in order, to which `Item.trigger` points."""
    triggers = [span for span in document.spans if span.label is Label.CALL]
    items = list(_items(document, mentions, triggers))
    rows = []
    position = 0
    for sentence in split_sentences(document.text):
        first = position
        while position < len(items) and items[position].start < sentence.end:
            position += 1
        if first < position:
            rows.append(Row(sentence, tuple(items[first:position])))
    return rows, triggers


def _items(document: Document, mentions: Sequence[Mention], triggers: Sequence[Span]) -> Iterator[Item]:
    marked = [Item(mention.start, mention.end, "", mention=index) for index, mention in enumerate(mentions)]
    marked += [
        Item(span.start, span.end, word_key(document.words_of(span)), trigger=index)
        for index, span in enumerate(triggers)
    ]
    marked.sort(key=lambda item: item.start)
    position = 0
    for word in split_words(document.text):
        while position < len(marked) and marked[position].end <= word.start:
            yield marked[position]
            position += 1
        if position < len(marked) and marked[position].start < word.end:
            continue
        yield Item(word.start, word.end, word_key(document.text[word.start : word.end]))
    yield from marked[position:]


@lru_cache(maxsize=16_384)
def word_key(word: str) -> str:
    """The word in folded spelling without diacritics; a sign as it stands."""
    return folded(plain(word)) or word
