"""The content of a workbook: an area's units with the registers they keep, and last month's required counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from hotich.data import counts, succession
from hotich.data.areas import Area, Areas, AreasOn
from hotich.data.names import slug
from hotich.data.registers import Register
from hotich.month import Month
from hotich.storage import csv_table
from hotich.storage.paths import Folders

MARK: Final = "hotich-template"
"""The first cell of the sheet that identifies a workbook, beside the version of its layout."""
VERSION: Final = "1"
ABOUT: Final = ("month", "area", "as_of", "sheet")
"""The names in the rows below the mark, each beside its value: `month | 2024-11`."""

COLUMNS: Final = ("area_code", "area", "register_code", "register", "required", "digitised", "difficulty", "note")
"""The columns of the table, in order; their headings are the texts `template.column.…`."""


@dataclass(frozen=True)
class Row:
    """One unit and one register it keeps. `required` is the count reported last month, None if there is none."""

    unit: Area
    register: Register
    required: int | None


@dataclass(frozen=True)
class Form:
    """One workbook: the area that fills it in, the month and the as-of date of its counts."""

    month: Month
    as_of: date
    area: Area
    rows: tuple[Row, ...]

    @property
    def file(self) -> str:
        """The file name, in ASCII so that it survives any mail program: `2024-11-138-huyen-tran-yen.xlsx`."""
        return f"{self.month}-{slug(self.area.code)}-{slug(self.area.name_vi)}.xlsx"


@dataclass(frozen=True)
class Carried:
    """The required counts that units reported in the month before; none when that month is synthetic."""

    required: Mapping[tuple[str, str], int] = field(default_factory=dict)
    synthetic: bool = False


def carried(folders: Folders, month: Month, all_areas: Areas, day: date) -> Carried:
    """Return last month's required counts by unit and register; none where there are no counts.

    A unit that others have become part of has the sums of all of them. One of which a part is not known has none.
    """
    if month.previous not in counts.months(folders):
        return Carried()
    last = counts.read(folders, month.previous)
    if last.synthetic:
        return Carried(synthetic=True)
    became = succession.between(all_areas, all_areas.on(last.delivery.as_of), all_areas.on(day))
    into = became.whole
    found: dict[tuple[str, str], list[int | None]] = {}
    for row in last.rows:
        if row["area"] in into and row["status"] != counts.NOT_APPLICABLE:
            found.setdefault((into[row["area"]], row["register"]), []).append(_required(row))
    known = {cell: [each for each in required if each is not None] for cell, required in found.items()}
    return Carried({cell: sum(required) for cell, required in known.items() if len(required) == len(found[cell])})


def _required(row: csv_table.Row) -> int | None:
    """Return a row's required count; None where it has none."""
    known = row["status"] == counts.REPORTED and counts.CANONICAL.fullmatch(row["required"])
    return int(row["required"]) if known else None


def forms(
    month: Month,
    day: date,
    areas: AreasOn,
    registers: tuple[Register, ...],
    root: str,
    required: Mapping[tuple[str, str], int],
) -> tuple[Form, ...]:
    """Return the office's own workbook, then one for each area directly below it, whatever its level on that day."""
    receivers = (*areas.offices(root), *areas.children(root))
    every_form = (Form(month, day, area, _rows(areas, registers, area, required)) for area in receivers)
    return tuple(form for form in every_form if form.rows)


def _rows(
    areas: AreasOn, registers: tuple[Register, ...], area: Area, required: Mapping[tuple[str, str], int]
) -> tuple[Row, ...]:
    return tuple(
        Row(unit, register, required.get((unit.code, register.code)))
        for unit in areas.units(area.code)
        for register in registers
        if register.kept_by(areas.unit_level(unit.code))
    )
