"""A bundle of one tiny layer whose answers are known: every word that it was shown carries its tag in its embedding."""

import json
from pathlib import Path

import numpy as np
import onnx
import pytest

from hatif.models.bundle import CONFIG, ONNX_FP32, TOKENIZER, write_about
from hatif.models.onnx_graph import Weights, bert_graph
from hatif.models.tokenizer import train_tokenizer
from hatif.tagging.probabilities import Calibration
from hatif.tagging.tags import OUTSIDE, TAGS

TAGGED_WORDS = {
    "بوتين": "B-LEADER",  # Putin
    "ترامب": "B-LEADER",  # Trump
    "الرئيس": "B-TITLE",  # the president
    "العاهل": "B-TITLE",  # the sovereign
    "الروسي": "B-COUNTRY",  # the Russian
    "السعودي": "B-COUNTRY",  # the Saudi
    "قطر": "B-COUNTRY",  # Qatar
    "اتصالا": "B-CALL",  # a call …
    "هاتفيا": "I-CALL",  # … by telephone
}
# Held, received, with, from, during, about, the crisis, in, year, on, to, and said, that.
PLAIN_WORDS = 'أجرى تلقى مع من خلال حول الأزمة في عام على إلى وقال إن , . ، : " « » _ #'
_WIDTH = 16
_WINDOW, _OVERLAP = 64, 16
_SURENESS = [2.0, 0.9, 0.9, 1.1, 1.1, 1.3, 1.3, 1.5, 1.5]
"""By tag: a LEADER scores about 0.9, TITLE, COUNTRY and CALL ever more."""


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a bundle that tags `TAGGED_WORDS` and nothing else."""
    path = tmp_path_factory.mktemp("bundle")
    sentences = [*TAGGED_WORDS, *PLAIN_WORDS.split()] * 5
    tokenizer = train_tokenizer(sentences, vocabulary=400)
    tokenizer.save(str(path / TOKENIZER))
    tag_of = {tokenizer.encode(word, add_special_tokens=False).ids[0]: tag for word, tag in TAGGED_WORDS.items()}
    tags = [tag_of.get(piece, OUTSIDE) for piece in range(tokenizer.get_vocab_size())]
    onnx.save(bert_graph(_weights(tags), heads=2, epsilon=1e-12), str(path / ONNX_FP32))
    (path / CONFIG).write_text(json.dumps({"id2label": dict(enumerate(TAGS))}), encoding="utf-8")
    write_about(path, _WINDOW, _OVERLAP, Calibration())
    return path


def _weights(tags: list[str]) -> Weights:
    """Random weights, small beside the embeddings, in which piece `n` lies along the axis of `tags[n]`."""
    random = np.random.default_rng(13)
    weights = {
        "bert.embeddings.word_embeddings.weight": np.zeros((len(tags), _WIDTH)),
        "bert.embeddings.position_embeddings.weight": random.normal(0, 0.01, (_WINDOW, _WIDTH)),
        "bert.embeddings.token_type_embeddings.weight": np.zeros((1, _WIDTH)),
        "classifier.weight": np.diag(_SURENESS) @ np.eye(len(TAGS), _WIDTH),
        "classifier.bias": np.zeros(len(TAGS)),
    }
    for piece, tag in enumerate(tags):
        weights["bert.embeddings.word_embeddings.weight"][piece, TAGS.index(tag)] = 1.0
    layer = "bert.encoder.layer.0"
    shapes = {
        f"{layer}.attention.self.query": (_WIDTH, _WIDTH),
        f"{layer}.attention.self.key": (_WIDTH, _WIDTH),
        f"{layer}.attention.self.value": (_WIDTH, _WIDTH),
        f"{layer}.attention.output.dense": (_WIDTH, _WIDTH),
        f"{layer}.intermediate.dense": (2 * _WIDTH, _WIDTH),
        f"{layer}.output.dense": (_WIDTH, 2 * _WIDTH),
    }
    for name, (out, into) in shapes.items():
        weights[f"{name}.weight"] = random.normal(0, 0.02, (out, into))
        weights[f"{name}.bias"] = np.zeros(out)
    for name in ("bert.embeddings", f"{layer}.attention.output", f"{layer}.output"):
        weights[f"{name}.LayerNorm.weight"] = np.ones(_WIDTH)
        weights[f"{name}.LayerNorm.bias"] = np.zeros(_WIDTH)
    return {name: value.astype(np.float32) for name, value in weights.items()}
