"""Documents, spans and call records: what every floor above reads and returns.

All offsets are half-open ranges `[start, end)` of Unicode code points of `Document.text`, which nothing ever alters.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date as Date
from enum import StrEnum
from typing import Self

from hatif.domain.labels import Label


class Status(StrEnum):
    """Whether a call took place."""

    HELD = "held"
    PLANNED = "planned"
    DENIED = "denied"


class Role(StrEnum):
    """A party's side of a call; `PARTY` where the text does not say who called."""

    INITIATOR = "initiator"
    RECIPIENT = "recipient"
    PARTY = "party"


def check_range(start: int, end: int) -> None:
    """Raise `ValueError` unless `[start, end)` is a non-empty range of non-negative offsets."""
    if not 0 <= start < end:
        raise ValueError(f"range {start}–{end} is empty or negative; it needs 0 <= start < end")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A labelled range of characters.

    `score` is the calibrated probability, in [0, 1], that the span is right to the letter; gold spans carry 1.0.
    It is provenance and left out of equality.

    Raises:
        ValueError: the range is empty or negative, or the score lies outside [0, 1].
    """

    start: int
    end: int
    label: Label
    score: float = field(default=1.0, compare=False)

    def __post_init__(self) -> None:
        check_range(self.start, self.end)
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"score {self.score} of the span {self.start}–{self.end} lies outside 0–1")


@dataclass(frozen=True, slots=True)
class Party:
    """A participant of a call: its best mention, its name if the document gives one, its state, its side.

    `country` is an ISO 3166-1 alpha-3 code, or None where the party acts for no state.

    Raises:
        ValueError: the range is empty or negative, or the country is not three capital letters.
    """

    start: int
    end: int
    name: str | None
    country: str | None
    role: Role

    def __post_init__(self) -> None:
        check_range(self.start, self.end)
        if self.country is not None and not (
            len(self.country) == 3 and self.country.isascii() and self.country.isalpha() and self.country.isupper()
        ):
            raise ValueError(f"country {self.country!r} is not an ISO 3166-1 alpha-3 code such as 'RUS'")


@dataclass(frozen=True, slots=True)
class Call:
    """One record of a call: who spoke with whom, whether it took place, and the words that say so.

    `triggers` are the CALL ranges that speak of it (none for a call mentioned in other words); `date` holds the time
    words as written, or None.

    Raises:
        ValueError: fewer than two parties, or an empty trigger range.
    """

    triggers: tuple[tuple[int, int], ...]
    status: Status
    date: str | None
    parties: tuple[Party, ...]

    def __post_init__(self) -> None:
        if len(self.parties) < 2:
            raise ValueError(f"a call record needs two parties or more, not {len(self.parties)}")
        for start, end in self.triggers:
            check_range(start, end)


@dataclass(frozen=True, slots=True)
class Document:
    """An article: its text as the reader sees it, and what is known of it.

    Spans are kept in order of their offsets and never overlap.

    Raises:
        ValueError: a span or call reaches past the text, or spans overlap.
    """

    id: str
    text: str
    published: Date | None = None
    spans: tuple[Span, ...] = ()
    calls: tuple[Call, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "spans", tuple(sorted(self.spans)))
        for _, end in self._ranges():
            if end > len(self.text):
                raise ValueError(f"a range ends at {end}, past the text of {len(self.text)} characters")
        for left, right in zip(self.spans, self.spans[1:], strict=False):
            if right.start < left.end:
                raise ValueError(f"the spans {left.start}–{left.end} and {right.start}–{right.end} overlap")

    def _ranges(self) -> Iterator[tuple[int, int]]:
        for span in self.spans:
            yield span.start, span.end
        for call in self.calls:
            yield from call.triggers
            for party in call.parties:
                yield party.start, party.end

    def words_of(self, item: Span | Party) -> str:
        """The text under a span or a party's mention."""
        return self.text[item.start : item.end]

    def with_spans(self, spans: tuple[Span, ...]) -> Self:
        """The same article with these spans and no call records."""
        return replace(self, spans=spans, calls=())
