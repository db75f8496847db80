"""Grammatical gender: of the people by their titles, of verbs and pronouns by their endings."""

import re
from collections.abc import Iterable

from hatif.arabic.countries import folded
from hatif.calls.words import word_set

_FEMALE = "f"
_MALE = "m"
_COURTESY = word_set("جلاله فخامه سعاده سياده دوله سماحه حضره غبطه قداسه نيافه معالي سمو السمو صاحب")
"""Titles of both sexes, some with the ending of the feminine: `فخامة الرئيس`, `فخامة الرئيسة`."""
_FEMININE_TITLE = re.compile(r"\w+(?:ة|ته|تها|تهم|تي|تنا)")
_FEMININE_VERB = re.compile(
    r"[وفل]*(?:قد)?[سل]?(?:(?:اجر|تلق|هاتف|اتصل|كلم|عقد|بادر|ختم|واصل|عاود|استقبل|انه)ت(?:ه|ها|هما|هم)?|تجري\w*|تتلقي\w*|تتصل|تعقد)"
)
# Without forms that the verbal noun shares once spelling is folded: `تلقى` and `تلقي`, `عقد` and `عقد`.
_MASCULINE_VERB = re.compile(
    r"[وف]*(?:قد)?[سل]?(?:اجري|هاتف|اتصل|كلم|بادر|واصل|عاود|يجري|يتلقي|يتصل|يهاتف|يعقد|يكلم)(?:ه|ها|هما|هم)?"
)
_HER = re.compile(r"\w*ها")
_HIM = re.compile(r"\w*ه")


def of_titles(titles: Iterable[str]) -> str:
    """`f` or `m` by the first of a person's titles that tells, as they are spelt: `رئيسة`, `نظيرتها`; else empty."""
    for title in titles:
        words = [word for word in title.split() if folded(word).removeprefix("ال") not in _COURTESY]
        if words:
            return _FEMALE if _FEMININE_TITLE.fullmatch(words[0]) else _MALE
    return ""


def of_verb(key: str) -> str:
    """The gender of a verb's subject; empty for what is no verb of calling."""
    bare = key.partition(" ")[0]
    if _FEMININE_VERB.fullmatch(bare):
        return _FEMALE
    return _MALE if _MASCULINE_VERB.fullmatch(bare) else ""


def of_pronoun(key: str) -> str:
    """The gender of whom the pronoun at the end of a word means."""
    if _HER.fullmatch(key):
        return _FEMALE
    return _MALE if _HIM.fullmatch(key) else ""
