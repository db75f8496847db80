"""Muon: singular values near one, whatever the shape, and steps like those of torch's own."""

import pytest
import torch
from torch import nn

from hatif.training.muon import Muon, orthogonalised


@pytest.mark.parametrize("shape", [(3, 8, 8), (2, 8, 24), (2, 24, 8), (1, 1, 5)])
def test_singular_values_come_near_one(shape: tuple[int, int, int]) -> None:
    matrices = torch.randn(shape, generator=torch.Generator().manual_seed(3))
    result = orthogonalised(matrices)
    assert result.shape == matrices.shape
    values = torch.linalg.svdvals(result)
    assert values.min() > 0.3
    assert values.max() < 1.3


def test_steps_are_those_of_torch_in_its_own_precision() -> None:
    """Momentum, decay and scale as in `torch.optim.Muon`, which rounds to bfloat16."""
    torch.manual_seed(1)
    ours = [nn.Parameter(torch.randn(6, 10)), nn.Parameter(torch.randn(6, 10)), nn.Parameter(torch.randn(12, 4))]
    theirs = [nn.Parameter(parameter.detach().clone()) for parameter in ours]
    begun = [parameter.detach().clone() for parameter in ours]
    one = Muon(ours, lr=0.01, weight_decay=0.1)
    other = torch.optim.Muon(theirs, lr=0.01, weight_decay=0.1, adjust_lr_fn="match_rms_adamw")
    for _ in range(4):
        for left, right in zip(ours, theirs, strict=True):
            left.grad = torch.randn_like(left)
            right.grad = left.grad.clone()
        one.step()
        other.step()
    for left, right, start in zip(ours, theirs, begun, strict=True):
        assert (left - right).norm() < 0.03 * (left - start).norm()


def test_a_parameter_without_a_gradient_stays() -> None:
    parameter = nn.Parameter(torch.ones(3, 3))
    Muon([parameter], lr=0.1, weight_decay=0.1).step()
    assert torch.equal(parameter.detach(), torch.ones(3, 3))
