"""Whether a sentence denies the call of a trigger: `نفى`, `لم يتصل`, `رفض تلقي`, `حاول الاتصال … لم يرد`."""

import itertools
import re
from collections.abc import Sequence

from hatif.calls.words import is_definite, trigger_class, verb_class, word_set

NOT = word_set("لم ولم لن ولن لا ولا عدم ليس ليست دون فلم")
_DENIAL = re.compile(
    r"[وف]*(?:نفي|نفت|نفو|ينفي|تنفي|تنفيان|نافيا|نافيه|نفيا|فند|فندت|يفند|تفند|كذب|كذبت|يكذب|تكذب|المزعوم\w*|مزعوم\w*|مختلق\w*)"
)
_REFUSED = re.compile(
    r"[وف]*(?:رفض|رفضت|يرفض|ترفض|رافضا|اعتذر|اعتذرت|اعتذرا|يعتذر|تعتذر|امتنع|امتنعت|تعذر|تعذرت|الغي|الغت|الغيت|يلغي|تلغي|الغا)"
)
_CANCELLED = re.compile(r"[وف]*(?:الغي|الغت|الغيت|يلغي|تلغي|الغا)")
# Jussives and presents behind a negation with which a call does not take place: `لم يجر`, `لم يرد`, `لم يطلب`.
_HAPPEN = re.compile(
    r"[يتن](?:تم|حصل|حدث|جر|جري|جرا|تلق|تلقي|قع|رد|عد|جب|طلب|طلبوا|هاتف|تصل|حادث|كلم|تحدث|شا|قبل)|اجرا|تلقي|وجود|صحه|اي"
)
_BEING = word_set("يكن تكن يكون تكون")
_THERE = word_set("اي هناك ثمه")
_AT = word_set("في خلال اثنا عقب بعد قبل عن")
_COMMENT = word_set("التعليق تعليق تاكيد الحديث الكشف الافصاح الخوض ذكر الادلا")
"""What somebody refuses who says nothing about a call: `رفض التعليق على المكالمة`."""
_TRIED = re.compile(r"[وف]*(?:حاول|حاولت|يحاول|تحاول|محاوله|محاولا|محاوله)")
_ANSWER = re.compile(r"[يت](?:رد|جب|شا|عد|ستجب|جيب)")
_PASSED = word_set("تم تمت جري جرت حصل حصلت حدث حدثت")
_REFUSAL_REACH = 9


def is_denied(trigger: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether the words before a trigger, nearest first, and those behind it deny its call."""
    return (
        _is_negated(trigger, before)
        or _is_refused(before)
        or _is_contradicted(trigger, before, after)
        or _did_not_pass(after)
        or _was_not_answered(before, after)
    )


def _is_negated(trigger: str, before: Sequence[str]) -> bool:
    """`لم يتصل`, `لا اتصال`, `لم يجر أي اتصال`; not `لم يحتج في اتصاله`, nor `لم يكن الاتصال وديا`."""
    at = next((at for at, key in enumerate(before[:5]) if key in NOT), None)
    if at is None:
        return False
    if at == 0:
        return trigger_class(trigger) in ("ring", "phone") or (
            before[0] not in ("دون", "لم") and not is_definite(trigger)
        )
    between = before[:at]
    if not _AT.isdisjoint(between):
        return False
    first = between[-1]
    if first in _BEING:
        return not _THERE.isdisjoint(between)
    return bool(_HAPPEN.fullmatch(first)) or verb_class(first) in ("make", "receive")


def _is_refused(before: Sequence[str]) -> bool:
    at = next((at for at, key in enumerate(before[:_REFUSAL_REACH]) if _REFUSED.fullmatch(key)), None)
    if at is None:
        return False
    between = before[:at]
    if _CANCELLED.fullmatch(before[at]):
        return len([key for key in between if key]) <= 1
    if before[at].lstrip("وف").startswith(("اعتذر", "يعتذر", "تعتذر")):
        return "عن" in between
    return _COMMENT.isdisjoint(between)


def _is_contradicted(trigger: str, before: Sequence[str], after: Sequence[str]) -> bool:
    at = next((at for at, key in enumerate(before) if _DENIAL.fullmatch(key)), None)
    if at is not None and not {"غير", "لكن"} & set(before[:at]):
        # `نفى أن يكون الاتصال تطرق إلى …` grants the call.
        return not (before[0] in _BEING and is_definite(trigger)) or not _PASSED.isdisjoint(after[:3])
    if any(one == "صحه" and other in NOT for one, other in itertools.pairwise(before)):
        return True
    return any(key.startswith(("المزعوم", "مزعوم")) for key in after[:2])


def _did_not_pass(after: Sequence[str]) -> bool:
    """`المكالمة لم تتم`, `خبر المكالمة لا أساس له`."""
    pairs = list(itertools.pairwise(after))
    return any(one in NOT and _HAPPEN.fullmatch(other) for one, other in pairs[:2]) or any(
        (one in NOT and other == "اساس") or (one == "غير" and other.startswith("صحيح")) for one, other in pairs
    )


def _was_not_answered(before: Sequence[str], after: Sequence[str]) -> bool:
    """`حاول الاتصال به … لكنه لم يرد`, `هاتفه من غير أن يرد`."""
    pairs = itertools.pairwise(after)
    silent = any(one in (*NOT, "ان") and _ANSWER.fullmatch(other) for one, other in pairs)
    if any(_TRIED.fullmatch(key) for key in before[:6]):
        return silent or not NOT.isdisjoint(after)
    return silent and bool({"غير", "دون"} & set(after))
