"""The names that files may use: the office's areas and registers on the as-of date, and its aliases."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from hotich.data import areas, counts, difficulties, office, registers
from hotich.data.areas import Areas, AreasOn
from hotich.data.registers import Register
from hotich.errors import InputRefused
from hotich.intake.fold_text import fold
from hotich.intake.template import form
from hotich.month import printable
from hotich.storage import csv_table, regular

COLUMNS: Final = ("kind", "code", "alias")
HEADINGS: Final = (*form.COLUMNS, "district", "status", "total", "total_population", "total_civil_status", "ignored")
"""Meanings that the heading of a column may have; an `ignored` column has no counts."""
RECORD: Final = "record"
"""The kind of aliases for headings of record lists (`make tally`)."""
RECORD_COLUMNS: Final = (
    *("province", "district", "area_code", "area", "register_code", "register", "year", "book", "number"),
    *("digitised", "scan", "registered_on", "digitised_on"),
)
"""What is read of a case. There is no role for the name of anybody."""


@dataclass(frozen=True)
class Lists:
    """The office's lists. `root` is the code of the area it reports on; an alias is a kind, a code and a spelling."""

    all_areas: Areas
    areas: AreasOn
    registers: tuple[Register, ...]
    root: str
    aliases: tuple[tuple[str, str, str], ...]

    def applies(self, unit: str, register: Register) -> bool:
        """Return whether the unit keeps that register."""
        return register.kept_by(self.areas.unit_level(unit))

    def register(self, code: str) -> Register:
        """Return the register with that code."""
        return next(register for register in self.registers if register.code == code)


def read(data: Path, day: date) -> Lists:
    """Return the lists of a data folder on a day. Raises InputRefused for a bad table or a root that does not exist."""
    all_areas = areas.read(data)
    areas_on, root = all_areas.on(day), office.read(data).root
    areas_on.require(root)
    kept = registers.read(data)
    codes = {
        "area": {area.code for area in all_areas.all},
        "register": {register.code for register in kept},
        "column": set(HEADINGS),
        "difficulty": set(difficulties.DIFFICULTIES),
        "status": {counts.NOT_REPORTED, counts.NOT_APPLICABLE},
        RECORD: set(RECORD_COLUMNS),
    }
    return Lists(all_areas, areas_on, kept, root, tuple(_aliases(data, codes)))


def _aliases(data: Path, codes: dict[str, set[str]]) -> list[tuple[str, str, str]]:
    path = data / "aliases.csv"
    rows = csv_table.read(path, COLUMNS) if regular.present(path) else []
    first: dict[tuple[str, str], csv_table.Row] = {}
    for row in rows:
        if not fold(row["alias"]):
            raise InputRefused("intake.alias_empty", line=row.line, code=printable(row["code"]))
        before = first.setdefault((row["kind"], fold(row["alias"])), row)
        if before["code"] != row["code"] and row["kind"] != "area":  # areas may share a name, registers may not
            raise InputRefused("intake.alias_twice", line=row.line, value=printable(row["alias"]), first=before.line)
        if row["kind"] not in codes:
            kind, allowed = printable(row["kind"]), ", ".join(codes)
            raise InputRefused("intake.alias_kind", line=row.line, value=kind, allowed=allowed)
        if row["code"] not in codes[row["kind"]]:
            raise InputRefused("intake.alias_code", line=row.line, kind=row["kind"], value=printable(row["code"]))
    return [(row["kind"], row["code"], row["alias"]) for row in rows]
