"""Whole numbers in given proportions that add up exactly: the method of largest remainders, with upper bounds."""

from collections.abc import Sequence


def shared(total: int, weights: Sequence[float], caps: Sequence[int] | None = None) -> list[int]:
    """Integers that sum to `total`, in proportion to `weights`, none above its cap.

    Raises ValueError when the caps, or the absence of weights, leave no room for the total.
    """
    bounds = list(caps) if caps is not None else [total] * len(weights)
    room = sum(bound for bound, weight in zip(bounds, weights, strict=True) if weight > 0)
    if not 0 <= total <= room:
        raise ValueError(f"{total} do not fit into {room}")
    exact = _bounded(total, weights, bounds)
    given = [min(int(value), bound) for value, bound in zip(exact, bounds, strict=True)]
    order = sorted(range(len(weights)), key=lambda i: (given[i] - exact[i], i))
    while (rest := total - sum(given)) > 0:
        free = [i for i in order if given[i] < bounds[i] and weights[i] > 0]
        for i in free[:rest]:
            given[i] += 1
    return given


def _bounded(total: int, weights: Sequence[float], bounds: Sequence[int]) -> list[float]:
    """Exact proportional parts; what exceeds a bound is shared among the others until nothing does."""
    parts = [0.0] * len(weights)
    open_ones = [i for i, weight in enumerate(weights) if weight > 0]
    rest = float(total)
    while open_ones:
        factor = rest / sum(weights[i] for i in open_ones)
        full = [i for i in open_ones if weights[i] * factor >= bounds[i]]
        if not full:
            for i in open_ones:
                parts[i] = weights[i] * factor
            break
        for i in full:
            parts[i] = float(bounds[i])
            rest -= bounds[i]
        reached = set(full)
        open_ones = [i for i in open_ones if i not in reached]
    return parts
