"""Spans as a dictionary writes them: what is a proclitic and what belongs to the word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatif.arabic.clitics import normalized
from hatif.domain import LABELS, Label

COUNTRIES = [
    ("وروسيا", "روسيا"),
    ("للجزائر", "الجزائر"),
    ("بالولايات المتحدة الأمريكية", "الولايات المتحدة الأمريكية"),
    ("والاتحاد السوفيتي", "الاتحاد السوفيتي"),
    ("لبنان", "لبنان"),
    ("بريطانيا", "بريطانيا"),
    ("سلطنة عُمان", "سلطنة عمان"),
    ("وارسو", "وارسو"),  # Warsaw is no state: left alone
]

TITLES = [
    ("بالعاهل", "العاهل"),  # the monarch
    ("للرئيس", "الرئيس"),
    ("والرئيسة", "الرئيسة"),
    ("ولوزير الخارجية", "وزير الخارجية"),
    ("فوزير خارجيته", "وزير خارجيته"),
    ("كأمين عام للحزب", "أمين عام للحزب"),
    ("لولي العهد", "ولي العهد"),
    ("ووالي وهران", "والي وهران"),
    ("لقائدهم", "قائدهم"),  # ل is their leader's proclitic, not the first letter of a meeting
    ("بنظرائها", "نظرائها"),
    ("واللواء الركن", "اللواء الركن"),
    ("للواء", "لواء"),  # or with the article, which the spelling does not show
    ("وفخامةِ الرئيس", "فخامة الرئيس"),
    ("ومراقب الدولة", "مراقب الدولة"),  # an unknown head: و is no part of it
    ("والغفير", "الغفير"),
    # radicals
    ("نظيره", "نظيره"),
    ("وزير_الخارجية", "وزير الخارجية"),
    ("وزيري داخلية", "وزيري داخلية"),
    ("ولي العهد", "ولي العهد"),
    ("وكيلة الوزارة", "وكيلة الوزارة"),
    ("وفد", "وفد"),
    ("والي صفاقس", "والي صفاقس"),
    ("فخامة", "فخامة"),
    ("فريق أول", "فريق أول"),
    ("كاتب الدولة", "كاتب الدولة"),
    ("كبير المفاوضين", "كبير المفاوضين"),
    ("لواء", "لواء"),
    ("بطريرك", "بطريرك"),
    ("بابا", "بابا"),
    ("بريمير", "بريمير"),  # an unknown head: ب may be part of it
]

CALLS = [
    ("باتصال هاتفي", "اتصال هاتفي"),
    ("للمكالمتين", "المكالمتين"),
    ("فهاتف", "هاتف"),
    ("ليتصل", "يتصل"),
    ("بالهاتف", "الهاتف"),
    ("واتصلوا", "اتصلوا"),
    ("لقاء افتراضيا", "لقاء افتراضيا"),
    ("بلقاء افتراضي", "لقاء افتراضي"),
    ("بحث هاتفي", "بحث هاتفي"),
    ("اتصالاً هاتفيّاً", "اتصالا هاتفيا"),
]

LEADERS = [
    # the article, also swallowed by ل
    ("والسيسي", "السيسي"),
    ("بالأسد", "الأسد"),
    ("للحريري", "الحريري"),
    # hamza on alef, tatweel
    ("وأردوغان", "أردوغان"),
    ("بأوباما", "أوباما"),
    ("لـماكرون", "ماكرون"),
    ("بـستوب", "ستوب"),
    # the lexicon, alone and after a conjunction
    ("بنتنياهو", "نتنياهو"),
    ("ولبوتين", "بوتين"),
    ("لعبد العاطي", "عبد العاطي"),
    ("وويدودو", "وويدودو"),
    ("ووليد جنبلاط", "وليد جنبلاط"),
    # what is likely
    ("وتوكاييف", "توكاييف"),
    ("لدوبتشيك", "دوبتشيك"),
    ("بتورنبول", "تورنبول"),
    # radicals
    ("بوتين", "بوتين"),
    ("بـوتين", "بوتين"),
    ("بايدن", "بايدن"),
    ("لافروف", "لافروف"),
    ("كيم", "كيم"),
    ("وليد", "وليد"),
    ("فيصل", "فيصل"),
    ("لولا", "لولا"),
    ("لؤي المقداد", "لؤي المقداد"),
    ("ويلسون", "ويلسون"),
    ("بدر", "بدر"),
    ("فالح", "فالح"),
    ("بالما", "بالما"),
    ("والتر", "والتر"),
    ("بالادور", "بالادور"),
    ("كالفن", "كالفن"),
    ("دونالد #ترمب", "دونالد ترمب"),
]


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        (label, *pair)
        for label, table in zip(LABELS, (LEADERS, TITLES, COUNTRIES, CALLS), strict=True)
        for pair in table
    ],
)
def test_a_span_is_written_as_in_a_dictionary(label: Label, text: str, expected: str) -> None:
    assert normalized(text, label) == expected


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("ويالا", (), "ويالا"),
        ("ويالا", ("كومبا يالا",), "يالا"),  # Kumba Yalá stands elsewhere without و
        ("بعون", ("ميشال عون",), "عون"),
        ("بسوناك", (), "بسوناك"),
        ("بسوناك", ("سوناك",), "سوناك"),
        ("لبرنغ", ("محمدو لبرنغ",), "لبرنغ"),  # Labarang: inside a name ل is no proclitic
        ("بلي تشيانغ", ("لي تشيانغ",), "لي تشيانغ"),
        ("لحسن روحاني", ("حسن روحاني",), "حسن روحاني"),
        ("لحسن", (), "لحسن"),  # Lahcen, a name of the Maghreb
    ],
)
def test_other_names_of_the_document_settle_a_leader(text: str, known: tuple[str, ...], expected: str) -> None:
    assert normalized(text, Label.LEADER, known) == expected


ARABIC = st.text(alphabet="ابتدرسعفكلمنهويأةى ـ_#َّ\u200f", max_size=20)


@given(ARABIC, st.sampled_from(LABELS), st.lists(ARABIC, max_size=3))
def test_at_most_the_proclitics_are_lost(text: str, label: Label, known: list[str]) -> None:
    whole = normalized("س " + text, label)[2:]  # behind another word nothing is a proclitic
    bare = normalized(text, label, known)
    assert len(whole) - len(bare) in (0, 1, 2)
    assert whole.endswith((bare, bare.removeprefix("ا")))
