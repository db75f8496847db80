"""The Tagger: exact offsets, the same answer in any company, documents of any length."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tiny
from hatif.arabic.words import split_words
from hatif.domain import Document, Span
from hatif.inference.tagger import Tagger
from hatif.models.backends import Logits, OnnxBackend, Pieces
from hatif.models.bundle import ONNX_FP32, ONNX_INT8, open_bundle
from hatif.models.torch_backend import TorchBackend
from hatif.tagging.lexicon import weighed
from hatif.tagging.probabilities import Calibration, core_probabilities
from hatif.tagging.tags import TAGS, decode
from hatif.tagging.windows import WordEncoder, cut_windows
from hatif.tagging.word_forms import FormReader

ARTICLES = [document.text for document in tiny.documents(tiny.TRAIN + tiny.DEV)]
LONG = " ".join(ARTICLES * 3)


@pytest.fixture(scope="module")
def tagger(tiny_bundle: Path) -> Tagger:
    return Tagger.load(tiny_bundle)


def full_precision(tiny_bundle: Path) -> Tagger:
    return Tagger(open_bundle(tiny_bundle), OnnxBackend((tiny_bundle / ONNX_FP32).read_bytes(), ONNX_FP32))


def with_torch(tiny_bundle: Path) -> Tagger:
    bundle = open_bundle(tiny_bundle)
    return Tagger(bundle, TorchBackend(bundle, "cpu"))


def scored(document: Document) -> list[tuple[Span, float]]:
    """Spans with their scores, which equality of spans leaves out."""
    return [(span, span.score) for span in document.spans]


def test_random_weights_find_something_to_compare(tagger: Tagger) -> None:
    assert sum(len(tagger.tag(text).spans) for text in ARTICLES) > 10
    assert len(tagger.tag(LONG).spans) > 4


@pytest.mark.parametrize("open_tagger", [Tagger.load, full_precision, with_torch])
def test_company_changes_nothing(tiny_bundle: Path, open_tagger: object) -> None:
    tagger = open_tagger(tiny_bundle)  # type: ignore[operator]
    documents = [Document(str(number), text) for number, text in enumerate([LONG, *ARTICLES, "", LONG[:500]])]
    alone = [tagger.tag_document(document) for document in documents]
    together = list(tagger.tag_documents(documents))
    backwards = list(tagger.tag_documents(documents[::-1]))[::-1]
    assert [scored(d) for d in alone] == [scored(d) for d in together] == [scored(d) for d in backwards]
    windows = [window.pieces for text in ARTICLES for window in tagger._windows(text, split_words(text))]
    for pieces, logits in zip(windows, tagger.backend.begin(windows)(), strict=True):
        np.testing.assert_array_equal(logits, tagger.backend.begin([pieces])()[0])


def test_long_document_is_the_tiling_of_its_windows(tagger: Tagger) -> None:
    words = split_words(LONG)
    pieces = WordEncoder(tagger.bundle.tokenizer).encode(LONG, words)
    windows = list(cut_windows(pieces, tagger.bundle.tokenizer, tiny.WINDOW, tiny.OVERLAP))
    assert len(windows) >= 10
    tiles = [core_probabilities(window, tagger.backend.begin([window.pieces])()[0]) for window in windows]
    assert tagger.bundle.word_forms is not None
    together = FormReader(tagger.bundle.word_forms).weigh(LONG, words, np.concatenate(tiles))
    expected = decode(words, weighed(LONG, words, together))
    assert [(s.start, s.end, s.label) for s in tagger.tag(LONG).spans] == [(s.start, s.end, s.label) for s in expected]


class Counting:
    """A back end that marks every word as O and counts what it is given."""

    at_once = 8

    def __init__(self) -> None:
        self.batches: list[int] = []

    def begin(self, windows: Sequence[Pieces]) -> Callable[[], list[Logits]]:
        self.batches.append(len(windows))
        assert all(len(pieces) <= tiny.WINDOW for pieces in windows)
        return lambda: [np.zeros((len(pieces), len(TAGS)), dtype=np.float32) for pieces in windows]


def test_memory_is_bounded_and_progress_adds_up(tiny_bundle: Path) -> None:
    backend = Counting()
    done: list[int] = []
    text = " ".join([LONG] * 10)
    (tagged,) = Tagger(replace(open_bundle(tiny_bundle), word_forms=None), backend).tag_documents(
        [Document("long", text)], done.append
    )
    assert tagged.spans == ()
    assert len(backend.batches) > 2
    assert max(backend.batches) == Counting.at_once
    assert sum(done) == len(split_words(text))


def test_a_stream_is_read_little_further_than_it_is_asked_for(tagger: Tagger) -> None:
    taken: list[int] = []

    def documents() -> Iterator[Document]:
        for number in range(1000):
            taken.append(number)
            yield Document(str(number), ARTICLES[number % len(ARTICLES)])

    first = next(tagger.tag_documents(documents()))
    assert scored(first) == scored(tagger.tag_document(Document("0", ARTICLES[0])))
    assert len(taken) <= 2 * tagger.backend.at_once + 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\t \u00a0\n",
        "\u200f\u200e",
        "ًٌٍ",
        "ـــ",
        "no Arabic 2017, at all!",
        "🙂👍🏽",
        "\ud800 \udfff",
        "_",
        "\x00",
    ],
)
def test_text_without_arabic_is_tagged_without_a_fault(tagger: Tagger, text: str) -> None:
    document = tagger.tag(text)
    assert document.text == text
    if not split_words(text):
        assert document.spans == ()


def test_spans_lie_on_the_words_as_written(tagger: Tagger) -> None:
    """Diacritics, tatweel and bidi marks move offsets and change no answer."""
    plain = " ".join(ARTICLES[:3])
    marked = "\u202b" + plain.replace("الرئيس", "الرَّئِيـــس").replace("بوتين", "\u200fبُوتِين\u200e").replace(
        "ات", "ا\u200cت"
    )
    before, after = tagger.tag(plain), tagger.tag(marked)
    words_before, words_after = split_words(plain), split_words(marked)
    assert len(words_before) == len(words_after)
    place = {word.start: number for number, word in enumerate(words_before)}
    ends = {word.end: number for number, word in enumerate(words_before)}
    expected = [(words_after[place[s.start]].start, words_after[ends[s.end]].end, s.label) for s in before.spans]
    assert expected
    assert [(s.start, s.end, s.label) for s in after.spans] == expected


MESSY = st.text("الرئيسبوتينة اتصلهفيى ًُـ\u200f\u202b\u200c_#.,«»2٢a\n\ud800🙂", max_size=400)


@given(MESSY)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_spans_cover_whole_words_and_scores_are_probabilities(tagger: Tagger, text: str) -> None:
    document = tagger.tag(text)
    assert document.text == text
    words = split_words(text)
    starts, ends = {word.start for word in words}, {word.end for word in words}
    for span in document.spans:
        assert span.start in starts
        assert span.end in ends
        assert 0.0 <= span.score <= 1.0


@pytest.mark.parametrize("calibration", [Calibration(0.3, -2.0), Calibration(1.7, 0.8), Calibration(0.0, 0.0)])
def test_calibration_changes_scores_alone(tagger: Tagger, calibration: Calibration) -> None:
    other = replace(tagger.bundle, calibration=calibration)
    raw, turned = tagger.tag(LONG), Tagger(other, tagger.backend).tag(LONG)
    assert raw.spans == turned.spans
    assert all(0.0 <= span.score <= 1.0 for span in turned.spans)
    pairs = sorted(zip((s.score for s in raw.spans), (s.score for s in turned.spans), strict=True))
    assert [after for _, after in pairs] == sorted(after for _, after in pairs)


def test_torch_agrees_with_full_precision_onnx(tiny_bundle: Path) -> None:
    ours, theirs = with_torch(tiny_bundle), full_precision(tiny_bundle)
    windows = [window.pieces for text in ARTICLES for window in ours._windows(text, split_words(text))]
    for left, right in zip(ours.backend.begin(windows)(), theirs.backend.begin(windows)(), strict=True):
        np.testing.assert_allclose(left, right, atol=2e-3)
    assert ours.tag(LONG).spans == theirs.tag(LONG).spans


def test_a_bundle_without_exports_is_run_by_torch(tiny_bundle: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(tiny_bundle, tmp_path / "copy"))
    for name in (ONNX_INT8, ONNX_FP32):
        (copy / name).unlink()
    tagger = Tagger.load(str(copy))
    assert isinstance(tagger.backend, TorchBackend)
    assert tagger.tag(LONG).spans == full_precision(tiny_bundle).tag(LONG).spans


def test_what_a_document_brought_along_is_replaced(tagger: Tagger) -> None:
    gold = tiny.documents(tiny.TRAIN)[0]
    tagged = tagger.tag_document(gold)
    assert (tagged.id, tagged.text, tagged.calls) == (gold.id, gold.text, ())
    assert tagged.spans == tagger.tag(gold.text).spans
