"""Areas and reporting units with their periods of validity: codes are reused and communes merge."""

from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from hotich.errors import InputRefused
from hotich.storage import csv_table

LEVELS: Final = ("country", "province", "district", "commune", "office")

_SHORT: Final = {"vi": (("Thành phố ", "TP "), ("Thị xã ", "TX "), ("Huyện ", ""), ("Quận ", "")), "en": ()}


@dataclass(frozen=True)
class Area:
    """A row of `areas.csv`. `valid_to` is its last day or None; an office's parent is the area it serves."""

    code: str
    valid_from: date
    valid_to: date | None
    level: str
    type: str
    name_vi: str
    name_en: str
    parent: str
    successor: str
    note: str

    def name(self, language: str) -> str:
        """Return its full name with its type, as official papers write it."""
        return self.name_vi if language == "vi" else self.name_en

    def short(self, language: str) -> str:
        """Return its name for tables and charts: a district without its type, a city or town with it abbreviated."""
        if self.level != "district":
            return self.name(language)
        name = self.name(language)
        for word, abbreviation in _SHORT[language]:
            if name.startswith(word) and any(letter.isalpha() for letter in name.removeprefix(word)):
                return abbreviation + name.removeprefix(word)
        return name.removesuffix(" District")

    def valid(self, day: date) -> bool:
        """Return whether it exists on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


COLUMNS: Final = tuple(field.name for field in fields(Area))


@dataclass(frozen=True)
class AreasOn:
    """The areas that exist on one day, in the order of the file."""

    day: date
    by_code: dict[str, Area]

    def __getitem__(self, code: str) -> Area:
        return self.by_code[code]

    def __contains__(self, code: str) -> bool:
        return code in self.by_code

    def require(self, root: str) -> None:
        """Raise InputRefused when the office's own area does not exist on this day."""
        if root not in self:
            raise InputRefused("areas.root_gone", code=root, day=self.day)

    @cached_property
    def _children(self) -> dict[str, tuple[Area, ...]]:
        by_parent: dict[str, list[Area]] = {}
        for area in self.by_code.values():
            by_parent.setdefault(area.parent, []).append(area)
        return {parent: tuple(areas) for parent, areas in by_parent.items()}

    def children(self, code: str) -> tuple[Area, ...]:
        """Return the administrative areas directly below: a province's districts in 2024, communes after 01/07/2025."""
        return tuple(area for area in self._children.get(code, ()) if area.level != "office")

    def offices(self, code: str) -> tuple[Area, ...]:
        """Return the justice offices that serve exactly this area."""
        return tuple(area for area in self._children.get(code, ()) if area.level == "office")

    def units(self, code: str) -> tuple[Area, ...]:
        """Return every reporting unit (commune or office) in this area, itself included if it is one."""
        area = self.by_code[code]
        if area.level in ("commune", "office"):
            return (area,)
        return tuple(unit for child in self._children.get(code, ()) for unit in self.units(child.code))

    def communes(self, code: str) -> tuple[Area, ...]:
        """Return the communes, wards and townships in this area."""
        return tuple(unit for unit in self.units(code) if unit.level == "commune")

    def unit_level(self, code: str) -> str:
        """Return the level of a unit in the terms of `registers.csv`: commune, district_office or department."""
        area = self.by_code[code]
        if area.level == "commune":
            return "commune"
        return "district_office" if self.by_code[area.parent].level == "district" else "department"

    def within(self, code: str, root: str) -> bool:
        """Return whether the area is `root` or below it."""
        while code in self.by_code and code != root:
            code = self.by_code[code].parent
        return code == root


@dataclass(frozen=True)
class Areas:
    """Every area of `areas.csv`, past, present and future."""

    all: tuple[Area, ...]

    def on(self, day: date) -> AreasOn:
        """Return the areas that exist on that day."""
        return AreasOn(day, {area.code: area for area in self.all if area.valid(day)})

    def ever(self, code: str) -> tuple[Area, ...]:
        """Return all areas that have had the code, oldest first."""
        return tuple(sorted((a for a in self.all if a.code == code), key=lambda a: a.valid_from))


def read(data: Path) -> Areas:
    """Return `areas.csv`. Raises InputRefused for a bad date or level and for two areas with one code on one day."""
    areas = tuple(_area(row) for row in csv_table.read(data / "areas.csv", COLUMNS))
    last: dict[str, Area] = {}
    for area in sorted(areas, key=lambda a: (a.code, a.valid_from)):
        before = last.get(area.code)
        if before and (before.valid_to is None or before.valid_to >= area.valid_from):
            raise InputRefused("areas.overlap", code=area.code, day=area.valid_from)
        last[area.code] = area
    return Areas(areas)


def _area(row: csv_table.Row) -> Area:
    try:
        valid_from = date.fromisoformat(row["valid_from"])
        valid_to = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    except ValueError:
        value = f"{row['valid_from']}–{row['valid_to']}"
        raise InputRefused("areas.date", line=row.line, code=row["code"], value=value) from None
    if row["level"] not in LEVELS:
        raise InputRefused(
            "areas.level", line=row.line, code=row["code"], value=row["level"], allowed=", ".join(LEVELS)
        )
    texts = (row[column] for column in COLUMNS[3:])
    return Area(row["code"], valid_from, valid_to, *texts)
