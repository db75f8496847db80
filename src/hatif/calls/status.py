"""Whether a call took place, from the words before and behind its trigger."""

import re
from collections.abc import Sequence

from hatif.calls.reading import Item
from hatif.calls.words import trigger_class, word_set
from hatif.domain import Status

_DENIAL = re.compile(
    r"[وف]*(?:نفي|نفت|نفو|ينفي|تنفي|تنفيان|نافيا|نافيه|نفيا|فند|فندت|يفند|تفند|كذب|كذبت|يكذب|تكذب|رفض|رفضت|يرفض|ترفض|رافضا"
    r"|الغي|الغت|الغيت|يلغي|تلغي|الغاء|الغا|اعتذر|اعتذرت|اعتذرا|يعتذر|امتنع|امتنعت|تعذر|تعذرت|استبعد|المزعوم\w*|مزعوم\w*|مختلق\w*)"
)
_REFUSED_CALL = re.compile(
    r"[وف]*(?:رفض|رفضت|يرفض|ترفض|رافضا|اعتذر|اعتذرت|اعتذرا|يعتذر|الغي|الغت|الغيت|يلغي|تلغي|امتنع|امتنعت|الغا|تعذر|تعذرت)"
)
_NOT = word_set("لم ولم لن ولن لا ولا عدم ليس ليست دون فلم")
_PLAN = re.compile(
    r"[وف]*(?:يعتزم|تعتزم|اعتزام|عزم|عزمه|عزمها|ينوي|تنوي|نيه|نيته|نيتها|المقرر|المقرره|مقرر|مقرره|مقررا|المنتظر|المرتقب|المرتقبه|مرتقب|مرتقبه|منتظر"
    r"|المتوقع|يتوقع|ينتظر|تنتظر|سوف|يستعد|تستعد|المومل|يامل|تامل|يرجح|رجح|رجحت|محتمل|محتمله|احتمال|طلب|طلبت|طلبا|يطلب|تطلب|يسعي"
    r"|تسعي|ترتيب|ترتيبات|الترتيب|تستبعد|قد|يمكن|وافق|اقترح|دعا|موعد|قريبه|مستعد|يزمع|تزمع|يخطط|تخطط|غدا|المقبل|المقبله|القادم|القادمه)"
)
_FUTURE = re.compile(r"[وف]?س[يتن](?!عي|ري|اسي|تمر|لم|اعه|بق|شرع)\w{3,}")
_HAPPENED = word_set("اجري اجرت اجريا اجرياها تلقي تلقت جري جرت تم تمت بحث بحثا هنا اكد اكدا قال شدد كان")
_NEAR_PLANS = word_set("طلب طلبت وافق دعا موعد")
_PAST_IN_T = word_set("تلقي تلقت تحدث تحدثت تباحث تم تمت")
_BREAKS = word_set("؛ . وكان وكانت وقال وقالت واكد واكدت واوضح واضاف غير لكن فيما بينما كما")


def status_of(items: Sequence[Item], position: int) -> Status:
    """What the sentence says of the call whose trigger stands at `position`."""
    before = _before(items, position)
    after = [item.key for item in items[position + 1 : position + 7]]
    if _is_denied(before, after):
        return Status.DENIED
    if _is_planned(items[position].key, before, after):
        return Status.PLANNED
    return Status.HELD


def _before(items: Sequence[Item], position: int) -> list[str]:
    """The words before a trigger, nearest first, up to the break of the clause; mentions and triggers are empty."""
    keys: list[str] = []
    for item in reversed(items[max(0, position - 30) : position]):
        if item.key in _BREAKS and keys:
            keys.append(item.key)
            break
        keys.append("" if item.mention is not None or item.trigger is not None else item.key)
    return keys


def _is_denied(before: Sequence[str], after: Sequence[str]) -> bool:
    if any(key in _NOT for key in before[:4]):
        at = next(at for at, key in enumerate(before[:4]) if key in _NOT)
        if (
            not any(key in ("تستبعد", "يستبعد", "تمض", "يمض", "تكن", "يكن") for key in before[:at])
            or "اي" in before[:2]
        ):
            return before[at] not in ("ولا", "دون", "لا") or at <= 1
    if any(_REFUSED_CALL.fullmatch(key) for key in before[:6]):
        return True
    if any(_DENIAL.fullmatch(key) for key in before):
        return not any(key in ("غير", "لكن") for key in before)
    return any(key in _NOT for key in after[:2]) or any(key.startswith(("المزعوم", "مزعوم")) for key in after[:2])


def _is_planned(trigger: str, before: Sequence[str], after: Sequence[str]) -> bool:
    if _FUTURE.fullmatch(trigger.partition(" ")[0]) and trigger_class(trigger) in ("phone", "ring"):
        return True
    near = before[:9]
    if any(_PLAN.fullmatch(key) for key in after[:3] if key not in ("قد", "طلب", "دعا")):
        return True
    for at, key in enumerate(near):
        if key in _HAPPENED and at < 6:
            return False
        if _FUTURE.fullmatch(key) or _PLAN.fullmatch(key):
            follower = near[at - 1] if at else trigger
            if key.lstrip("وف") == "قد" and not _is_present(follower):
                continue
            if key not in _NEAR_PLANS or at <= 3:
                return True
    return False


def _is_present(verb: str) -> bool:
    """Whether the verb is in the present tense, before which alone `قد` means `may`: `قد يجري`, not `قد أجرى`."""
    return verb[:1] in ("ي", "ت", "ن") and verb not in _PAST_IN_T
