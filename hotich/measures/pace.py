"""How fast the work goes, how fast it must go for the last target, and where a straight continuation leads."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from hotich.measures.facts import Fact, cut
from hotich.measures.monthly_sums import MINIMUM_BASE, Basis, Period

RECENT = 3
"""Periods that the expected pace is the mean of: a quarter evens one slow month out and still follows a change."""
YEAR = 12
"""Periods among which the fastest and slowest are looked for."""
HORIZON = timedelta(days=36_525)
"""A continuation that ends more than a century away says nothing and is not given."""


def facts(basis: Basis) -> Iterator[Fact]:
    """Yield the pace of each period and what follows from it, for the root and each district."""
    last_target = basis.data.office.targets[-1].day
    days_left = (last_target - basis.now.as_of).days
    yield Fact(basis.root, "all", "target", last_target, "date", "computed")
    if days_left > 0:
        yield Fact(basis.root, "all", "days_left", days_left, "days", "computed")
    for code in basis.wholes:
        periods = [period for period in basis.periods if code in period.now.areas]
        yield from _periods(basis, code, periods)
        if basis.now.covers(code):
            yield from _ahead(basis, code, periods, days_left)


def _periods(basis: Basis, code: str, periods: Sequence[Period]) -> Iterator[Fact]:
    for period in periods:
        month, new = basis.other(period.now), period.added(code)
        yield Fact(code, "all", "added", new, "entries", "computed", month)
        yield Fact(code, "all", "days", period.days, "days", "computed", month)
        if period.covers(code):
            yield Fact(code, "all", "pace", cut(Fraction(new, period.days)), "entries_per_day", "computed", month)


def _ahead(basis: Basis, code: str, periods: Sequence[Period], days_left: int) -> Iterator[Fact]:
    """Yield what the target needs and where the recent pace leads.

    Periods in which too few units are compared have no pace; where the last one has none, older ones are not recent.
    """
    required, digitised = basis.now.by_key.get((code, "all"), (0, 0))
    left = required - digitised
    needed = Fraction(left, days_left) if days_left > 0 else None
    if needed is not None:
        yield Fact(code, "all", "pace_needed", cut(needed), "entries_per_day", "computed")
    if not periods or not periods[-1].covers(code):
        return
    latest = [period for period in periods[-RECENT:] if period.covers(code)]
    recent = Fraction(sum(period.added(code) for period in latest), sum(period.days for period in latest))
    paces = [Fraction(period.added(code), period.days) for period in periods[-YEAR:] if period.covers(code)]
    missing = max(len(period.now.units(code) - period.units) for period in latest)
    yield Fact(code, "all", "pace_missing", missing, "units", "computed")
    for measure, pace in (("pace_recent", recent), ("pace_fastest", max(paces)), ("pace_slowest", min(paces))):
        yield Fact(code, "all", measure, cut(pace), "entries_per_day", "computed")
    if needed and recent > 0:
        yield Fact(code, "all", "pace_ratio", cut(needed / recent), "ratio", "computed")
    for measure, pace in (("finish", recent), ("finish_fast", max(paces)), ("finish_slow", min(paces))):
        yield from _finish(code, measure, basis.now.as_of, left, pace)
    if days_left > 0 and required >= MINIMUM_BASE:
        yield from _at_target(code, required, digitised, recent * days_left)


def _finish(code: str, measure: str, as_of: date, left: int, pace: Fraction) -> Iterator[Fact]:
    if left > 0 and pace > 0 and left / pace < HORIZON.days:
        yield Fact(code, "all", measure, as_of + timedelta(days=ceil(left / pace)), "date", "computed")


def _at_target(code: str, required: int, digitised: int, more: Fraction) -> Iterator[Fact]:
    reached = min(Fraction(required), digitised + more)
    yield Fact(code, "all", "percent_at_target", cut(reached * 100 / required), "percent", "computed")
    short = int(((required - reached) / 100 + Fraction(1, 2)) // 1) * 100
    yield Fact(code, "all", "short_at_target", short, "entries", "computed")
