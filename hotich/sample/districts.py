"""Distribute what is digitised of each group over districts: totals met exactly, thresholds kept.

A district has bounds on each group and on their sum. Sets of that shape add up bound by bound, whole numbers included
(they are generalised polymatroids): totals within the added bounds can be met exactly, and filling one district after
another cannot fail as long as each leaves the others within their bounds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

Pair = tuple[int, int]
"""Entries of the first group and of the second."""


@dataclass(frozen=True)
class Range:
    """The whole numbers from `least` to `most`, both included."""

    least: int
    most: int

    def __add__(self, other: "Range") -> "Range":
        return Range(self.least + other.least, self.most + other.most)

    def __contains__(self, value: int) -> bool:
        return self.least <= value <= self.most

    def leaving(self, total: int, others: "Range") -> "Range":
        """Return the part of this range that leaves a rest of the total within the range of the others."""
        return Range(max(self.least, total - others.most), min(self.most, total - others.least))

    def nearest(self, wish: int) -> int:
        """Return the value in the range nearest to a wish."""
        return max(self.least, min(wish, self.most))


@dataclass(frozen=True)
class Room:
    """The bounds of one district, or of several together: on each group and on both together."""

    first: Range
    second: Range
    both: Range

    def __add__(self, other: "Room") -> "Room":
        return Room(self.first + other.first, self.second + other.second, self.both + other.both)


NONE = Room(Range(0, 0), Range(0, 0), Range(0, 0))


def room(first: int, second: int, least: int, most: int) -> Room | None:
    """Return the room with at most `first` and `second` entries and `least` to `most` of both, or None if empty."""
    least, most = max(least, 0), min(most, first + second)
    if least > most:
        return None
    return Room(
        Range(max(0, least - second), min(first, most)),
        Range(max(0, least - first), min(second, most)),
        Range(least, most),
    )


def distribute(totals: Pair, rooms: Sequence[Room], wish: Callable[[int, Pair], Pair]) -> list[Pair]:
    """Return the entries of each district, as near as possible to `wish(district, what is left)`.

    The totals, which must lie within the sum of the rooms, are met exactly.
    """
    after = list(accumulate(reversed(rooms), initial=NONE))[::-1][1:]
    left, pairs = totals, []
    for at, (own, others) in enumerate(zip(rooms, after, strict=True)):
        pair = _nearest(own, others, left, wish(at, left))
        pairs.append(pair)
        left = (left[0] - pair[0], left[1] - pair[1])
    return pairs


def _nearest(own: Room, others: Room, left: Pair, wish: Pair) -> Pair:
    first, second = own.first.leaving(left[0], others.first), own.second.leaving(left[1], others.second)
    both = own.both.leaving(sum(left), others.both)
    two = Range(max(second.least, both.least - first.most), min(second.most, both.most - first.least)).nearest(wish[1])
    return Range(max(first.least, both.least - two), min(first.most, both.most - two)).nearest(wish[0]), two
