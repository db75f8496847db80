"""Spans to strict IOB2 tags, one per word, and back."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hatif.arabic.words import Word
from hatif.domain import LABELS, Label, Span

OUTSIDE = "O"
TAGS: tuple[str, ...] = (OUTSIDE, *(f"{prefix}-{label}" for label in LABELS for prefix in "BI"))
"""The one order of tags, that of a bundle's outputs: O, then B and I of every label."""


def spans_to_tags(words: Sequence[Word], spans: Sequence[Span]) -> list[str]:
    """One IOB2 tag per word.

    Raises:
        ValueError: a span does not begin and end with a word.
    """
    tags = [OUTSIDE] * len(words)
    starts = {word.start: index for index, word in enumerate(words)}
    ends = {word.end: index for index, word in enumerate(words)}
    for span in spans:
        first, last = starts.get(span.start), ends.get(span.end)
        if first is None or last is None:
            raise ValueError(f"the span {span.start}–{span.end} cuts a word; run `hatif data check` on the file")
        tags[first : last + 1] = [f"B-{span.label}", *[f"I-{span.label}"] * (last - first)]
    return tags


def tags_to_spans(words: Sequence[Word], tags: Sequence[str], scores: Sequence[float] | None = None) -> list[Span]:
    """The spans that strict IOB2 tags mark: an I that follows neither B nor I of its label opens nothing.

    A span's score is the lowest of its words' `scores`, each the probability of the word's tag.
    """
    spans: list[Span] = []
    opened = 0
    label: str | None = None
    for index, tag in enumerate([*tags, OUTSIDE]):
        prefix, _, name = tag.partition("-")
        if label is not None and not (prefix == "I" and name == label):
            score = min(scores[opened:index]) if scores is not None else 1.0
            spans.append(Span(words[opened].start, words[index - 1].end, Label(label), score))
            label = None
        if prefix == "B":
            opened, label = index, name
    return spans


def _forbidden() -> NDArray[np.float64]:
    """Transition costs, `(tags, tags)`: minus infinity into an I from anything but B or I of its label."""
    # Their double precision carries over to the sums: single precision got one tag in 300 wrong over 300,000 words.
    costs = np.zeros((len(TAGS), len(TAGS)), dtype=np.float64)
    for column, tag in enumerate(TAGS):
        if tag.startswith("I-"):
            costs[:, column] = -np.inf
            costs[column - 1 : column + 1, column] = 0.0
    return costs


_TRANSITIONS = _forbidden()
_ALLOWED_AFTER = np.isfinite(_TRANSITIONS)
_ALLOWED_FIRST = np.array([not tag.startswith("I-") for tag in TAGS])


def best_tags(probabilities: NDArray[np.float32]) -> NDArray[np.int64]:
    """The most probable valid IOB2 sequence for `(words, tags)` probabilities, as `(words,)` indices into `TAGS`.

    Where the best tag of every word makes a valid sequence it is the answer; only otherwise does Viterbi run.
    """
    best: NDArray[np.int64] = probabilities.argmax(axis=1)
    if len(best) == 0 or (_ALLOWED_FIRST[best[0]] and bool(_ALLOWED_AFTER[best[:-1], best[1:]].all())):
        return best
    logs = np.log(np.maximum(probabilities, 1e-30))
    score = np.where(_ALLOWED_FIRST, logs[0], -np.inf)
    back = np.zeros(logs.shape, dtype=np.int8)
    for index in range(1, len(logs)):
        paths = score[:, None] + _TRANSITIONS
        back[index] = paths.argmax(axis=0)
        score = paths.max(axis=0) + logs[index]
    best = np.empty(len(logs), dtype=np.int64)
    best[-1] = score.argmax()
    for index in range(len(logs) - 1, 0, -1):
        best[index - 1] = back[index, best[index]]
    return best


def decode(words: Sequence[Word], probabilities: NDArray[np.float32]) -> list[Span]:
    """The spans of the most probable valid tags; shape of `probabilities`: `(words, tags)`."""
    best = best_tags(probabilities)
    scores = probabilities[np.arange(len(best)), best].astype(float).clip(0.0, 1.0)
    return tags_to_spans(words, [TAGS[index] for index in best], scores.tolist())
