"""The types of civil-status register and their groups, as `registers.csv` lists them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hotich.errors import InputRefused
from hotich.storage import csv_table

COLUMNS: Final = ("code", "group", "name_vi", "name_en", "levels", "source")
GROUPS: Final = ("population", "civil_status")
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
    """Return `registers.csv` in its order. Raises InputRefused for an unknown group or level, or a repeated code."""
    registers: list[Register] = []
    for row in csv_table.read(data / "registers.csv", COLUMNS):
        levels = tuple(row["levels"].split())
        if row["group"] not in GROUPS or not levels or not set(levels) <= set(LEVELS):
            raise InputRefused("registers.unknown", line=row.line, group=row["group"], levels=row["levels"])
        if any(register.code == row["code"] for register in registers):
            raise InputRefused("registers.twice", line=row.line, code=row["code"])
        registers.append(Register(row["code"], row["group"], row["name_vi"], row["name_en"], levels, row["source"]))
    return tuple(registers)
