"""Apportion a total in whole numbers: the method of largest remainders, with upper bounds."""

from collections.abc import Sequence


def apportion(total: int, weights: Sequence[int], caps: Sequence[int] | None = None) -> list[int]:
    """Return integers that sum to `total`, in proportion to `weights`, none above its cap; exact, without floats.

    Raises ValueError if caps or missing weights leave no room for the total.
    """
    bounds = list(caps) if caps is not None else [total] * len(weights)
    shares = [0] * len(weights)
    free = [i for i, weight in enumerate(weights) if weight > 0]
    if not 0 <= total <= sum(bounds[i] for i in free):
        raise ValueError(f"{total} do not fit into {sum(bounds[i] for i in free)}")
    rest = total
    while full := _capped(rest, free, weights, bounds):
        for i in full:
            shares[i] = bounds[i]
            rest -= bounds[i]
        free = [i for i in free if i not in full]
    weight = sum(weights[i] for i in free)
    over = {i: divmod(rest * weights[i], weight) for i in free}
    for i, (part, _) in over.items():
        shares[i] = part
    rest -= sum(part for part, _ in over.values())
    for i in sorted(free, key=lambda i: (-over[i][1], i))[:rest]:
        shares[i] += 1
    return shares


def _capped(rest: int, free: Sequence[int], weights: Sequence[int], bounds: Sequence[int]) -> frozenset[int]:
    """Return those whose share of the rest would reach their cap: they get it, the others share what remains."""
    weight = sum(weights[i] for i in free)
    return frozenset(i for i in free if rest * weights[i] >= bounds[i] * weight)
