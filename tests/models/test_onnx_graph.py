"""The graph written node by node computes what torch computes."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from numpy.typing import NDArray
from transformers import BertConfig, BertForTokenClassification, PreTrainedModel

import tiny
from hatif.models.bundle import ONNX_FP32, ONNX_INT8
from hatif.models.onnx_graph import bert_graph
from hatif.models.saving import export_onnx
from hatif.tagging.tags import TAGS


def model_of(**changes: object) -> PreTrainedModel:
    """A token classifier with random weights and biases, so that none can hide as a zero."""
    torch.manual_seed(5)
    shape = {"vocab_size": 120, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4}
    shape |= {"intermediate_size": 48, "max_position_embeddings": 40, "type_vocab_size": 2, "num_labels": len(TAGS)}
    model = BertForTokenClassification(BertConfig(**(shape | changes))).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.2)
    return model


def batch(lengths: list[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Random pieces padded with 0 to the longest, and their mask."""
    rng = np.random.default_rng(3)
    mask = (np.arange(max(lengths)) < np.array(lengths)[:, None]).astype(np.int64)
    return rng.integers(1, 120, mask.shape) * mask, mask


def torch_logits(model: PreTrainedModel, pieces: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
    with torch.inference_mode():
        output = model(input_ids=torch.from_numpy(pieces), attention_mask=torch.from_numpy(mask))
    return output.logits.numpy()


def onnx_logits(model: bytes | str, pieces: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return session.run(["logits"], {"input_ids": pieces, "attention_mask": mask})[0]


@pytest.mark.parametrize("lengths", [[1], [40], [2, 2], [17, 40, 5], [40, 1]])
def test_logits_equal_those_of_torch(lengths: list[int]) -> None:
    model = model_of()
    weights = {name: value.numpy() for name, value in model.state_dict().items()}
    graph = bert_graph(weights, heads=4, epsilon=model.config.layer_norm_eps).SerializeToString()
    pieces, mask = batch(lengths)
    ours, theirs = onnx_logits(graph, pieces, mask), torch_logits(model, pieces, mask)
    read = mask.astype(bool)
    assert np.abs(theirs[read]).max() > 0.5
    np.testing.assert_allclose(ours[read], theirs[read], atol=1e-4)


def test_padding_changes_nothing(tmp_path: Path) -> None:
    assert export_onnx(model_of(), tmp_path, keep_fp32=True)
    pieces, mask = batch([9, 30])
    together = onnx_logits(str(tmp_path / ONNX_FP32), pieces, mask)[0, :9]
    alone = onnx_logits(str(tmp_path / ONNX_FP32), pieces[:1, :9], mask[:1, :9])[0]
    np.testing.assert_allclose(together, alone, atol=1e-4)


def test_int8_lies_close_to_full_precision(tmp_path: Path) -> None:
    model = model_of()
    assert export_onnx(model, tmp_path, keep_fp32=True)
    pieces, mask = batch([40])
    full, small = (onnx_logits(str(tmp_path / name), pieces, mask) for name in (ONNX_FP32, ONNX_INT8))
    assert np.corrcoef(full.ravel(), small.ravel())[0, 1] > 0.98
    assert (tmp_path / ONNX_INT8).stat().st_size < (tmp_path / ONNX_FP32).stat().st_size / 2


def test_full_precision_export_is_kept_only_when_asked_for(tmp_path: Path) -> None:
    assert export_onnx(model_of(), tmp_path, keep_fp32=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == [ONNX_INT8]


def test_what_the_graph_cannot_compute_is_left_to_torch(tmp_path: Path) -> None:
    """And no export of an earlier bundle in the same directory passes for this one's."""
    for name in (ONNX_INT8, ONNX_FP32):
        (tmp_path / name).write_bytes(b"earlier")
    assert not export_onnx(model_of(hidden_act="relu"), tmp_path, keep_fp32=True)
    assert list(tmp_path.iterdir()) == []


def test_bundle_of_tiny_shape_fits_its_window(tiny_bundle: Path) -> None:
    pieces = np.arange(tiny.WINDOW, dtype=np.int64)[None, :]
    assert onnx_logits(str(tiny_bundle / ONNX_INT8), pieces, np.ones_like(pieces)).shape == (1, tiny.WINDOW, len(TAGS))
