"""Sums of what was reported, exact to the entry: the one home of every total, for checks and measures alike."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Final

import pandas as pd

from hotich.data import counts
from hotich.data.areas import Areas, AreasOn
from hotich.data.counts import Counts
from hotich.data.registers import Register

KEY: Final = ["area", "register"]
COLUMNS: Final = [*KEY, "required", "digitised"]


@lru_cache(maxsize=48)
def numbers(delivered: Counts) -> pd.DataFrame:
    """A delivery's reported cells as integers: area, register, required, digitised. Read once; not to be changed.

    A line that is repeated word for word counts once. Cells that are not canonical, and areas × registers that stand
    there with two answers, are left out: the checks name them.
    """
    cells = [row.cells for row in delivered.rows if row["status"] == counts.REPORTED]
    table = pd.DataFrame(cells, columns=COLUMNS, dtype="str")
    canonical = [table[column].str.fullmatch(counts.CANONICAL.pattern) for column in ("required", "digitised")]
    table = table[canonical[0] & canonical[1]].drop_duplicates().drop_duplicates(KEY, keep=False)
    return table.astype({"required": "int64", "digitised": "int64"}).reset_index(drop=True)


def scopes(registers: Iterable[Register]) -> pd.DataFrame:
    """Which scopes a register counts in: its own code, its group and `all`. Columns register, scope."""
    rows = [(each.code, scope) for each in registers for scope in (each.code, each.group, "all")]
    return pd.DataFrame(rows, columns=["register", "scope"], dtype="str")


def lineage(areas: AreasOn, root: str) -> pd.DataFrame:
    """Every reporting unit below the root with each area it counts in, itself first. Columns area, within."""
    rows = [(unit.code, within) for unit in areas.units(root) for within in _upward(areas, unit.code, root)]
    return pd.DataFrame(rows, columns=["area", "within"], dtype="str")


def _upward(areas: AreasOn, code: str, root: str) -> Iterable[str]:
    while code != root:
        yield code
        code = areas[code].parent
    yield root


def summed(table: pd.DataFrame, areas: AreasOn, root: str, registers: Sequence[Register]) -> pd.DataFrame:
    """Required and digitised by (area, scope) for the root, the areas below it and its units."""
    long = table.merge(lineage(areas, root), on="area").merge(scopes(registers), on="register")
    columns = [column for column in table.columns if column not in KEY]
    return long.groupby(["within", "scope"], sort=True)[columns].sum().rename_axis(["area", "scope"])


def in_both(earlier: pd.DataFrame, later: pd.DataFrame, same: frozenset[str]) -> pd.DataFrame:
    """Cells reported in two months by units that are the same in both: required, digitised and both as `_before`.

    A change may only be taken over these; otherwise a late report would look like work.
    """
    both = later.merge(earlier, on=KEY, suffixes=("", "_before"), validate="one_to_one")
    return both[both["area"].isin(same)]


def same_units(areas: Areas, earlier: AreasOn, later: AreasOn) -> frozenset[str]:
    """Codes that mean the same area on both days.

    A code that lives on under another name after a merger does not, nor does one that others were merged into.
    """
    ended = [area for area in areas.all if area.code in earlier and earlier[area.code] is area]
    grown = {area.successor for area in ended if later.by_code.get(area.code) is not area}
    return frozenset(area.code for area in ended if later.by_code.get(area.code) is area and area.code not in grown)


def reported_in_full(delivered: Counts) -> frozenset[str]:
    """Units of which every register they keep was reported: none is `not_reported`, at least one holds a count."""
    having = {status: {row["area"] for row in delivered.rows if row["status"] == status} for status in counts.STATUSES}
    return frozenset(having[counts.REPORTED] - having[counts.NOT_REPORTED])


def completed(table: pd.DataFrame, areas: AreasOn, root: str, registers: Sequence[Register]) -> frozenset[str]:
    """Units that have finished: all their registers reported, digitised = required in each, something required.

    A register that a unit keeps but in which nothing was ever entered (a reported zero) does not hold it back.
    """
    applying = {level: sum(level in register.levels for register in registers) for level in _levels(registers)}
    applies = {(level, register.code) for register in registers for level in register.levels}
    units = {unit.code: areas.unit_level(unit.code) for unit in areas.units(root)}
    known = table[table["area"].isin(list(units))]
    known = known[[(units[a], r) in applies for a, r in zip(known["area"], known["register"], strict=True)]]
    by_unit = known.assign(done=known["required"] == known["digitised"], reported=1).groupby("area")
    finished = by_unit.agg({"done": "all", "reported": "sum", "required": "sum"})
    return frozenset(
        str(unit)
        for unit, done, reported, required in finished.itertuples()
        if done and required > 0 and reported == applying[units[str(unit)]]
    )


def _levels(registers: Iterable[Register]) -> frozenset[str]:
    return frozenset(level for register in registers for level in register.levels)


def over(digitised: int, required: int, threshold: int) -> bool:
    """Whether digitised / required is more than so many percent, by exact integers."""
    return digitised * 100 > threshold * required


def percent(digitised: int, required: int) -> Fraction:
    """Digitised of required, in percent, exactly."""
    return Fraction(digitised * 100, required)
