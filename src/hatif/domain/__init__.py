"""The value types of hatif: frozen, slotted, checked at birth, free of any other floor."""

from hatif.domain.document import Call, Document, Party, Role, Span, Status
from hatif.domain.errors import BrokenRunError, HatifError, Problem, ProblemsError
from hatif.domain.labels import LABELS, Label

__all__ = [
    "LABELS",
    "BrokenRunError",
    "Call",
    "Document",
    "HatifError",
    "Label",
    "Party",
    "Problem",
    "ProblemsError",
    "Role",
    "Span",
    "Status",
]
