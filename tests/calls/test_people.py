"""Who a sentence means: objects and subjects, pronouns, honorifics, relative clauses, dual titles."""

from collections.abc import Callable

import pytest

from hatif.calls import link_calls
from hatif.calls.gender import of_pronoun, of_titles, of_verb
from hatif.domain import Document

Marked = Callable[..., Document]

# told, sorted: caller>called, one-other
A, B, C = "{T الرئيس} {L كاغامي}", "{T الرئيس} {L روتو}", "{T الوزيرة} {L بيربوك}"

CASES = [
    # phoned B, then held a call with C: B is an object, the caller stays A
    (f"{{K هاتف}} {A} {B}، ثم أجرى {{K اتصالا}} {C.replace('{T ', '{T ب')}.", ["كاغامي>بيربوك", "كاغامي>روتو"]),
    (f"هنأ {A} {B}، وانتظر ليلة حتى {{K اتصل}} {C.replace('{T ', '{T ب')}.", ["كاغامي>بيربوك"]),
    # phoned, towards evening, both of B and C
    (
        f"{{K هاتف}} {A}، في وقت متأخر من مساء أمس، كلا من {B} {C.replace('{T ', '{T و')}.",
        ["كاغامي>بيربوك", "كاغامي>روتو"],
    ),
    # B had phoned already; none of the words behind the clause is its object
    (f"نفى مصدر أن يكون {A} قد {{K هاتف}} {B} منذ شهر، لكن {C} تنتظر.", ["كاغامي>روتو"]),
    # the two phoned each other
    (f"{{K تهاتف}} ليل أمس {A} {B.replace('{T ', '{T و')}.", ["روتو-كاغامي"]),
    # B, who had phoned him; called by him: of the clause the head is the subject
    (f"قال {A} {B.replace('{T ', '{T ل')}، الذي كان قد {{K اتصل}} به، إن الأمر عاجل.", ["روتو>كاغامي"]),
    (f"ظل {{K الاتصال}} الذي أجراه {A} {B.replace('{T ', '{T ب')} سرا.", ["كاغامي>روتو"]),
    # in a call with B, A stressed: the subject follows
    (f"وفي {{K اتصال هاتفي}} مع {B}، شدد {A} على الهدنة.", ["روتو-كاغامي"]),
    # whom the pronoun means: told him by phone, phoned her, a call came to her
    (f"كان {A} في مكتبه حين هنأه {{K هاتفيا}} {B}.", ["روتو-كاغامي"]),
    (f"وصلت {C} ومعها {A}، ثم {{K هاتفها}} {B}.", ["روتو>بيربوك"]),
    (f"رحبت {C} بزيارة {A}، ثم جاءها {{K اتصال}} من {B}.", ["روتو>بيربوك"]),
    # she phoned: a man is not the subject of a feminine verb
    (f"رحبت {C} بالهدنة وأيدها {A}، ثم {{K اتصلت}} {B.replace('{T ', '{T ب')}.", ["بيربوك>روتو"]),
    # the office of A said that he received a call from B
    (f"ذكر مكتب {A} أنه تلقى {{K مكالمة}} من {B}.", ["روتو>كاغامي"]),
    # a call reached A from B; A asked for a call with B; a call that A made
    (f"كشف مصدر عن {{K اتصال}} ورد إلى {A} من {B}.", ["روتو>كاغامي"]),
    (f"طلب {A} {{K مكالمة}} عاجلة مع {B}.", ["كاغامي>روتو"]),
    (f"بادر {A} إلى {{K مهاتفة}} {B}.", ["كاغامي>روتو"]),
    # nobody is said to have called: finished a call, held a meeting, the call of A and B
    (f"أنهى {A} {{K اتصالا}} مع {B}.", ["روتو-كاغامي"]),
    (f"عقد {A} {{K اجتماعا عبر الفيديو}} مع {B}.", ["روتو-كاغامي"]),
    (f"ماذا دار في {{K مكالمة}} {A} {B.replace('{T ', '{T و')}؟", ["روتو-كاغامي"]),
    # the day before, the two men spoke by phone
    (f"خاطب {A} {B.replace('{T ', '{T و')} الشعب. وقبل ذلك تحدث الرجلان {{K عبر الهاتف}} ساعة.", ["روتو-كاغامي"]),
    # A inquired by phone after the health of B; conveyed thanks to B
    (f"اطمأن {A} {{K هاتفيا}} على صحة {B}.", ["روتو-كاغامي"]),
    # a father of whom the minister phoned: no diplomatic call
    (f"كرم {A} الشهداء. وقال والد الشهيد إن {B} {{K هاتفه}} معزيا.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_sentence_means_whom_its_grammar_says(marked: Marked, text: str, expected: list[str]) -> None:
    found = []
    for record in link_calls(marked(text)):
        first, second = sorted(record.call.parties, key=lambda party: (party.role.value != "initiator", party.name))
        found.append(f"{first.name}{'>' if first.role.value == 'initiator' else '-'}{second.name}")
    assert sorted(found) == expected


def test_honorifics_stand_for_the_person_named_before(marked: Marked) -> None:
    """His Highness received a call from B: not the partner of the sentence before, nor a heading."""
    text = (
        "استقبل {T سمو الشيخ} {L حمد بن خليفة} في قصره {T السفير} {L روتو}.\n- {T أمير} {C الكويت}\n"
        "كما تلقى سموه {K اتصالا هاتفيا} من {T الرئيس} {L كاغامي}."
    )
    (record,) = link_calls(marked(text))
    roles = {party.name: party.role.value for party in record.call.parties}
    assert roles == {"كاغامي": "initiator", "حمد بن خليفة": "recipient"}


def test_a_dual_title_names_the_holder_in_each_state(marked: Marked) -> None:
    """The Kenyan president and the Rwandan one agreed by phone; the article then gives their names."""
    text = (
        "اتفق {T الرئيسان} {C الكيني} {C والرواندي} {K هاتفيا} على الهدنة."
        " وقال {T الرئيس} {C الكيني} {L روتو} إن {T الرئيس} {C الرواندي} {L كاغامي} وافق."
    )
    (record,) = link_calls(marked(text))
    assert {(party.name, party.country) for party in record.call.parties} == {("روتو", "KEN"), ("كاغامي", "RWA")}


def test_gender_is_read_from_titles_verbs_and_pronouns() -> None:
    # president, presidents' counterpart (his, hers), Her/His Excellency the minister
    titles = {"رئيسة": "f", "رئيس": "m", "نظيره": "m", "نظيرتها": "f", "معالي وزيرة": "f", "صاحب السمو": ""}
    assert {title: of_titles([title]) for title in titles} == titles
    # she held, he held, he phoned her; to hold (a noun, which says nothing)
    verbs = {"اجرت": "f", "وتلقت": "f", "اجري": "m", "هاتفها": "m", "اجرا": ""}
    assert {verb: of_verb(verb) for verb in verbs} == verbs
    assert [of_pronoun(word) for word in ("معها", "به", "معهما")] == ["f", "m", ""]
