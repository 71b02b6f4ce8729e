"""Draw whole numbers from a seed, the same on every machine and in every version of Python.

Python promises this of `random.random()` alone, and floats may differ by machine: all else here is integers.
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A seeded source of random numbers."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed).random  # noqa: S311 - made-up data, not a secret

    def below(self, limit: int) -> int:
        """Return a whole number from 0 up to, not including, the limit."""
        return int(self._random() * limit)

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """Return `count` of the items, none twice, in their own order; all of them if there are fewer."""
        drawn = sorted((self._random(), at) for at in range(len(items)))
        return [items[at] for at in sorted(at for _, at in drawn[: max(count, 0)])]
