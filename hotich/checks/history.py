"""The months side by side: every reporting unit, register and month as one array, and how fast each of them moved.

Only what a unit has reported is compared, and what those reported that have become part of it since: where a code meant
another area in an earlier month, or nothing was reported, there is a gap (NaN) and the last month before it that has a
count stands in.
"""

from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hotich.data import succession, totals
from hotich.data.counts import Counts
from hotich.data.dataset import Dataset

Cube = NDArray[np.float64]
"""By unit, register and month, oldest month first; whole numbers, or NaN where there is no count."""
LONGEST: Final = 13
"""Months that are looked at: the month itself and a year before it. What was usual longer ago says little."""
CONSISTENT: Final = 1.4826
"""Median absolute deviation × this = standard deviation, for normally distributed values (Iglewicz and Hoaglin, How to
Detect and Handle Outliers, 1993)."""
NARROWEST: Final = 0.3
"""A spread is at least this part of the median: a few months that happen to be alike do not make a narrow band."""
NARROWEST_OF_PEERS: Final = 0.5
"""The same for a district: its units differ from each other more than the months of one unit do."""
FEWEST: Final = 4
"""Increments that a unit needs before its own median says what is usual for it; until then its district's does."""


@dataclass(frozen=True)
class Band:
    """What is usual in a month, as a part of what is required: median and robust spread. NaN where nothing is known."""

    usual: NDArray[np.float64]
    spread: NDArray[np.float64]


@dataclass(frozen=True)
class History:
    """Counts of the reported month's units over the months, the reported month last."""

    units: tuple[str, ...]
    parents: tuple[str, ...]
    registers: tuple[str, ...]
    keeps: NDArray[np.bool_]
    numbers: tuple[int, ...]
    required: Cube
    digitised: Cube

    @cached_property
    def before(self) -> tuple[Cube, Cube, Cube]:
        """Required and digitised as last reported before each month, and how many months before."""
        shape = self.required.shape
        at = np.where(np.isnan(self.required), -1, np.arange(shape[2]))
        latest = np.maximum.accumulate(at, axis=2)
        latest = np.concatenate([np.full((*shape[:2], 1), -1), latest[:, :, :-1]], axis=2)
        known, index = latest >= 0, np.maximum(latest, 0)
        months = np.array(self.numbers, dtype="float64")
        gap = np.where(known, months[None, None, :] - months[index], np.nan)
        return (
            np.where(known, np.take_along_axis(self.required, index, axis=2), np.nan),
            np.where(known, np.take_along_axis(self.digitised, index, axis=2), np.nan),
            gap,
        )

    @cached_property
    def completed(self) -> NDArray[np.bool_]:
        """By unit and month: every register that it keeps is reported and digitised in full, with something in all."""
        done = (self.required == self.digitised) | ~self.keeps[:, :, None]
        finished: NDArray[np.bool_] = done.all(axis=1) & (np.nansum(self.required, axis=1) > 0)
        return finished

    @cached_property
    def cells(self) -> "Moves":
        """How each cell moved."""
        units, registers, months = self.required.shape
        flat = (units * registers, months)
        _, digitised, gap = self.before
        increment = (self.digitised - digitised).reshape(flat)
        groups = np.repeat(_numbered(self.parents), registers) * registers + np.tile(np.arange(registers), units)
        return Moves(increment, self.required.reshape(flat), gap.reshape(flat), groups)

    @cached_property
    def whole(self) -> "Moves":
        """How each unit moved in all its registers together, over those reported both times."""
        _, digitised, gap = self.before
        both = ~np.isnan(self.digitised) & ~np.isnan(digitised)
        some = both.any(axis=1)
        increment = np.where(both, self.digitised - digitised, 0).sum(axis=1)
        entries = np.where(both, self.required, 0).sum(axis=1)
        longest = np.where(both, gap, 0).max(axis=1)
        return Moves(
            np.where(some, increment, np.nan),
            np.where(some, entries, np.nan),
            np.where(some, longest, np.nan),
            _numbered(self.parents),
        )


