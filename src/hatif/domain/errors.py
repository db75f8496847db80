"""Errors that tell the user where, what was seen, and how to go on."""

from collections.abc import Sequence
from dataclasses import dataclass


class HatifError(Exception):
    """A problem with the user's input or set-up, told in one line; the command line exits with 2."""


class BrokenRunError(HatifError):
    """A run that something outside it ended, and that can be gone on with."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a data file: `place` is `file:line`, `message` says what and how to go on."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class ProblemsError(HatifError):
    """Several faults of the data, collected so that they can be mended in one go."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")
