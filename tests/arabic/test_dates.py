"""Which days time words mean, and where they stand in a text."""

from datetime import date

import pytest

from hatif.arabic.dates import resolve
from hatif.calls.time_words import find_time_words

WEDNESDAY = date(2017, 11, 22)


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        # weekdays: the last one, the one in a past week, the next
        ("مساء الاثنين", "2017-11-20"),
        ("يوم الثلاثاء", "2017-11-21"),
        ("الأربعاء", "2017-11-22"),
        ("الأربعاء الماضي", "2017-11-15"),
        ("الخميس المقبل", "2017-11-23"),
        # today, yesterday, the day before, tomorrow, the day after
        ("اليوم الجمعة", "2017-11-22"),
        ("ليل أمس", "2017-11-21"),
        ("أمس الأول", "2017-11-20"),
        ("أول من أمس", "2017-11-20"),
        ("غدا", "2017-11-23"),
        ("بعد غد", "2017-11-24"),
        # last week, this month, next year
        ("الأسبوع الماضي", "2017-11-12/2017-11-18"),
        ("الشهر الجاري", "2017-11-01/2017-11-30"),
        ("العام المقبل", "2018-01-01/2018-12-31"),
        # months: international, Levantine, Maghrebi, in pairs; digits of both kinds; days spelt out
        ("30 أكتوبر 2020", "2020-10-30"),
        ("٣ أيار", "2017-05-03"),
        ("16 نونبر", "2017-11-16"),
        ("19 شباط/فبراير", "2017-02-19"),
        ("الثالث عشر من أغسطس/آب 1968", "1968-08-13"),
        ("25 ديسمبر", "2017-12-25"),
        ("أول نوفمبر", "2017-11-01"),
        ("أبريل الماضي", "2017-04-01/2017-04-30"),
        ("دجنبر 2020", "2020-12-01/2020-12-31"),
        ("8/1/2021", "2021-01-08"),
        # Hijri, with and without a year
        ("25 رمضان 1438", "2017-06-20"),
        ("1 رمضان 1446 هـ", "2025-03-01"),
        ("رمضان 1438", "2017-05-27/2017-06-24"),
        ("10 ذي الحجة", "2017-09-01"),
        # no day at all, or none that exists
        ("بعد ساعة", None),
        ("اليوم التالي", None),
        ("فجر ذلك اليوم", None),
        ("31 فبراير 2020", None),
        ("5 محرم 1999", None),
    ],
)
def test_time_words_mean_days(words: str, meaning: str | None) -> None:
    interval = resolve(words, WEDNESDAY)
    assert (str(interval) if interval else None) == meaning


@pytest.mark.parametrize(
    ("words", "meaning"), [("مساء الاثنين", None), ("أمس", None), ("3 أيار", None), ("3 أيار 2001", "2001-05-03")]
)
def test_without_a_publication_only_full_dates_have_a_meaning(words: str, meaning: str | None) -> None:
    interval = resolve(words, None)
    assert (str(interval) if interval else None) == meaning


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("أجرى مساء الاثنين اتصالا", ["مساء الاثنين"]),
        ("تلقى، أمس الأول، اتصالا", ["أمس الأول"]),
        ("اتصل به ظهر اليوم الخميس من القاهرة", ["ظهر اليوم الخميس"]),
        ("جرت في 30 أكتوبر 2020 والثانية في 8 يناير 2021", ["30 أكتوبر 2020", "8 يناير 2021"]),
        ("مكالمة يوم 25 يوليو/ تموز، وفق النص", ["يوم 25 يوليو/ تموز"]),
        ("اتصل صباحًا ثم مساءً", ["صباحًا", "مساءً"]),
        ("عقب صلاة الظهر قبل أسبوع", ["قبل أسبوع"]),
        # an article and a channel, no times
        ("صحيفة اليومية وقناة السبتمبرية", []),
    ],
)
def test_time_words_are_found_without_their_preposition(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find_time_words(text, 0, len(text))] == found
