"""How much of each group every district has digitised: exactly the totals, every district on its side of the threshold.

What a district may hold is two bounds on each group and two on their sum. Sets of that shape add up bound by bound,
whole numbers included (they are generalised polymatroids), so the totals can be met exactly when they lie within the
added bounds, and placing one district after another never ends in a corner while each leaves the rest their bounds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

Pair = tuple[int, int]
"""Entries of the first group and of the second."""


@dataclass(frozen=True)
class Range:
    """From the least to the most, both allowed."""

    least: int
    most: int

    def __add__(self, other: "Range") -> "Range":
        return Range(self.least + other.least, self.most + other.most)

    def __contains__(self, value: int) -> bool:
        return self.least <= value <= self.most

    def leaving(self, total: int, others: "Range") -> "Range":
        """What may be taken of a total so that the others can hold the rest."""
        return Range(max(self.least, total - others.most), min(self.most, total - others.least))

    def nearest(self, wish: int) -> int:
        """The allowed value nearest to a wish."""
        return max(self.least, min(wish, self.most))


@dataclass(frozen=True)
class Room:
    """What a district, or several together, may digitise: of either group and of both together."""

    first: Range
    second: Range
    both: Range

    def __add__(self, other: "Room") -> "Room":
        return Room(self.first + other.first, self.second + other.second, self.both + other.both)


NONE = Room(Range(0, 0), Range(0, 0), Range(0, 0))


def room(first: int, second: int, least: int, most: int) -> Room | None:
    """Room for so many entries at most of each group, and of both between least and most; None if there is none."""
    least, most = max(least, 0), min(most, first + second)
    if least > most:
        return None
    return Room(
        Range(max(0, least - second), min(first, most)),
        Range(max(0, least - first), min(second, most)),
        Range(least, most),
    )


def placed(totals: Pair, rooms: Sequence[Room], wish: Callable[[int, Pair], Pair]) -> list[Pair]:
    """What each district gets, near to what is wished for it when so much is left; the totals are met exactly.

    The totals must lie within the sum of the rooms.
    """
    behind = list(accumulate(reversed(rooms), initial=NONE))[::-1][1:]
    left, given = totals, []
    for at, (own, others) in enumerate(zip(rooms, behind, strict=True)):
        pair = _nearest(own, others, left, wish(at, left))
        given.append(pair)
        left = (left[0] - pair[0], left[1] - pair[1])
    return given


def _nearest(own: Room, others: Room, left: Pair, wish: Pair) -> Pair:
    first, second = own.first.leaving(left[0], others.first), own.second.leaving(left[1], others.second)
    both = own.both.leaving(sum(left), others.both)
    two = Range(max(second.least, both.least - first.most), min(second.most, both.most - first.least)).nearest(wish[1])
    return Range(max(first.least, both.least - two), min(first.most, both.most - two)).nearest(wish[0]), two
