"""Scores of call records: parties, direction, status and date.

Two records match when their parties can be paired off one to one. A party is another's when their mentions overlap,
when one name holds the other's words (`بوتين`, `فلاديمير بوتين`), or, where a name is missing on either side, when both
name the same state and office. Direction, status and date are looked at in matched records only.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hatif.arabic.countries import folded, folded_readings, plain
from hatif.domain import Call, Document, Label, Party
from hatif.evaluation.scores import Score, check_pairs


@dataclass(frozen=True, slots=True)
class RecordScores:
    """Counts of records: those predicted, those of gold, and of the matched ones how many agree in what."""

    predicted: int = 0
    gold: int = 0
    matched: int = 0
    same_direction: int = 0
    same_status: int = 0
    same_date: int = 0

    def __add__(self, other: "RecordScores") -> "RecordScores":
        return RecordScores(
            self.predicted + other.predicted,
            self.gold + other.gold,
            self.matched + other.matched,
            self.same_direction + other.same_direction,
            self.same_status + other.same_status,
            self.same_date + other.same_date,
        )

    @property
    def parties(self) -> Score:
        """Records with every party right."""
        return Score(self.matched, self.predicted, self.gold)

    @property
    def directed(self) -> Score:
        """Records with every party and its role right."""
        return Score(self.same_direction, self.predicted, self.gold)

    @property
    def status(self) -> Score:
        """Records with every party and the status right."""
        return Score(self.same_status, self.predicted, self.gold)

    @property
    def date(self) -> Score:
        """Records with every party and the time words right, none where there are none."""
        return Score(self.same_date, self.predicted, self.gold)


def score_records(gold: Sequence[Document], predicted: Sequence[Document]) -> list[RecordScores]:
    """The counts of every document, in order, to be summed or resampled.

    Raises:
        HatifError: the two are not the same documents in the same order.
    """
    check_pairs(gold, predicted)
    return [_score(truth, guess) for truth, guess in zip(gold, predicted, strict=True)]


def _score(gold: Document, predicted: Document) -> RecordScores:
    pairs = match_records(gold, predicted)
    return RecordScores(
        predicted=len(predicted.calls),
        gold=len(gold.calls),
        matched=len(pairs),
        same_direction=sum(_same_roles(gold, truth, predicted, guess) for truth, guess in pairs),
        same_status=sum(truth.status is guess.status for truth, guess in pairs),
        same_date=sum(_date_key(truth) == _date_key(guess) for truth, guess in pairs),
    )


def match_records(gold: Document, predicted: Document) -> list[tuple[Call, Call]]:
    """The one-to-one pairing of gold with predicted records that matches the most.

    Among equals, records that share triggers, direction, status and date are paired first.
    """

    def agreement(truth: Call, guess: Call) -> int:
        return (
            2 * bool(set(truth.triggers) & set(guess.triggers))
            + _same_roles(gold, truth, predicted, guess)
            + (truth.status is guess.status)
            + (_date_key(truth) == _date_key(guess))
        )

    candidates = [
        [
            guess
            for guess in range(len(predicted.calls))
            if _same_parties(gold, truth, predicted, predicted.calls[guess])
        ]
        for truth in gold.calls
    ]
    for truth, options in zip(gold.calls, candidates, strict=True):
        options.sort(key=lambda guess: -agreement(truth, predicted.calls[guess]))
    paired = _pairing(candidates)
    return [(gold.calls[truth], predicted.calls[guess]) for truth, guess in sorted(paired.items())]


def _pairing(candidates: Sequence[Sequence[int]]) -> dict[int, int]:
    """A maximum matching of the rows with their candidates by augmenting paths (Kuhn 1955)."""
    row_of: dict[int, int] = {}

    def place(row: int, tried: set[int]) -> bool:
        for column in candidates[row]:
            if column not in tried:
                tried.add(column)
                if column not in row_of or place(row_of[column], tried):
                    row_of[column] = row
                    return True
        return False

    for row in range(len(candidates)):
        place(row, set())
    return {row: column for column, row in row_of.items()}


def _same_parties(gold: Document, truth: Call, predicted: Document, guess: Call) -> bool:
    return _parties_pair_off(gold, truth, predicted, guess, lambda _one, _other: True)


def _same_roles(gold: Document, truth: Call, predicted: Document, guess: Call) -> bool:
    return _parties_pair_off(gold, truth, predicted, guess, lambda one, other: one.role is other.role)


def _parties_pair_off(
    gold: Document, truth: Call, predicted: Document, guess: Call, also: Callable[[Party, Party], bool]
) -> bool:
    if len(truth.parties) != len(guess.parties):
        return False
    candidates = [
        [
            column
            for column, other in enumerate(guess.parties)
            if same_party(gold, one, predicted, other) and also(one, other)
        ]
        for one in truth.parties
    ]
    return len(_pairing(candidates)) == len(truth.parties)


def same_party(document: Document, party: Party, other_document: Document, other: Party) -> bool:
    """Whether two parties of the same article are one: by mention, by name, else by state and office."""
    if party.start < other.end and other.start < party.end:
        return True
    if party.name and other.name:
        return _same_name(party.name, other.name)
    if party.country is None or party.country != other.country:
        return False
    return bool(_offices(document, party) & _offices(other_document, other))


def _same_name(name: str, other: str) -> bool:
    """One name holds all words of the other, under some reading of their proclitics."""
    return any(one <= two or two <= one for one in _name_words(name) for two in _name_words(other))


def _name_words(name: str) -> list[frozenset[str]]:
    return [frozenset(words) for key in folded_readings(name) if (words := key.split())]


def _offices(document: Document, party: Party) -> set[str]:
    """The first words of the titles inside a party's mention, without proclitics and article: `رئيس`, `وزير`."""
    titles = (
        document.words_of(span)
        for span in document.spans
        if span.label is Label.TITLE and party.start <= span.start and span.end <= party.end
    )
    return {key.split()[0].removeprefix("ال") for title in titles for key in folded_readings(title) if key}


def _date_key(call: Call) -> str | None:
    return folded(plain(call.date)) if call.date else None
