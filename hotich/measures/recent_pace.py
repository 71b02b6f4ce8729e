"""Where the work leads: each unit at its recent pace up to what is left of it, and how far earlier outlooks were off.

docs/outlook.md compares this method with others on series that were not made for it. A unit that has finished helps no
other here, so that an area is done when the last of its units is.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import ceil, floor

RECENT = 3
"""Periods that a unit's pace is taken over: a quarter evens one slow month out and still follows a change."""
LEAN = Fraction(1, 4)
"""How far a unit's expected pace leans on its district's: what is unusual about three months is in part chance."""
LEAST_PERIODS = 4
"""With fewer periods there is no outlook: one quarter to take the pace from, and one month to hold it against."""
LEAST_ERRORS = 3
"""With fewer earlier errors there is no range."""
LEVEL = Fraction(85, 100)
"""Rank of the earlier errors that bounds a range meant to hold in 80 of 100 cases.

Earlier outlooks overlap, so that there is less to learn from them than their number says: docs/outlook.md.
"""
MOST = Fraction(9, 10)
"""The part of what is left that `finish_most` is about: the end hangs on the one slowest unit, this does not."""
HORIZON = 3_652
"""Days, ten years: a continuation that ends later says nothing, and that unit counts as having no foreseeable end."""
SAME_HORIZON = 7
"""Days by which an earlier outlook may reach further and still be of the same horizon: months differ in length."""

Counts = tuple[int, int]
"""Entries required and digitised."""


@dataclass(frozen=True)
class Unit:
    """A reporting unit: the area below the root that it belongs to, and its counts of each month.

    None stands for a month in which it did not report in full or was not the unit that it is now; `partly` is what it
    reported in the last month where that was not all.
    """

    part: str
    counts: tuple[Counts | None, ...]
    partly: Counts | None = None

    def known(self, at: int) -> Counts | None:
        """Return what is known of its counts in month `at`."""
        return self.counts[at] or (self.partly if at == len(self.counts) - 1 else None)


