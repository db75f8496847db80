"""Who called whom, sentence by sentence: every pattern of the guidelines and its turns."""

from collections.abc import Callable

import pytest

from hatif.calls import link_calls
from hatif.domain import Document

Marked = Callable[..., Document]

PUTIN, SISI = "{T الرئيس} {C الروسي} {L فلاديمير بوتين}", "{T الرئيس} {C المصري} {L عبد الفتاح السيسي}"
B_SISI = "{T بالرئيس} {C المصري} {L عبد الفتاح السيسي}"

CASES = [
    # A held a call with B: verb first, subject first, subject between the two
    (f"أجرى {PUTIN} {{K اتصالا هاتفيا}} {B_SISI}.", "بوتين>السيسي"),
    (f"{PUTIN} يجري {{K محادثة هاتفية}} مع {SISI}", "بوتين>السيسي"),
    (f"أجرى {PUTIN} اليوم مع {SISI} {{K اتصالا هاتفيا}} مطولا.", "بوتين>السيسي"),
    # A received a call from B
    (f"تلقى {SISI}، مساء أمس، {{K اتصالا هاتفيا}} من {PUTIN}.", "بوتين>السيسي"),
    (f"جاء ذلك في {{K اتصال هاتفي}} تلقاه {SISI} من {PUTIN}.", "بوتين>السيسي"),
    (f"أعرب {SISI} عن شكره لدى تلقيه {{K مكالمة}} من {PUTIN}.", "بوتين>السيسي"),
    # verbs that mean to phone
    (f"{{K هاتف}} {PUTIN} {SISI} مهنئا.", "بوتين>السيسي"),
    (f"{PUTIN} {{K يهاتف}} {SISI}", "بوتين>السيسي"),
    (f"{{K اتصل}} {PUTIN} أمس {B_SISI}.", "بوتين>السيسي"),
    (f"قال الكرملين إن {PUTIN} {{K اتصل هاتفيا}} {B_SISI}.", "بوتين>السيسي"),
    # nobody is said to have called
    (f"بحث {PUTIN} {{K هاتفيا}} مع {SISI} ملف الغاز.", "بوتين-السيسي"),
    (f"بحث {PUTIN} مع {SISI} {{K هاتفيا}} ملف الغاز.", "بوتين-السيسي"),
    (f"جرى {{K اتصال هاتفي}} بين {PUTIN} {SISI.replace('{T ', '{T و', 1)}.", "بوتين-السيسي"),
    (f"تحدث {PUTIN} {{K عبر الهاتف}} مع {SISI}.", "بوتين-السيسي"),
    (f"أكد {PUTIN} خلال {{K اتصال هاتفي}} مع {SISI} دعم الهدنة.", "بوتين-السيسي"),
    (f"هنأ {PUTIN} {SISI} في {{K اتصال هاتفي}}.", "بوتين-السيسي"),
    (f"طلب {PUTIN} من {SISI} التهدئة في {{K مكالمة هاتفية}} بينهما.", "بوتين-السيسي"),
    (f"تأكد خبر {{K مكالمة}} جمعت {PUTIN} {B_SISI}.", "بوتين-السيسي"),
    (f"نفى {{L أولاف شولتس}} أن يكون {PUTIN} قد هدد {SISI} في {{K مكالمة}} بينهما.", "بوتين-السيسي"),
    # in a call that lasted an hour, Putin explained to Sisi
    (f"في {{K مكالمة}} دامت ساعة كاملة، شرح {PUTIN} {SISI.replace('{T ا', '{T ل')} موقفه.", "بوتين-السيسي"),
    # had spoken before; expressed (عبّر), which is no preposition (عبر)
    (f"سبق {PUTIN.replace('{T ا', '{T ل')} أن تشاور {{K هاتفيا}} مع {SISI}.", "بوتين-السيسي"),
    (f"عبر {PUTIN} عن قلقه في {{K اتصال}} مع {SISI}.", "بوتين-السيسي"),
    # a genitive and a relative clause
    (f"كشف مصدر عن {{K اتصال}} {PUTIN} {B_SISI}.", "بوتين>السيسي"),
    (f"أعرب {PUTIN} عن قلقه، وذلك في {{K اتصال هاتفي}} أجراه مع {SISI}.", "بوتين>السيسي"),
    # of whom a relative clause speaks: after Scholz came the turn of Putin, who spoke …
    (f"سكت {{L شولتس}}، وجاء دور {PUTIN} الذي تحدث {{K هاتفيا}} مع {SISI}.", "بوتين-السيسي"),
    # whose idea the call was: at the request of the Russian side, begun by Putin, Putin took the initiative for it
    (f"جرى {{K اتصال}} بين {PUTIN} {SISI.replace('{T ', '{T و', 1)} بطلب من الجانب {{C الروسي}}.", "بوتين>السيسي"),
    (f"تحدث {SISI} {{K هاتفيا}} مع {PUTIN} في مكالمة بادر إليها {{L بوتين}}.", "بوتين>السيسي"),
    (f"تشاور {SISI} {{K هاتفيا}} مع {PUTIN}.\n{{L بوتين}} هو من بادر إلى {{K الاتصال}}.", "بوتين>السيسي"),
    (f"أعرب {PUTIN} {SISI.replace('{T ا', '{T ل', 1)} عن قلقه، وذلك في {{K اتصال}} أجراه أمس.", "بوتين>السيسي"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_sentence_says_who_called_whom(marked: Marked, text: str, expected: str) -> None:
    (record,) = link_calls(marked(text))
    first, second = sorted(record.call.parties, key=lambda party: party.role.value != "initiator")
    if "-" in expected:
        assert {first.role.value, second.role.value} == {"party"}
        assert {first.name, second.name} == {"فلاديمير بوتين", "عبد الفتاح السيسي"}
    else:
        assert (first.role.value, second.role.value) == ("initiator", "recipient")
        assert (first.name, second.name) == ("فلاديمير بوتين", "عبد الفتاح السيسي")
    assert {first.country, second.country} == {"RUS", "EGY"}


SEVERAL = [
    # calls with the king of Jordan and the emir of Kuwait: a record each
    (
        "أجرى {L ماكرون} {K اتصالات} {T بملك} {C الأردن} {L عبدالله الثاني} {T وأمير} {C الكويت} {L مشعل الأحمد}.",
        ["ماكرون>عبدالله الثاني", "ماكرون>مشعل الأحمد"],
    ),
    # two calls: the first with A, the second with B
    (
        "أجرى {L ماكرون} {K اتصالين هاتفيين}، الأول مع {L أولاف شولتس} والثاني مع {L جورجيا ميلوني}.",
        ["ماكرون>أولاف شولتس", "ماكرون>جورجيا ميلوني"],
    ),
    # calls that included A and B
    (
        "أجرى {L ماكرون} {K اتصالات هاتفية} شملت {L أولاف شولتس} {L وجورجيا ميلوني}.",
        ["ماكرون>أولاف شولتس", "ماكرون>جورجيا ميلوني"],
    ),
    # in calls with his counterparts, the Turkish A and the Qatari B
    (
        "بحث {L ماكرون} الأمر في {K اتصالات} مع {T نظرائه} {C التركي} {L هاكان فيدان} {C والقطري} {L ماجد الأنصاري}.",
        ["ماكرون-ماجد الأنصاري", "ماكرون-هاكان فيدان"],
    ),
    # brought together by the call, somebody else beside it
    ("كان {T رئيس الموساد} على الخط خلال {K المكالمة} التي جمعت {L ماكرون} {L بشولتس}.", ["ماكرون-شولتس"]),
    ("قال مصدر إن {K مكالمة هاتفية} جمعت {L ماكرون} {L بشولتس} {L وميلوني}.", ["ماكرون-شولتس-ميلوني"]),
    # two partners before the trigger
    (
        "{L ماكرون} بحث مع {L أولاف شولتس} {L وجورجيا ميلوني} في {K مكالمتين} منفصلتين ملف الغاز.",
        ["ماكرون-أولاف شولتس", "ماكرون-جورجيا ميلوني"],
    ),
    # a second call of the sentence's subject, not of the first one's caller
    (
        "تحدث {L ماكرون} عن {K اتصال} أجراه معه {L أولاف شولتس} أمس، كما أشار إلى {K اتصال} من {L جورجيا ميلوني}.",
        ["أولاف شولتس>ماكرون", "جورجيا ميلوني>ماكرون"],
    ),
    # a telegram is no call, and what is said besides has a subject of its own
    (
        "هنأ {L ماكرون} {L أولاف شولتس} في {K اتصال هاتفي}، وتلقى {L شولتس} برقية من {L جورجيا ميلوني}.",
        ["ماكرون-أولاف شولتس"],
    ),
    (
        "تبادل {L ماكرون} {L وشولتس} التهاني خلال {K اتصال}، وذكر مصدر أن {L شولتس} تلقى هدية من {L ميلوني}.",
        ["ماكرون-شولتس"],
    ),
    # one conference call of three
    (
        "جرت {K محادثة هاتفية} مشتركة بين {L ماكرون} {L وشولتس} {L وميلوني}.",
        ["ماكرون-شولتس-ميلوني"],
    ),
    (
        "عقد {L ماكرون} {K قمة عبر الفيديو} مع {L شولتس} {L وميلوني}.",
        ["ماكرون>شولتس>ميلوني"],
    ),
    # also in the next sentence, with the caller left out
    (
        "أجرى {L ماكرون} {K اتصالا هاتفيا} مع {L أولاف شولتس}. كما {K اتصل} {L بجورجيا ميلوني}.",
        ["ماكرون>أولاف شولتس", "ماكرون>جورجيا ميلوني"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_a_text_holds_as_many_records_as_calls(marked: Marked, text: str, expected: list[str]) -> None:
    found = []
    for record in link_calls(marked(text)):
        parties = sorted(record.call.parties, key=lambda party: party.role.value != "initiator")
        sign = ">" if parties[0].role.value == "initiator" else "-"
        found.append(sign.join(party.name or "" for party in parties))
    assert sorted(found) == expected


NO_RECORD = [
    # the press, a family, a club, the public
    "قال {T وزير المالية} {L يوسف غالي} في {K اتصال هاتفي} مع وكالة رويترز إن {T الرئيس} {L مبارك} سيعود.",
    "انتقد {T الوزير} {L غالي} {T الرئيس} {L مبارك} في {K اتصال هاتفي} مع قناة الجزيرة.",
    "أكد {T الوزير} {L غالي} في {K اتصال هاتفي} مع «النهار» أن لقاءه {T بالرئيس} {L مبارك} كان مثمرا.",
    'أوضح {T الوزير} {L غالي} في {K اتصال هاتفي} أجرته معه "الرأي" أن {T الرئيس} {L مبارك} يتابع الأمر.',
    "{K هاتف} {T الملك} {L سلمان} والد الشهيد معزيا، بحضور {T الأمير} {L تركي}.",
    "أجرى {L ماكرون} {K اتصالا هاتفيا} بعائلة الضحية.",
    "تلقى {T الوزير} {L خالد عبدالعزيز} {K مكالمات} من أمهات الجنود.",
    # إلى (to) is no إليّ (to me)
    "قرأ {L ماكرون} رسالة {L شولتس}، ثم أشار في {K مكالمة} الى التقدم.",
    # two people of two clauses
    "ترأس {L ماكرون} لجنة، واكتفى {L شولتس} بأن يتابع الأمر {K هاتفيا}.",
    # two ministers are none of the two kings
    "زار {T الملك} {L فيليبي} {T الملك} {L فيليب}. واتفق البلدان في {K اتصال} بين {T وزيري الخارجية} على الموعد.",
    # no trigger, no call
    "التقى {L ماكرون} {L شولتس} في باريس.",
]


def test_a_mention_in_quotation_marks_is_a_party(marked: Marked) -> None:
    document = marked("أجرى {T الوزير} {L غالي} {K اتصالا هاتفيا} مع «{T الرئيس}» {L مبارك}.")
    assert len(link_calls(document)) == 1


@pytest.mark.parametrize("text", NO_RECORD)
def test_calls_with_outsiders_are_no_records(marked: Marked, text: str) -> None:
    assert link_calls(marked(text)) == []
