"""The linker as a whole: the seed article, evidence, incomplete calls, robustness and speed."""

import random
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from hatif.calls import link, link_calls
from hatif.domain import Document, Label, Role, Span
from hatif.domain.record import DateInterval

Marked = Callable[..., Document]

SEED = Path(__file__).parents[2] / "seeds" / "000_b436e7a5e574e3fb.txt"
# The words of the seed article's spans. Longer ones win; every occurrence counts.
SPANS = {
    Label.LEADER: [
        "فلاديمير بوتين", "بوتين", "لبوتين", "بشار الأسد", "الأسد", "للأسد", "بالأسد", "عبد الفتاح السيسي", "السيسي",
        "والسيسي", "دونالد ترامب", "ترامب", "سلمان بن عبد العزيز", "تميم بن حمد آل ثاني", "بنيامين نتنياهو",
    ],
    Label.TITLE: [
        "الرئيس", "بالرئيس", "بنظيره", "نظيره", "ونظيره", "الملك", "بالعاهل", "أمير", "الشيخ", "برئيس الوزراء",
        "سيد الكرملين",
    ],
    Label.COUNTRY: [
        "الروسي", "الروسية", "السوري", "السورية", "سوريا", "روسيا", "الأمريكي", "المصري", "السعودي", "السعودية", "قطر",
        "إسرائيل", "الإسرائيلي", "كوريا الشمالية", "وإيران", "وتركيا",
    ],
    Label.CALL: [
        "اتصالات", "الاتصالات", "اتصال هاتفي", "اتصالاته الهاتفيه", "اتصالً هاتفيًا", "المحادثة", "اتصالًا هاتفيًا",
        "محادثة هاتفية", "مكالمة", "الاتصال الهاتفي", "اتصالا هاتفيا", "اتصالا هاتفيًا",
    ],
}  # fmt: skip


def seed_article() -> Document:
    """The seed article with its spans by hand: whole words from the lists, the longest first."""
    text = SEED.read_text("utf-8").strip()
    taken = [False] * len(text)
    spans = []
    for words, label in sorted(((w, lab) for lab, ws in SPANS.items() for w in ws), key=lambda one: -len(one[0])):
        start = text.find(words)
        while start >= 0:
            end = start + len(words)
            edges = text[max(0, start - 1) : start] + text[end : end + 1]
            if not any(taken[start:end]) and not any(c.isalpha() or c in "ًٌٍَُِّْ" for c in edges):
                spans.append(Span(start, end, label))
                taken[start:end] = [True] * len(words)
            start = text.find(words, end)
    return Document("seed", text, date(2017, 11, 22), tuple(spans))


def test_the_seed_article_has_exactly_its_five_calls() -> None:
    article = seed_article()
    records = link_calls(article)
    names = {"Sisi": "السيسي", "Salman": "سلمان", "Trump": "ترامب", "Tamim": "تميم", "Netanyahu": "نتنياهو"}
    found = {}
    for record in records:
        (other,) = (party for party in record.call.parties if "بوتين" not in (party.name or ""))
        (key,) = (key for key, name in names.items() if name in (other.name or ""))
        found[key] = record
    assert len(records) == len(found) == 5
    days = DateInterval(date(2017, 11, 20), date(2017, 11, 21))
    for key, record in found.items():
        callers = [party.name for party in record.call.parties if party.role is Role.INITIATOR]
        assert len(callers) == 1
        assert callers == ["فلاديمير بوتين"], key
        assert record.call.status.value == "held"
        assert record.day is None or days.first <= record.day.first == record.day.last <= days.last
    countries = {key: {party.country for party in record.call.parties} - {"RUS"} for key, record in found.items()}
    assert countries == {"Sisi": {"EGY"}, "Salman": {"SAU"}, "Trump": {"USA"}, "Tamim": {"QAT"}, "Netanyahu": {"ISR"}}
    assert found["Tamim"].call.date == "مساء الاثنين"
    assert found["Tamim"].day == DateInterval(date(2017, 11, 20), date(2017, 11, 20))


def test_a_record_carries_evidence_score_and_rule(marked: Marked) -> None:
    document = marked("خبر اليوم.\nأجرى {L ماكرون} {K اتصالا} مع {L ميلوني}. ووصف {L ماكرون} {K الاتصال} بالمثمر.")
    (record,) = link_calls(document)
    assert [document.text[start:end] for start, end in record.evidence] == [
        "أجرى ماكرون اتصالا مع ميلوني.",
        "ووصف ماكرون الاتصال بالمثمر.",
    ]
    assert record.rule == "make"
    assert 0.5 < record.score <= 1.0


def test_a_headline_alone_makes_no_record_beside_the_articles_own(marked: Marked) -> None:
    text = "{L ماكرون} يستقبل {T رئيس} {C كينيا} {K ويتصل} {T بملك} {C الأردن}\n{K هاتف} {L ماكرون} {T ملك} {C الأردن}."
    (record,) = link_calls(marked(text))
    assert [party.name or party.country for party in record.call.parties] == ["ماكرون", "JOR"]
    assert len(record.call.triggers) == 2
    # Without a headline, the first sentence is the article's own.
    assert len(link_calls(marked(text.replace("\n", ".\n")))) == 2


def test_what_tells_the_same_time_again_is_the_same_call(marked: Marked) -> None:
    document = marked(
        "خاطب {L ماكرون} {L وميلوني} شعبيهما. ومساء أمس تحدث الرجلان {K عبر الهاتف}، وهو {K حديث هاتفي} لم يسبق."
    )
    (record,) = link_calls(document)
    assert len(record.call.triggers) == 2


