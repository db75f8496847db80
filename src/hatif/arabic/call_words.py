"""Whether a word can be what names a conversation at a distance."""

import re

from hatif.arabic.countries import folded, plain

# Calls and phones; talks, which an adjective makes a call (`مباحثات هاتفية`); screens; devices and services.
_STEM = re.compile(
    "تصال|تصل|هاتف|كالم|تلفو|تليفو|تواصل|مخابر|سماع"
    "|حادث|حديث|شاور|باحث|مداخل|حوار|مقابل|قمه|اجتماع|موتمر|لقا|جلس"
    "|فيديو|مريي|تحاضر|افتراض|شاش"
    "|جوال|محمول|ثريا|سكايب|زوم|زووم|تيمز|فايبر|واتس"
)


def can_name_a_call(words: str) -> bool:
    """Whether one of the words is of a stem that calls are named by; all 2,303 CALL spans of train and dev have one."""
    return bool(_STEM.search(folded(plain(words))))
