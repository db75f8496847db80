"""Whether a sentence announces the call of a trigger: `سيتصل`, `من المقرر أن`, `طلب مكالمة`, `مكالمة مرتقبة`."""

import re
from collections.abc import Sequence

from hatif.calls.denial import NOT
from hatif.calls.words import is_definite, trigger_class, word_set

_AHEAD = (
    r"المقرر|المقرره|مقرر|مقرره|مقررا|المنتظر|المرتقب|المرتقبه|مرتقب|مرتقبه|منتظر|منتظره|متوقع|متوقعه|محتمل|محتمله|قريبه"
    r"|غدا|المقبل|المقبله|المقبلين|القادم|القادمه"
)
_BEHIND = re.compile(_AHEAD)
_PLAN = re.compile(
    rf"[وف]*(?:يعتزم|تعتزم|اعتزام|عزم|عزمه|عزمها|ينوي|تنوي|نيه|نيته|نيتها|المتوقع|يتوقع|ينتظر|تنتظر|سوف|يستعد|تستعد|المومل|يامل"
    rf"|تامل|يرجح|رجح|رجحت|احتمال|طلب|طلبت|طلبا|يطلب|تطلب|يسعي|تسعي|ترتيب|ترتيبات|الترتيب|تستبعد|قد|يمكن|وافق|اقترح|دعا"
    rf"|موعد|مستعد|يزمع|تزمع|يخطط|تخطط|{_AHEAD})"
)
_FUTURE = re.compile(r"[وف]?س[يتن](?!عي(?!د)|ري|اسي|تمر|لم|اعه|بق|شرع)\w{3,}|سا(?:تصل|جري|بدا|تحدث|هاتف)")
_WILL_PASS = re.compile(r"[وف]?س[يت](?:تم|جري|جريان|حصل|عقد|كون)(?:ه|ها)?")
_PRESENT_IN_T = re.compile(r"ت(?:جري|تصل|هاتف|تلقي|عقد|كون|شمل|جمع|شارك|تحدث الي)")
_HAPPENED = word_set("اجري اجرت اجريا اجرياها تلقي تلقت جري جرت تم تمت بحث بحثا هنا اكد اكدا قال شدد كان")
_NEAR_PLANS = word_set("طلب طلبت وافق دعا موعد")
_PREPOSITIONS = word_set("علي عن الي قبل بعد لدي")
_DURING = word_set("في وفي خلال اثنا عقب")
_SAID = word_set("طلب طلبت اقترح رجح رجحت دعا وافق يطلب تطلب موعد")
_ABOUT = word_set("ترتيب طلب طلبت اقترح")
_REACH = 9


def is_planned(trigger: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether the words before a trigger, nearest first, and those behind it say that its call is yet to come."""
    if trigger_class(trigger) in ("phone", "ring"):
        if _FUTURE.fullmatch(trigger.partition(" ")[0]):
            return True
        if not _is_present(trigger):
            return False
    if _is_ahead(after):
        return True
    near = before[:_REACH]
    for at, key in enumerate(near):
        beyond = before[at + 1] if at + 1 < len(before) else ""
        if key in _HAPPENED and at < 6 and not (key == "تلقي" and beyond in _PREPOSITIONS):
            return False
        if _plans(trigger, near, at, beyond):
            return True
    return False


def _is_ahead(after: Sequence[str]) -> bool:
    for at, key in enumerate(after[:10]):
        if key in ("قبل", "بعد", "عقب", "،", "."):
            return False
        if _WILL_PASS.fullmatch(key) or (at < 3 and _BEHIND.fullmatch(key)):
            return True
    return False


def _plans(trigger: str, near: Sequence[str], at: int, beyond: str) -> bool:
    """Whether the word at `at` before the trigger announces its call."""
    key = near[at]
    bare = key.lstrip("وف")
    if key == "ان" and beyond == "علي" and at and _is_present(near[at - 1]):
        # `على أن يعاود الاتصال`: on the understanding that he calls again.
        return True
    if _FUTURE.fullmatch(key):
        return True
    if not _PLAN.fullmatch(key):
        return False
    if bare == "قد":
        return _is_present(near[at - 1] if at else trigger)
    if beyond in NOT and bare != "تستبعد":
        return False
    if bare in _SAID and near[0] in _DURING:
        # `طلب في مكالمة … ضمانات`: it was not the call that he asked for.
        return False
    if bare in _ABOUT and trigger_class(trigger) == "noun" and is_definite(trigger):
        return False
    return bare not in _NEAR_PLANS or at <= 5


def _is_present(verb: str) -> bool:
    """Whether the verb is in the present tense, before which alone `قد` means `may`: `قد يجري`, not `قد أجرى`."""
    bare = verb.lstrip("وف")
    return bare[:1] == "ي" or bool(_PRESENT_IN_T.match(bare))
