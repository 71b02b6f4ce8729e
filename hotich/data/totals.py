"""Exact sums of reported counts, for checks and measures alike."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Final

import pandas as pd

from hotich.data import counts
from hotich.data.areas import Areas, AreasOn
from hotich.data.counts import Counts
from hotich.data.registers import Register

KEY: Final = list(counts.KEY)
MEASURES: Final = list(counts.MEASURES)


@lru_cache(maxsize=48)
def numbers(delivered: Counts) -> pd.DataFrame:
    """Return a delivery's reported counts as integers: area, register, required, digitised. Cached: do not modify.

    A repeated identical line counts once. Lines with counts that are not canonical, and areas × registers with
    contradicting lines, are left out: the checks report them.
    """
    cells = [row.cells for row in delivered.rows if row["status"] == counts.REPORTED]
    table = pd.DataFrame(cells, columns=[*KEY, *MEASURES], dtype="str")
    canonical = [table[column].str.fullmatch(counts.CANONICAL.pattern) for column in MEASURES]
    table = table[canonical[0] & canonical[1]].drop_duplicates().drop_duplicates(KEY, keep=False)
    return table.astype(dict.fromkeys(MEASURES, "int64")).reset_index(drop=True)


def scopes(registers: Iterable[Register]) -> pd.DataFrame:
    """Return the scopes that a register counts in: its code, its group and `all`. Columns register, scope."""
    rows = [(r.code, scope) for r in registers for scope in (r.code, r.group, "all")]
    return pd.DataFrame(rows, columns=["register", "scope"], dtype="str")


def lineage(areas: AreasOn, root: str) -> pd.DataFrame:
    """Return every reporting unit below the root with each area it counts in, itself first. Columns area, within."""
    rows = [(unit.code, within) for unit in areas.units(root) for within in _upward(areas, unit.code, root)]
    return pd.DataFrame(rows, columns=["area", "within"], dtype="str")


def _upward(areas: AreasOn, code: str, root: str) -> Iterable[str]:
    while code != root:
        yield code
        code = areas[code].parent
    yield root


def summed(table: pd.DataFrame, areas: AreasOn, root: str, registers: Sequence[Register]) -> pd.DataFrame:
    """Return required and digitised by (area, scope) for the root, the areas below it and its units."""
    long = table.merge(lineage(areas, root), on="area").merge(scopes(registers), on="register")
    columns = [column for column in table.columns if column not in KEY]
    return long.groupby(["within", "scope"], sort=True)[columns].sum().rename_axis(["area", "scope"])


def in_both(earlier: pd.DataFrame, later: pd.DataFrame, same: frozenset[str]) -> pd.DataFrame:
    """Return counts reported in two months by units that are the `same` in both, the earlier ones as `…_before`.

    A change may only be taken over these; otherwise a late report would look like progress.
    """
    both = later.merge(earlier, on=KEY, suffixes=("", "_before"), validate="one_to_one")
    return both[both["area"].isin(same)]


def same_units(areas: Areas, earlier: AreasOn, later: AreasOn) -> frozenset[str]:
    """Return the codes that mean the same area on both days.

    A code that was reused for a merged area does not, nor does one that others were merged into.
    """
    ended = [area for area in areas.all if area.code in earlier and earlier[area.code] is area]
    grown = {area.successor for area in ended if later.by_code.get(area.code) is not area}
    return frozenset(area.code for area in ended if later.by_code.get(area.code) is area and area.code not in grown)


def reported_in_full(delivered: Counts) -> frozenset[str]:
    """Units of which every register they keep was reported: none is `not_reported`, at least one holds a count."""
    having = {status: {row["area"] for row in delivered.rows if row["status"] == status} for status in counts.STATUSES}
    return frozenset(having[counts.REPORTED] - having[counts.NOT_REPORTED])


def completed(table: pd.DataFrame, areas: AreasOn, root: str, registers: Sequence[Register]) -> frozenset[str]:
    """Return the units that are complete: all registers reported, digitised = required in each, at least one required.

    A register without entries (a reported zero) does not prevent completion.
    """
    applying = {level: sum(level in register.levels for register in registers) for level in _levels(registers)}
    applies = {(level, register.code) for register in registers for level in register.levels}
    units = {unit.code: areas.unit_level(unit.code) for unit in areas.units(root)}
    reported_cells = table[table["area"].isin(list(units))]
    reported_cells = reported_cells[
        [(units[a], r) in applies for a, r in zip(reported_cells["area"], reported_cells["register"], strict=True)]
    ]
    by_unit = reported_cells.assign(done=reported_cells["required"] == reported_cells["digitised"], reported=1).groupby(
        "area"
    )
    finished = by_unit.agg({"done": "all", "reported": "sum", "required": "sum"})
    return frozenset(
        str(unit)
        for unit, done, reported, required in finished.itertuples()
        if done and required > 0 and reported == applying[units[str(unit)]]
    )


def _levels(registers: Iterable[Register]) -> frozenset[str]:
    return frozenset(level for register in registers for level in register.levels)


def over(digitised: int, required: int, threshold: int) -> bool:
    """Return whether digitised / required is more than `threshold` percent, by exact integers."""
    return digitised * 100 > threshold * required


def percent(digitised: int, required: int) -> Fraction:
    """Return digitised / required in percent, exactly."""
    return Fraction(digitised * 100, required)
