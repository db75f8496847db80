"""Held, planned or denied; time words and topics of calls."""

from collections.abc import Callable
from datetime import date

import pytest

from hatif.calls import link_calls
from hatif.domain import Document

Marked = Callable[..., Document]

PAIR = "{L بوتين} {L والسيسي}"

STATUSES = [
    ("أجرى {L بوتين} {K اتصالا هاتفيا} مع {L السيسي}.", "held"),
    ("كان {L بوتين} قد أجرى {K اتصالا هاتفيا} مع {L السيسي}.", "held"),
    # intends to, it is planned that, will, may, asked for
    ("يعتزم {L بوتين} إجراء {K اتصال هاتفي} مع {L السيسي}.", "planned"),
    ("من المقرر أن يجري {L بوتين} {K اتصالا هاتفيا} مع {L السيسي}.", "planned"),
    ("سيجري {L بوتين} {K اتصالا هاتفيا} مع {L السيسي} غدا.", "planned"),
    ("{L بوتين} {K سيتصل} {L بالسيسي} مساء الجمعة.", "planned"),
    ("قد يجري {L بوتين} {K اتصالا هاتفيا} مع {L السيسي}.", "planned"),
    ("طلب {L بوتين} {K مكالمة} مع {L السيسي}.", "planned"),
    # denied, no call between, did not, refused
    (f"نفى الكرملين {{K مكالمة هاتفية}} بين {PAIR}.", "denied"),
    (f"لا {{K اتصال}} بين {PAIR}", "denied"),
    ("{L بوتين} لم {K يتصل} {L بالسيسي}.", "denied"),
    ("رفض {L السيسي} تلقي {K اتصال} من {L بوتين}.", "denied"),
    # excused himself from a call, cancelled it, no truth to it, has no basis, tried and got no answer, was not answered
    ("اعتذر {L السيسي} عن {K مكالمة} من {L بوتين}.", "denied"),
    ("ألغى {L السيسي} {K مكالمة} مع {L بوتين}.", "denied"),
    (f"لا صحة لما نشر عن {{K اتصال}} بين {PAIR}.", "denied"),
    (f"ما تردد عن {{K اتصال}} بين {PAIR} لا أساس له.", "denied"),
    ("حاول {L بوتين} {K الاتصال} {L بالسيسي} مرتين، لكنه لم يرد.", "denied"),
    ("{L بوتين} {K هاتف} {L السيسي} من غير أن يرد الأخير.", "denied"),
    # the negation is not the call's: did not need to persuade, did not last, did not agree upon; declined to comment
    ("لم يحتج {L بوتين} في {K اتصاله} مع {L السيسي} إلى إقناعه.", "held"),
    ("أجرى {L بوتين} {K اتصالا} لم يدم طويلا مع {L السيسي}.", "held"),
    ("رفض {L بوتين} التعليق على {K مكالمة} مع {L السيسي}.", "held"),
    ("اعتذر {L بوتين} من ضيوفه لتلقي {K مكالمة} من {L السيسي}.", "held"),
    ("نفى {L بوتين} أن تكون {K المكالمة} بينه وبين {L السيسي} تطرقت إلى الغاز.", "held"),
    # agreed to receive, on the understanding that he calls again, will take place
    ("وافق {L السيسي} على تلقي {K اتصال} من {L بوتين}.", "planned"),
    ("انتهى اللقاء على أن يعاود {L بوتين} {K الاتصال} {L بالسيسي}.", "planned"),
    (f"أي {{K اتصال}} بين {PAIR} سيتم في أوانه.", "planned"),
    # a call that he will hold, will call again, asked his aides for a call; abstained three times from an answer
    ("كشف مصدر عن {K اتصال} سيجريه {L بوتين} مع {L السيسي}.", "planned"),
    ("{L بوتين} سيعيد {K الاتصال} {L بالسيسي}.", "planned"),
    ("طلب {L بوتين} من مساعديه أمس إجراء {K مكالمة} مع {L السيسي}.", "planned"),
    ("امتنع {L السيسي} ثلاث مرات هذا الأسبوع عن الرد على {K مكالمة} من {L بوتين}.", "denied"),
    # asked for guarantees in the call; had conveyed; will send a team, and then phoned
    ("طلب {L بوتين} في {K مكالمة} مع {L السيسي} ضمانات.", "held"),
    ("كان {L بوتين} قد نقل تعازيه في {K مكالمة} مع {L السيسي}.", "held"),
    ("أعلن المكتب أنه سيرسل فريقا، ثم {K اتصل} {L بوتين} {L بالسيسي}.", "held"),
]


