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
