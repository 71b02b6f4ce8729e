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
    table = delivered.table
    required, digitised = (_canonical(table[column]) for column in MEASURES)
    table = table[(table["status"] == counts.REPORTED) & (required >= 0) & (digitised >= 0)]
    table = table[[*KEY, *MEASURES]].drop_duplicates().drop_duplicates(KEY, keep=False)
    known = {measure: column[table.index] for measure, column in zip(MEASURES, (required, digitised), strict=True)}
    return table.astype(dict.fromkeys(KEY, "str")).assign(**known).reset_index(drop=True)


def _canonical(column: pd.Series) -> NDArray[np.int64]:
    """Return the numbers of a column of text, -1 for what is no canonical count."""
    values = [int(text) if counts.CANONICAL.fullmatch(text) else -1 for text in column.cat.categories]
    return np.array(values, dtype="int64")[column.cat.codes]


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
class Cells:
    """Where each row of a table of counts stands: `at` numbers the cells unit by unit, -1 is no cell of these units."""

    units: Sequence[str]
    registers: Sequence[Register]
    at: NDArray[np.int64]

    def summed(self, values: Any) -> NDArray[np.int64]:  # noqa: ANN401 - a column of numbers, or an array
        """Return the sums of a column by unit and register."""
        sums, known = np.zeros(len(self.units) * len(self.registers), dtype="int64"), self.at >= 0
        np.add.at(sums, self.at[known], np.asarray(values)[known].astype("int64"))
        return sums.reshape(len(self.units), len(self.registers))

    def among(self, cells: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return which rows stand in one of the cells that are marked by unit and register."""
        return np.append(cells.reshape(-1), False)[self.at]


def cells(table: pd.DataFrame, units: Sequence[str], registers: Sequence[Register]) -> Cells:
    """Return where the rows of a table with the columns area and register stand."""
    unit = pd.Index(list(units), dtype="str").get_indexer(pd.Index(table["area"]))
    register = pd.Index([each.code for each in registers], dtype="str").get_indexer(pd.Index(table["register"]))
    at = np.where((unit >= 0) & (register >= 0), unit * len(registers) + register, -1)
    return Cells(units, registers, np.asarray(at, dtype="int64"))


def kept(areas: AreasOn, units: Sequence[str], registers: Sequence[Register]) -> NDArray[np.bool_]:
    """Return which registers each unit keeps, by unit and register."""
    levels = [areas.unit_level(unit) for unit in units]
    keeping = {level: [register.kept_by(level) for register in registers] for level in set(levels)}
    return np.array([keeping[level] for level in levels], dtype="bool").reshape(len(units), len(registers))


def summed(
    table: pd.DataFrame, areas: AreasOn, root: str, registers: Sequence[Register], *, each_register: bool = True
) -> pd.DataFrame:
    """Return required and digitised by (area, scope) for the root, the areas below it and its units.

    Scopes are `all`, the groups and, with `each_register`, every register. Sums go from the cells of units to the
    scopes and from there up to the areas, so that they cost what the counts and the units are, and no more.
    """
    at = cells(table, [unit.code for unit in areas.units(root)], registers)
    scopes = sorted({scope for each in registers for scope in _scopes(each, each_register)})
    counted_in = np.array([[scope in _scopes(each, each_register) for scope in scopes] for each in registers], "int64")
    within, below, above = areas.below.once(("upward", root), lambda: _above(areas, at.units, root))

    def upward(by_cell: NDArray[np.int64]) -> NDArray[np.int64]:
        sums = np.zeros((len(within), len(scopes)), dtype="int64")
        np.add.at(sums, above, (by_cell @ counted_in.reshape(-1, len(scopes)))[below])
        return sums

    area, scope = np.nonzero(upward(at.summed(np.ones(len(table), dtype="bool"))))
    columns = {column: upward(at.summed(table[column]))[area, scope] for column in table if column not in KEY}
    levels: list[Any] = [pd.Index(within, dtype="str"), pd.Index(scopes, dtype="str")]
    codes: list[Any] = [area, scope]
    return pd.DataFrame(columns, index=pd.MultiIndex(levels, codes, names=["area", "scope"]))


def _above(areas: AreasOn, units: Sequence[str], root: str) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """Return the areas that units count in, by their codes, and pairs of positions: of a unit, of an area of its."""
    within = sorted({code for unit in units for code in _upward(areas, unit, root)})
    place = {code: at for at, code in enumerate(within)}
    lines = [(at, place[code]) for at, unit in enumerate(units) for code in _upward(areas, unit, root)]
    below, above = np.array(lines, dtype="int64").reshape(-1, 2).T
    return within, below, above


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
    absent = delivered.table[delivered.table["status"] == counts.NOT_APPLICABLE]
    known = Counter(zip(moved["area"], moved["register"], strict=True))
    cells = zip(absent["area"], absent["register"], strict=True)
    known.update((into[area], register) for area, register in cells if area in into)
    complete = [known[key] == len(succession.parts[key[0]]) for key in sums.index]
    return sums[complete].reset_index()


def reported_in_full(delivered: Counts) -> frozenset[str]:
    """Return the units that reported in full: no register is `not_reported`, at least one holds a count."""
    table = delivered.table
    having = {status: frozenset(table.loc[table["status"] == status, "area"].unique()) for status in counts.STATUSES}
    return having[counts.REPORTED] - having[counts.NOT_REPORTED]


def completed(table: pd.DataFrame, areas: AreasOn, root: str, registers: Sequence[Register]) -> frozenset[str]:
    """Return the units that are complete: all registers reported, digitised = required in each, at least one required.

    A register without entries (a reported zero) does not prevent completion.
    """
    at = cells(table, [unit.code for unit in areas.units(root)], registers)
    keeps = kept(areas, at.units, registers)
    done = at.summed(table["required"] == table["digitised"]) > 0
    finished = (done | ~keeps).all(axis=1) & (np.where(keeps, at.summed(table["required"]), 0).sum(axis=1) > 0)
    return frozenset(unit for unit, complete in zip(at.units, finished.tolist(), strict=True) if complete)


def over(digitised: int, required: int, threshold: int) -> bool:
    """Return whether digitised / required is more than `threshold` percent, by exact integers."""
    return digitised * 100 > threshold * required


def percent(digitised: int, required: int) -> Fraction:
    """Return digitised / required in percent, exactly."""
    return Fraction(digitised * 100, required)
