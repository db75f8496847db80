"""The stretch of text that says what a call was about."""

import re

from hatif.calls.reading import Row
from hatif.calls.words import is_definite, trigger_class

_OPENER = re.compile(
    r"[وف]?(?:بحثا|بحث|بحثت|لبحث|ناقشا|ناقش|ناقشت|لمناقشه|تناول|تناولا|تناولت|تناوله|يتناول|تركز|تركزت|ركز|تطرق|تطرقا|تطرقت|استعرض|استعرضا"
    r"|استعراض|تبادلا|تباحثا|حول|بشان|بخصوص|تصدره|تصدرها|تمحور|تمحورت|تعلقت|للتباحث|للتشاور|لتهنيته|مهنيا|هناه|هناته|للتهنيه)"
)
_VERB_BEFORE = re.compile(r"[وف]?(?:تناول|تناولت|تركز|تركزت|تطرق|تطرقت|تمحور|تمحورت)")
_END = re.compile(
    r"(?:[وف]?(?:قال|قالت|اكد|اكدت|اعلن|ذكر|ذكرت|اضاف|اوضح|شدد)|حسب|بحسب|وفق|وفقا|فيما|بينما|حيث|كما|وكان|وكانت|مشيرا|موكدا|مضيفا)"
)
_LONGEST = 60
"""Items of a topic."""


def topic_of(row: Row, position: int) -> tuple[int, int] | None:
    """The topic in the sentence of the trigger at `position`, from its opening word on; None where none opens."""
    items = row.items
    start = None
    before = items[position - 1].key if position else ""
    if _VERB_BEFORE.fullmatch(before) and is_definite(items[position].key):
        start = position + 1
    else:
        first = 0 if trigger_class(items[position].key) == "adverb" and position < 12 else position + 1
        for at in range(first, min(len(items), position + 30)):
            if at > position and items[at].trigger is not None and trigger_class(items[at].key) != "adverb":
                break
            if at > position and _OPENER.fullmatch(items[at].key):
                start = at
                break
    if start is None or start >= len(items):
        return None
    end = start + 1
    while end < min(len(items), start + _LONGEST):
        key, following = items[end].key, items[end + 1].key if end + 1 < len(items) else ""
        if (
            key in (".", "؟", "!", "؛", ":")
            or (key in ("،", ",") and _END.fullmatch(following))
            or items[end].trigger is not None
        ):
            break
        end += 1
    return items[start].start, items[end - 1].end
