"""Rounds of calls that an article tells one by one, and two calls that one dual tells."""

from collections.abc import Callable

import pytest

from hatif.calls import link_calls
from hatif.domain import Document

Marked = Callable[..., Document]

A, B, C = "{L أنور إبراهيم}", "{L أولاف شولتس}", "{L جورجيا ميلوني}"


def told(document: Document) -> list[str]:
    """`caller>called` or `one-other` of every record, by last names, and the time words."""
    found = []
    for record in link_calls(document):
        parties = sorted(record.call.parties, key=lambda party: party.role.value != "initiator")
        sign = ">" if parties[0].role.value == "initiator" else "-"
        names = sign.join((party.name or party.country or "?").split()[-1] for party in parties)
        found.append(names + (f" {record.call.date}" if record.call.date else ""))
    return sorted(found)


ROUNDS = [
    # held a number of calls on Sunday … and A said in his call … the call with B was short
    (
        f"أجرى {{T رئيس}} {{C ماليزيا}} {A} مساء الأحد عددا من {{K الاتصالات}} لوقف القتال.\n"
        f"- برلين: شدد {{T المستشار}} {{C الألماني}} {B}، في {{K اتصال}} دام ساعة، على الهدنة.\n"
        f"- روما: {{K المكالمة}} مع {C} كانت قصيرة.",
        ["إبراهيم>شولتس مساء الأحد", "إبراهيم>ميلوني مساء الأحد"],
    ),
    # received a flood of calls from kings … B phoned him: the round is the receiver's
    (
        f"تلقى {{T الرئيس}} {A} أمس سيلا من {{K الاتصالات}} من ملوك ورؤساء.\n"
        f"وأعرب {{T الرئيس}} {B} في {{K اتصاله}} عن ثقته.",
        ["شولتس>إبراهيم أمس"],
    ),
    # spent the day in phone calls … then phoned B, the caller left out
    (
        f"أمضى {{T الرئيس}} {A} يوم الخميس في {{K اتصالات هاتفية}} متلاحقة.\nورحب {{T الرئيس}} {B} بالمبادرة.\n"
        f"وأخيرا {{K اتصل}} {C.replace('{L ', '{L ب')}.",
        ["إبراهيم>ميلوني يوم الخميس"],
    ),
    # in a round of calls, conferred by phone with B
    (
        f"أجرى {{T الرئيس}} {A} أمس عددا من {{K الاتصالات}} بقادة.\n- برلين: تباحث {{K هاتفيا}} مع {B}.",
        ["إبراهيم-شولتس أمس"],
    ),
    # received a series of calls, the last from B … and C pledged in his call
    (
        f"تلقى {{T الرئيس}} {A} سلسلة {{K مكالمات}} آخرها أمس من {B}.\nوتعهدت {C} في {{K مكالمتها}} بالدعم.",
        ["شولتس>إبراهيم أمس", "ميلوني>إبراهيم أمس"],
    ),
    # received a flood of calls … B phoned himself
    (
        f"تلقى {{T الرئيس}} {A} أمس سيلا من {{K الاتصالات}} من زعماء.\nو{{K اتصل}} {{T الرئيس}} {B} بنفسه.",
        ["شولتس>إبراهيم أمس"],
    ),
    # A receives calls: B and C
    (f"{A} يتلقى {{K اتصالات}}: {B} {C.replace('{L ', '{L و')}", ["شولتس>إبراهيم", "ميلوني>إبراهيم"]),
    # calls with his counterparts: B and C
    (
        f"أجرى {{T الوزير}} {A} {{K اتصالات هاتفية}} مع {{T نظرائه}}: {{C الألماني}} {B}، {{C والإيطالية}} {C}.",
        ["إبراهيم>شولتس", "إبراهيم>ميلوني"],
    ),
    # received calls from each of, and a line for each; held calls, in a list whose lines tell of each
    (f"تلقى {A} {{K اتصالات هاتفية}} من كل من:\n▪️ {B}\n▪️ {C}", ["شولتس>إبراهيم", "ميلوني>إبراهيم"]),
    (
        f"أجرى {A} أمس {{K اتصالات}} بقادة، وهنا أبرزها:\n- {B}: تناول {{K الاتصال}} الغاز.\n- وعد {C} بالدعم.",
        ["إبراهيم>شولتس أمس", "إبراهيم>ميلوني أمس"],
    ),
    # discussed with B by phone, then C phoned him: the one who spoke with both
    (f"ناقش {A} {{K هاتفيا}} مع {B} الهدنة، ثم {{K هاتفته}} {C}.", ["إبراهيم-شولتس", "ميلوني>إبراهيم"]),
]


@pytest.mark.parametrize(("text", "expected"), ROUNDS)
def test_a_round_of_calls_is_a_record_for_each(marked: Marked, text: str, expected: list[str]) -> None:
    assert told(marked(text)) == expected


