"""The order of training rows: batches of like lengths, in random order."""

from collections.abc import Iterator, Sequence

import torch
from torch.utils.data import Sampler

_POOL = 32
"""Batches among whose rows like lengths are sought: enough that a hundredth of a batch is padding, not a quarter."""


class LikeLengths(Sampler[int]):
    """Indices of rows so that each run of `batch` of them is of like lengths, drawn from the seed alone.

    The Trainer's own sampler leaves the batches sorted, long ones first in every pool: a dozen documents were then no
    longer learnt by heart.
    """

    def __init__(self, lengths: Sequence[int], batch: int, seed: int) -> None:
        self.lengths, self.batch, self.seed = lengths, batch, seed

    def __len__(self) -> int:
        return len(self.lengths)

    def __iter__(self) -> Iterator[int]:
        generator = torch.Generator().manual_seed(self.seed)
        order: list[int] = torch.randperm(len(self.lengths), generator=generator).tolist()
        size = self.batch * _POOL
        pools = [sorted(order[at : at + size], key=self.lengths.__getitem__) for at in range(0, len(order), size)]
        batches = [pool[at : at + self.batch] for pool in pools for at in range(0, len(pool), self.batch)]
        # The one batch that may be smaller stays at the end, or it would shift all that follow it.
        whole = len(batches) - (len(batches[-1]) < self.batch)
        for index in (*torch.randperm(whole, generator=generator).tolist(), *range(whole, len(batches))):
            yield from batches[index]
