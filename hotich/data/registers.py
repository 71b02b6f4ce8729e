"""The types of civil-status register and their groups, as `registers.csv` lists them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hotich.data import names
from hotich.errors import InputRefused
from hotich.month import printable
from hotich.storage import csv_table

COLUMNS: Final = ("code", "group", "name_vi", "name_en", "levels", "source")
FILE: Final = "registers.csv"
GROUPS: Final = ("population", "civil_status")
ALL: Final = "all"
"""The scope of all registers together, as a group's is its name; no register has such a code."""
_COMMON: Final = ("Sổ đăng ký ", "Sổ cấp giấy ", "Sổ ")
LEVELS: Final = ("commune", "district_office", "department")


@dataclass(frozen=True)
class Register:
    """A type of register. `levels` are the levels of the units that keep it."""

    code: str
    group: str
    name_vi: str
    name_en: str
    levels: tuple[str, ...]
    source: str

    def kept_by(self, level: str) -> bool:
        """Return whether a unit of that level (`AreasOn.unit_level`) keeps it."""
        return level in self.levels or (
            level == "sole_commune" and bool({"commune", "district_office"} & {*self.levels})
        )

    def name(self, language: str) -> str:
        """Return its name in one language."""
        return self.name_vi if language == "vi" else self.name_en

    def short(self, language: str) -> str:
        """Return its name without the words that all of them begin with."""
        name = self.name(language)
        for words in _COMMON:
            name = name.removeprefix(words)
        return name


def read(data: Path) -> tuple[Register, ...]:
    """Return `registers.csv` in its order; an empty English name is the Vietnamese one.

    Raises InputRefused for a code, name, group or level that a register cannot have, and for a code or name that
    another one has.
    """
    rows = csv_table.read_some(data / FILE, COLUMNS)
    registers = tuple(_register(row) for row in rows)
    first: dict[tuple[str, str], int] = {}
    for row, register in zip(rows, registers, strict=True):
        for column in ("code", "name_vi", "name_en"):
            value = getattr(register, column)
            before = first.setdefault((column, value.casefold()), row.line)
            if before != row.line:
                raise InputRefused("registers.twice", line=row.line, column=column, value=value, first=before)
    return registers


def _register(row: csv_table.Row) -> Register:
    levels = tuple(row["levels"].split())
    if row["group"] not in GROUPS or not levels or not set(levels) <= set(LEVELS):
        group, given = printable(row["group"]), printable(row["levels"])
        raise InputRefused("registers.unknown", line=row.line, group=group, levels=given)
    code = names.code(row, FILE)
    if code.casefold() in (*GROUPS, ALL):
        raise InputRefused("registers.reserved", line=row.line, code=code)
    return Register(code, row["group"], *names.both(row, FILE), levels, row["source"])
