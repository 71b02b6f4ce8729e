"""Whole numbers in given proportions that add up exactly: the method of largest remainders, with upper bounds."""

from collections.abc import Sequence


def shared(total: int, weights: Sequence[int], caps: Sequence[int] | None = None) -> list[int]:
    """Integers that sum to `total`, in proportion to `weights`, none above its cap; exact, without floats.

    Raises ValueError when the caps, or the absence of weights, leave no room for the total.
    """
    bounds = list(caps) if caps is not None else [total] * len(weights)
    given = [0] * len(weights)
    free = [i for i, weight in enumerate(weights) if weight > 0]
    if not 0 <= total <= sum(bounds[i] for i in free):
        raise ValueError(f"{total} do not fit into {sum(bounds[i] for i in free)}")
    rest = total
    while full := _reaching(rest, free, weights, bounds):
        for i in full:
            given[i] = bounds[i]
            rest -= bounds[i]
        free = [i for i in free if i not in full]
    whole = sum(weights[i] for i in free)
    over = {i: divmod(rest * weights[i], whole) for i in free}
    for i, (part, _) in over.items():
        given[i] = part
    rest -= sum(part for part, _ in over.values())
    for i in sorted(free, key=lambda i: (-over[i][1], i))[:rest]:
        given[i] += 1
    return given


def _reaching(rest: int, free: Sequence[int], weights: Sequence[int], bounds: Sequence[int]) -> frozenset[int]:
    """Those whose part of the rest would be their cap or more: they get the cap, the others share what remains."""
    whole = sum(weights[i] for i in free)
    return frozenset(i for i in free if rest * weights[i] >= bounds[i] * whole)
