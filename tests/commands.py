"""How tests name a run of the command line."""

from collections.abc import Callable
from typing import NamedTuple


class Ended(NamedTuple):
    """How a command ended: its exit code, and what it wrote to both streams."""

    code: int
    out: str
    err: str


Hatif = Callable[..., Ended]
"""`hatif("predict", path)` runs a command to its end."""
