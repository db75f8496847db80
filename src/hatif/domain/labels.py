"""The four labels and their order, which travels with every bundle."""

from enum import StrEnum


class Label(StrEnum):
    """What a span marks; the annotation guidelines in `data/` define each."""

    LEADER = "LEADER"
    TITLE = "TITLE"
    COUNTRY = "COUNTRY"
    CALL = "CALL"


LABELS: tuple[Label, ...] = tuple(Label)
"""The one order of labels: tags, model outputs and tables follow it."""