def test_unsure_spans_lower_the_score(marked: Marked) -> None:
    document = marked("أجرى {L ماكرون} {K اتصالا} مع {L ميلوني}.")
    unsure = document.with_spans(tuple(Span(s.start, s.end, s.label, 0.5) for s in document.spans))
    assert link_calls(unsure)[0].score < link_calls(document)[0].score


def test_a_call_with_one_party_is_kept_as_incomplete(marked: Marked) -> None:
    document = marked("أجرى {L ماكرون} {K اتصالا هاتفيا} مطولا.")
    linking = link(document)
    assert linking.records == ()
    (incomplete,) = linking.incomplete
    assert incomplete.party is not None
    assert incomplete.party.name == "ماكرون"


def test_every_trigger_is_linked_or_incomplete(marked: Marked) -> None:
    document = marked(
        "{K مكالمة} تغضب أنقرة\nأجرى {L فيدان} {K اتصالا} مع {L روبيو}. وقال نائب {K هاتفيا} للقناة إنه راض."
    )
    linking = link(document)
    linked = {trigger for record in linking.records for trigger in record.call.triggers}
    apart = {trigger for call in linking.incomplete for trigger in call.triggers}
    assert not linked & apart
    assert linked | apart == {(s.start, s.end) for s in document.spans if s.label is Label.CALL}


# held received a-call by-phone Putin and-Macron from with between the-president the-Russian … denied did-not
WORDS = [
    *(
        "أجرى",
        "تلقى",
        "اتصالا",
        "هاتفيا",
        "بوتين",
        "وماكرون",
        "من",
        "مع",
        "بين",
        "الرئيس",
        "الروسي",
        "أمس",
        "نفى",
        "لم",
    ),
    *("٣", "أيار", "و", "#", ".", "،", ":", "\n"),
]


@st.composite
def tagged_texts(draw: st.DrawFn) -> Document:
    words = draw(
        st.lists(
            st.sampled_from(WORDS),
            max_size=30,
        )
    )
    text = " ".join(words) + draw(st.text(max_size=5))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    labels = st.sampled_from(list(Label))
    spans = [Span(a, b, draw(labels)) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    return Document("any", text, draw(st.none() | st.dates()), tuple(spans))


@settings(max_examples=150, deadline=None)
@given(tagged_texts())
def test_no_spans_crash_the_linker(document: Document) -> None:
    for record in link(document).records:
        assert all(0 <= party.start < party.end <= len(document.text) for party in record.call.parties)
        assert len({(party.start, party.end) for party in record.call.parties}) == len(record.call.parties)


def long_document(marked: Marked, words: int, sentence_end: str) -> Document:
    sentences = [
        f"أجرى {{T الرئيس}} {{C الفرنسي}} {{L ماكرون{n % 97}}} أمس {{K اتصالا هاتفيا}} مع {{T نظيره}} {{C المصري}}"
        f" {{L السيسي{n % 89}}} بحثا خلاله ملف الغاز وقالت وكالة الأنباء إن {{T الوزير}} {{L غالي{n}}} سيتصل لاحقا"
        for n in range(words // 26)
    ]
    return marked(sentence_end.join(sentences))


def test_long_documents_link_in_linear_time(marked: Marked) -> None:
    """5,000 words in under a second, as promised; sentences without an end are no slower."""
    for sentence_end in (".\n", " و "):
        document = long_document(marked, 5_000, sentence_end)
        start = time.perf_counter()
        link(document)
        once = time.perf_counter() - start
        assert once < 1
        document = long_document(marked, 20_000, sentence_end)
        start = time.perf_counter()
        link(document)
        assert time.perf_counter() - start < 12 * max(once, 0.05)


def test_a_call_told_thousands_of_times_links_in_linear_time(marked: Marked) -> None:
    sentence = "أجرى {T الرئيس} {C الروسي} {L بوتين} مساء الاثنين {K اتصالا هاتفيا} مع {L ترامب}."
    seconds = []
    for times in (500, 4000):
        document = marked("\n".join([sentence] * times))
        start = time.process_time()
        assert len(link(document).records) == 1
        seconds.append(time.process_time() - start)
    assert seconds[1] < 20 * max(seconds[0], 0.05)


def test_dropped_and_cut_spans_degrade_gracefully(marked: Marked) -> None:
    """Without any one title or country the call is still found, and with a first name cut off too."""
    text = (
        "أجرى {T الرئيس} {C الروسي} {L فلاديمير بوتين} {K اتصالا هاتفيا} {T بالرئيس} {C المصري} {L عبد الفتاح السيسي}."
    )
    document = marked(text)
    for dropped in document.spans:
        if dropped.label in (Label.TITLE, Label.COUNTRY):
            rest = tuple(span for span in document.spans if span is not dropped)
            assert len(link_calls(document.with_spans(rest))) == 1, document.words_of(dropped)
    spans = list(document.spans)
    random.Random(1).shuffle(spans)
    cut = tuple(
        Span(span.start + len("فلاديمير "), span.end, span.label) if "بوتين" in document.words_of(span) else span
        for span in spans
    )
    (record,) = link_calls(document.with_spans(cut))
    assert {party.role for party in record.call.parties} == {Role.INITIATOR, Role.RECIPIENT}
