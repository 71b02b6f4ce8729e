"""What all measures rest on: each month's sums and finished units, worked out once."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

import pandas as pd

from hotich.data import succession, totals
from hotich.data.areas import Area, AreasOn
from hotich.data.counts import Counts
from hotich.data.dataset import Dataset
from hotich.data.registers import Register
from hotich.data.succession import Succession
from hotich.month import Month

MINIMUM_BASE = 50
"""No percentage is given on fewer required entries than this: one entry would move it by two points or more."""

MINIMUM_SHARE = 1
"""A register with under so many percent of an area's entries is never called the one that lags most.

The threshold is this package's choice: at a hundredth of the work a register cannot move the percentage of the whole
by more than a point.
"""
MINIMUM_COVERAGE = 80
"""No percentage, rank or pace of an area is given where fewer than so many percent of its units reported in full.

The threshold is this package's choice, after the US Office of Management and Budget, Standards and Guidelines for
Statistical Surveys (2006), section 3.2, which asks for an analysis of nonresponse bias where fewer units responded.
"""


@dataclass(frozen=True, eq=False)
class SumsTable:
    """One month: its areas, its counts, sums by (area, scope), units that reported in full and that finished.

    `root` is the office's own area of then. A month told in the units of a later one has what these `became` from.
    Sums of single registers are those of the reported month alone.
    """

    delivered: Counts
    root: str
    areas: AreasOn
    registers: tuple[Register, ...]
    reported_month: bool
    told: "tuple[SumsTable, Succession] | None" = None

    @property
    def month(self) -> Month:
        """The month of the counts."""
        return self.delivered.month

    @property
    def as_of(self) -> date:
        """Its cut-off day."""
        return self.delivered.delivery.as_of

    @cached_property
    def sums(self) -> pd.DataFrame:
        """Required and digitised by (area, scope)."""
        own = totals.numbers(self.delivered) if self.told is None else totals.carried(self.delivered, self.told[1])
        return totals.summed(own, self.areas, self.root, self.registers, each_register=self.reported_month)

    @cached_property
    def reported(self) -> frozenset[str]:
        """The units that reported in full."""
        if self.told:
            return self.told[1].of_all(self.told[0].reported)
        return totals.reported_in_full(self.delivered)

    @cached_property
    def completed(self) -> frozenset[str]:
        """The units that are complete."""
        if self.told:
            return self.told[1].of_all(self.told[0].completed)
        return totals.completed(totals.numbers(self.delivered), self.areas, self.root, self.registers)

    @cached_property
    def by_key(self) -> dict[tuple[str, str], tuple[int, int]]:
        """(area, scope) → (required, digitised); of months before the reported one without the single registers."""
        numbers = zip(self.sums["required"].tolist(), self.sums["digitised"].tolist(), strict=True)
        keys = zip(*(self.sums.index.get_level_values(level).tolist() for level in ("area", "scope")), strict=True)
        return dict(zip(keys, numbers, strict=True))

    @cached_property
    def statuses(self) -> defaultdict[str, Counter[str]]:
        """How many cells of each unit have each status."""
        found = defaultdict[str, Counter[str]](Counter)
        for (area, status), cells in self.delivered.statuses.items():
            found[area][status] = cells
        return found

    def units(self, code: str) -> frozenset[str]:
        """Return the codes of the reporting units of an area."""
        return self.areas.unit_codes(code)

    def covers(self, code: str) -> bool:
        """Return whether enough units of an area reported in full to speak of the whole area."""
        return enough(self.units(code), self.reported)


def enough(units: frozenset[str], reported: frozenset[str]) -> bool:
    """Return whether so many of an area's units reported in full that figures speak of all of it."""
    return len(units & reported) * 100 >= MINIMUM_COVERAGE * len(units)


@dataclass(frozen=True)
class Period:
    """A month and the month before it, compared over what was reported in both.

    `sums` has both months' required and digitised by (area, scope); `units` are those that reported in full in both.
    The month before is told in the units of the later one, with what went into each of them as a whole.
    """

    before: SumsTable
    now: SumsTable
    succession: Succession
    sums: pd.DataFrame
    units: frozenset[str]
    completed_before: frozenset[str]

    @property
    def days(self) -> int:
        """Days between the two cut-off days."""
        return (self.now.as_of - self.before.as_of).days

    @cached_property
    def completed(self) -> frozenset[str]:
        """Units that are complete; after a change of areas, in what was reported of them both times.

        What a unit was handed with the books of one that ended does not undo what it had finished.
        """
        if self.succession.unchanged:
            return self.now.completed
        both = self.sums["required"].gt(0) & self.sums["required"].eq(self.sums["digitised"])
        return frozenset(str(code) for code, scope in self.sums.index[both] if scope == "all")

    @cached_property
    def _added(self) -> dict[str, int]:
        if self.sums.empty:
            return {}
        both = self.sums.xs("all", level="scope")
        return dict(zip(both.index.tolist(), (both["digitised"] - both["digitised_before"]).tolist(), strict=True))

    def added(self, code: str) -> int:
        """Return the entries digitised in an area between the two days."""
        return self._added.get(code, 0)

    def covers(self, code: str) -> bool:
        """Return whether enough units of an area are compared to speak of the whole area."""
        return enough(self.now.units(code), self.units)


