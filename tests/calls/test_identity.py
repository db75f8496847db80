"""Mentions and whom they mean within a document."""

from collections.abc import Callable

import pytest

from hatif.calls.identity import identify
from hatif.calls.mentions import mentions_of
from hatif.calls.names import name_words, names_agree
from hatif.domain import Document

Marked = Callable[..., Document]

MENTIONS = [
    ("{T الرئيس} {C الروسي} {L فلاديمير بوتين}", ["الرئيس الروسي فلاديمير بوتين"]),
    (
        "{L سلمان بن عبدالعزيز} {T ملك} {C المملكة العربية السعودية}",
        ["سلمان بن عبدالعزيز ملك المملكة العربية السعودية"],
    ),
    ("{T أمير} {C قطر}، {T الشيخ} {L تميم}", ["أمير قطر، الشيخ تميم"]),
    ("{T الرئيس} السابق {L أوباما}", ["الرئيس السابق أوباما"]),
    ("{T #الرئيس}_{C الروسي}_{L بوتين}".replace("#", ""), ["الرئيس_الروسي_بوتين"]),
    ("{T وزير الداخلية} {C بجمهورية العراق} {L عثمان الغانمي}", ["وزير الداخلية بجمهورية العراق عثمان الغانمي"]),
    # a second office of the same man, and somebody else's
    (
        "{T الشيخ} {L صباح الخالد} {T نائب رئيس الوزراء} {T ووزير الخارجية}",
        ["الشيخ صباح الخالد نائب رئيس الوزراء ووزير الخارجية"],
    ),
    (
        "{T نائب رئيس الوزراء} {T ووزير الخارجية وشؤون المغتربين} {L أيمن الصفدي}",
        ["نائب رئيس الوزراء ووزير الخارجية وشؤون المغتربين أيمن الصفدي"],
    ),
    ("{T الرئيس} {T ووزير الخارجية} {L أيمن الصفدي}", ["الرئيس", "ووزير الخارجية أيمن الصفدي"]),
    ("{L بوتين} {T الرئيس} {C الفرنسي}", ["بوتين", "الرئيس الفرنسي"]),
    ("{T المستشار} {C الألماني} {L غيرهارد شرودر} {T الملك}", ["المستشار الألماني غيرهارد شرودر", "الملك"]),
    ("{C روسيا} {C وإيران}", ["روسيا", "وإيران"]),
    # the American envoy to Syria, the assistant secretary for Near Eastern affairs, Dr.
    ("{T المبعوث} {C الأميركي} إلى {C سوريا} {L باراك}", ["المبعوث الأميركي إلى سوريا باراك"]),
    ("{T مساعد الوزير} {C الأميركي} لشؤون الشرق الأدنى {L شينكر}", ["مساعد الوزير الأميركي لشؤون الشرق الأدنى شينكر"]),
    # the condolences of the king to Shtayyeh
    ("تعازي {T الملك} إلى {L اشتية}", ["الملك", "اشتية"]),
    ("{T د}. {L مصطفى مدبولي}", ["د. مصطفى مدبولي"]),
]


@pytest.mark.parametrize(("text", "expected"), MENTIONS)
def test_spans_that_name_one_person_are_one_mention(marked: Marked, text: str, expected: list[str]) -> None:
    document = marked(text)
    assert [document.text[mention.start : mention.end] for mention in mentions_of(document)] == expected


SAME = [
    # a short name, a spelling variant, an office with its state, an office alone, a list heading
    ("{T الرئيس} {C الروسي} {L فلاديمير بوتين} … {L وبوتين}", [0, 0]),
    ("{L دونالد ترامب} … {L ترمب}", [0, 0]),
    ("{T الرئيس} {C الروسي} {L فلاديمير بوتين} … {T الرئيس} {C الروسي}", [0, 0]),
    ("{T الملك} {L عبدالله الثاني} … {T الملك}", [0, 0]),
    ("{T الرئيس} {C السوري} {L بشار الأسد} … {T نظيره} {C الروسي} {L بوتين} … {T الرئيس} {C السوري}", [0, 1, 0]),
    ("{T الرئيس} {C الفرنسي} {L ماكرون} … {T نظيره} {C الروسي}", [0, 1]),
    ("{T وزير الدفاع} {C التركي} … {T وزير الخارجية} {C التركي} {L هاكان فيدان}", [1, 0]),
    ("{L محمد بن زايد} … {L محمد بن راشد}", [0, 1]),
    # the president without a state is the article's own
    ("{T الرئيس} {L بشار الأسد} … {T رئيس} {C تونس} {L قيس سعيد} … {T السيد الرئيس}", [0, 1, 0]),
    # a title alone is somebody told of before, rather by this very title
    (
        "{T رئيس الوزراء} {C الباكستاني} {L خان} … {T رئيس الوزراء} … {T رئيس وزراء ولاية كشمير} {L عبد الله}",
        [0, 0, 1],
    ),
    (
        "{T رئيس وزراء} {C بلغاريا} {L بوريسوف} … {T رئيس الوزراء} {C اليوناني} {L تسيبراس} … {T رئيس الوزراء}",
        [0, 1, 1],
    ),
    # two who share a surname
    ("{L ماكي سال} … {L سال} … {L ألاساني سال}", [0, 0, 1]),
    # the father's name, one word of a long name and a by-name, before the full name
    ("{L بن زايد} … {T الشيخ} {L محمد بن زايد آل نهيان}", [0, 0]),
    ("{L لولا} … {T الرئيس} {C البرازيلي} {L لويس إيناسيو لولا دا سيلفا}", [0, 0]),
    ("{L أبو مازن} … {T الرئيس} {L محمود عباس}", [0, 0]),
    # a president's counterpart is the president, not the ambassador; the Egyptian president is no member of parliament
    (
        "{T سفير} {C روسيا} {L كارلوف} … {T الرئيس} {C الروسي} {L بوتين}"
        " … {T الرئيس} {L أردوغان} … {T نظيره} {C الروسي}",
        [0, 1, 2, 1],
    ),
    ("{T النائب} {C المصري} {L بكري} … {T الرئيس} {C المصري}", [0, 1]),
]


@pytest.mark.parametrize(("text", "expected"), SAME)
def test_mentions_of_one_person_share_an_entity(marked: Marked, text: str, expected: list[int]) -> None:
    assert identify(mentions_of(marked(text)))[0] == expected


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("{T العاهل} {C السعودي} {L سلمان} … {L سلمان}", "SAU"),
        ("{T خادم الحرمين الشريفين} {L سلمان}", "SAU"),
        ("{T سيد الكرملين} {L بوتين}", "RUS"),
        ("{T الأمين العام للأمم المتحدة} {L غوتيريش}", None),
        ("{L تميم بن حمد} {T أمير البلاد}", None),  # Qatar's as well as Kuwait's
    ],
)
def test_a_country_comes_from_adjective_office_or_earlier_mention(
    marked: Marked, text: str, country: str | None
) -> None:
    entity_of, entities = identify(mentions_of(marked(text)))
    assert entities[entity_of[-1]].country == country


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("نتنياهو", "بنيامين نتانياهو", True),
        ("عبد العزيز", "عبدالعزيز", True),
        ("تميم", "تميم بن حمد آل ثاني", True),
        ("حمد", "تميم بن حمد آل ثاني", False),
        ("جورج بوش", "جورج براون", False),
    ],
)
def test_names_agree_across_lengths_and_spellings(one: str, other: str, same: bool) -> None:
    assert names_agree(name_words(one), name_words(other)) is same
