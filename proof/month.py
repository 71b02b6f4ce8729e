"""A month into which faults can be put: its lines as lists, to be changed in place and turned into a dataset again."""

from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

import pandas as pd

from hotich.data.counts import COLUMNS, NOT_APPLICABLE, REPORTED
from hotich.data.dataset import Dataset
from hotich.storage import csv_table

REQUIRED, DIGITISED, STATUS = 2, 3, 4
Line = list[str]
"""area, register, required, digitised, status."""


@dataclass
class Spoilt:
    """The lines of a month and of the one before it; `touched` are the areas with a fault."""

    data: Dataset
    chance: Random
    lines: list[Line] = field(init=False)
    before: list[Line] = field(init=False)
    touched: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Copy the lines."""
        self.lines = [list(row.cells.values()) for row in self.data.counts.rows]
        self.before = [list(row.cells.values()) for row in self.data.deliveries[-2].rows]

    def cells(self, least: int = 0) -> list[Line]:
        """Return the reported cells with at least so much required."""
        return [line for line in self.lines if line[STATUS] == REPORTED and int(line[REQUIRED]) >= least]

    def unit(self, code: str) -> list[Line]:
        """Return the applicable lines of a unit."""
        return [line for line in self.lines if line[0] == code and line[STATUS] != NOT_APPLICABLE]

    def last(self, code: str) -> dict[str, Line]:
        """Return the lines of a unit last month, by register."""
        return {line[1]: line for line in self.before if line[0] == code}

    def pick(self, lines: list[Line]) -> Line | None:
        """Draw one of the lines and note its area as touched; None if there are none."""
        if not lines:
            return None
        line = self.chance.choice(lines)
        self.touched.add(line[0])
        return line

    def units(self, level: str = "commune") -> list[str]:
        """Return the units of that level that reported everything this month and the month before."""
        silent = {line[0] for line in (*self.lines, *self.before) if line[STATUS] == "not_reported"}
        codes = (unit.code for unit in self.data.areas.units(self.data.office.root) if unit.level == level)
        return [code for code in codes if code not in silent]

    def unfinished(self) -> list[str]:
        """Return those of them with more than a tenth of their entries left to do."""
        left: dict[str, list[int]] = {}
        for line in self.cells():
            pair = left.setdefault(line[0], [0, 0])
            pair[0] += int(line[REQUIRED])
            pair[1] += int(line[DIGITISED])
        return [code for code in self.units() if left[code][1] < left[code][0] * 0.9]

    def finished(self) -> list[str]:
        """Return those of them that had digitised everything in this month and the one before."""
        open_units = {line[0] for line in (*self.cells(), *self.before) if line[REQUIRED] != line[DIGITISED]}
        return [code for code in self.units() if code not in open_units]

    def choose(self, units: list[str]) -> str | None:
        """Draw one of the units and note it as touched; None if there are none."""
        if not units:
            return None
        code = self.chance.choice(units)
        self.touched.add(code)
        return code

    def dataset(self) -> Dataset:
        """Return the month with its changes."""
        earlier, later = self.data.deliveries[-2], self.data.counts
        deliveries = [*self.data.deliveries[:-2], earlier, replace(later, given=_table(self.lines))]
        if self.before != [list(row.cells.values()) for row in earlier.rows]:
            deliveries[-2] = replace(earlier, given=_table(self.before))
        return replace(self.data, deliveries=tuple(deliveries))

    def delivered(self, as_of: date | None = None, sha256: str | None = None) -> None:
        """Change the as-of date or the hash of the delivery in the log."""
        counts = self.data.counts
        logged = replace(counts.delivery, as_of=as_of or counts.delivery.as_of)
        changed = replace(counts, delivery=logged, sha256=sha256 or counts.sha256, given=counts.table)
        self.data = replace(self.data, deliveries=(*self.data.deliveries[:-1], changed))


def _table(lines: list[Line]) -> pd.DataFrame:
    return csv_table.of_text(lines, range(2, len(lines) + 2), COLUMNS)
