"""How fast the work goes, and how fast it must go for the last target."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from hotich.measures.facts import Fact, cut
from hotich.measures.monthly_sums import Basis, Period
from hotich.measures.recent_pace import RECENT

ABOUT = (Decimal("0.95"), Decimal("1.05"))
"""Between these a pace is about as high as another: at one decimal it would read as 1.0 times it."""
YEAR = 12
"""Periods among which the fastest and slowest are looked for."""


def facts(basis: Basis) -> Iterator[Fact]:
    """Yield the pace of each period and what follows from it, for the root and each district."""
    last_target = basis.data.office.targets[-1].day
    days_left = (last_target - basis.now.as_of).days
    yield Fact(basis.root, "all", "target", last_target, "date", "computed")
    if days_left > 0:
        yield Fact(basis.root, "all", "days_left", days_left, "days", "computed")
    for code in basis.wholes:
        periods = _periods_of(basis, code)
        yield from _periods(basis, code, periods)
        if basis.now.covers(code):
            yield from _ahead(basis, code, periods, days_left)


def _periods_of(basis: Basis, code: str) -> list[Period]:
    """Return the periods at whose end the area was what it is, with units that can all be followed."""
    return [period for period in basis.periods if basis.alike(period.now, code)]


def _periods(basis: Basis, code: str, periods: Sequence[Period]) -> Iterator[Fact]:
    for period in periods:
        month, new = basis.other(period.now), period.added(code)
        yield Fact(code, "all", "added", new, "entries", "computed", month)
        yield Fact(code, "all", "days", period.days, "days", "computed", month)
        if period.covers(code):
            yield Fact(code, "all", "pace", cut(Fraction(new, period.days)), "entries_per_day", "computed", month)


def _ahead(basis: Basis, code: str, periods: Sequence[Period], days_left: int) -> Iterator[Fact]:
    """Yield what the target needs, and the recent pace beside it."""
    required, digitised = basis.now.by_key.get((code, "all"), (0, 0))
    needed = Fraction(required - digitised, days_left) if days_left > 0 else None
    if needed is not None:
        yield Fact(code, "all", "pace_needed", cut(needed), "entries_per_day", "computed")
    latest = _latest(code, periods)
    if not latest:
        return
    missing = max(len(period.now.units(code) - period.units) for period in latest)
    yield Fact(code, "all", "pace_missing", missing, "units", "computed")
    yield Fact(code, "all", "pace_taken", len(latest), "times", "computed")
    paces = [Fraction(period.added(code), period.days) for period in periods[-YEAR:] if period.covers(code)]
    recent = _mean(code, latest)
    for measure, pace in (("pace_recent", recent), ("pace_fastest", max(paces)), ("pace_slowest", min(paces))):
        yield Fact(code, "all", measure, cut(pace), "entries_per_day", "computed")
    if needed is not None:
        yield Fact(code, "all", "periods_compared", len(paces), "times", "computed")
        yield Fact(code, "all", "periods_reached", sum(cut(pace) >= cut(needed) for pace in paces), "times", "computed")
    for measure, pace in (("pace_ratio", recent), ("pace_ratio_latest", paces[-1])):
        if needed and pace > 0:
            yield Fact(code, "all", measure, cut(needed / pace), "ratio", "computed")


def _latest(code: str, periods: Sequence[Period]) -> list[Period]:
    """Return the periods that the recent pace is the mean of.

    Periods in which too few units are compared have no pace; where the last one has none, older ones are not recent.
    """
    if not periods or not periods[-1].covers(code):
        return []
    return [period for period in periods[-RECENT:] if period.covers(code)]


def _mean(code: str, periods: Sequence[Period]) -> Fraction:
    return Fraction(sum(period.added(code) for period in periods), sum(period.days for period in periods))


def recent(basis: Basis, code: str) -> Fraction | None:
    """Return the mean pace of the last three periods in entries a day; None where it is not known or not above zero."""
    latest = _latest(code, _periods_of(basis, code))
    return _mean(code, latest) if latest and _mean(code, latest) > 0 else None
