"""Batches of like lengths in an order that is random and always the same."""

import pytest

from hatif.training.sampling import LikeLengths

LENGTHS = [(number * 37) % 250 + 3 for number in range(1003)]


@pytest.mark.parametrize("count", [1, 7, 8, 9, 255, 256, 257, 1003])
def test_every_row_comes_once(count: int) -> None:
    order = list(LikeLengths(LENGTHS[:count], 8, 1))
    assert sorted(order) == list(range(count))
    assert len(LikeLengths(LENGTHS[:count], 8, 1)) == count


def test_a_batch_is_of_like_lengths() -> None:
    order = list(LikeLengths(LENGTHS, 8, 1))
    batches = [[LENGTHS[index] for index in order[at : at + 8]] for at in range(0, 1000, 8)]
    assert sum(len(batch) * max(batch) for batch in batches) < 1.05 * sum(map(sum, batches))
    longest = [max(batch) for batch in batches]
    assert longest not in (sorted(longest), sorted(longest, reverse=True))


def test_the_seed_alone_decides() -> None:
    assert list(LikeLengths(LENGTHS, 8, 1)) == list(LikeLengths(LENGTHS, 8, 1))
    assert list(LikeLengths(LENGTHS, 8, 1)) != list(LikeLengths(LENGTHS, 8, 2))
