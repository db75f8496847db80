"""A BERT token classifier as an ONNX graph of ONNX Runtime's fused operators, written node by node.

Attention, and bias with GELU, are one operator each ("com.microsoft"), as ONNX Runtime's own transformer optimiser
makes them; tracing exporters leave graphs that it no longer recognises.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

_MICROSOFT = "com.microsoft"
Weights = Mapping[str, NDArray[np.float32]]


@dataclass(slots=True)
class _Graph:
    """Nodes and initialisers while the graph is being written."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    initialisers: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.initialisers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], output, domain=domain, **attributes))
        return output

    def matmul(self, source: str, name: str, weight: NDArray[np.float32]) -> str:
        """`source` times a weight that torch keeps as `(out, in)`."""
        return self.node("MatMul", [source, self.constant(f"{name}.weight", weight.T)], f"{name}.product")


def bert_graph(weights: Weights, heads: int, epsilon: float) -> onnx.ModelProto:
    """The graph of a `BertForTokenClassification` from its state dict in float32.

    Inputs `input_ids` and `attention_mask`, int64 `(batch, pieces)`; output `logits`, float32 `(batch, pieces, tags)`.
    """
    graph = _Graph()
    hidden = _embeddings(graph, weights, epsilon)
    mask = graph.node("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
    layers = 1 + max(int(name.split(".")[3]) for name in weights if name.startswith("bert.encoder.layer."))
    for index in range(layers):
        hidden = _layer(graph, weights, f"bert.encoder.layer.{index}", hidden, mask, heads, epsilon)
    product = graph.matmul(hidden, "classifier", weights["classifier.weight"])
    bias = graph.constant("classifier.bias", weights["classifier.bias"])
    graph.node("Add", [product, bias], "logits")
    tags = len(weights["classifier.bias"])
    shape = ["batch", "pieces"]
    proto = helper.make_graph(
        graph.nodes,
        "hatif",
        [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("input_ids", "attention_mask")],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [*shape, tags])],
        graph.initialisers,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_MICROSOFT, 1)]
    return helper.make_model(proto, opset_imports=opsets, ir_version=8, producer_name="hatif")


def _embeddings(graph: _Graph, weights: Weights, epsilon: float) -> str:
    prefix = "bert.embeddings"
    table = graph.constant("pieces.weight", weights[f"{prefix}.word_embeddings.weight"])
    pieces = graph.node("Gather", [table, "input_ids"], "pieces.vectors")
    # All pieces are of type 0: its vector is added to every position once and for all.
    places = weights[f"{prefix}.position_embeddings.weight"] + weights[f"{prefix}.token_type_embeddings.weight"][:1]
    shape = graph.node("Shape", ["input_ids"], "shape")
    length = graph.node("Slice", [shape, *_bounds(graph, 1, 2)], "length")
    zero = graph.constant("zero", np.array([0], dtype=np.int64))
    here = graph.node("Slice", [graph.constant("positions.weight", places), zero, length, zero], "positions.vectors")
    summed = graph.node("Add", [pieces, here], "embeddings.sum")
    return _norm(graph, weights, prefix, summed, epsilon)


def _bounds(graph: _Graph, start: int, end: int) -> list[str]:
    return [graph.constant(f"bound.{value}", np.array([value], dtype=np.int64)) for value in (start, end)]


def _layer(graph: _Graph, weights: Weights, prefix: str, source: str, mask: str, heads: int, epsilon: float) -> str:
    parts = [f"{prefix}.attention.self.{part}" for part in ("query", "key", "value")]
    packed = np.concatenate([weights[f"{part}.weight"].T for part in parts], axis=1)
    bias = np.concatenate([weights[f"{part}.bias"] for part in parts])
    attention = graph.node(
        "Attention",
        [
            source,
            graph.constant(f"{prefix}.qkv.weight", packed),
            graph.constant(f"{prefix}.qkv.bias", bias),
            mask,
        ],
        f"{prefix}.attention",
        _MICROSOFT,
        num_heads=heads,
    )
    name = f"{prefix}.attention.output"
    product = graph.matmul(attention, f"{name}.dense", weights[f"{name}.dense.weight"])
    middle = _skip(graph, weights, name, product, source, epsilon)
    name = f"{prefix}.intermediate.dense"
    product = graph.matmul(middle, name, weights[f"{name}.weight"])
    active = graph.node(
        "BiasGelu", [product, graph.constant(f"{name}.bias", weights[f"{name}.bias"])], f"{name}.gelu", _MICROSOFT
    )
    name = f"{prefix}.output"
    product = graph.matmul(active, f"{name}.dense", weights[f"{name}.dense.weight"])
    return _skip(graph, weights, name, product, middle, epsilon)


def _skip(graph: _Graph, weights: Weights, name: str, product: str, skipped: str, epsilon: float) -> str:
    biased = graph.node(
        "Add", [product, graph.constant(f"{name}.dense.bias", weights[f"{name}.dense.bias"])], f"{name}.biased"
    )
    summed = graph.node("Add", [biased, skipped], f"{name}.sum")
    return _norm(graph, weights, name, summed, epsilon)


def _norm(graph: _Graph, weights: Weights, name: str, source: str, epsilon: float) -> str:
    # The operator of ONNX itself: ONNX Runtime's SkipLayerNormalization took seven times as long on a CPU.
    parts = [
        graph.constant(f"{name}.LayerNorm.{part}", weights[f"{name}.LayerNorm.{part}"]) for part in ("weight", "bias")
    ]
    return graph.node("LayerNormalization", [source, *parts], f"{name}.normed", axis=-1, epsilon=epsilon)
