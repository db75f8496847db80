"""Marks that spell no letter: diacritics and invisible controls."""

import unicodedata
from collections.abc import Mapping


class Markless(dict[int, str | int | None]):
    """A table for `str.translate` that drops all characters of Unicode's categories Mn and Cf.

    It is filled as characters are met, so that a text costs a look-up a character and no call; `also` says what becomes
    of others, as `str.maketrans` has it.
    """

    def __init__(self, also: Mapping[int, str | int | None]) -> None:
        super().__init__(also)

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.category(chr(code)) in ("Mn", "Cf") else code
        self[code] = kept
        return kept
