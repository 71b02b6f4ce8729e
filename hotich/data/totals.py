"""Exact sums of reported counts, for checks and measures alike."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hotich.data import counts
from hotich.data.areas import AreasOn
from hotich.data.counts import Counts
from hotich.data.registers import Register
from hotich.data.succession import Succession

KEY: Final = list(counts.KEY)
MEASURES: Final = list(counts.MEASURES)


@lru_cache(maxsize=48)
def numbers(delivered: Counts) -> pd.DataFrame:
    """Return a delivery's reported counts as integers: area, register, required, digitised. Cached: do not modify.

    A repeated identical line counts once. Lines with counts that are not canonical, and areas × registers with
    contradicting lines, are left out: the checks report them.
    """
    cells = delivered.columns.cells
    table = pd.DataFrame({name: pd.array(cells[name], dtype="str") for name in (*KEY, *MEASURES)})
    table = table[[status == counts.REPORTED for status in cells["status"]]]
    canonical = [table[column].str.fullmatch(counts.CANONICAL.pattern) for column in MEASURES]
    table = table[canonical[0] & canonical[1]].drop_duplicates().drop_duplicates(KEY, keep=False)
    return table.astype(dict.fromkeys(MEASURES, "int64")).reset_index(drop=True)


def lineage(areas: AreasOn, root: str) -> pd.DataFrame:
    """Return every reporting unit below the root with each area it counts in, itself first. Columns area, within."""
    rows = [(unit.code, within) for unit in areas.units(root) for within in _upward(areas, unit.code, root)]
    return pd.DataFrame(rows, columns=["area", "within"], dtype="str")


def _upward(areas: AreasOn, code: str, root: str) -> Iterable[str]:
    while code != root:
        yield code
        code = areas[code].parent
    yield root


@dataclass(frozen=True)
class _Cells:
    """Where each row of a table of counts stands: the position of its unit and of its register, if both are known."""

    units: Sequence[str]
    known: NDArray[np.bool_]
    at: NDArray[np.int64]
    registers: int

    def summed(self, values: "pd.Series[Any] | NDArray[np.bool_]") -> NDArray[np.int64]:
        """Return the sums of a column by unit and register."""
        sums = np.zeros(len(self.units) * self.registers, dtype="int64")
        np.add.at(sums, self.at, np.asarray(values)[self.known].astype("int64"))
        return sums.reshape(len(self.units), self.registers)


def _cells(table: pd.DataFrame, units: Sequence[str], registers: Sequence[Register]) -> _Cells:
    unit = pd.Index(list(units), dtype="str").get_indexer(pd.Index(table["area"]))
    register = pd.Index([each.code for each in registers], dtype="str").get_indexer(pd.Index(table["register"]))
    known = (unit >= 0) & (register >= 0)
    return _Cells(units, known, (unit * len(registers) + register)[known], len(registers))


def summed(
    table: pd.DataFrame, areas: AreasOn, root: str, registers: Sequence[Register], *, each_register: bool = True
) -> pd.DataFrame:
    """Return required and digitised by (area, scope) for the root, the areas below it and its units.

    Scopes are `all`, the groups and, with `each_register`, every register. Sums go from the cells of units to the
    scopes and from there up to the areas, so that they cost what the counts and the units are, and no more.
    """
    cells = _cells(table, [unit.code for unit in areas.units(root)], registers)
    scopes = sorted({scope for each in registers for scope in _scopes(each, each_register)})
    counted_in = np.array([[scope in _scopes(each, each_register) for scope in scopes] for each in registers], "int64")
    within = sorted({code for unit in cells.units for code in _upward(areas, unit, root)})
    place = {code: at for at, code in enumerate(within)}
    lines = [(at, place[code]) for at, unit in enumerate(cells.units) for code in _upward(areas, unit, root)]
    below, above = np.array(lines, dtype="int64").reshape(-1, 2).T

    def upward(by_cell: NDArray[np.int64]) -> NDArray[np.int64]:
        sums = np.zeros((len(within), len(scopes)), dtype="int64")
        np.add.at(sums, above, (by_cell @ counted_in.reshape(-1, len(scopes)))[below])
        return sums

    area, scope = np.nonzero(upward(cells.summed(np.ones(len(table), dtype="bool"))))
    columns = {column: upward(cells.summed(table[column]))[area, scope] for column in table if column not in KEY}
    levels: list[Any] = [pd.Index(within, dtype="str"), pd.Index(scopes, dtype="str")]
    codes: list[Any] = [area, scope]
    return pd.DataFrame(columns, index=pd.MultiIndex(levels, codes, names=["area", "scope"]))


def _scopes(register: Register, itself: bool) -> tuple[str, ...]:
    return (register.code, register.group, "all") if itself else (register.group, "all")


def in_both(earlier: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """Return counts reported in two months, the earlier ones (see `carried`) as `…_before`.

    A change may only be taken over these; otherwise a late report would look like progress.
    """
    return later.merge(earlier, on=KEY, suffixes=("", "_before"), validate="one_to_one")


def carried(delivered: Counts, succession: Succession) -> pd.DataFrame:
    """Return a delivery's counts as those of the units of a later day: sums over all that each of them was made of.

    A register of a unit of which a part did not report it is left out, and so is every unit that cannot be followed.
    """
    table, into = numbers(delivered), succession.whole
    moved = table.assign(area=table["area"].map(into)).dropna(subset=["area"]).astype({"area": "str"})
    if all(part == unit for part, unit in into.items()):
        return moved.reset_index(drop=True)
    sums = moved.groupby(KEY, sort=False)[MEASURES].sum()
    absent = (row for row in delivered.rows if row["status"] == counts.NOT_APPLICABLE and row["area"] in into)
    known = Counter(zip(moved["area"], moved["register"], strict=True))
    known.update((into[row["area"]], row["register"]) for row in absent)
    complete = [known[key] == len(succession.parts[key[0]]) for key in sums.index]
    return sums[complete].reset_index()


def reported_in_full(delivered: Counts) -> frozenset[str]:
    """Return the units that reported in full: no register is `not_reported`, at least one holds a count."""
    having: dict[str, set[str]] = {status: set() for status in counts.STATUSES}
    cells = delivered.columns.cells
    for area, status in zip(cells["area"], cells["status"], strict=True):
        having.setdefault(status, set()).add(area)
    return frozenset(having[counts.REPORTED] - having[counts.NOT_REPORTED])


def completed(table: pd.DataFrame, areas: AreasOn, root: str, registers: Sequence[Register]) -> frozenset[str]:
    """Return the units that are complete: all registers reported, digitised = required in each, at least one required.

    A register without entries (a reported zero) does not prevent completion.
    """
    cells = _cells(table, [unit.code for unit in areas.units(root)], registers)
    levels = {unit: areas.unit_level(unit) for unit in cells.units}
    keeping = {level: [register.kept_by(level) for register in registers] for level in set(levels.values())}
    keeps = np.array([keeping[levels[unit]] for unit in cells.units], "bool").reshape(-1, len(registers))
    done = cells.summed(table["required"] == table["digitised"]) > 0
    finished = (done | ~keeps).all(axis=1) & (np.where(keeps, cells.summed(table["required"]), 0).sum(axis=1) > 0)
    return frozenset(unit for unit, done in zip(cells.units, finished.tolist(), strict=True) if done)


def over(digitised: int, required: int, threshold: int) -> bool:
    """Return whether digitised / required is more than `threshold` percent, by exact integers."""
    return digitised * 100 > threshold * required


def percent(digitised: int, required: int) -> Fraction:
    """Return digitised / required in percent, exactly."""
    return Fraction(digitised * 100, required)
