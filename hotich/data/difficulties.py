"""What units say holds them up: a closed list of kinds, so that units can be counted."""

from dataclasses import dataclass
from typing import Final

from hotich import month
from hotich.data import areas
from hotich.errors import InputRefused, WrongUsage
from hotich.month import Month
from hotich.storage import csv_table
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


def read(folders: Folders, wanted: Month) -> tuple[Difficulty, ...]:
    """The difficulties named in a month. Raises InputRefused for a bad line."""
    path = folders.data / "difficulties.csv"
    if not path.is_file():
        return ()
    known = frozenset(area.code for area in areas.read(folders.data).all)
    return tuple(each for row in csv_table.read(path, COLUMNS) if (each := _difficulty(row, known)).month == wanted)


def _difficulty(row: csv_table.Row, known: frozenset[str]) -> Difficulty:
    if row["area"] not in known:
        raise InputRefused("difficulties.area", line=row.line, value=row["area"])
    if row["kind"] not in DIFFICULTIES:
        raise InputRefused("difficulties.kind", line=row.line, value=row["kind"], allowed=", ".join(DIFFICULTIES))
    try:
        named_in = month.exact(row["month"])
    except WrongUsage:
        raise InputRefused("difficulties.month", line=row.line, value=row["month"]) from None
    return Difficulty(named_in, row["area"], row["kind"], row["note"])
