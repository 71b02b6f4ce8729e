"""Months: `2024-10` everywhere inside; people may also write `10`, `8` or `08`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from hotich.errors import InputRefused, WrongUsage

_GRAMMAR: Final = re.compile(r"(?:(20[0-9]{2})-)?(0?[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    def plus(self, months: int) -> "Month":
        """The month so many months later, or earlier when negative."""
        year, zero_based = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, zero_based + 1)

    @property
    def previous(self) -> "Month":
        """The month before."""
        return self.plus(-1)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.plus(1).first_day - timedelta(days=1)


def exact(text: str) -> Month:
    """Read the one form used inside files and notebooks, `2024-10`. Raises WrongUsage."""
    found = _GRAMMAR.fullmatch(text)
    if not found or not found[1] or len(found[2]) != 2:
        raise WrongUsage("month.grammar", value=printable(text))
    return Month(int(found[1]), int(found[2]))


def resolve(text: str, available: Iterable[Month], year: str = "") -> Month:
    """The month a person means: without a year it is the latest year that has that month.

    Raises WrongUsage for anything outside the grammar and InputRefused for a month with no counts.
    """
    months = sorted(available)
    number, wanted = _parts(text, year)
    matching = [m for m in months if m.number == number and (not wanted or m.year == wanted)]
    if not matching:
        listed = ", ".join(map(str, months)) or "–"
        raise InputRefused("month.no_counts", value=text, available=listed)
    return matching[-1]


def coming(text: str, available: Iterable[Month], year: str = "") -> Month:
    """The month a person means who collects counts: it need not have any yet.

    Without a year it is the one nearest to the month after the latest counts: from six months before it to five after.
    Raises WrongUsage for anything outside the grammar, and for a month without a year when there are no counts at all.
    """
    number, wanted = _parts(text, year)
    if wanted:
        return Month(wanted, number)
    months = sorted(available)
    if not months:
        raise WrongUsage("month.which_year", value=text)
    first = months[-1].plus(-5)
    return next(each for each in map(first.plus, range(12)) if each.number == number)


def _parts(text: str, year: str) -> tuple[int, int]:
    """Number of the month, and its year or 0."""
    found = _GRAMMAR.fullmatch(text)
    if not found:
        raise WrongUsage("month.grammar", value=printable(text))
    if year and not re.fullmatch("20[0-9]{2}", year, re.ASCII):
        raise WrongUsage("month.year", value=printable(year))
    if found[1] and year and found[1] != year:
        raise WrongUsage("month.two_years", value=text, year=year)
    return int(found[2]), int(found[1] or year or 0)


def printable(text: str) -> str:
    """The text as it may be shown on a terminal: no control characters, at most 40 characters."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return shown if len(shown) <= 40 else shown[:39] + "…"
