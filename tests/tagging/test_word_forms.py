"""The model of word forms sums what it knows of a word and its neighbours, the same in any company."""

import numpy as np
import pytest

from hatif.arabic.words import split_words
from hatif.tagging import word_forms
from hatif.tagging.tags import TAGS
from hatif.tagging.word_forms import FormReader, WordForms, feature_keys, form_hashes

TEXT = "اتصل وزير الخارجية، الاثنين، بنظيره #الروسي عام 2020 (BBC)"  # the minister phoned his Russian counterpart


def random_model(*texts: str) -> WordForms:
    """Random weights for every feature of the texts."""
    found = [key for text in texts for keys in feature_keys(text, split_words(text)) for key in keys]
    keys = np.unique(np.array(found, dtype=np.uint32))
    random = np.random.default_rng(13)
    weights = random.integers(-127, 128, (len(keys), len(TAGS))).astype(np.int8)
    return WordForms(keys, weights, 0.01, random.normal(size=len(TAGS)).astype(np.float32))


def summed(model: WordForms, text: str) -> np.ndarray:
    """The logits, feature by feature."""
    row_of = {int(key): row for row, key in enumerate(model.keys)}
    return np.array(
        [
            sum(model.weights[row_of[int(key)]].astype(float) for key in keys if int(key) in row_of) * model.unit
            + model.bias
            for keys in feature_keys(text, split_words(text))
        ]
    )


def test_what_a_form_is_known_by() -> None:
    marked, bare, other = (form_hashes(word) for word in ("ولِـوزيرٍ", "ولوزير", "ولوزيرة"))  # and to a minister
    assert marked == bare
    assert len(bare) == len(set(bare)) == 11
    first, last = bare[2:10:2], bare[3:10:2]
    assert other[2:10:2] == first
    assert not set(other[3:10:2]) & set(last)
    assert bare[-1] == other[-1] == form_hashes("من")[-1]
    assert len({form_hashes(word)[-1] for word in ("2020", "BBC", "،", "من")}) == 4
    assert len(form_hashes("،")) == 3  # no letters to cut off
    assert form_hashes("أحمد")[0] == form_hashes("احمد")[0]
    assert form_hashes("أحمد")[1] != form_hashes("احمد")[1]


def test_logits_are_the_sum_of_the_features_weights() -> None:
    model = random_model(TEXT)
    reader = FormReader(model)
    words = split_words(TEXT)
    np.testing.assert_allclose(reader.logits(TEXT, words), summed(model, TEXT), rtol=1e-4, atol=1e-5)
    other = "بنظيره وزير، غريب"  # partly unknown
    np.testing.assert_allclose(reader.logits(other, split_words(other)), summed(model, other), rtol=1e-4, atol=1e-5)


def test_every_word_hears_its_neighbours_and_their_order() -> None:
    model = random_model(TEXT, "وزير اتصل")
    reader = FormReader(model)
    first, second = (reader.logits(text, split_words(text)) for text in ("اتصل وزير", "وزير اتصل"))
    assert not np.allclose(first[0], second[1])


def test_memory_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    model = random_model(TEXT)
    fresh = [FormReader(model).logits(text, split_words(text)) for text in (TEXT, TEXT[10:], "")]
    monkeypatch.setattr(word_forms, "_REMEMBERED", 4)
    reader = FormReader(model)
    again = [reader.logits(text, split_words(text)) for text in (TEXT, TEXT[10:], "")]
    for one, other in zip(fresh, again, strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_two_models_are_multiplied() -> None:
    model = WordForms(
        np.zeros(0, dtype=np.uint32), np.zeros((0, len(TAGS)), dtype=np.int8), 1.0, np.zeros(len(TAGS), np.float32)
    )
    before = np.full((1, len(TAGS)), 0.0, dtype=np.float32)
    before[0, :2] = 0.8, 0.2
    after = FormReader(model).weigh("وزير", split_words("وزير"), before)
    # A model that knows nothing takes no side: the encoder's odds of 4 remain, to the power of its share.
    assert after[0, 0] / after[0, 1] == pytest.approx(4**0.6, rel=1e-4)
    assert after.sum() == pytest.approx(1.0)
    assert FormReader(model).weigh("", [], before[:0]).shape == (0, len(TAGS))


def test_a_model_survives_the_disk() -> None:
    model = random_model(TEXT)
    read = WordForms.from_bytes(model.to_bytes())
    np.testing.assert_array_equal(read.keys, model.keys)
    np.testing.assert_array_equal(read.weights, model.weights)
    np.testing.assert_array_equal(read.bias, model.bias)
    assert read.unit == pytest.approx(model.unit)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"plain text"])
def test_other_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"no table of word forms|pickle"):
        WordForms.from_bytes(content)


def test_arrays_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="for 3 features"):
        WordForms(np.zeros(3, np.uint32), np.zeros((2, len(TAGS)), np.int8), 1.0, np.zeros(len(TAGS), np.float32))
