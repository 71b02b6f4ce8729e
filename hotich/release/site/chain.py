"""The releases that the site shows, and the pairs of them that have a page of differences."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

from hotich.release.compare.source import Source

RECENT: Final = 12
"""The number of latest months of which any two are compared; an older month is compared with its neighbour only."""


@dataclass(frozen=True)
class Chain:
    """The releases of one chain, the first one first."""

    examples: bool
    releases: tuple[Source, ...]

    @cached_property
    def months(self) -> tuple[Source, ...]:
        """The last release of each month, by month."""
        return tuple(each for _, each in sorted({each.month: each for each in self.releases}.items()))

    def pairs(self) -> Iterator[tuple[Source, Source]]:
        """Yield the pairs to compare: any two recent months, older neighbours, and revisions of a month."""
        older = max(len(self.months) - RECENT, 0)
        yield from zip(self.months[:older], self.months[1 : older + 1], strict=True)
        yield from combinations(self.months[older:], 2)
        for number, later in enumerate(self.releases):
            earlier = [each for each in self.releases[:number] if each.month == later.month]
            yield from ((each, later) for each in earlier[-1:])
