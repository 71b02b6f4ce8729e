"""The lists that files are read against: the office's areas and registers on the as-of date, and its aliases."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from hotich import areas, csv_table, office, registers
from hotich.areas import Areas, AreasOn
from hotich.errors import InputRefused
from hotich.registers import Register

COLUMNS: Final = ("kind", "code", "alias")
KINDS: Final = ("area", "register", "column", "difficulty", "status")


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
    return Lists(known, known.on(day), registers.read(data), office.read(data).root, tuple(_aliases(data)))


def _aliases(data: Path) -> list[tuple[str, str, str]]:
    path = data / "aliases.csv"
    rows = csv_table.read(path, COLUMNS) if path.is_file() else []
    for row in rows:
        if row["kind"] not in KINDS:
            raise InputRefused("intake.alias_kind", line=row.line, value=row["kind"], allowed=", ".join(KINDS))
    return [(row["kind"], row["code"], row["alias"]) for row in rows]
