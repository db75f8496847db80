"""Fitted word forms tell the tags that the documents show."""

import numpy as np

from hatif.arabic.words import split_words
from hatif.domain import Document, Label, Span
from hatif.settings import WordFormSettings
from hatif.tagging.tags import TAGS
from hatif.tagging.word_forms import FormReader
from hatif.training.word_forms import fit_word_forms

TEXT = "اتصل ماكرون برئيس قطر"  # Macron phoned the president of Qatar
SPANS = (Span(0, 4, Label.CALL), Span(5, 11, Label.LEADER), Span(12, 17, Label.TITLE), Span(18, 21, Label.COUNTRY))
DOCUMENTS = [Document(str(number), TEXT, spans=SPANS) for number in range(30)]
SETTINGS = WordFormSettings(epochs=6, batch=16, rate=0.1)


def told(settings: WordFormSettings, text: str) -> list[str]:
    logits = FormReader(fit_word_forms(DOCUMENTS, settings)).logits(text, split_words(text))
    return [TAGS[index] for index in logits.argmax(axis=1)]


def test_what_was_shown_is_told() -> None:
    assert told(SETTINGS, TEXT) == ["B-CALL", "B-LEADER", "B-TITLE", "B-COUNTRY"]
    assert told(SETTINGS, "واتصل ماكرون")[1] == "B-LEADER"


def test_the_same_settings_give_the_same_model() -> None:
    first, second = (fit_word_forms(DOCUMENTS, SETTINGS) for _ in range(2))
    np.testing.assert_array_equal(first.words.weights, second.words.weights)
    assert first.to_bytes() == second.to_bytes()


def test_rare_features_are_left_out() -> None:
    once = [*DOCUMENTS, Document("rare", "زائر وحيد")]
    twice, all_of_them = WordFormSettings(epochs=1), WordFormSettings(epochs=1, least=1)
    assert size(once, all_of_them) > size(once, twice) == size(DOCUMENTS, twice)


def test_one_document_of_rare_words_still_makes_a_model() -> None:
    assert size([Document("a", "زائر")], WordFormSettings(epochs=1)) > 0


def size(documents: list[Document], settings: WordFormSettings) -> int:
    model = fit_word_forms(documents, settings)
    return len(model.words.hashes) + len(model.pairs.hashes)
