"""Difficulties that units report, of a closed list of kinds so that they can be counted."""

from dataclasses import dataclass
from typing import Final

from hotich import month
from hotich.data import areas
from hotich.errors import InputRefused, WrongUsage
from hotich.month import Month, printable
from hotich.storage import csv_table, regular
from hotich.storage.paths import Folders

COLUMNS: Final = ("month", "area", "kind", "note")
DIFFICULTIES: Final = ("scanner", "faded", "network", "storm", "staff", "other")


@dataclass(frozen=True)
class Difficulty:
    """One unit's difficulty in one month."""

    month: Month
    area: str
    kind: str
    note: str


def read(folders: Folders, *months: Month) -> tuple[Difficulty, ...]:
    """Return the difficulties reported for these months. Raises InputRefused for a bad line of any month."""
    path = folders.data / "difficulties.csv"
    if not regular.present(path):
        return ()
    codes = frozenset(area.code for area in areas.read(folders.data).all)
    every = (_difficulty(row, codes) for row in csv_table.read(path, COLUMNS))
    return tuple(difficulty for difficulty in every if difficulty.month in months)


def _difficulty(row: csv_table.Row, codes: frozenset[str]) -> Difficulty:
    if row["area"] not in codes:
        raise InputRefused("difficulties.area", line=row.line, value=printable(row["area"]))
    if row["kind"] not in DIFFICULTIES:
        value, allowed = printable(row["kind"]), ", ".join(DIFFICULTIES)
        raise InputRefused("difficulties.kind", line=row.line, value=value, allowed=allowed)
    try:
        reported_in = month.exact(row["month"])
    except WrongUsage:
        raise InputRefused("difficulties.month", line=row.line, value=printable(row["month"])) from None
    return Difficulty(reported_in, row["area"], row["kind"], row["note"])
