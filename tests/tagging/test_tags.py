"""Spans to tags and back, and the most probable valid tags."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from hatif.arabic.words import Word, split_words
from hatif.domain import LABELS, Label, Span
from hatif.tagging.tags import TAGS, best_tags, decode, spans_to_tags, tags_to_spans

TEXT = "أجرى الرئيس الروسي اتصالا هاتفيا بترامب"  # the Russian president made a telephone call to Trump
WORDS = split_words(TEXT)
SPANS = [Span(5, 11, Label.TITLE), Span(12, 18, Label.COUNTRY), Span(19, 32, Label.CALL), Span(33, 39, Label.LEADER)]
ROW = ["O", "B-TITLE", "B-COUNTRY", "B-CALL", "I-CALL", "B-LEADER"]


def is_valid(tags: list[str]) -> bool:
    """Strict IOB2: an I follows B or I of its own label."""
    return all(tag[0] != "I" or before[1:] == tag[1:] for before, tag in zip(["O", *tags], tags, strict=False))


def test_tags_mark_spans_word_by_word() -> None:
    assert spans_to_tags(WORDS, SPANS) == ROW
    assert tags_to_spans(WORDS, ROW) == SPANS


@pytest.mark.parametrize("span", [Span(5, 10, Label.TITLE), Span(6, 11, Label.TITLE), Span(4, 11, Label.TITLE)])
def test_a_span_that_cuts_a_word_is_refused(span: Span) -> None:
    with pytest.raises(ValueError, match=f"{span.start}–{span.end} cuts a word"):
        spans_to_tags(WORDS, [span])


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ("O I-CALL I-CALL O O O", []),  # an I alone opens nothing
        ("B-CALL I-TITLE I-CALL O O O", [(0, 0, Label.CALL)]),  # nor after another label
        ("B-CALL B-CALL I-CALL O O B-CALL", [(0, 0, Label.CALL), (1, 2, Label.CALL), (5, 5, Label.CALL)]),
        ("B-CALL O I-CALL O O O", [(0, 0, Label.CALL)]),
        ("B-CALL I-CALL I-CALL I-CALL I-CALL I-CALL", [(0, 5, Label.CALL)]),
    ],
)
def test_only_strict_tags_make_spans(tags: str, found: list[tuple[int, int, Label]]) -> None:
    expected = [Span(WORDS[first].start, WORDS[last].end, label) for first, last, label in found]
    assert tags_to_spans(WORDS, tags.split()) == expected


def test_a_span_scores_as_its_weakest_word() -> None:
    (span,) = tags_to_spans(WORDS, ["O", "O", "B-CALL", "I-CALL", "I-CALL", "O"], [0.1, 0.2, 0.9, 0.6, 0.8, 0.3])
    assert span.score == 0.6


@st.composite
def rows_of_spans(draw: st.DrawFn) -> tuple[list[Word], list[Span]]:
    """Words of any lengths, apart or touching, and spans over whole runs of them."""
    words, spans, at = [], [], 0
    for length, gap in draw(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 2)), max_size=12)):
        words.append(Word(at + gap, at + gap + length))
        at += gap + length
    first = 0
    while first < len(words):
        size, label = draw(st.integers(1, 4)), draw(st.sampled_from([None, *LABELS]))
        last = min(first + size, len(words)) - 1
        if label:
            spans.append(Span(words[first].start, words[last].end, label))
        first = last + 1
    return words, spans


@given(rows_of_spans())
def test_spans_survive_the_way_through_tags(row: tuple[list[Word], list[Span]]) -> None:
    words, spans = row
    tags = spans_to_tags(words, spans)
    assert is_valid(tags)
    assert tags_to_spans(words, tags) == spans


def words_apart(number: int) -> list[Word]:
    """Words of one character."""
    return [Word(2 * at, 2 * at + 1) for at in range(number)]


@given(st.lists(st.sampled_from(TAGS), max_size=10))
def test_valid_tags_survive_the_way_through_spans(tags: list[str]) -> None:
    words = words_apart(len(tags))
    again = spans_to_tags(words, tags_to_spans(words, tags))
    assert is_valid(again)
    assert (again == tags) == is_valid(tags)


def random_probabilities(words: int, seed: int) -> NDArray[np.float32]:
    """Rows that sum to 1, some of them nearly sure."""
    random = np.random.default_rng(seed)
    return random.dirichlet(np.full(len(TAGS), random.choice([0.1, 0.3, 1.0])), size=words).astype(np.float32)


def log_probability(probabilities: NDArray[np.float32], tags: tuple[int, ...] | NDArray[np.int64]) -> float:
    logs = np.log(np.maximum(probabilities, 1e-30).astype(np.float64))
    return float(logs[np.arange(len(logs)), list(tags)].sum())


VALID_OF_FOUR = [
    sequence for sequence in product(range(len(TAGS)), repeat=4) if is_valid([TAGS[index] for index in sequence])
]


@pytest.mark.parametrize("seed", range(20))
def test_the_best_tags_are_those_of_an_exhaustive_search(seed: int) -> None:
    probabilities = random_probabilities(4, seed)
    best = max(log_probability(probabilities, sequence) for sequence in VALID_OF_FOUR)
    assert log_probability(probabilities, best_tags(probabilities)) == pytest.approx(best, abs=1e-5)


@given(st.lists(st.sampled_from(TAGS), max_size=10), st.integers(0, 2**32 - 1))
def test_a_valid_sequence_of_likely_tags_is_the_best(tags: list[str], seed: int) -> None:
    valid = spans_to_tags(row := words_apart(len(tags)), tags_to_spans(row, tags))
    probabilities = random_probabilities(len(tags) + 1, seed) * 0.01
    probabilities[0, TAGS.index("I-CALL")] += 0.6  # what cannot come first
    for word, tag in enumerate(valid, start=1):
        probabilities[word, TAGS.index(tag)] += 0.99
    best = [TAGS[index] for index in best_tags(probabilities)]
    assert best[1:] == valid
    assert is_valid(best)


@given(st.integers(0, 40), st.integers(0, 2**32 - 1))
def test_the_best_tags_are_always_valid(words: int, seed: int) -> None:
    tags = [TAGS[index] for index in best_tags(random_probabilities(words, seed))]
    assert len(tags) == words
    assert is_valid(tags)


def test_the_best_tags_are_valid_where_all_others_are_impossible() -> None:
    probabilities = np.zeros((3, len(TAGS)), dtype=np.float32)
    probabilities[:, TAGS.index("I-CALL")] = 1.0
    assert is_valid([TAGS[index] for index in best_tags(probabilities)])


def test_the_best_tags_stay_exact_over_a_long_document() -> None:
    words = random_probabilities(400, seed=13)
    words[0] = np.eye(len(TAGS), dtype=np.float32)[0]  # a sure O, which parts them from what comes before
    before = np.zeros((20_000, len(TAGS)), dtype=np.float32)
    assert (best_tags(np.concatenate([before, words]))[20_000:] == best_tags(words)).all()


def test_decoding_gives_spans_scored_by_the_tags_they_are_made_of() -> None:
    probabilities = np.full((6, len(TAGS)), 0.02, dtype=np.float32)
    for word, tag in enumerate(ROW):
        probabilities[word, TAGS.index(tag)] = 0.9 - 0.1 * word
    spans = decode(WORDS, probabilities)
    assert spans == SPANS
    assert [span.score for span in spans] == pytest.approx([0.8, 0.7, 0.5, 0.4])
