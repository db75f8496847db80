"""Silver documents: only what the model is sure of, in documents of a sensible length."""

import shutil
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from hatif import Tagger
from hatif.domain import HatifError
from hatif.models.bundle import ONNX_FP32, write_about
from hatif.pipeline.silver import gathered, silver_documents, teacher
from hatif.tagging.probabilities import Calibration


def test_paragraphs_are_put_together_until_they_make_a_document() -> None:
    paragraphs = ["كلمة " * 50, "كلمة " * 50, "كلمة " * 10]  # a word, many times
    (document,) = gathered(line.strip() for line in paragraphs)
    assert len(document.split()) == 100


def test_documents_are_kept_only_where_every_span_is_sure(bundle: Path, tmp_path: Path) -> None:
    text = tmp_path / "news.txt"
    sure = "أجرى الرئيس الروسي اتصالا هاتفيا " * 20  # the Russian president had a call
    unsure = "أجرى الرئيس الروسي اتصالا هاتفيا مع بوتين " * 20
    text.write_text(f"{sure}\n{unsure}\n{'من إلى ' * 60}\n{sure}\n", encoding="utf-8")
    tagger = Tagger.load(bundle)
    leader = min(span.score for span in tagger.tag(unsure).spans)
    least = min(span.score for span in tagger.tag(sure).spans)
    assert leader < least
    kept = list(silver_documents([str(text)], tagger, limit=9, sure=least - 1e-4, seed=1))
    assert [document.text for document in kept] == [sure.strip()]
    assert all(span.score == 1.0 for span in kept[0].spans)
    assert len(list(silver_documents([str(text)], tagger, limit=1, sure=0.0, seed=1))) == 1


def test_several_teachers_are_the_mean_of_their_probabilities(bundle: Path, tmp_path: Path) -> None:
    other = _doubter(bundle, tmp_path / "doubter")
    window = np.array(Tagger.load(bundle).bundle.tokenizer.encode("أجرى بوتين اتصالا هاتفيا").ids)  # Putin had a call
    alone = [_softmax(Tagger.load(model).backend.begin([window])()[0]) for model in (bundle, other)]
    assert np.abs(alone[0] - alone[1]).max() > 0.3
    together = _softmax(teacher([bundle, other]).backend.begin([window])()[0])
    np.testing.assert_allclose(together, (alone[0] + alone[1]) / 2, rtol=1e-4)


def test_teachers_of_other_windows_are_refused(bundle: Path, tmp_path: Path) -> None:
    other = _doubter(bundle, tmp_path / "doubter")
    write_about(other, 32, 0, Calibration())
    with pytest.raises(HatifError, match="doubter: reads other pieces or windows"):
        teacher([bundle, other])


def _doubter(bundle: Path, path: Path) -> Path:
    """A copy of the bundle that leans towards O."""
    shutil.copytree(bundle, path)
    proto = onnx.load(path / ONNX_FP32)
    bias = next(each for each in proto.graph.initializer if each.name == "classifier.bias")
    bias.CopyFrom(numpy_helper.from_array(np.array([4] + [0] * 8, dtype=np.float32), bias.name))
    onnx.save(proto, path / ONNX_FP32)
    write_about(path, 64, 16, Calibration())
    return path


def _softmax(logits: np.ndarray) -> np.ndarray:
    exponents = np.exp(logits)
    return np.asarray(exponents / exponents.sum(axis=1, keepdims=True))