@dataclass(frozen=True)
class Moves:
    """Increments by row (a cell or a unit) and month; rows of one group are alike: one district, one register in it."""

    increment: NDArray[np.float64]
    required: NDArray[np.float64]
    gap: NDArray[np.float64]
    group: NDArray[np.int64]

    @cached_property
    def elapsed(self) -> NDArray[np.float64]:
        """Months since the row last moved: who entered nothing and then catches up has had both months for it."""
        idle = np.zeros(len(self.increment))
        elapsed = np.empty_like(self.increment)
        for at in range(self.increment.shape[1]):
            elapsed[:, at] = self.gap[:, at] + idle
            known = ~np.isnan(self.increment[:, at])
            still = known & (self.increment[:, at] == 0)
            idle = np.where(still, elapsed[:, at], np.where(known, 0, idle))
        return elapsed

    @cached_property
    def idle(self) -> NDArray[np.float64]:
        """Months up to the last for which nothing has been entered; 0 for who moved."""
        still = self.increment[:, -1] == 0
        return np.where(still, self.elapsed[:, -1], 0.0)

    @cached_property
    def pace(self) -> NDArray[np.float64]:
        """Increment in a month as a part of what is required; NaN where nothing moved."""
        with np.errstate(divide="ignore", invalid="ignore"):
            pace = self.increment / self.required / self.elapsed
        return np.where((self.increment > 0) & (self.required > 0), pace, np.nan)

    @cached_property
    def behind(self) -> NDArray[np.float64]:
        """How far the row fell short of its usual the month before, as a part of what is required; 0 where it did not.

        A storm slows a unit down and the next month it makes up for it: what it owes then is no jump. A month without
        any entry is not counted here, it is in `elapsed`.
        """
        if self.pace.shape[1] < 2:
            return np.zeros(len(self.pace))
        return np.nan_to_num(np.fmax(self.band.usual - self.pace[:, -2], 0) * self.elapsed[:, -2])

    @cached_property
    def own(self) -> Band:
        """The band of each row's own earlier months."""
        past = self.pace[:, :-1]
        enough = (~np.isnan(past)).sum(axis=1) >= FEWEST
        return _band(np.where(enough[:, None], past, np.nan), NARROWEST)

    @cached_property
    def band(self) -> Band:
        """What is usual for each row: its own band, or its peers' until it has enough months of its own."""
        own = ~np.isnan(self.own.usual)
        return Band(np.where(own, self.own.usual, self.peers.usual), np.where(own, self.own.spread, self.peers.spread))

    @cached_property
    def peers(self) -> Band:
        """The band of each row's group: all its rows in the earlier months and in this one."""
        groups = np.repeat(self.group, self.pace.shape[1])
        pace = pd.Series(self.pace.reshape(-1))
        usual = pace.groupby(groups).transform("median")
        spread = CONSISTENT * (pace - usual).abs().groupby(groups).transform("median")
        of_first = slice(None, None, self.pace.shape[1])  # a group's rows have the same in every month
        found = usual.to_numpy(dtype="float64")[of_first], spread.to_numpy(dtype="float64")[of_first]
        return Band(found[0], np.fmax(found[1], NARROWEST_OF_PEERS * found[0]))


def _band(values: NDArray[np.float64], narrowest: float) -> Band:
    """Return median and spread of each row: 1.4826 × the median absolute deviation, so much of the median at least."""
    usual = _median(values)
    spread = CONSISTENT * _median(np.abs(values - usual[:, None]))
    return Band(usual, np.fmax(spread, narrowest * usual))


def _median(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the median of each row without its NaN; NaN for a row that has nothing else."""
    found = (~np.isnan(values)).sum(axis=1)
    ordered = np.sort(values, axis=1)  # NaN come last
    low, high = np.maximum((found - 1) // 2, 0), found // 2
    rows = np.arange(len(values))
    if not values.shape[1]:
        return np.full(len(values), np.nan)
    middle: NDArray[np.float64] = (ordered[rows, low] + ordered[rows, np.minimum(high, values.shape[1] - 1)]) / 2
    return np.where(found > 0, middle, np.nan)


def _numbered(names: tuple[str, ...]) -> NDArray[np.int64]:
    return np.asarray(pd.factorize(np.array(names, dtype="object"))[0], dtype="int64")


def of(data: Dataset) -> History:
    """Return the history of the month's reporting units, at most LONGEST months of it."""
    root = data.root
    units = data.areas.units(root) if root in data.areas else ()
    deliveries = data.deliveries[-LONGEST:]
    codes, registers = [unit.code for unit in units], [register.code for register in data.registers]
    shape = (len(codes), len(registers), len(deliveries))
    required, digitised = np.full(shape, np.nan), np.full(shape, np.nan)
    for at, delivered in enumerate(deliveries):
        months = data.areas.below.once(("history", delivered, root), partial(_month, delivered, data, codes, registers))
        required[:, :, at], digitised[:, :, at] = months
    keeps = totals.kept(data.areas, codes, data.registers)
    return History(
        tuple(codes),
        tuple(unit.parent for unit in units),
        tuple(registers),
        keeps,
        tuple(each.month.year * 12 + each.month.number for each in deliveries),
        required,
        digitised,
    )


def _month(delivered: Counts, data: Dataset, codes: list[str], registers: list[str]) -> NDArray[np.float64]:
    """Return a delivery's counts by unit and register; units of which not all parts can be followed are left out."""
    then = data.areas if delivered is data.deliveries[-1] else data.all_areas.on(delivered.delivery.as_of)
    table = totals.carried(delivered, succession.between(data.all_areas, then, data.areas))
    unit = pd.Index(codes, dtype="str").get_indexer(pd.Index(table["area"]))
    register = pd.Index(registers, dtype="str").get_indexer(pd.Index(table["register"]))
    known = (unit >= 0) & (register >= 0)
    month = np.full((2, len(codes), len(registers)), np.nan)
    for of_measure, measure in zip(month, totals.MEASURES, strict=True):
        of_measure[unit[known], register[known]] = table[measure].to_numpy()[known]
    return month
