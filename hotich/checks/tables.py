"""The tables that the suites look at, prepared from the dataset; nothing is judged here.

Each suite has tables of different rows, and every rule looks at one of them: `cells` (unit × register), `units`,
`districts`, `mergers` (cells of units that others became), `statements` (printed figures), `month` (one row).
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hotich.checks import history, published_figures
from hotich.checks.history import History, Moves
from hotich.data import succession, totals
from hotich.data.areas import Area
from hotich.data.counts import CANONICAL, REPORTED
from hotich.data.dataset import Dataset
from hotich.data.succession import Succession

FEWEST_REGISTERS: Final = 3
"""Registers with entries in which two units must be equal before that is more than chance."""

FEWEST_CHANGED: Final = 2
"""Registers in which required must have changed for a unit to have taken over another's: fewer are corrections."""


class Tables:
    """The tables of one dataset, each made once and only when a rule asks for it."""

    def __init__(self, data: Dataset) -> None:
        self.data = data

    def table(self, suite: str, name: str) -> pd.DataFrame:
        """Return a suite's table by its name."""
        found: pd.DataFrame = getattr(self, f"{suite}_{name}")
        return found

    @cached_property
    def parameters(self) -> dict[str, list[str]]:
        """The lists that a suite may name, by their names: see `arguments.PARAMETERS`."""
        return {
            "areas": sorted({area.code for area in self.data.all_areas.all}),
            "registers": [register.code for register in self.data.registers],
        }

    @cached_property
    def history(self) -> History:
        """The reported month and those before it, side by side."""
        return history.of(self.data)

    @cached_property
    def counts_month(self) -> pd.DataFrame:
        """One row about the delivery as a whole."""
        data, delivered = self.data, self.data.counts
        inside = data.month.first_day <= delivered.delivery.as_of <= data.month.last_day
        return pd.DataFrame(
            {"line": [0], "as_of_inside": [inside], "hash_as_logged": [delivered.sha256 == delivered.delivery.sha256]}
        )

    @cached_property
    def counts_cells(self) -> pd.DataFrame:
        """Every line of the counts file, and a line 0 for each expected cell that has none."""
        data = self.data
        table = data.text.assign(present=True)
        units, registers = [unit.code for unit in self._units], [register.code for register in data.registers]
        expected = totals.kept(data.areas, units, data.registers)
        found = totals.cells(table, units, data.registers).summed(table["present"]) > 0
        absent = [(units[unit], registers[at]) for unit, at in zip(*np.nonzero(expected & ~found), strict=True)]
        missing = pd.DataFrame(absent, columns=["area", "register"], dtype="str")
        table = pd.concat([table, missing.assign(line=0, present=False)], ignore_index=True)
        return self._beside_last_month(_judged_by_lists(table, data, units, expected))

    def _beside_last_month(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return each cell with its counts when it was last reported, and with the median of its peers."""
        past = self.history
        unit = pd.Index(past.units, dtype="str").get_indexer(pd.Index(table["area"]))
        register = pd.Index(past.registers, dtype="str").get_indexer(pd.Index(table["register"]))
        known = (unit >= 0) & (register >= 0)
        before = []
        for counted in past.before[:2]:
            column = np.full(len(table), np.nan)
            column[known] = counted[:, :, -1][unit[known], register[known]]
            before.append(pd.array(column, dtype="Float64").astype("Int64"))
        levels = table["area"].map({code: self.data.areas.unit_level(code) for code in past.units}).fillna("")
        numbers = table["required_number"].astype("float64")
        typical = numbers.groupby([levels, table["register"]], dropna=False).transform("median")
        changed = (table["required_number"] != before[0]).fillna(True)
        return table.assign(
            required_before=before[0], digitised_before=before[1], required_changed=changed, typical=typical
        )

    @property
    def _units(self) -> tuple[Area, ...]:
        root = self.data.root
        return self.data.areas.units(root) if root in self.data.areas else ()

    @cached_property
    def _lines(self) -> dict[str, int]:
        """The first line of each unit."""
        first = self.data.text.drop_duplicates("area")
        return dict(zip(first["area"], first["line"], strict=True))

    @cached_property
    def counts_units(self) -> pd.DataFrame:
        """Every unit: what it reported in all, and how alike and how round its numbers are."""
        past = self.history
        required, digitised = past.required[:, :, -1], past.digitised[:, :, -1]
        reported = ~np.isnan(required)
        done = ~reported | (required == digitised)
        numbers = np.concatenate([required, digitised], axis=1)
        large = np.nan_to_num(numbers) >= 10
        return pd.DataFrame(
            {
                "area": past.units,
                "line": [self._lines.get(code, 0) for code in past.units],
                "required_number": np.nansum(required, axis=1).astype("int64"),
                "digitised_number": np.nansum(digitised, axis=1).astype("int64"),
                "keeps": past.keeps.sum(axis=1),
                "missing": (past.keeps & ~reported).sum(axis=1),
                "done": done.all(axis=1),
                "large": large.sum(axis=1),
                "round": (large & (np.nan_to_num(numbers) % 10 == 0)).sum(axis=1),
                "repeated": _most_alike(np.where(np.nan_to_num(required) >= 10, required, np.nan)),
            }
        )

    @cached_property
    def series_month(self) -> pd.DataFrame:
        """One row: whether the month compared with is the one directly before."""
        earlier, later = self.data.deliveries[-2], self.data.deliveries[-1]
        return pd.DataFrame({"line": [0], "directly_after": [earlier.month == later.month.previous]})

    @cached_property
    def series_cells(self) -> pd.DataFrame:
        """Cells reported now and before, by units that are the same: both counts, and what is usual in a month."""
        past = self.history
        required, digitised, _ = past.before
        table = pd.DataFrame(
            {
                "area": np.repeat(np.array(past.units, dtype="object"), len(past.registers)),
                "register": np.tile(np.array(past.registers, dtype="object"), len(past.units)),
                "required_number": past.required[:, :, -1].reshape(-1),
                "digitised_number": past.digitised[:, :, -1].reshape(-1),
                "required_before": required[:, :, -1].reshape(-1),
                "digitised_before": digitised[:, :, -1].reshape(-1),
            }
        ).assign(**_usual(past.cells))
        table = table.dropna(subset=list(COMPARED)).astype(dict.fromkeys(COMPARED, "int64"))
        lines = self.data.text.drop_duplicates(totals.KEY)[[*totals.KEY, "line"]]
        return table.astype({"area": "str", "register": "str"}).merge(lines, on=totals.KEY)

    @cached_property
    def series_units(self) -> pd.DataFrame:
        """Units reported now and before: sums over the registers reported both times, and what became of them."""
        past = self.history
        required, digitised, _ = (each[:, :, -1] for each in past.before)
        now, done = past.required[:, :, -1], past.digitised[:, :, -1]
        both = ~np.isnan(now) & ~np.isnan(required)
        table = pd.DataFrame(
            {
                "area": past.units,
                "line": [self._lines.get(code, 0) for code in past.units],
                "required_number": _summed(now, both),
                "digitised_number": _summed(done, both),
                "required_before": _summed(required, both),
                "digitised_before": _summed(digitised, both),
                "completed": past.completed[:, -1],
                "completed_before": _completed_before(past),
                "reported": (past.keeps == ~np.isnan(now)).all(axis=1),
                "idle": past.whole.idle,
                "moved_registers": _moved(past.registers, now, required),
                "equal_to": _equal_to(past, now, done, required),
            }
        ).assign(**_usual(past.whole))
        return table.loc[np.flatnonzero(both.any(axis=1))].reset_index(drop=True)

    @cached_property
    def series_districts(self) -> pd.DataFrame:
        """The root and the areas below it: how many unfinished units, and how many with the counts of last month."""
        past = self.history
        required, digitised, _ = (each[:, :, -1] for each in past.before)
        both = ~np.isnan(past.required[:, :, -1]) & ~np.isnan(required)
        same = ~both | ((past.required[:, :, -1] == required) & (past.digitised[:, :, -1] == digitised))
        open_units = pd.DataFrame({"area": past.units, "same": same.all(axis=1)})
        open_units = open_units[both.any(axis=1) & ~_completed_before(past)]
        within = totals.lineage(self.data.areas, self.data.root) if past.units else pd.DataFrame()
        if not len(open_units):
            return pd.DataFrame({"area": [], "line": [], "open": [], "unchanged": [], "root": []})
        found = open_units.merge(within, on="area").groupby("within")["same"].agg(["size", "sum"]).reset_index()
        found.columns = pd.Index(["area", "open", "unchanged"])
        own = found["area"].isin(past.units) | (found["area"] == self.data.root)
        found["root"] = found["area"] == self.data.root
        return found[~own | found["root"]].assign(line=0).reset_index(drop=True)

    @cached_property
    def series_mergers(self) -> pd.DataFrame:
        """Cells of units that others became since the month before: their counts and the sums of those before.

        Units between which others were divided are one row, under the first of them: only together can they be told.
        """
        earlier, later = self.data.deliveries[-2], self.data.deliveries[-1]
        then = self.data.all_areas.on(earlier.delivery.as_of)
        became = succession.between(self.data.all_areas, then, self.data.areas)
        merged = {unit: (parts, frozenset([unit])) for unit, parts in became.parts.items() if parts != {unit}}
        groups = merged | {min(units): (parts, units) for parts, units in became.divided()}
        sums = (
            totals.carried(counted, Succession({}, {first: group[side] for first, group in groups.items()}))
            for side, counted in enumerate((earlier, later))
        )
        table = totals.in_both(*sums).rename(columns={name: f"{name}_number" for name in totals.MEASURES})
        for side, column in enumerate(("parts", "units")):
            named = {first: " ".join(sorted(group[side])) for first, group in groups.items()}
            table[column] = table["area"].map(named)
        table = table.astype({"area": "str", "register": "str", "parts": "str", "units": "str"})
        lines = self.data.text.drop_duplicates(totals.KEY)[[*totals.KEY, "line"]]
        return table.merge(lines, on=totals.KEY)

    @cached_property
    def published_statements(self) -> pd.DataFrame:
        """Every printed statement that can be tested, and what it should be."""
        return published_figures.table(self.data)


COMPARED: Final = ("required_number", "digitised_number", "required_before", "digitised_before")


def _judged_by_lists(
    table: pd.DataFrame, data: Dataset, units: Sequence[str], expected: NDArray[np.bool_]
) -> pd.DataFrame:
    """Return the cells with what the lists say of them; `expected` are those that units must report."""
    known = {area.code for area in data.all_areas.all}
    registers = {register.code for register in data.registers}
    cells = totals.cells(table, units, data.registers)
    reported = table["present"] & (table["status"] == REPORTED)
    counted = totals.numbers(data.counts)
    in_totals = expected & (totals.cells(counted, units, data.registers).summed(np.ones(len(counted))) > 0)
    return table.assign(
        expected=cells.among(expected),
        area_known=table["area"].isin(known),
        unit_valid=table["area"].isin(units),
        register_known=table["register"].isin(registers),
        repeat=table.duplicated([*totals.KEY, "required", "digitised", "status"]),
        in_totals=cells.among(in_totals),
        required_text=table["required"].where(reported & (table["required"] != "")),
        digitised_text=table["digitised"].where(reported & (table["digitised"] != "")),
        required_number=_numbers(table["required"].where(reported)),
        digitised_number=_numbers(table["digitised"].where(reported)),
    )


def _numbers(column: pd.Series) -> pd.Series:
    """Return canonical counts as integers; NA otherwise, which rules of their own report."""
    known = {text: int(text) for text in column.dropna().unique() if CANONICAL.fullmatch(text)}
    return column.map(known).astype("Int64")


def _usual(moves: Moves) -> dict[str, NDArray[np.float64] | NDArray[np.bool_]]:
    """Return what is usual for each row in the months it has had, in entries: median, spread, and what it is behind.

    `own`: the band is of the row's own months, not of its district's. `behind`: by how much it fell short last month.
    """
    months = moves.elapsed[:, -1]
    entries = moves.required[:, -1] * months
    own = ~np.isnan(moves.own.usual)
    return {
        "usual": moves.band.usual * entries,
        "spread": moves.band.spread * entries,
        "own": own,
        "months": months,
        "behind": moves.behind * moves.required[:, -1],
    }


def _summed(values: NDArray[np.float64], where: NDArray[np.bool_]) -> NDArray[np.int64]:
    return np.asarray(np.where(where, values, 0).sum(axis=1), dtype="int64")


def _completed_before(past: History) -> NDArray[np.bool_]:
    """Return whether each unit had finished when it last reported."""
    reported = ~np.isnan(past.required[:, :, :-1]).all(axis=1)
    latest = np.where(reported, np.arange(reported.shape[1]), -1).max(axis=1, initial=-1)
    finished: NDArray[np.bool_] = (latest >= 0) & past.completed[np.arange(len(latest)), latest]
    return finished


def _moved(registers: tuple[str, ...], now: NDArray[np.float64], before: NDArray[np.float64]) -> list[str]:
    """Return each unit's registers that require what its other registers required last month; else empty."""
    found = [""] * len(now)
    changed = ~np.isnan(now) & ~np.isnan(before) & (now != before)
    for unit in np.flatnonzero(changed.sum(axis=1) > 1):
        which = np.flatnonzero(changed[unit])
        if sorted(now[unit, which]) == sorted(before[unit, which]):
            found[unit] = " ".join(registers[at] for at in which)
    return found


def _equal_to(
    past: History, now: NDArray[np.float64], done: NDArray[np.float64], before: NDArray[np.float64]
) -> list[str]:
    """Return for each unit another one with the same counts, or that required last month what it requires; else empty.

    Finished units that happen to be of one size are no news; nor is a correction of a single register. Of two equal
    units only the one that changed is named, both where neither did.
    """
    many = (np.nan_to_num(now) > 0).sum(axis=1) >= FEWEST_REGISTERS
    changed = ((now != before) & ~np.isnan(now) & ~np.isnan(before)).sum(axis=1) >= FEWEST_CHANGED
    rows_now = [row.tobytes() for row in np.nan_to_num(np.concatenate([now, done], axis=1), nan=-1)]
    required_before = [row.tobytes() for row in np.nan_to_num(before, nan=-1)]
    required_now = [row.tobytes() for row in np.nan_to_num(now, nan=-1)]
    at_now, at_before = _positions(rows_now), _positions(required_before)
    found = [""] * len(now)
    for unit in np.flatnonzero(many & (changed | ~past.completed[:, -1])):
        same = [other for other in at_now[rows_now[unit]] if other != unit]
        if changed[unit]:
            same += [other for other in at_before.get(required_now[unit], []) if other != unit]
        elif changed[same].any():
            same = []
        found[unit] = past.units[same[0]] if same else ""
    return found


def _positions(keys: list[bytes]) -> dict[bytes, list[int]]:
    found: dict[bytes, list[int]] = {}
    for at, key in enumerate(keys):
        found.setdefault(key, []).append(at)
    return found


def _most_alike(values: NDArray[np.float64]) -> list[int]:
    """Return how often each row's most frequent number occurs in it."""
    ordered = np.sort(values, axis=1)
    best = run = (~np.isnan(ordered[:, 0])).astype("int64") if ordered.shape[1] else np.zeros(len(ordered), "int64")
    for at in range(1, ordered.shape[1]):
        run = np.where(ordered[:, at] == ordered[:, at - 1], run + 1, ~np.isnan(ordered[:, at]))
        best = np.maximum(best, run)
    return [int(each) for each in best]
