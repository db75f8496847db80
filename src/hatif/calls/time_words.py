"""Time expressions in a text: `مساء الاثنين`, `أمس الأول`, `الثالث عشر من أغسطس/آب 1968`, `قبل أسبوع`."""

import re
from typing import NamedTuple

from hatif.arabic.dates import DAY, HIJRI_MONTH, MONTH, ORDINAL, levelled

# All patterns are for levelled spelling: bare alef, ي for ى, ه for ة, no hamza and no diacritics.
_YEAR = r"(?:(?: ?[,،/]? ?| (?:من )?(?:عام|سنه) )[12]\d{3}(?: ?هـ?)?)?"
_DATE = (
    rf"(?:\d{{1,2}}|اول|ال(?:{ORDINAL}))(?: من)?(?: شهر)? ?(?:{MONTH}|{HIJRI_MONTH}){_YEAR}"
    r"|\d{1,4}[/-]\d{1,2}[/-]\d{1,4}"
)
_WHICH = (
    r"(?:ال(?:ماضي|مقبل|قادم|منصرم|فايت|جاري|حالي|تالي|سابق|اخير)"
    r"(?:ه|ين)?|ذاته?|ذاتها|نفسه|نفسها|عينه|عينها|قبل الماضي(?:ه)?)"
)
_NOW = (
    r"اول من امس|اول امس|امس الاول|امس|البارحه|بعد غد|بعد الغد|غدا|الغد|غد"
    r"|الليله الماضيه|الليله قبل الماضيه|الليله|(?<!بعد )(?<!مثل هذا )اليوم"
)
_SPAN_NOUN = r"(?:الساعات|الايام|الاسابيع|الاشهر|اليومين|الاسبوعين|الاسبوع|الشهر|العام|السنه)"
_PERIOD = (
    rf"{_SPAN_NOUN}(?: \w+){{0,3}}? {_WHICH}|هذا (?:الاسبوع|الشهر|العام|الصباح|المسا|{DAY})|(?:ذلك|(?<!مثل )هذا) اليوم"
    rf"|{MONTH} {_WHICH}"
)
_PART = (
    r"صباح|صبيحه|مساء|مسا|ظهر|ظهيره|عصر|فجر|ليل|ليله|نهار|ضحي|عشيه|زوال|بعد ظهر|قبل ظهر|بعيد ظهر|قبيل فجر"
    r"|بعد منتصف ليل|منتصف ليل|منتصف|اواخر|اوايل|اواسط|مطلع|نهايه|بدايه|غضون|طيله|يوم|يومي|قبل نهايه|عطله نهايه"
    r"|وقت (?:سابق|لاحق|متاخر) من|ساعه متاخره من|الساعات الاولي من"
)
_NUMBER = r"\d{1,2}|(?:ثلاث|اربع|خمس|ست|سبع|ثماني?|تسع|عشر)ه?"
_HOUR = r"(?:الحاديه عشره|الثانيه عشره|الواحده|الثانيه|الثالثه|الرابعه|الخامسه|السادسه|السابعه|الثامنه|التاسعه|العاشره)"
_CLOCK = (
    rf"(?:الساعه )?{_HOUR}(?: و(?:النصف|الربع|الثلث))?(?:(?: من)?(?= (?:صباح|مسا|فجر|ليلا?\b|عصر|ظهر|بعد))| من(?= ليل))"
)
_ADVERB = r"صباحا|مساءا?|مساا?|ظهرا|عصرا|فجرا|ليلا|الفجر|الصباح|المسا|بعد ظهر|منتصف الليل"
_MEASURE = r"(?:ساع|دقيق|دقايق|ايام|يوم|ليله|اسبوع|اسابيع|شهر|اشهر|نصف ساعه|ربع ساعه)\w*"
# `بعد ساعات من عودته` (hours after his return) dates by another event, which would have to be dated itself;
# `قبل الزيارة بيومين` (two days before the visit) and `بعد الخطاب مباشرة` (right after the speech) date by themselves.
_LOOSE = (
    r"(?:(?:قبل|قبيل|بعد|بعيد|قرابه) |(?<=عند ))(?:منتصف الليل|الفجر|الظهر|صلاه \w+)"
    rf"|(?:قبل (?:(?:{_NUMBER}) )?|بعد ){_MEASURE}(?! (?:\w+ )?(?:من|علي))|(?:قبلها|بعدها|قبل ذلك) ب\w+"
    rf"|(?:قبل|بعد|قبيل|بعيد) (?:\w{{3,}} )?ال\w{{3,}} (?:ب{_MEASURE}|مباشره)"
)
# `عشية القمة` (on the eve of the summit), `فور وقوع الحادث` (right after the accident), `يوم تكليفه` (on his
# appointment).
_EVENT = r"(?:عشيه|فور|ليله|(?:صباح |مسا )?يوم) (?:\w{3,} )?ال\w{3,}(?: ال\w{3,})?|(?:فور|يوم) \w{4,}ه"
_ATOM = (
    rf"(?:{_DATE}|{_NOW}|يومي {DAY} و{DAY}|{DAY}(?: (?:علي|الي) {DAY})?|(?:صيف|ربيع|خريف|شتا) [12]\d{{3}}"
    rf"|{_PERIOD}|الاسبوع|{MONTH} [12]\d{{3}}"
    rf"|(?<=في ){MONTH}|(?<=نهايه ){MONTH}|(?<=مطلع ){MONTH})"
)
_TIME = re.compile(
    rf"(?<!\w)[وفب]?(?P<words>(?:(?:{_CLOCK}|{_PART}) ){{0,4}}{_ATOM}(?: {_WHICH})?"
    rf"(?:[ ،]{{1,2}}(?:{_ATOM}|{_WHICH})){{0,4}}"
    rf"(?: (?:{_ADVERB}))?|{_LOOSE}|(?:(?:قبل |بعد |قرابه )?{_CLOCK} )?(?:{_ADVERB})|{_EVENT})(?!\w)"
)


# `مساء اليوم (الأربعاء)`: the bracket explains the expression before it.
_EXPLAINS = re.compile(r"(?:اليوم|امس|غدا|الليله) ?\($")


class TimeWords(NamedTuple):
    """A time expression without its preposition: `[start, end)` in code points of the text."""

    start: int
    end: int


def find_time_words(text: str, start: int, end: int) -> list[TimeWords]:
    """The time expressions inside a stretch of a text, in order, leftmost and longest."""
    plain, offsets = levelled(text[start:end])
    return [
        TimeWords(start + offsets[match.start("words")], start + offsets[match.end("words")])
        for match in _TIME.finditer(plain)
        if not _EXPLAINS.search(plain, max(0, match.start() - 20), match.start())
    ]
