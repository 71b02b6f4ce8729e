"""The lists that files are read against: the office's areas and registers on the as-of date, and its aliases."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from hotich.data import areas, counts, difficulties, office, registers
from hotich.data.areas import Areas, AreasOn
from hotich.data.registers import Register
from hotich.errors import InputRefused
from hotich.storage import csv_table

COLUMNS: Final = ("kind", "code", "alias")
HEADINGS: Final = (
    "area",
    "area_code",
    "district",
    "register",
    "register_code",
    "required",
    "digitised",
    "status",
    "difficulty",
    "note",
    "total",
    "total_population",
    "total_civil_status",
    "ignored",
)
"""What a column may mean; `ignored` ones hold no counts."""


@dataclass(frozen=True)
class Lists:
    """What names may mean. `root` is the code of the area the office reports on."""

    all_areas: Areas
    areas: AreasOn
    registers: tuple[Register, ...]
    root: str
    aliases: tuple[tuple[str, str, str], ...]

    def applies(self, unit: str, register: Register) -> bool:
        """Whether the unit keeps that register."""
        return self.areas.unit_level(unit) in register.levels


def read(data: Path, day: date) -> Lists:
    """The lists of a data folder on one day. Raises InputRefused for a table that cannot be read."""
    known = areas.read(data)
    kept = registers.read(data)
    codes = {
        "area": {area.code for area in known.all},
        "register": {register.code for register in kept},
        "column": set(HEADINGS),
        "difficulty": set(difficulties.DIFFICULTIES),
        "status": {counts.NOT_REPORTED, counts.NOT_APPLICABLE},
    }
    return Lists(known, known.on(day), kept, office.read(data).root, tuple(_aliases(data, codes)))


def _aliases(data: Path, codes: dict[str, set[str]]) -> list[tuple[str, str, str]]:
    path = data / "aliases.csv"
    rows = csv_table.read(path, COLUMNS) if path.is_file() else []
    for row in rows:
        if row["kind"] not in codes:
            raise InputRefused("intake.alias_kind", line=row.line, value=row["kind"], allowed=", ".join(codes))
        if row["code"] not in codes[row["kind"]]:
            raise InputRefused("intake.alias_code", line=row.line, kind=row["kind"], value=row["code"])
    return [(row["kind"], row["code"], row["alias"]) for row in rows]