@pytest.mark.parametrize(("text", "status"), STATUSES)
def test_tense_modality_and_negation_give_the_status(marked: Marked, text: str, status: str) -> None:
    (record,) = link_calls(marked(text))
    assert record.call.status.value == status


def test_a_planned_call_that_is_later_reported_as_held_is_one_record(marked: Marked) -> None:
    text = "يعتزم {L بوتين} إجراء {K اتصال هاتفي} مع {L السيسي}.\nوأجرى {L بوتين} {K اتصالا هاتفيا} مع {L السيسي}."
    (record,) = link_calls(marked(text))
    assert record.call.status.value == "held"
    assert len(record.call.triggers) == len(record.evidence) == 2


DATES = [
    ("أجرى {L بوتين}، مساء الاثنين، {K اتصالا هاتفيا} مع {L السيسي}.", "مساء الاثنين", "2017-11-20"),
    ("تلقى {L السيسي} {K اتصالا هاتفيا} أمس من {L بوتين}.", "أمس", "2017-11-21"),
    # the day of the visit and of the announcement is not the call's
    ("أعلن الكرملين الثلاثاء أن {L بوتين} سيزور القاهرة، وأنه أجرى {K اتصالا هاتفيا} مع {L السيسي}.", None, None),
    ("أعلن الكرملين، الثلاثاء، أن {L بوتين} أجرى {K اتصالا هاتفيا} مع {L السيسي}.", None, None),
    # the next call is not this one; on a day like this one of 1973
    ("أجرى {L بوتين} {K مكالمة} مع {L السيسي}، وسيلتقيان الأسبوع المقبل.", None, None),
    ("في مثل هذا اليوم من عام 1973 {K اتصل} {L بوتين} {L بالسيسي}.", None, None),
    # the dateline; a name and an office that hold time words; hours after his return
    ("القاهرة 21 نوفمبر (أ ش أ) - أجرى {L بوتين} {K اتصالا هاتفيا} مع {L السيسي}.", None, None),
    ("أجرى {L نواف الأحمد الجابر الصباح} {K اتصالا هاتفيا} مع {L السيسي}.", None, None),
    ("أجرى {L بوتين} {K اتصالا هاتفيا} مع {L السيسي} بعد ساعات من عودته.", None, None),
    # a relative clause's; the clause's before `and said`, and before `after`; of what was denied on Tuesday
    ("تلقى {L السيسي} الذي عاد أمس من باريس {K اتصالا هاتفيا} من {L بوتين}.", None, None),
    ("غادر {L بوتين} القاهرة أمس، وقال إنه {K اتصل} {L بالسيسي}.", None, None),
    ("تفتح السوق أبوابها غدا بعد أن تحدث {L بوتين} {K هاتفيا} مع {L السيسي}.", None, None),
    ("نفى الكرملين الثلاثاء صحة الحديث عن {K اتصال} بين {L بوتين} {L والسيسي}.", None, None),
    ("قصفت الطائرات المدينة فجر أمس، مضيفا أن {L بوتين} {K هاتف} {L السيسي}.", None, None),
    # the sentence before tells when
    ("لم يهدأ الكرملين أمس. فقد أجرى {L بوتين} {K اتصالا هاتفيا} مع {L السيسي}.", "أمس", "2017-11-21"),
    # another clause's
    ("استقبل {L بوتين} أمس وزيرا، كما أجرى {K اتصالا هاتفيا} مع {L السيسي}.", None, None),
    # on the eve of the summit, the night of Monday to Tuesday, this evening (Wednesday), towards one in the morning
    ("{K هاتف} {L بوتين} عشية القمة {L السيسي}.", "عشية القمة", None),
    ("{K هاتف} {L بوتين} ليلة الاثنين على الثلاثاء {L السيسي}.", "ليلة الاثنين على الثلاثاء", "2017-11-20"),
    ("أجرى {L بوتين} مساء اليوم (الأربعاء) {K اتصالا} مع {L السيسي}.", "مساء اليوم", "2017-11-22"),
    ("{K هاتف} {L بوتين} قرابة الواحدة فجرا {L السيسي}.", "قرابة الواحدة فجرا", None),
    # half past nine, this morning, that day at dawn, the first of November, last April, at (no preposition) midnight
    ("{K هاتف} {L بوتين} في التاسعة والنصف مساء {L السيسي}.", "التاسعة والنصف مساء", None),
    ("{K هاتف} {L بوتين} هذا الصباح {L السيسي}.", "هذا الصباح", None),
    ("{K هاتف} {L بوتين} فجر ذلك اليوم {L السيسي}.", "فجر ذلك اليوم", None),
    ("{K هاتف} {L بوتين} أول نوفمبر {L السيسي}.", "أول نوفمبر", "2017-11-01"),
    ("{K هاتف} {L بوتين} أبريل الماضي {L السيسي}.", "أبريل الماضي", "2017-04-01/2017-04-30"),
    ("{K هاتف} {L بوتين} عند منتصف الليل {L السيسي}.", "منتصف الليل", None),
    # ten days ago, two days before the visit, right after the speech, on the eve of the Arab summit, from this day on
    ("{K هاتف} {L بوتين} قبل عشرة أيام {L السيسي}.", "قبل عشرة أيام", None),
    ("{K هاتف} {L بوتين} قبل الزيارة بيومين {L السيسي}.", "قبل الزيارة بيومين", None),
    ("{K هاتف} {L بوتين} بعد الخطاب مباشرة {L السيسي}.", "بعد الخطاب مباشرة", None),
    ("{K هاتف} {L بوتين} عشية القمة العربية {L السيسي}.", "عشية القمة العربية", None),
    ("أجرى {L بوتين} {K اتصالا} مع {L السيسي} يمنع القصف بعد اليوم.", None, None),
    # of the headline and the report, the report's
    ("{L بوتين} {K يهاتف} {L السيسي} أمس\n{K هاتف} {L بوتين} مساء أمس {L السيسي} مهنئا.", "مساء أمس", "2017-11-21"),
]


@pytest.mark.parametrize(("text", "words", "day"), DATES)
def test_the_date_is_the_calls_own(marked: Marked, text: str, words: str | None, day: str | None) -> None:
    (record,) = link_calls(marked(text, date(2017, 11, 22)))
    assert record.call.date == words
    assert (str(record.day) if record.day else None) == day


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("أجرى {L بوتين} {K اتصالا} مع {L السيسي} بحثا خلاله أزمة الغاز، وفق الكرملين.", "بحثا خلاله أزمة الغاز"),
        ("أجرى {L بوتين} {K مكالمة} مع {L السيسي} حول سد النهضة.", "حول سد النهضة"),
        ("أجرى {L بوتين} {K مكالمة} مع {L السيسي}.", None),
    ],
)
def test_the_topic_is_a_stretch_of_the_text(marked: Marked, text: str, topic: str | None) -> None:
    document = marked(text)
    (record,) = link_calls(document)
    assert (document.text[slice(*record.topic)] if record.topic else None) == topic
