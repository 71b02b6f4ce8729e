"""What all measures rest on: each month's sums and finished units, worked out once."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from hotich.data import totals
from hotich.data.areas import Area, AreasOn
from hotich.data.counts import Counts
from hotich.data.dataset import Dataset
from hotich.month import Month

MINIMUM_BASE = 50
"""No percentage is given on fewer required entries than this: one entry would move it by two points or more."""


@dataclass(frozen=True)
class SumsTable:
    """One month: its areas, its counts, its sums by (area, scope) and the units that have finished."""

    month: Month
    as_of: date
    areas: AreasOn
    delivered: Counts
    sums: pd.DataFrame
    completed: frozenset[str]

    @cached_property
    def by_key(self) -> dict[tuple[str, str], tuple[int, int]]:
        """(area, scope) → (required, digitised)."""
        return {
            (str(key[0]), str(key[1])): (int(required), int(digitised))
            for key, required, digitised in zip(
                self.sums.index, self.sums["required"], self.sums["digitised"], strict=True
            )
        }


@dataclass(frozen=True)
class Basis:
    """All months the office's root area has existed in, oldest first and the reported one last."""

    data: Dataset
    tables: tuple[SumsTable, ...]

    @classmethod
    def of(cls, data: Dataset) -> "Basis":
        """Compute the sums of every month."""
        root = data.office.root
        tables = (_table(data, each) for each in data.deliveries)
        return cls(data, tuple(table for table in tables if root in table.areas))

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
    def districts(self) -> tuple[Area, ...]:
        """The areas directly below the root that have areas below them."""
        return tuple(area for area in self.now.areas.children(self.root) if area.level != "commune")

    @cached_property
    def receivers(self) -> tuple[Area, ...]:
        """The areas directly below the root, which get notices: districts, or communes where there are none."""
        return self.now.areas.children(self.root)

    @cached_property
    def wholes(self) -> tuple[str, ...]:
        """Codes of the root and of the receivers: the areas that have a pace, a coverage and completed units."""
        return (self.root, *(area.code for area in self.receivers))

    @cached_property
    def changes(self) -> tuple[pd.DataFrame, ...]:
        """For each month but the first, sums over the cells that were reported in it and in the month before."""
        pairs = zip(self.tables[:-1], self.tables[1:], strict=True)
        return tuple(self._change(earlier, later) for earlier, later in pairs)

    def _change(self, earlier: SumsTable, later: SumsTable) -> pd.DataFrame:
        same = totals.same_units(self.data.all_areas, earlier.areas, later.areas)
        both = totals.in_both(totals.numbers(earlier.delivered), totals.numbers(later.delivered), same)
        return totals.summed(both, later.areas, self.root, self.data.registers)


def _table(data: Dataset, delivered: Counts) -> SumsTable:
    areas = data.all_areas.on(delivered.delivery.as_of)
    numbers = totals.numbers(delivered)
    root = data.office.root
    if root not in areas:
        empty = pd.DataFrame(columns=["required", "digitised"])
        return SumsTable(delivered.month, areas.day, areas, delivered, empty, frozenset())
    sums = totals.summed(numbers, areas, root, data.registers)
    completed = totals.completed(numbers, areas, root, data.registers)
    return SumsTable(delivered.month, areas.day, areas, delivered, sums, completed)
