"""Which days time words mean, beside a date of publication.

Reads weekdays, `أمس` and its kin, weeks, months and years around the publication, Gregorian months under their
international, Levantine and Maghrebi names, alone or in pairs (`شباط/فبراير`), numeric dates, Hijri dates (through
hijridate, the Umm al-Qura calendar), Arabic-Indic digits and spelt-out days of the month.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

from hatif.arabic.marks import Markless
from hatif.domain.record import DateInterval

# All names are in levelled spelling: bare alef, ي for ى, ه for ة, no hamza and no diacritics.
_WEEKDAYS = {"اثنين": 0, "اتنين": 0, "ثلاثا": 1, "اربعا": 2, "خميس": 3, "جمعه": 4, "سبت": 5, "احد": 6}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "يناير|كانون الثاني|جانفي", "فبراير|شباط|فيفري", "مارس|اذار", "ابريل|نيسان|افريل", "مايو|ايار|ماي",
            "يونيو|حزيران|جوان|يونيه", "يوليو|تموز|جويليه|يوليوز|يوليه", "اغسطس|اب|اوت|غشت", "سبتمبر|ايلول|شتنبر",
            "اكتوبر|تشرين الاول", "نوفمبر|تشرين الثاني|نونبر", "ديسمبر|كانون الاول|دجنبر",
        ),
        start=1,
    )
    for name in names.split("|")
}  # fmt: skip
_HIJRI_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "محرم|المحرم", "صفر", "ربيع الاول", "ربيع الثاني|ربيع الاخر", "جمادي الاولي|جمادي الاول",
            "جمادي الاخره|جمادي الثانيه", "رجب", "شعبان", "رمضان", "شوال", "ذي القعده|ذو القعده", "ذي الحجه|ذو الحجه",
        ),
        start=1,
    )
    for name in names.split("|")
}  # fmt: skip
_ORDINALS = {
    "اول": 1, "ثاني": 2, "ثالث": 3, "رابع": 4, "خامس": 5, "سادس": 6, "سابع": 7, "ثامن": 8, "تاسع": 9, "عاشر": 10,
    "حادي عشر": 11, "ثاني عشر": 12, "ثالث عشر": 13, "رابع عشر": 14, "خامس عشر": 15, "سادس عشر": 16, "سابع عشر": 17,
    "ثامن عشر": 18, "تاسع عشر": 19, "عشرين": 20, "حادي والعشرين": 21, "ثاني والعشرين": 22, "ثالث والعشرين": 23,
    "رابع والعشرين": 24, "خامس والعشرين": 25, "سادس والعشرين": 26, "سابع والعشرين": 27, "ثامن والعشرين": 28,
    "تاسع والعشرين": 29, "ثلاثين": 30, "حادي والثلاثين": 31,
}  # fmt: skip


# The first that occurs holds: `أمس الأول` before `أمس`.
_RELATIVE_DAYS = (
    (r"اول من امس|اول امس|امس الاول|الليله قبل الماضيه", -2),
    (r"\bبعد (?:ال)?غد", 2),
    (r"\b(?:ال)?غدا?\b", 1),
    (r"\bامس\b|البارحه|الليله الماضيه", -1),
    (r"(?<!ذلك )\bاليوم\b(?! (?:ذات|نفس|عين|التالي|السابق))|\bالليله\b(?! ذات)", 0),
)


def _any(names: Mapping[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


DAY = rf"ال(?:{_any(_WEEKDAYS)})"
MONTH = rf"(?:{_any(_MONTHS)})(?: ?[/(-] ?(?:{_any(_MONTHS)})\)?)?"
HIJRI_MONTH = rf"(?:{_any(_HIJRI_MONTHS)})"
ORDINAL = _any(_ORDINALS)
"""Patterns of weekdays, months and days of the month in levelled spelling."""
_LEVELS = Markless(str.maketrans("أإآٱىیئؤة٠١٢٣٤٥٦٧٨٩", "اااايييوه0123456789", "ء"))


def levelled(text: str) -> tuple[str, list[int]]:
    """The text in levelled spelling, and where each of its characters ends: before the first, then behind each."""
    letters = text.translate(_LEVELS)
    if len(letters) == len(text):
        return letters, [*range(len(text) + 1)]
    edges = [0]
    for end, letter in enumerate(text, start=1):
        if _LEVELS[ord(letter)] is None:
            edges[-1] = end
        else:
            edges.append(end)
    return letters, edges


def resolve(words: str, published: date | None) -> DateInterval | None:
    """The days that time words mean; None where they name none or need a publication date that is unknown.

    A weekday is its last occurrence up to the day of publication, or the next one where the words look ahead.
    """
    plain = " ".join(levelled(words)[0].split())
    explicit = _explicit(plain, published)
    if explicit or published is None:
        return explicit
    ahead = bool(re.search(r"مقبل|قادم|غد|لاحق", plain))
    for pattern, days in _RELATIVE_DAYS:
        if re.search(pattern, plain):
            return _one(published + timedelta(days))
    weekday = re.search(DAY, plain)
    if weekday:
        return _one(
            _weekday(
                _WEEKDAYS[weekday[0].removeprefix("ال")], published, ahead, bool(re.search("ماضي|منصرم|فايت", plain))
            )
        )
    return _period(plain, published, ahead)


def _one(day: date) -> DateInterval:
    return DateInterval(day, day)


def _weekday(weekday: int, published: date, ahead: bool, past: bool) -> date:
    if ahead:
        return published + timedelta((weekday - published.weekday() - 1) % 7 + 1)
    back = (published.weekday() - weekday) % 7
    return published - timedelta(7 if past and back == 0 else back)


def _period(plain: str, published: date, ahead: bool) -> DateInterval | None:
    """Weeks (from Sunday), months and years before, around or after the publication."""
    step = (
        1
        if ahead
        else 0
        if re.search(r"جاري|حالي|هذا", plain)
        else -1
        if re.search(r"ماضي|منصرم|فايت|سابق", plain)
        else None
    )
    if step is None:
        return None
    if re.search(r"\bالاسبوع\b", plain):
        first = published - timedelta((published.weekday() + 1) % 7) + timedelta(7 * step)
        return DateInterval(first, first + timedelta(6))
    if re.search(r"\bالشهر\b", plain):
        months = published.year * 12 + published.month - 1 + step
        return _month(months // 12, months % 12 + 1)
    if re.search(r"\b(?:العام|السنه)\b", plain):
        return DateInterval(date(published.year + step, 1, 1), date(published.year + step, 12, 31))
    return None


def _month(year: int, month: int) -> DateInterval | None:
    if not 1 <= year <= 9999:
        return None
    return DateInterval(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _explicit(plain: str, published: date | None) -> DateInterval | None:
    """A date that names its month; without a year, the one nearest to the publication that is not far ahead of it."""
    numeric = re.search(r"(\d{1,4})[/-](\d{1,2})[/-](\d{1,4})", plain)
    if numeric:
        one, month, other = map(int, numeric.groups())
        return _day(max(one, other), month, min(one, other))
    found = re.search(
        rf"(?:(\d{{1,2}})|ال({ORDINAL})|\b(اول))?(?: من)?(?: شهر)? ?(?<!\w)(?:({_any(_MONTHS)})|({HIJRI_MONTH}))(?!\w)",
        plain,
    )
    if not found:
        return None
    day = int(found[1]) if found[1] else _ORDINALS.get(found[2] or found[3] or "", 0)
    stated = re.search(r"(?<!\d)([12]\d{3})(?!\d)", plain)
    if found[5]:
        return _hijri(int(stated[1]) if stated else None, _HIJRI_MONTHS[found[5]], day, published)
    month = _MONTHS[found[4]]
    if stated:
        year = int(stated[1])
    elif published:
        year = published.year - (1 if month > published.month + 1 else 0)
    else:
        return None
    return _day(year, month, day) if day else _month(year, month)


def _day(year: int, month: int, day: int) -> DateInterval | None:
    try:
        return _one(date(year, month, day))
    except ValueError:
        return None


def _hijri(year: int | None, month: int, day: int, published: date | None) -> DateInterval | None:
    # Here rather than on top: few articles date by the Hijri calendar.
    from hijridate import Gregorian, Hijri

    try:
        if year is None:
            if published is None:
                return None
            today = Gregorian.fromdate(published).to_hijri()
            year = today.year - (1 if month > today.month + 1 else 0)
        first = Hijri(year, month, day or 1)
        last = first if day else Hijri(year, month, first.month_length())
        return DateInterval(*(date(*moment.to_gregorian().datetuple()) for moment in (first, last)))
    except (ValueError, OverflowError):
        # Outside 1343–1500 AH, which the Umm al-Qura tables cover, or no such day.
        return None
