"""Exact sums of reported counts, for checks and measures alike."""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Final

import pandas as pd

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
    having = {status: {row["area"] for row in delivered.rows if row["status"] == status} for status in counts.STATUSES}
    return frozenset(having[counts.REPORTED] - having[counts.NOT_REPORTED])


def completed(table: pd.DataFrame, areas: AreasOn, root: str, registers: Sequence[Register]) -> frozenset[str]:
    """Return the units that are complete: all registers reported, digitised = required in each, at least one required.

    A register without entries (a reported zero) does not prevent completion.
    """
    units = {unit.code: areas.unit_level(unit.code) for unit in areas.units(root)}
    levels = set(units.values())
    applies = {(level, register.code) for register in registers for level in levels if register.kept_by(level)}
    applying = Counter(level for level, _ in applies)
    reported_cells = table[table["area"].isin(list(units))]
    cells = zip(reported_cells["area"], reported_cells["register"], strict=True)
    # A Series, for an empty list would be taken for a choice of columns: nobody may have reported anything.
    kept = pd.Series([(units[a], r) in applies for a, r in cells], reported_cells.index, dtype="bool")
    reported_cells = reported_cells[kept]
    by_unit = reported_cells.assign(done=reported_cells["required"] == reported_cells["digitised"], reported=1).groupby(
        "area"
    )
    finished = by_unit.agg({"done": "all", "reported": "sum", "required": "sum"})
    return frozenset(
        str(unit)
        for unit, done, reported, required in finished.itertuples()
        if done and required > 0 and reported == applying[units[str(unit)]]
    )


def over(digitised: int, required: int, threshold: int) -> bool:
    """Return whether digitised / required is more than `threshold` percent, by exact integers."""
    return digitised * 100 > threshold * required


def percent(digitised: int, required: int) -> Fraction:
    """Return digitised / required in percent, exactly."""
    return Fraction(digitised * 100, required)
