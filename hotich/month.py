"""Calendar months: `2024-10` in files and notebooks; on the command line also `10`, `8` or `08`. And days."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from hotich.errors import InputRefused, WrongUsage
from hotich.language import LANGUAGES, say

_GRAMMAR: Final = re.compile(r"(?:(20[0-9]{2})-)?(0?[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    def plus(self, months: int) -> "Month":
        """Return the month that many months later, or earlier when negative."""
        year, zero_based = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, zero_based + 1)

    @property
    def previous(self) -> "Month":
        """The month before."""
        return self.plus(-1)

    @property
    def first_day(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last day."""
        return self.plus(1).first_day - timedelta(days=1)


def exact(text: str) -> Month:
    """Return the month written `2024-10`, as files and notebooks do. Raises WrongUsage for any other form."""
    match = _GRAMMAR.fullmatch(text)
    if not match or not match[1] or len(match[2]) != 2:
        raise WrongUsage("month.grammar", value=printable(text))
    return Month(int(match[1]), int(match[2]))


def day(text: str) -> date:
    """Return the day written `2024-10-22`, as files do. Raises ValueError for any other form, though it be a date."""
    found = date.fromisoformat(text)  # takes 20241022 and 2024-W43-2 too
    if found.isoformat() != text:
        raise ValueError(text)
    return found


def resolve(text: str, available: Iterable[Month], year: str = "") -> Month:
    """Return the month of `available` that a user means; without a year, that of the latest year.

    Raises WrongUsage for text that is no month and InputRefused for a month without counts.
    """
    months = sorted(available)
    number, year_number = _parts(text, year)
    matching = [m for m in months if m.number == number and (not year_number or m.year == year_number)]
    if not matching:
        year_meant = year_number or (months[-1].year if months else 0)
        meant = Month(year_meant, number) if year_meant else text
        raise InputRefused("month.no_counts", value=meant, available=listed(months))
    return matching[-1]


def listed(months: Iterable[Month]) -> dict[str, str]:
    """Return months for a message, by language: those that follow one another by the first and the last of them."""
    runs: list[list[Month]] = []
    for each in sorted(months):
        if runs and runs[-1][-1] == each.previous:
            runs[-1].append(each)
        else:
            runs.append([each])
    return {language: ", ".join(_run(run, language) for run in runs) or "–" for language in LANGUAGES}


def _run(months: list[Month], language: str) -> str:
    first, last = months[0], months[-1]
    return str(first) if first == last else say(language, "errors.month.from_to", first=first, last=last)


def several(text: str | Iterable[str], available: Iterable[Month]) -> tuple[Month, ...]:
    """Return the months of `available` that a user means: "all", one, or a list. Raises as `resolve` does."""
    months = sorted(available)
    if text == "all":
        return tuple(months)
    return tuple(resolve(str(each), months) for each in ([text] if isinstance(text, str) else text))


def coming(text: str, available: Iterable[Month], year: str = "") -> Month:
    """Return the month that a user who collects counts means; it need not have any yet.

    Without a year it is the one nearest to the month after the latest counts: from six months before it to five after.
    Raises WrongUsage for text that is no month, and for a month without a year when there are no counts at all.
    """
    number, year_number = _parts(text, year)
    if year_number:
        return Month(year_number, number)
    months = sorted(available)
    if not months:
        raise WrongUsage("month.which_year", value=text, example=Month(date.today().year, number))
    first = months[-1].plus(-5)
    return next(month for month in map(first.plus, range(12)) if month.number == number)


def _parts(text: str, year: str) -> tuple[int, int]:
    """Return the number of the month, and its year or 0."""
    match = _GRAMMAR.fullmatch(text)
    if not match:
        raise WrongUsage("month.grammar", value=printable(text))
    if year and not re.fullmatch("20[0-9]{2}", year, re.ASCII):
        raise WrongUsage("month.year", value=printable(year))
    if match[1] and year and match[1] != year:
        raise WrongUsage("month.two_years", value=text, year=year)
    return int(match[2]), int(match[1] or year or 0)


def printable(text: str, most: int = 40) -> str:
    """Return text from outside fit for a terminal: without control characters, at most so many characters."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[: most + 1])
    return shown if len(shown) <= most else shown[: most - 1] + "…"
