"""Given names that are seldom a leader's whole name."""

from functools import cache
from importlib.resources import files

from hatif.arabic.countries import folded_readings


def is_given_name(word: str) -> bool:
    """Whether a word, with or without proclitics, is a given name that a second name follows."""
    return not _given_names().isdisjoint(folded_readings(word))


@cache
def _given_names() -> frozenset[str]:
    lines = (files("hatif.arabic") / "given_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