@dataclass(frozen=True)
class Ahead:
    """What is left of a unit and its pace in entries a day; `borrowed` where the pace is that of its district."""

    left: int
    pace: Fraction
    borrowed: bool = False

    @cached_property
    def days(self) -> int | None:
        """Days until nothing is left; None where no end can be foreseen."""
        days = ceil(self.left / self.pace) if self.pace > 0 else HORIZON + 1
        return days if days <= HORIZON else None

    def gain(self, days: int) -> int:
        """Return the whole entries that are added in so many days."""
        entries, in_days = self._ratio
        return min(self.left, entries * days // in_days)

    @cached_property
    def _ratio(self) -> tuple[int, int]:
        return self.pace.as_integer_ratio()


Method = Callable[[Sequence[date], Mapping[str, Unit], int], Mapping[str, Ahead]]
"""Gives every unit that reported in a month what lies ahead of it then."""


def at_recent_pace(
    days: Sequence[date], units: Mapping[str, Unit], at: int, periods: int = RECENT, lean: Fraction = LEAN
) -> dict[str, Ahead]:
    """Return what lies ahead of each unit in month `at`, by what was known then.

    A unit's own pace is what it added since the earliest of the last three months (`periods`) before in which it
    reported, by the day. It is taken to three quarters; a quarter (`lean`) is the pace of the district for so much
    work: the entries added a day for each one required, of its units that have work left and a pace. A unit without an
    earlier month works like its district.
    """
    own = {code: pace for code, unit in units.items() if (pace := _pace(days, unit, at, periods)) is not None}
    shared = _shared(units, own, at)
    ahead = {}
    for code, unit in units.items():
        if now := unit.known(at):
            usual = shared.get(unit.part, Fraction(0)) * now[0]
            pace = (1 - lean) * own[code] + lean * usual if code in own else usual
            ahead[code] = Ahead(max(0, now[0] - now[1]), pace, code not in own)
    return ahead


def _pace(days: Sequence[date], unit: Unit, at: int, periods: int) -> Fraction | None:
    """Return the entries that a unit added a day; none that it took back. None where it has no earlier month."""
    now = unit.counts[at]
    for since in range(max(0, at - periods), at):
        if now and (then := unit.counts[since]):
            return Fraction(max(0, now[1] - then[1]), (days[at] - days[since]).days)
    return None


def _shared(units: Mapping[str, Unit], own: Mapping[str, Fraction], at: int) -> dict[str, Fraction]:
    """Return for each district the entries added a day for each one required, of its units with work left."""
    paces: dict[str, Fraction] = {}
    required: dict[str, int] = {}
    for code, pace in own.items():
        part, now = units[code].part, units[code].counts[at]
        if now and now[1] < now[0]:
            paces[part] = paces.get(part, Fraction(0)) + pace
            required[part] = required.get(part, 0) + now[0]
    return {part: pace / required[part] for part, pace in paces.items()}


@dataclass(frozen=True)
class Outlook:
    """What lies ahead of the units of one area in the last month, and how far earlier outlooks on them were off.

    `whole` is the same of a larger area that it is taken out of.
    """

    days: Sequence[date]
    units: Mapping[str, Unit]
    method: Method = at_recent_pace
    level: Fraction = LEVEL
    whole: "Outlook | None" = None

    def within(self, codes: Collection[str]) -> "Outlook":
        """Return the same for some of the units, of each part all or none: what lies ahead of them is the same."""
        return replace(self, units={code: self.units[code] for code in codes if code in self.units}, whole=self)

    @cached_property
    def _ahead(self) -> tuple[Mapping[str, Ahead], ...]:
        if self.whole:
            return tuple({code: each[code] for code in self.units if code in each} for each in self.whole._ahead)
        return tuple(self.method(self.days, self.units, at) for at in range(len(self.days)))

    def ahead(self, at: int, code: str) -> Ahead:
        """Return what lies ahead of a unit that reported in month `at`."""
        return self._ahead[at][code]

    def open_units(self, at: int) -> list[Ahead]:
        """Return the units that have work left in month `at`."""
        return [each for each in self._ahead[at].values() if each.left]

    def gain(self, at: int, days: int) -> int:
        """Return the entries that the units add in so many days after month `at`."""
        return sum(each.gain(days) for each in self.open_units(at))

    def days_to_end(self, at: int) -> int | None:
        """Return the days until the last unit is done; None where one has no end that can be foreseen."""
        days = [each.days for each in self.open_units(at)]
        known = [each for each in days if each is not None]
        return max(known) if known and len(known) == len(days) else None

    def days_to_most(self, at: int) -> int | None:
        """Return the days until nine tenths of what is left are done; None where that cannot be foreseen."""
        left = sum(each.left for each in self.open_units(at))
        low, high = 0, HORIZON
        if not left or self.gain(at, high) < MOST * left:
            return None
        while low + 1 < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.gain(at, middle) >= MOST * left else (middle, high)
        return high

    def error(self, since: int, until: int) -> Fraction | None:
        """Return what was added between two months against what the outlook of the first said of the same units."""
        said = added = 0
        days = (self.days[until] - self.days[since]).days
        for code, each in self._ahead[since].items():
            then, now = self.units[code].counts[since], self.units[code].counts[until]
            if then and now:
                said += each.gain(days)
                added += now[1] - then[1]
        return abs(Fraction(added, said) - 1) if said else None

    @cached_property
    def _errors(self) -> dict[tuple[int, int], Fraction]:
        """The errors of all outlooks whose months have come, by the months that they reach from and to."""
        pairs = combinations(range(1, len(self.days)), 2)
        return {pair: error for pair in pairs if (error := self.error(*pair)) is not None}

    def margin(self, at: int, days: int) -> Fraction | None:
        """Return by which part the gain in so many days may be off, as far as month `at` could know.

        It is the error that 85 of 100 earlier outlooks of the same or a shorter horizon stayed within (of n errors the
        one of rank 0.85 (n + 1), rounded up, or the largest); None with fewer than three of them.
        """
        reach = days + SAME_HORIZON
        known = sorted(
            error
            for (since, until), error in self._errors.items()
            if until <= at and (self.days[until] - self.days[since]).days <= reach
        )
        if len(known) < LEAST_ERRORS:
            return None
        return known[min(ceil(self.level * (len(known) + 1)), len(known)) - 1]

    def bounds(self, at: int, days: int) -> tuple[int, int] | None:
        """Return the least and the most that the units may add in so many days; None without a margin."""
        margin, gain = self.margin(at, days), self.gain(at, days)
        if margin is None:
            return None
        left = sum(each.left for each in self.open_units(at))
        return max(0, ceil(gain * (1 - margin))), min(left, floor(gain * (1 + margin)))
