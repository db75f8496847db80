"""Muon, the optimizer of the layers' matrices: momentum whose singular values are all made about one.

`torch.optim.Muon` computes in bfloat16 whatever the device, and a matrix at a time; on a processor without bfloat16
one of its steps takes half a minute. Here matrices of one shape are orthogonalised together, in the precision of the
device.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

import torch
from torch import Tensor, nn

from hatif.training.precision import has_bf16

_QUINTIC = (3.4445, -4.7750, 2.0315)
"""Coefficients of the Newton–Schulz iteration, of Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/."""
_ROUNDS = 5
_RMS = 0.2
"""Root mean square of an update in units of the rate, about AdamW's (Liu et al. 2025, "Muon is scalable")."""


def orthogonalised(matrices: Tensor) -> Tensor:
    """Matrices `(count, rows, columns)` with their singular values moved to about one, between 0.7 and 1.2."""
    wide = matrices if matrices.shape[1] <= matrices.shape[2] else matrices.mT
    result = wide / wide.norm(dim=(1, 2), keepdim=True).clamp(min=1e-7)
    if has_bf16(matrices.device):
        result = result.bfloat16()
    first, second, third = _QUINTIC
    for _ in range(_ROUNDS):
        gram: Tensor = result @ result.mT
        result = first * result + torch.baddbmm(gram, gram, gram, beta=second, alpha=third) @ result
    orthogonal: Tensor = result.to(matrices.dtype)
    return orthogonal if wide is matrices else orthogonal.mT


class Muon(torch.optim.Optimizer):
    """Nesterov momentum, orthogonalised, for parameters with two dimensions; decoupled weight decay as in AdamW."""

    def __init__(
        self, parameters: Iterable[nn.Parameter], *, lr: float, weight_decay: float, momentum: float = 0.95
    ) -> None:
        super().__init__(parameters, {"lr": lr, "weight_decay": weight_decay, "momentum": momentum})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """Move every parameter that has a gradient."""
        assert closure is None, "no closure is ever given"
        for group in self.param_groups:
            alike: dict[torch.Size, list[nn.Parameter]] = defaultdict(list)
            for parameter in group["params"]:
                if parameter.grad is not None:
                    alike[parameter.shape].append(parameter)
            for shape, parameters in alike.items():
                directions = [self._direction(parameter, group["momentum"]) for parameter in parameters]
                rate = group["lr"] * _RMS * max(shape) ** 0.5
                for parameter, update in zip(parameters, orthogonalised(torch.stack(directions)), strict=True):
                    parameter.mul_(1 - group["lr"] * group["weight_decay"]).add_(update, alpha=-rate)

    def _direction(self, parameter: nn.Parameter, momentum: float) -> Tensor:
        state = self.state[parameter]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(parameter)
        gradient = parameter.grad
        assert gradient is not None, "only parameters with a gradient are moved"
        average: Tensor = state["momentum"].lerp_(gradient, 1 - momentum)
        return gradient.lerp(average, momentum)
