"""What a linker says of a call beyond the call itself: when by the calendar, about what, and how it knows."""

from dataclasses import dataclass
from datetime import date

from hatif.domain.document import Call, Party, check_range


@dataclass(frozen=True, slots=True)
class DateInterval:
    """The days that a time expression can mean, first to last, both included.

    Raises:
        ValueError: the last day comes before the first.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"the interval {self.first} to {self.last} ends before it begins")

    def __str__(self) -> str:
        """ISO 8601: a day, or an interval with a solidus."""
        return f"{self.first}" if self.first == self.last else f"{self.first}/{self.last}"

    @property
    def precision(self) -> str:
        """`day`, or how long the interval is: `week`, `month`, `year`, `longer`."""
        days = (self.last - self.first).days + 1
        for name, longest in (("day", 1), ("week", 7), ("month", 31), ("year", 366)):
            if days <= longest:
                return name
        return "longer"


@dataclass(frozen=True, slots=True)
class CallRecord:
    """A call with its provenance.

    `day` is what `call.date` means by the calendar, `topic` the stretch of text that says what it was about, `evidence`
    the sentences that report it, the clearest first; `score`, in [0, 1], says how sure the rule named by `rule` is.

    Raises:
        ValueError: a range is empty or the score lies outside [0, 1].
    """

    call: Call
    day: DateInterval | None
    topic: tuple[int, int] | None
    evidence: tuple[tuple[int, int], ...]
    score: float
    rule: str

    def __post_init__(self) -> None:
        for start, end in (*self.evidence, *([self.topic] if self.topic else [])):
            check_range(start, end)
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"score {self.score} of a call record lies outside 0–1")


@dataclass(frozen=True, slots=True)
class IncompleteCall:
    """Triggers that speak of a call of which at most one party was found."""

    triggers: tuple[tuple[int, int], ...]
    party: Party | None
    evidence: tuple[tuple[int, int], ...]
