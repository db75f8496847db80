"""The model of word forms sums what it knows of a word and its neighbours, the same in any company."""

from collections.abc import Sequence

import numpy as np
import pytest

from hatif.arabic.words import split_words
from hatif.tagging import word_forms
from hatif.tagging.tags import TAGS
from hatif.tagging.word_forms import FormReader, Table, WordForms, around, form_hashes, pair_hashes

TEXT = "اتصل وزير الخارجية، الاثنين، بنظيره #الروسي عام 2020 (BBC)"  # the minister phoned his Russian counterpart


def random_model(*texts: str) -> WordForms:
    """Random weights for every feature of the texts."""
    random = np.random.default_rng(13)
    forms = [form for text in texts for form in forms_of(text)]
    pairs = [pair for text in texts for pair in pairs_of(text)]

    def table(hashes: list[int], slots: int) -> Table:
        known = np.unique(np.array(hashes, dtype=np.uint32))
        return Table(known, random.integers(-127, 128, (len(known), slots, len(TAGS))).astype(np.int8))

    bias = random.normal(size=len(TAGS)).astype(np.float32)
    words = table([each for form in forms for each in form], word_forms.WORD_SLOTS)
    return WordForms(words, table(pairs, word_forms.PAIR_SLOTS), 0.01, bias)


def forms_of(text: str) -> list[Sequence[int]]:
    return around([form_hashes(text[word.start : word.end]) for word in split_words(text)])


def pairs_of(text: str) -> list[int]:
    heads = np.array([form[0] for form in forms_of(text)], dtype=np.uint32)
    return [int(pair) for pair in pair_hashes(heads)]


def summed(model: WordForms, text: str) -> np.ndarray:
    """The logits, feature by feature."""
    words, pairs = (
        dict(zip(table.hashes.tolist(), table.weights.astype(float), strict=True))
        for table in (model.words, model.pairs)
    )
    forms, joined = forms_of(text), pairs_of(text)
    rows = []
    for index in range(len(split_words(text))):
        total = np.zeros(len(TAGS))
        for near in range(-2, 3):  # the neighbour so many words behind
            total += sum(words[each][2 - near] for each in forms[index + 2 + near] if each in words)
        total += pairs[joined[index + 1]][0] if joined[index + 1] in pairs else 0.0
        total += pairs[joined[index]][1] if joined[index] in pairs else 0.0
        rows.append(total * model.unit + model.bias)
    return np.array(rows)


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
    model = WordForms(empty(word_forms.WORD_SLOTS), empty(word_forms.PAIR_SLOTS), 1.0, np.zeros(len(TAGS), np.float32))
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
    for one, other in ((read.words, model.words), (read.pairs, model.pairs)):
        np.testing.assert_array_equal(one.hashes, other.hashes)
        np.testing.assert_array_equal(one.weights, other.weights)
    np.testing.assert_array_equal(read.bias, model.bias)
    assert read.unit == pytest.approx(model.unit)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"plain text"])
def test_other_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"no table of word forms|pickle"):
        WordForms.from_bytes(content)


def test_arrays_that_do_not_fit_are_refused() -> None:
    words, pairs, bias = empty(word_forms.WORD_SLOTS), empty(word_forms.PAIR_SLOTS), np.zeros(len(TAGS), np.float32)
    with pytest.raises(ValueError, match="for 3 features"):
        Table(np.zeros(3, np.uint32), np.zeros((2, 5, len(TAGS)), np.int8))
    with pytest.raises(ValueError, match="slots"):
        WordForms(pairs, words, 1.0, bias)
    with pytest.raises(ValueError, match="bias"):
        WordForms(words, pairs, 1.0, bias[:3])


def empty(slots: int) -> Table:
    return Table(np.zeros(0, np.uint32), np.zeros((0, slots, len(TAGS)), np.int8))
