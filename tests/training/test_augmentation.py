"""Augmented articles keep exact spans, agree, and are the same whenever they are asked for."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tiny
from hatif.arabic.words import split_words
from hatif.domain import Document, Label
from hatif.settings import AugmentationSettings
from hatif.tagging.tags import spans_to_tags
from hatif.training.augmentation import Augmenter, cropped, misspelt, rewrite, with_hashtags

ARTICLES = tiny.documents(tiny.TRAIN + tiny.DEV)
LONG = tiny.documents(
    """
=== long
{K اتصال هاتفي} بين {T الرئيس} {C الروسي} {L فلاديمير بوتين}، {T والرئيس} {C الإيراني} {L حسن روحاني}.
وقال {L بوتين}: إن {C روسيا} لن تنسى. #{C روسيا}_اليوم، ورد {L روحاني} بأن {C إيران} تقدر ذلك!

ثم تحدث {T وزير الخارجية} {C السعودي} مع نظيرته {C السويدية} في {K مكالمة} استغرقت ساعة؛ وكان معه {L عادل الجبير}.
"""
)[0]
ALL = AugmentationSettings(swap=1.0, noise=1.0, strange=1.0, crop=1.0, hashtags=1.0)
AUGMENTER, TWIN = (Augmenter([*ARTICLES, LONG], ALL, 1) for _ in range(2))
SEEDS = st.integers(0, 10**6)
DOCUMENTS = st.sampled_from([*ARTICLES, LONG])


def of(document: Document, label: Label) -> list[str]:
    return [document.words_of(span) for span in document.spans if span.label is label]


def check(document: Document) -> None:
    """No span cuts a word, is empty or has white space at its edge."""
    spans_to_tags(split_words(document.text), document.spans)
    for span in document.spans:
        text = document.words_of(span)
        assert text == text.strip() != ""


@given(DOCUMENTS, SEEDS, st.integers(1, 40))
def test_spans_stay_on_whole_words(document: Document, index: int, epoch: int) -> None:
    changed = AUGMENTER.augment(document, index, epoch)
    check(changed)
    assert changed.id == document.id
    assert changed.calls == ()


@pytest.mark.parametrize("step", [misspelt, with_hashtags, "swapped", "with_strange_words"])
@given(document=DOCUMENTS, seed=SEEDS)
def test_steps_keep_every_span_and_its_label(step: object, document: Document, seed: int) -> None:
    change = getattr(AUGMENTER, step) if isinstance(step, str) else step
    changed = change(document, Random(seed))
    check(changed)
    assert [span.label for span in changed.spans] == [span.label for span in document.spans]


@given(DOCUMENTS, SEEDS)
def test_a_crop_is_a_run_of_the_text_with_its_spans_whole(document: Document, seed: int) -> None:
    changed = cropped(document, Random(seed))
    check(changed)
    start = document.text.index(changed.text)
    kept = [(s.start + start, s.end + start, s.label) for s in changed.spans]
    inside = [
        (s.start, s.end, s.label) for s in document.spans if start <= s.start and s.end <= start + len(changed.text)
    ]
    assert kept == inside
    words = {word.start for word in split_words(document.text)} | {len(document.text)}
    first = split_words(changed.text)[0].start
    assert start + first in words


@given(DOCUMENTS, SEEDS)
def test_hashtags_change_signs_alone(document: Document, seed: int) -> None:
    changed = with_hashtags(document, Random(seed))
    assert changed.text.replace("#", "").replace("_", " ") == document.text.replace("#", "").replace("_", " ")


@given(DOCUMENTS, SEEDS)
def test_strange_words_stand_outside_spans(document: Document, seed: int) -> None:
    changed = AUGMENTER.with_strange_words(document, Random(seed))
    assert [changed.words_of(span) for span in changed.spans] == [document.words_of(span) for span in document.spans]


@given(DOCUMENTS, SEEDS)
def test_a_swap_touches_names_and_states_alone(document: Document, seed: int) -> None:
    changed = AUGMENTER.swapped(document, Random(seed))
    for label in (Label.TITLE, Label.CALL):
        assert of(changed, label) == of(document, label)
    outside = [_outside(item) for item in (document, changed)]
    assert outside[0] == outside[1]


def _outside(document: Document) -> str:
    text, last = "", 0
    for span in document.spans:
        if span.label in (Label.COUNTRY, Label.LEADER):
            text += document.text[last : span.start] + "*"
            last = span.end
    return text + document.text[last:]


@pytest.mark.parametrize(
    ("country", "begins", "ends", "lacks"),
    [
        ("الروسي", "ال", "ي", None),  # the Russian, masculine
        ("الروسية", "ال", "ية", None),  # the Russian, feminine
        ("والروسي", "وال", "ي", None),  # and the Russian
        ("للروسي", "لل", "ي", None),  # to the Russian
        ("روسي", "", "ي", "ال"),  # a Russian
        ("وروسية", "و", "ية", "وال"),  # and a Russian, feminine
    ],
)
@given(seed=SEEDS)
def test_a_swapped_adjective_agrees(country: str, begins: str, ends: str, lacks: str | None, seed: int) -> None:
    (document,) = tiny.documents(f"=== a\nقال {{T الرئيس}} {{C {country}}} إنه سيهاتف نظيره.")
    (swapped,) = of(AUGMENTER.swapped(document, Random(seed)), Label.COUNTRY)
    assert swapped.startswith(begins)
    assert swapped.endswith(ends)
    assert lacks is None or not swapped.startswith(lacks)
    assert swapped.endswith("ية") == country.endswith("ية")


def test_a_swap_does_change_names_and_states() -> None:
    changed = [AUGMENTER.swapped(LONG, Random(seed)) for seed in range(30)]
    assert len({tuple(of(document, Label.COUNTRY)) for document in changed}) > 20
    assert len({tuple(of(document, Label.LEADER)) for document in changed}) > 20


def test_a_person_is_renamed_throughout() -> None:
    for seed in range(30):
        full, other, short, other_short, _ = of(AUGMENTER.swapped(LONG, Random(seed)), Label.LEADER)
        assert short.split()[-1].removeprefix("و") in full.split()[-1]
        assert other_short.split()[-1].removeprefix("و") in other.split()[-1]


@given(DOCUMENTS, st.integers(0, 50))
def test_epoch_0_is_the_article_itself(document: Document, index: int) -> None:
    assert AUGMENTER.augment(document, index, 0) is document


@given(DOCUMENTS, st.integers(0, 600), st.integers(1, 40))
def test_the_same_call_gives_the_same_article(document: Document, index: int, epoch: int) -> None:
    first = AUGMENTER.augment(document, index, epoch)
    AUGMENTER.augment(LONG, 1, 1)
    assert first == AUGMENTER.augment(document, index, epoch) == TWIN.augment(document, index, epoch)


def test_seed_document_and_epoch_each_matter() -> None:
    told = {Augmenter(ARTICLES, ALL, seed).augment(LONG, 2, 3).text for seed in range(9)}
    told |= {AUGMENTER.augment(LONG, index, 3).text for index in range(10, 19)}
    told |= {AUGMENTER.augment(LONG, 2, epoch).text for epoch in range(50, 59)}
    assert len(told) > 24


def test_no_chance_no_change() -> None:
    none = AugmentationSettings(swap=0.0, noise=0.0, strange=0.0, crop=0.0, hashtags=0.0)
    assert all(Augmenter(ARTICLES, none, 1).augment(LONG, 2, epoch).text == LONG.text for epoch in range(9))


@pytest.mark.parametrize("marked", ["جملة بلا أسماء", "{T الرئيس}", "{L بوتين}", "{C قطر}", "نص"])
def test_poor_training_data_is_augmented_too(marked: str) -> None:
    """No leader of two words, no word outside spans: nothing to draw from."""
    poor = tiny.documents(f"=== poor\n{marked}")
    augmenter = Augmenter(poor, ALL, 1)
    for epoch in range(30):
        check(augmenter.augment(poor[0], 0, epoch))
        check(augmenter.augment(LONG, 0, epoch))


def test_rewrite_moves_spans_and_drops_what_is_swallowed() -> None:
    (document,) = tiny.documents("=== a\nقال {T الرئيس} {C الروسي} أمس")
    start, end = document.spans[1].start, document.spans[1].end
    longer = rewrite(document, [(0, 3, "وأضاف"), (start, end, "الأوزبكستاني")])
    assert [longer.words_of(span) for span in longer.spans] == ["الرئيس", "الأوزبكستاني"]
    assert [s.label for s in rewrite(document, [(start, end, "")]).spans] == [Label.TITLE]
    assert rewrite(document, []).text == document.text
