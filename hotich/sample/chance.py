"""Draws of whole numbers from a seed, the same on every machine and in every version of Python.

Only `random.random()` is promised to stay as it is; sums and powers of floats are not, so all else here is integers.
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A source of draws."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed).random  # noqa: S311 - made-up data, not a secret

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, the limit."""
        return int(self._random() * limit)

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """So many of the items, none twice, in their own order; all of them when there are no more than that."""
        drawn = sorted((self._random(), at) for at in range(len(items)))
        return [items[at] for at in sorted(at for _, at in drawn[: max(count, 0)])]
