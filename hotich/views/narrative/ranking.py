"""How much a point matters: whether it is about the target, how much of the work it is about, how unusual it is."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from hotich.measures.facts import Fact

ENOUGH: Final = 3
"""Earlier periods from which on there is a usual range."""


def weight(*, target: float = 0, reach: float = 0, departure: float = 0) -> float:
    """Return how much a point matters, 0 to 100, from parts of 0 to 1. The deadline weighs most."""
    return 40 * target + 30 * reach + 30 * departure


def departure(now: Fact, before: Sequence[Fact]) -> float:
    """Return how far a figure lies outside its usual range: 0 inside, 1 beyond it by the range's width or more.

    The usual range goes from the smallest to the largest value of the earlier periods.
    """
    if len(before) < ENOUGH:
        return 0
    low, high = min(fact.number for fact in before), max(fact.number for fact in before)
    beyond = max(low - now.number, now.number - high, 0)
    return min(1.0, float(beyond) / (float(high - low) or 1.0)) if beyond else 0


def share(part: Fact | None, whole: Fact | None) -> float:
    """Return one count as a share of another, between 0 and 1; 0 where one is missing."""
    if part is None or whole is None or not whole.number:
        return 0
    return float(min(max(Fraction(part.number) / Fraction(whole.number), Fraction(0)), Fraction(1)))
