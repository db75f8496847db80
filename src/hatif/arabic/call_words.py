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
# What is nothing but a verb that means to phone: `يهاتفه`, `سيتصلون`; `اتصل` and `تتصل` may mean to be connected.
_PHONING = re.compile("[وف]?[لس]?[ايتن]هاتف(?:ا|ان|ون|وا|ن)?(?:ه|ها|هما|هم|ني|نا|ك|كم)?|[وف]?س[ايتن]تصل(?:ان|ون)?")


def can_name_a_call(words: str) -> bool:
    """Whether one of the words is of a stem that calls are named by; all 2,303 CALL spans of train and dev have one."""
    return bool(_STEM.search(folded(plain(words))))


def is_phoning_verb(word: str) -> bool:
    """Whether a word is a form of a verb that means to phone and nothing else; all 57 in train and dev are CALL."""
    return ("تف" in word or "صل" in word) and bool(_PHONING.fullmatch(folded(plain(word))))
