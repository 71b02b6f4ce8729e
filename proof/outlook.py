"""Hold outlooks against what came, on series that were not made for any of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Final

from hotich.measures.recent_pace import LEAST_PERIODS, LEVEL, Ahead, Method, Outlook, Unit, at_recent_pace
from proof.outlook_series import drawn

MONTHS: Final = (1, 2, 3, 6)
"""How far ahead outlooks are held against what came."""
CHOOSING: Final = range(1001, 1161)
"""Seeds of the series that the method was chosen on."""
REPORTED: Final = range(2001, 2201)
"""Seeds of the series that the figures of the document are of."""
LEAST_LEFT: Final = Fraction(2, 100)
"""With less than this part of the work left there is nothing to foresee."""
COVERAGE: Final = (75, 90)
"""Percent of the cases in which the stated range must hold what came."""
STATED: Final = Fraction(80, 100)
"""How often a range is said to hold."""
BIAS: Final = 1
"""Percentage points that outlooks may be off on average."""
Days = Sequence[date]
Units = Mapping[str, Unit]
Bounds = Callable[[Outlook, int, int], tuple[int, int] | None]


def pooled(days: Days, units: Units, at: int) -> dict[str, Ahead]:
    """Let all units end together: the mean of the last three periods is that of the whole, whoever did the work."""
    own = at_recent_pace(days, units, at, lean=NO)
    left = sum(each.left for each in own.values())
    pace = sum((each.pace for each in own.values()), Fraction(0))
    return {code: Ahead(each.left, pace * each.left / left if left else Fraction(0)) for code, each in own.items()}


@dataclass(frozen=True)
class Damped(Ahead):
    """A unit whose pace falls by a twentieth each month."""

    def gain(self, days: int) -> int:
        """Return what is added in so many days at a pace that is damped month by month."""
        damping = Fraction(95, 100)
        months = days // 30
        worth = sum((damping**month for month in range(1, months + 1)), Fraction(0)) * 30
        return min(self.left, int(self.pace * (worth + damping ** (months + 1) * (days % 30))))


def damped(days: Days, units: Units, at: int) -> dict[str, Ahead]:
    """Let every unit slow down from its recent pace, by a twentieth each month."""
    return {code: Damped(each.left, each.pace) for code, each in at_recent_pace(days, units, at).items()}


NO, HALF = Fraction(0), Fraction(1, 2)
METHODS: Final[Mapping[str, Method]] = {
    "each unit at the mean of its last three periods, a quarter of it its district’s (used)": at_recent_pace,
    "the same, its own alone": partial(at_recent_pace, lean=NO),
    "the same, half of it its district’s": partial(at_recent_pace, lean=HALF),
    "the last period alone": partial(at_recent_pace, periods=1),
    "six periods": partial(at_recent_pace, periods=6),
    "all periods (drift)": partial(at_recent_pace, periods=99),
    "three periods, damped by 5 % a month": damped,
    "one pace for the whole, three periods (as before)": pooled,
}


def fastest_slowest(outlook: Outlook, at: int, days: int) -> tuple[int, int]:
    """Return what the slowest and the fastest period so far would add: the range that reports gave before."""
    paces: list[Fraction] = []
    for month in range(1, at + 1):
        pairs = [(unit.counts[month - 1], unit.counts[month]) for unit in outlook.units.values()]
        added = sum(now[1] - then[1] for then, now in pairs if then and now)
        paces.append(Fraction(added, (outlook.days[month] - outlook.days[month - 1]).days))
    left = sum(each.left for each in outlook.open_units(at))
    return int(max(Fraction(0), min(paces)) * days), min(left, int(max(Fraction(0), max(paces)) * days))


@dataclass(frozen=True)
class Case:
    """One outlook whose month has come: points that it was off by, and whether its range held what came."""

    months: int
    off: float
    held: bool | None


def cases(outlook: Outlook, bounds: Bounds = Outlook.bounds) -> Iterable[Case]:
    """Yield every outlook of a series that had periods enough, against the units that reported at both ends."""
    for since in range(LEAST_PERIODS, len(outlook.days)):
        required = sum(counts[0] for unit in outlook.units.values() if (counts := unit.counts[since]))
        left = sum(each.left for each in outlook.open_units(since))
        for months in MONTHS:
            if left >= LEAST_LEFT * required and since + months < len(outlook.days):
                yield _case(outlook, since, months, bounds)


def _case(outlook: Outlook, since: int, months: int, bounds: Bounds) -> Case:
    both = {code: unit for code, unit in outlook.units.items() if unit.counts[since] and unit.counts[since + months]}
    ends = [(unit.counts[since], unit.counts[since + months]) for unit in both.values()]
    added = sum(now[1] - then[1] for then, now in ends if then and now)
    required = sum(then[0] for then, _ in ends if then)
    days = (outlook.days[since + months] - outlook.days[since]).days
    of_all, of_both = outlook.gain(since, days), sum(outlook.ahead(since, code).gain(days) for code in both)
    found = bounds(outlook, since, days)
    missing = of_all - of_both
    held = found[0] - missing <= added <= found[1] - missing if found else None
    return Case(months, (of_both - added) * 100 / required, held)


def whole(seeds: Iterable[int], method: Method = at_recent_pace, level: Fraction = LEVEL) -> list[Outlook]:
    """Return the outlooks on the whole of each series."""
    return [Outlook(*drawn(seed), method, level) for seed in seeds]


def districts(seeds: Iterable[int]) -> Iterable[Outlook]:
    """Yield the outlooks on each district of each series."""
    for days, units in map(drawn, seeds):
        for part in sorted({unit.part for unit in units.values()}):
            yield Outlook(days, {code: unit for code, unit in units.items() if unit.part == part})


@dataclass(frozen=True)
class Result:
    """By months ahead: how many outlooks, points off on average and in size, percent of the ranges that held."""

    count: Mapping[int, int]
    bias: Mapping[int, float]
    error: Mapping[int, float]
    coverage: Mapping[int, float]

    @classmethod
    def of(cls, outlooks: Iterable[Outlook], bounds: Bounds = Outlook.bounds) -> "Result":
        """Count the cases of many outlooks."""
        found = [case for outlook in outlooks for case in cases(outlook, bounds)]
        by = {months: [case for case in found if case.months == months] for months in MONTHS}
        ranged = {months: [case.held for case in each if case.held is not None] for months, each in by.items()}
        return cls(
            {months: len(each) for months, each in by.items()},
            {months: sum(case.off for case in each) / len(each) for months, each in by.items()},
            {months: sum(abs(case.off) for case in each) / len(each) for months, each in by.items()},
            {months: 100 * sum(held) / len(held) for months, held in ranged.items()},
        )

    @property
    def good(self) -> bool:
        """Whether ranges hold as often as stated, and outlooks lean to no side."""
        return all(COVERAGE[0] <= each <= COVERAGE[1] for each in self.coverage.values()) and all(
            abs(each) <= BIAS for each in self.bias.values()
        )
