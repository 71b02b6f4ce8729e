"""What a workbook asks: an area's units, each with the registers it keeps, and what is known of them already."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from hotich.data import counts
from hotich.data.areas import Area, Areas, AreasOn
from hotich.data.registers import Register
from hotich.month import Month
from hotich.storage.paths import Folders

MARK: Final = "hotich-template"
"""The first cell of the sheet that says what a workbook is; beside it stands the version of its layout."""
VERSION: Final = "1"
ABOUT: Final = ("month", "area", "as_of", "sheet")
"""The rows below the mark, a name and its value each: `month | 2024-11`."""

COLUMNS: Final = ("area_code", "area", "register_code", "register", "required", "digitised", "difficulty", "note")
"""The columns of the table, in order; their headings are `template.column.…`, by which an import knows them."""


@dataclass(frozen=True)
class Row:
    """One unit and one register it keeps. `required` is what the unit reported last month, None if it did not."""

    unit: Area
    register: Register
    required: int | None


@dataclass(frozen=True)
class Form:
    """One workbook: the area that fills it in, for a month whose counts are taken on `as_of`."""

    month: Month
    as_of: date
    area: Area
    rows: tuple[Row, ...]

    @property
    def file(self) -> str:
        """Its file name, in plain ASCII so that it survives any mail program: `2024-11-138-huyen-tran-yen.xlsx`."""
        return f"{self.month}-{_plain(self.area.code)}-{_plain(self.area.name_vi)}.xlsx"


@dataclass(frozen=True)
class Carried:
    """What units reported as *required* in the month before; nothing when those counts were made up."""

    required: Mapping[tuple[str, str], int] = field(default_factory=dict)
    synthetic: bool = False


def carried(folders: Folders, wanted: Month, all_areas: Areas, day: date) -> Carried:
    """Last month's required counts, by unit and register; none where there was no such month.

    A code may live on as another unit, such as a commune with what was merged into it: then nothing is known of it.
    """
    if wanted.previous not in counts.months(folders):
        return Carried()
    last = counts.read(folders, wanted.previous)
    if last.synthetic:
        return Carried(synthetic=True)
    then, now = all_areas.on(last.delivery.as_of).by_code, all_areas.on(day).by_code
    same = {code for code, area in now.items() if then.get(code) is area}
    reported = (row for row in last.rows if row["status"] == counts.REPORTED and row["area"] in same)
    canonical = (row for row in reported if counts.CANONICAL.fullmatch(row["required"]))
    return Carried({(row["area"], row["register"]): int(row["required"]) for row in canonical})


def forms(
    wanted: Month,
    day: date,
    known: AreasOn,
    registers: tuple[Register, ...],
    root: str,
    required: Mapping[tuple[str, str], int],
) -> tuple[Form, ...]:
    """The office's own workbook first, then one for each area directly below it, whatever it is that day."""
    receivers = (*known.offices(root), *known.children(root))
    made = (Form(wanted, day, area, _rows(known, registers, area, required)) for area in receivers)
    return tuple(form for form in made if form.rows)


def _rows(
    known: AreasOn, registers: tuple[Register, ...], area: Area, required: Mapping[tuple[str, str], int]
) -> tuple[Row, ...]:
    return tuple(
        Row(unit, register, required.get((unit.code, register.code)))
        for unit in known.units(area.code)
        for register in registers
        if known.unit_level(unit.code) in register.levels
    )


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"[\u0300-\u036f]", "", letters)).strip("-")
