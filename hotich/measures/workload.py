"""Where the work is that remains: how few communes hold half of it, and which of them did not move."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from hotich.measures.facts import Fact, cut
from hotich.measures.monthly_sums import MINIMUM_BASE, Basis

LARGEST = 5
"""Communes with most left whose share of the remaining work is stated: so many can be visited in a week."""
HALF = 50
"""A commune below this percentage has the larger part of its work ahead."""


def facts(basis: Basis) -> Iterator[Fact]:
    """Yield, for each whole of which enough reported and where work is left, where that work is."""
    yield Fact(basis.root, "all", "largest_count", LARGEST, "areas", "computed")
    yield Fact(basis.root, "all", "half_base", cut(Fraction(HALF)), "percent", "computed")
    for code in basis.wholes:
        required, digitised = basis.now.by_key.get((code, "all"), (0, 0))
        if basis.now.covers(code) and required > digitised:
            yield from _whole(basis, code, required - digitised)


def _whole(basis: Basis, code: str, left: int) -> Iterator[Fact]:
    lefts = {area.code: area_left for area in basis.now.areas.communes(code) if (area_left := _left(basis, area.code))}
    largest = sorted(lefts.values(), reverse=True)
    yield Fact(code, "all", "communes_open", len(lefts), "areas", "computed")
    if sum(largest) * 2 >= left:
        yield Fact(code, "all", "communes_half", _fewest(largest, left), "areas", "computed")
    if len(largest) > LARGEST:
        yield Fact(
            code, "all", "largest_share", cut(Fraction(sum(largest[:LARGEST]) * 100, left)), "percent", "computed"
        )
    yield Fact(code, "all", "communes_under_half", _under_half(basis, lefts), "areas", "computed")
    yield from _stalled(basis, code, lefts)


def _left(basis: Basis, code: str) -> int:
    required, digitised = basis.now.by_key.get((code, "all"), (0, 0))
    return required - digitised


def _fewest(largest: list[int], left: int) -> int:
    """Return how few of the communes, the largest first, hold half of what is left."""
    held = 0
    for count, each in enumerate(largest, 1):
        held += each
        if held * 2 >= left:
            return count
    return len(largest)


def _under_half(basis: Basis, lefts: Mapping[str, int]) -> int:
    pairs = [basis.now.by_key[code, "all"] for code in lefts]
    return sum(required >= MINIMUM_BASE and done * 100 < HALF * required for required, done in pairs)


def _stalled(basis: Basis, code: str, lefts: Mapping[str, int]) -> Iterator[Fact]:
    """Yield how many unfinished communes, of those that reported in full then and now, digitised nothing more."""
    if basis.periods:
        period = basis.periods[-1]
        still = sum(each in period.units and period.added(each) == 0 for each in lefts)
        yield Fact(code, "all", "communes_stalled", still, "areas", "computed")
