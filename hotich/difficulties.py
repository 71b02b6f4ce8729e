"""What units say holds them up: a closed list of kinds, so that units can be counted."""

from dataclasses import dataclass
from typing import Final

from hotich import csv_table, month
from hotich.errors import InputRefused
from hotich.month import Month
from hotich.places import Places

COLUMNS: Final = ("month", "area", "kind", "note")
KINDS: Final = ("scanner", "faded", "network", "storm", "staff", "other")


@dataclass(frozen=True)
class Difficulty:
    """One unit's difficulty in one month."""

    month: Month
    area: str
    kind: str
    note: str


def read(places: Places, wanted: Month) -> tuple[Difficulty, ...]:
    """The difficulties named in a month. Raises InputRefused for a bad line."""
    path = places.data / "difficulties.csv"
    if not path.is_file():
        return ()
    return tuple(each for row in csv_table.read(path, COLUMNS) if (each := _difficulty(row)).month == wanted)


def _difficulty(row: csv_table.Row) -> Difficulty:
    if row["kind"] not in KINDS:
        raise InputRefused("difficulties.kind", line=row.line, value=row["kind"], allowed=", ".join(KINDS))
    return Difficulty(month.exact(row["month"]), row["area"], row["kind"], row["note"])
