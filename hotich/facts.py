"""A fact: one computed or quoted figure with its name. Every figure that any page shows is one of these."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import Final

from hotich.month import Month

Value = int | Decimal | date | Month | str

UNITS: Final = (
    "entries", "percent", "points", "entries_per_day", "ratio", "areas", "units", "cells", "rules", "days", "rank",
    "date", "month", "area", "yes_no",
    "figures", "digit", "times",
)  # fmt: skip
COLUMNS: Final = ("fact", "area", "scope", "measure", "month", "value", "unit", "origin")
"""The columns of `measures.csv`."""
ORIGINS: Final = ("reported", "synthetic", "published", "computed")
_PLACES: Final = Decimal("0.0001")


@dataclass(frozen=True)
class Fact:
    """A figure. `value` is an integer for counts, a Decimal cut to four places for shares, ratios and paces.

    Four places, cut and not rounded: a later half-up rounding to one place then gives what the exact fraction gives.
    `month` is given only for months other than the reported one.
    """

    area: str
    scope: str
    measure: str
    value: Value
    unit: str
    origin: str
    month: Month | None = None

    @property
    def key(self) -> str:
        """Its name: `15/all/digitised`, with `@2024-09` for another month."""
        return f"{self.area}/{self.scope}/{self.measure}" + (f"@{self.month}" if self.month else "")

    @property
    def raw(self) -> str:
        """Its value as `measures.csv` and the `value` attribute on pages write it."""
        if isinstance(self.value, Decimal):
            return f"{self.value.normalize():f}"
        return str(self.value)

    @property
    def number(self) -> int | Decimal:
        """Its value where it is a number. Raises TypeError for dates, months and areas."""
        if not isinstance(self.value, int | Decimal):
            raise TypeError(f"{self.key} is not a number")
        return self.value


def cut(exact: Fraction) -> Decimal:
    """A fraction cut toward zero at four places, but never to zero unless it is zero."""
    value = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_PLACES, ROUND_DOWN)
    if not value and exact:
        return _PLACES if exact > 0 else -_PLACES
    return value
