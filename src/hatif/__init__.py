"""hatif (هاتف, telephone) reads Arabic news and tells who called whom.

>>> from hatif import Tagger
>>> document = Tagger.load().tag("أجرى الرئيس الروسي اتصالا هاتفيا بالعاهل السعودي")
>>> [document.words_of(span) for span in document.spans]
['الرئيس', 'الروسي', 'اتصالا هاتفيا', 'بالعاهل', 'السعودي']
"""

from typing import TYPE_CHECKING

from hatif.domain import Call, Document, HatifError, Label, Party, Role, Span, Status

if TYPE_CHECKING:
    from hatif.inference.tagger import Tagger

__version__ = "0.1.0"

__all__ = ["Call", "Document", "HatifError", "Label", "Party", "Role", "Span", "Status", "Tagger"]


def __getattr__(name: str) -> object:
    # The Tagger brings numpy, tokenizers and onnxruntime along: only who asks for it waits for them.
    if name == "Tagger":
        from hatif.inference.tagger import Tagger

        return Tagger
    raise AttributeError(f"module 'hatif' has no attribute {name!r}")
