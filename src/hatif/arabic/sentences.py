"""Sentences of a text with their offsets."""

import re
from typing import NamedTuple

# A stop ends a sentence before white space, unless it follows a single letter (`د. محمد`) or another stop: headlines
# join their halves with two (`36 ساعة.. بوتين يجري`).
_STOP = re.compile(r"(?<![.\s][^\W\d_])(?<!^[^\W\d_])(?<!\.)[.!?؟]+[\"»”’)\]]*(?=\s)(?<!\.\.)|\n+")


class Sentence(NamedTuple):
    """A sentence or a line without white space around it: `[start, end)` in code points of the text."""

    start: int
    end: int


def split_sentences(text: str) -> list[Sentence]:
    """Split a text at line breaks and at full stops, question and exclamation marks; empty stretches are left out."""
    sentences = []
    start = 0
    for end in [*(match.end() for match in _STOP.finditer(text)), len(text)]:
        stretch = text[start:end]
        left = start + len(stretch) - len(stretch.lstrip())
        right = start + len(stretch.rstrip())
        if left < right:
            sentences.append(Sentence(left, right))
        start = end
    return sentences
