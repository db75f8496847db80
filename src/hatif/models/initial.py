"""Weights that an encoder starts from: static vectors of its pieces, and first-layer heads that look at the neighbours.

A narrow BERT started with small random weights cannot tell a word's neighbours apart for thousands of steps: on two
cores that is most of the budget. Here the last `PLACE` units of the embeddings hold sinusoidal positions and the rest
the pieces' vectors; the heads of the first layer compare positions alone and attend one and two places to either side,
so the layer starts as a convolution. In the spirit of mimetic initialisation (Trockman and Kolter 2023); everything is
free to move from the first step on.
"""

import math

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

PLACE = 64
"""Units of the embeddings that hold positions: 32 frequencies, sine and cosine."""
_AMPLITUDE = 0.06
"""Of the sinusoids, beside vectors with a standard deviation of 0.04."""
_SHARPNESS = 0.9
"""Scale of the first layer's queries and keys: about 0.8 of the attention falls on the place that a head looks at."""
_LOOKS_AT = (-1, 1, -2, 2)


def initialise(model: PreTrainedModel, vectors: Tensor, seed: int) -> None:
    """Set the weights of a `BertForMaskedLM` in place; `vectors`, `(vocabulary, width - PLACE)`, are of its pieces."""
    generator = torch.Generator().manual_seed(seed)
    embeddings = model.bert.embeddings
    width = model.config.hidden_size
    with torch.no_grad():
        for matrix in (parameter for parameter in model.bert.encoder.parameters() if parameter.ndim == 2):
            # Unit gain: the residual stream and what a layer adds to it begin equally strong.
            matrix.normal_(0.0, matrix.shape[1] ** -0.5, generator=generator)
        embeddings.word_embeddings.weight.zero_()
        embeddings.word_embeddings.weight[:, : width - PLACE] = vectors
        embeddings.token_type_embeddings.weight.zero_()
        frequencies = _frequencies(generator)
        angles = torch.arange(model.config.max_position_embeddings)[:, None] * frequencies[None, :]
        embeddings.position_embeddings.weight.zero_()
        embeddings.position_embeddings.weight[:, width - PLACE :] = _AMPLITUDE * torch.cat(
            [angles.sin(), angles.cos()], dim=1
        )
        _look_around(model.bert.encoder.layer[0].attention.self, model.config.num_attention_heads, frequencies)


def _frequencies(generator: torch.Generator) -> Tensor:
    """Radians per place, spread over (0, pi) so that sums of cosines peak at one place, jittered so none recurs."""
    half = PLACE // 2
    return (torch.arange(half) + torch.rand(half, generator=generator)) * (math.pi / half)


def _look_around(attention: nn.Module, heads: int, frequencies: Tensor) -> None:
    """Queries that turn a place's sinusoids by the offset a head looks at, keys that leave them as they are.

    `sin(w(i+d)) = sin(wi)cos(wd) + cos(wi)sin(wd)`, and likewise for the cosine: a rotation in every frequency.
    """
    query: nn.Linear = attention.query  # type: ignore[assignment]
    key: nn.Linear = attention.key  # type: ignore[assignment]
    size = query.out_features // heads
    half = min(size, PLACE) // 2
    kept = frequencies[:half]
    places = query.in_features - PLACE
    sines = slice(places, places + half)
    cosines = slice(places + PLACE // 2, places + PLACE // 2 + half)
    for head in range(heads):
        rows = slice(head * size, (head + 1) * size)
        angle = kept * _LOOKS_AT[head % len(_LOOKS_AT)]
        query.weight[rows] = 0.0
        key.weight[rows] = 0.0
        first = slice(rows.start, rows.start + half)
        second = slice(rows.start + half, rows.start + 2 * half)
        query.weight[first, sines] = _SHARPNESS * angle.cos().diag()
        query.weight[first, cosines] = _SHARPNESS * angle.sin().diag()
        query.weight[second, sines] = -_SHARPNESS * angle.sin().diag()
        query.weight[second, cosines] = _SHARPNESS * angle.cos().diag()
        key.weight[first, sines] = _SHARPNESS * torch.eye(half)
        key.weight[second, cosines] = _SHARPNESS * torch.eye(half)
