"""How the communes of each part are spread where they are too many to be drawn one by one, and districts by class."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from hotich.data import totals
from hotich.data.areas import Area
from hotich.measures.about_the_report import classes
from hotich.measures.facts import Fact, cut
from hotich.measures.monthly_sums import MINIMUM_BASE, Basis

DENSE: Final = 60
"""Communes of one part above which dots on a line no longer stand apart.

A line of the chart has room for some sixty dots side by side, and late in the work most percentages lie close together.
"""
QUANTILES: Final = (0, 10, 25, 50, 75, 90, 100)
"""Percent of the communes that stand at or below a quantile: the lowest, a tenth, the quarters, nine tenths, all."""


def facts(basis: Basis) -> Iterator[Fact]:
    """Yield quantiles of the communes of each whole one of whose parts has many, and of these parts; and of classes."""
    for whole in basis.wholes:
        parts = [area.code for area in basis.parts[whole] if area.level != "commune"]
        if any(len(basis.now.areas.communes(code)) > DENSE for code in parts):
            for code in (whole, *parts):
                yield from _quantiles(basis, code)
        if districts := [area for code in parts for area in basis.parts[code] if area.level != "commune"]:
            yield from _classes(basis, whole, districts)


def _shares(basis: Basis, areas: Sequence[Area]) -> list[Fraction]:
    """Return the exact percentages of the areas that have one, the lowest first."""
    found = []
    for area in areas:
        required, digitised = basis.now.by_key.get((area.code, "all"), (0, 0))
        if required >= MINIMUM_BASE and basis.now.covers(area.code):
            found.append(totals.percent(digitised, required))
    return sorted(found)


def _quantiles(basis: Basis, code: str) -> Iterator[Fact]:
    """Yield quantiles by nearest rank: each is the percentage of a commune.

    Of n values in order the one for p percent is number ceil(p × n / 100), the first for 0 (definition 1 of Hyndman and
    Fan, Sample Quantiles in Statistical Packages, 1996).
    """
    shares = _shares(basis, basis.now.areas.communes(code))
    for percent in QUANTILES if shares else ():
        number = max(-(-percent * len(shares) // 100), 1)
        yield Fact(code, "all", f"commune_percent_{percent}", cut(shares[number - 1]), "percent", "computed")


def _classes(basis: Basis, whole: str, districts: Sequence[Area]) -> Iterator[Fact]:
    """Yield how many districts of a country lie in each class of the charts, from the lowest, of those with a share."""
    begins = classes(basis.data.office.threshold)
    counted = Counter(bisect_right(begins, share) for share in _shares(basis, districts))
    yield Fact(whole, "all", "districts_below", len(districts), "areas", "computed")
    for at in range(len(begins) + 1):
        yield Fact(whole, "all", f"districts_in_class_{at + 1}", counted[at], "areas", "computed")