SEVERAL = [
    # told both of B and C in two calls; in two calls between A and both
    (f"أبلغ {A} كلا من {B} {C.replace('{L ', '{L و')} في {{K اتصالين}} منفصلين.", ["إبراهيم-شولتس", "إبراهيم-ميلوني"]),
    (
        f"{{K اتصالان}} بين {A} {B.replace('{L ', '{L و')} {C.replace('{L ', '{L و')}",
        ["إبراهيم-شولتس", "إبراهيم-ميلوني"],
    ),
    # two calls with B, the first on Monday and the second yesterday
    (
        f"أجرى {A} {{K مكالمتين}} مع {B}، الأولى يوم الاثنين والثانية أمس الأول.",
        ["إبراهيم>شولتس أمس الأول", "إبراهيم>شولتس يوم الاثنين"],
    ),
    # two calls, the first on Monday with B and the second on Friday night with C; only the last of a round is dated
    (
        f"أجرى {A} {{K مكالمتين}}، أولاهما يوم الاثنين مع {B}، والثانية ليلة الجمعة مع {C}.",
        ["إبراهيم>شولتس يوم الاثنين", "إبراهيم>ميلوني ليلة الجمعة"],
    ),
    (
        f"تلقى {A} {{K مكالمات}} كان أولها من {B} وآخرها مساء أمس من {C}.",
        ["شولتس>إبراهيم", "ميلوني>إبراهيم مساء أمس"],
    ),
    # the minister said that A and B have exchanged calls
    (
        f"قال {{T الوزير}} {C} إن {A} {B.replace('{L ', '{L و')} تبادلا {{K مكالمات}} عدة.",
        ["إبراهيم-شولتس"],
    ),
    # each of two held a call; calls with the rivals B and C
    (
        f"أجرى {A} {B.replace('{L ', '{L و')} {{K اتصالين}} منفصلين {C.replace('{L ', '{L ب')}.",
        ["إبراهيم>ميلوني", "شولتس>ميلوني"],
    ),
    (
        f"أجرى {A} {{K مكالمتين}} مع المتنافسين {B} {C.replace('{L ', '{L و')}.",
        ["إبراهيم>شولتس", "إبراهيم>ميلوني"],
    ),
    # one joint call of all who took part
    (f"شارك {A}، {B.replace('{L ', '{L و')} في {{K مكالمة هاتفية}} مشتركة مع {C}.", ["إبراهيم-شولتس-ميلوني"]),
    # with B first, then with C
    (f"ناقش {A} {{K هاتفيا}} مع {B} أولا ثم مع {C} الهدنة.", ["إبراهيم-شولتس", "إبراهيم-ميلوني"]),
    # in a call in which B and C took part
    (
        f"خلص {A} في {{K مكالمة}} شارك فيها {B} {C.replace('{L ', '{L و')} إلى هدنة.",
        ["إبراهيم-شولتس-ميلوني"],
    ),
    # a call with B and C; with B and with C
    (f"أجرى {A} {{K اتصالا}} مع {B} {C.replace('{L ', '{L و')}.", ["إبراهيم>شولتس>ميلوني"]),
    (f"أجرى {A} {{K اتصالا}} مع {B} ومع {C}.", ["إبراهيم>شولتس", "إبراهيم>ميلوني"]),
    # a summit that gathers him and B and C; suggested a call that brings the two together with C
    (
        f"يمهد {A} الطريق أمام {{K قمة هاتفية}} تضمه {B.replace('{L ', '{L و')} {C.replace('{L ', '{L و')}.",
        ["إبراهيم-شولتس-ميلوني"],
    ),
    (
        f"{{K هاتف}} {A} {B}، واقترح {{K مكالمة}} تجمعهما {C.replace('{L ', '{L ب')}.",
        ["إبراهيم-شولتس-ميلوني", "إبراهيم>شولتس"],
    ),
    # C joined them; agreed with B by phone on a video call on Friday that C joins; C joined the call
    (f"تحدث {A} مع {B} {{K هاتفيا}}، وانضمت إليهما {C}.", ["إبراهيم-شولتس-ميلوني"]),
    (
        f"{{K هاتف}} {A} {B} أمس، واتفقا على {{K اتصال مرئي}} بينهما يوم الجمعة تنضم إليه {C}.",
        ["إبراهيم-شولتس-ميلوني يوم الجمعة", "إبراهيم>شولتس أمس"],
    ),
    (f"أجرى {A} {{K مكالمة}} مع {B}. وانضمت إلى {{K المكالمة}} {C}.", ["إبراهيم-شولتس-ميلوني"]),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_duals_and_joint_calls(marked: Marked, text: str, expected: list[str]) -> None:
    assert told(marked(text)) == expected