@dataclass(frozen=True)
class Basis:
    """All months the office has counts of, oldest first and the reported one last."""

    data: Dataset
    tables: tuple[SumsTable, ...]

    @classmethod
    def of(cls, data: Dataset) -> "Basis":
        """Compute the sums of every month."""
        tables = (_table(data, each) for each in data.deliveries)
        return cls(data, tuple(table for table in tables if table.root in table.areas))

    @property
    def root(self) -> str:
        """The office's own area."""
        return self.data.office.root

    @property
    def now(self) -> SumsTable:
        """The reported month."""
        return self.tables[-1]

    @property
    def before(self) -> SumsTable | None:
        """The month before it that has counts."""
        return self.tables[-2] if len(self.tables) > 1 else None

    @cached_property
    def parts(self) -> dict[str, tuple[Area, ...]]:
        """The areas directly below each whole that are ranked against one another (see `parts_in`), from the top down.

        Its keys are the wholes: areas that have a pace, a coverage and completed units. They are all areas above the
        communes, those directly below the root, whatever they are, and communes of a province without districts.
        """
        wholes: dict[str, tuple[Area, ...]] = {}
        level = [self.root]
        while level:
            found = {code: self.parts_in(self.now, code) for code in level}
            wholes |= found
            level = [area.code for below in found.values() for area in below]
        return wholes

    def parts_in(self, table: SumsTable, code: str) -> tuple[Area, ...]:
        """Return the areas above the communes directly below an area in a month; of the root, its communes too.

        Of a province without districts they are its communes.
        """
        below = table.areas.children(code)
        if code == table.root or table.areas.two_levels(code):
            return below
        return tuple(area for area in below if area.level != "commune")

    @property
    def wholes(self) -> Collection[str]:
        """Codes of the areas that have parts, a pace, a coverage and completed units; a level after the one above."""
        return self.parts.keys()

    @cached_property
    def districts(self) -> tuple[str, ...]:
        """Codes of the wholes below the root that are above the communes: districts, and provinces of a country."""
        return tuple(code for code in self.wholes if code != self.root and self.now.areas[code].level != "commune")

    @cached_property
    def provinces(self) -> tuple[str, ...]:
        """Codes of the areas in which communes are ranked: a country's provinces, else the root."""
        country = self.now.areas[self.root].level == "country"
        return tuple(area.code for area in self.parts[self.root]) if country else (self.root,)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Each month but the first, with the month before it."""
        return tuple(self._period(before, now) for before, now in pairwise(self.tables))

    def _period(self, before: SumsTable, now: SumsTable) -> Period:
        became = succession.between(self.data.all_areas, before.areas, now.areas)
        both = totals.in_both(totals.carried(before.delivered, became), totals.numbers(now.delivered))
        last = now is self.now
        sums = totals.summed(both, now.areas, now.root, self.data.registers, each_register=last)
        units = became.of_all(before.reported) & now.reported
        return Period(before, now, became, sums, units, became.of_all(before.completed))

    @cached_property
    def _became(self) -> dict[Month, Succession]:
        return {
            table.month: succession.between(self.data.all_areas, table.areas, self.now.areas) for table in self.tables
        }

    @cached_property
    def _today(self) -> dict[Month, SumsTable]:
        return {table.month: self._in_units_of_today(table) for table in self.tables}

    def _in_units_of_today(self, table: SumsTable) -> SumsTable:
        became = self._became[table.month]
        if became.unchanged and table.root == self.root:
            return table
        return replace(table, root=self.root, areas=self.now.areas, told=(table, became))

    def of_units(self, table: SumsTable) -> SumsTable:
        """Return a month in the units of the reported one; what cannot be followed has neither sums nor reports."""
        return self._today[table.month]

    def same(self, table: SumsTable, code: str) -> bool:
        """Return whether the code meant the same area in a month, by its line in the list, as it does now."""
        return table.areas.by_code.get(code) is self.now.areas[code]

    def alike(self, table: SumsTable, code: str) -> bool:
        """Return whether an area was the same and every unit of it then, and each of today, can be followed."""
        if not self.same(table, code):
            return False
        became, now = self._became[table.month], self.now.units(code)
        if became.unchanged and now is table.units(code):
            return True
        return now <= became.parts.keys() and table.units(code) <= became.whole.keys()

    def about(self, table: SumsTable, code: str) -> SumsTable | None:
        """Return what a month says of an area: nothing where it was another area then, whatever its code meant.

        Of a commune, all that has become part of it speaks, if it kept the same registers: books that a district's
        office handed on would look like a change.
        """
        if self.now.areas[code].level != "commune":
            return table if self.same(table, code) else None
        parts, kept = self._became[table.month].parts.get(code), self._kept(self.now.areas, code)
        alike = parts is not None and all(self._kept(table.areas, part) == kept for part in parts)
        return self.of_units(table) if alike else None

    def _kept(self, areas: AreasOn, unit: str) -> list[str]:
        level = areas.unit_level(unit)
        return [register.code for register in self.data.registers if register.kept_by(level)]

    def other(self, table: SumsTable) -> Month | None:
        """Return the month that facts about that month carry in their names; None for the reported one."""
        return None if table is self.now else table.month


def _table(data: Dataset, delivered: Counts) -> SumsTable:
    areas = data.all_areas.on(delivered.delivery.as_of)
    last = delivered is data.deliveries[-1]
    return SumsTable(delivered, areas.root(data.office.root), areas, data.registers, last)
