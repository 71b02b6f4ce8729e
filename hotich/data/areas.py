"""Areas and reporting units with their periods of validity: codes are reused and communes merge."""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

from hotich.data import names
from hotich.errors import InputRefused
from hotich.language import Country, CountryOfTwoLevels, NoZones, TwoLevels
from hotich.month import day, printable
from hotich.storage import csv_table

FILE: Final = "areas.csv"
LEVELS: Final = ("country", "province", "district", "commune", "office")
"""From the top down; an office stands beside the areas of any level above the communes and has none below it."""
OF_A_PERSON: Final = "Hồ Chí Minh"
"""The one city that is named after a person: its kind is part of its name."""
ZONE: Final = "đặc khu"
"""The type of a special zone, a kind of commune since 01/07/2025 that few provinces have."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2099

_SHORT: Final = {"vi": (("Thành phố ", "TP "), ("Thị xã ", "TX "), ("Huyện ", ""), ("Quận ", "")), "en": ()}


@dataclass(frozen=True)
class Area:
    """A row of `areas.csv`. `valid_to` is its last day or None; an office's parent is the area it serves.

    `successor` is the area that it became part of; of one that was divided, all that have parts of it.
    `official_vi` and `official_en` are how papers address it, where that differs from its name in the lists.
    """

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
    official_vi: str
    official_en: str

    def name(self, language: str) -> str:
        """Return its full name with its type, as official papers write it."""
        return self.name_vi if language == "vi" else self.name_en

    def official(self, language: str) -> str:
        """Return the name under which papers address it; its name in the lists where it has no other."""
        return (self.official_vi if language == "vi" else self.official_en) or self.name(language)

    def short(self, language: str) -> str:
        """Return its name for tables and charts: a district without its type, a city or town with it abbreviated.

        A province of a country is named without its type.
        """
        name = self.name(language)
        if self.level == "province" and self.parent:
            return _of_province(name)
        if self.level != "district":
            return name
        for word, abbreviation in _SHORT[language]:
            if name.startswith(word) and any(letter.isalpha() for letter in name.removeprefix(word)):
                return abbreviation + name.removeprefix(word)
        return name.removesuffix(" District")

    @property
    def without_kind(self) -> str:
        """Its Vietnamese name without its kind: Đất Mũi of Xã Đất Mũi; the whole name where it begins otherwise."""
        kind = self.name_vi[: len(self.type)]
        return self.name_vi[len(kind) :].strip() if kind.casefold() == self.type.casefold() else self.name_vi

    @property
    def successors(self) -> tuple[str, ...]:
        """The codes of what it became: of a unit that was divided, several."""
        return tuple(self.successor.split())

    def valid(self, day: date) -> bool:
        """Return whether it exists on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def _of_province(name: str) -> str:
    """Return the name of a province without its type, but of the city that is named after a person."""
    if OF_A_PERSON in name:
        return name.replace("Thành phố ", "TP ")
    for kind in ("Tỉnh ", "Thành phố "):
        name = name.removeprefix(kind)
    return name.removesuffix(" Province").removesuffix(" City")


OFFICIAL: Final = ("official_vi", "official_en")
"""The columns that a list may lack."""
COLUMNS: Final = tuple(field.name for field in fields(Area) if field.name not in OFFICIAL)
_Line: TypeAlias = tuple[int, Area]
"""The number of a line of the file and what it says."""
_DAY: Final = timedelta(days=1)
Found = TypeVar("Found")


class Below:
    """What lies below each area of a list, and what else follows from the list alone: each found once and kept."""

    def __init__(self, by_code: dict[str, Area]) -> None:
        self.by_code = by_code
        self._units: dict[str, tuple[Area, ...]] = {}
        self._codes: dict[str, frozenset[str]] = {}
        self._kept: dict[Hashable, Any] = {}

    def __reduce__(self) -> tuple[type["Below"], tuple[dict[str, Area]]]:
        return Below, (self.by_code,)  # what has been found is found again

    @cached_property
    def children(self) -> dict[str, tuple[Area, ...]]:
        """The areas and offices directly below each area."""
        by_parent: dict[str, list[Area]] = {}
        for area in self.by_code.values():
            by_parent.setdefault(area.parent, []).append(area)
        return {parent: tuple(areas) for parent, areas in by_parent.items()}

    def once(self, key: Hashable, compute: Callable[[], Found]) -> Found:
        """Return what follows from the list, by its `key`; computed for the first who asks."""
        if key not in self._kept:
            self._kept[key] = compute()
        found: Found = self._kept[key]
        return found

    def units(self, code: str) -> tuple[Area, ...]:
        """Return every reporting unit in an area."""
        if code not in self._units:
            area = self.by_code[code]
            below = (unit for child in self.children.get(code, ()) for unit in self.units(child.code))
            self._units[code] = (area,) if area.level in ("commune", "office") else tuple(below)
        return self._units[code]

    def codes(self, code: str) -> frozenset[str]:
        """Return the codes of these units."""
        if code not in self._codes:
            self._codes[code] = frozenset(unit.code for unit in self.units(code))
        return self._codes[code]


@dataclass(frozen=True)
class AreasOn:
    """The areas that exist on one day, in the order of the file. Days between two changes share one list."""

    day: date
    by_code: dict[str, Area] = field(repr=False)
    below: Below = field(repr=False, compare=False)

    def __getitem__(self, code: str) -> Area:
        return self.by_code[code]

    def __contains__(self, code: str) -> bool:
        return code in self.by_code

    def require(self, root: str) -> None:
        """Raise InputRefused unless the office's own area exists on this day and may have units below it."""
        if root not in self:
            raise InputRefused("areas.root_gone", code=printable(root), day=self.day)
        if self[root].level in ("commune", "office"):
            raise InputRefused("areas.root_unit", code=root, level=self[root].level)

    def root(self, code: str) -> str:
        """Return the code of an office's own area, or the area on top where that has not begun yet.

        A province that was made of several has reported as one of them before.
        """
        top = next((area.code for area in self.by_code.values() if not area.parent), "")
        return code if code in self else top

    def two_levels(self, root: str) -> bool:
        """Return whether it is a province whose communes lie directly below it, as all are since 01/07/2025."""
        return (
            root in self
            and self[root].level == "province"
            and all(area.level == "commune" for area in self.children(root))
        )

    def spoken(self, code: str, language: str) -> str:
        """Return the language with the words for the levels below an area, and for the kinds of commune there.

        Of a commune it is that of the area in which it lies.
        """
        language = str(language)
        if code in self and self[code].level == "commune":
            code = self[code].parent
        if code in self and self[code].level == "country":
            districts = any(area.level == "district" for area in self.by_code.values())
            return Country(language) if districts else CountryOfTwoLevels(language)
        if not self.two_levels(code):
            return language
        zones = any(area.type == ZONE for area in self.children(code))
        return TwoLevels(language) if zones else NoZones(language)

    def children(self, code: str) -> tuple[Area, ...]:
        """Return the administrative areas directly below: a province's districts in 2024, communes after 01/07/2025."""
        return tuple(area for area in self.below.children.get(code, ()) if area.level != "office")

    def receivers(self, code: str, root: str) -> tuple[Area, ...]:
        """Return who gets a notice about its own results beside those of this area: the areas directly below it.

        Of the office's own area (`root`), and of a province without districts, they may be communes. A district without
        communes, as islands were, has none to be told about: its justice office counts in its province.
        """
        alone = code == root or self.two_levels(code)
        below = (area for area in self.children(code) if self.communes(area.code))
        return tuple(area for area in below if alone or area.level != "commune")

    def offices(self, code: str) -> tuple[Area, ...]:
        """Return the justice offices that serve exactly this area."""
        return tuple(area for area in self.below.children.get(code, ()) if area.level == "office")

    def units(self, code: str) -> tuple[Area, ...]:
        """Return every reporting unit (commune or office) in this area, itself included if it is one."""
        return self.below.units(code)

    def unit_codes(self, code: str) -> frozenset[str]:
        """Return the codes of the reporting units of an area."""
        return self.below.codes(code)

    def communes(self, code: str) -> tuple[Area, ...]:
        """Return the communes, wards and townships in this area."""
        return tuple(unit for unit in self.units(code) if unit.level == "commune")

    def unit_level(self, code: str) -> str:
        """Return the level of a unit in the terms of `registers.csv`: commune, district_office or department.

        A commune that lies in no district is a `sole_commune`: it keeps what districts' offices keep, too.
        """
        area = self.by_code[code]
        if area.level == "commune":
            return "commune" if area.parent in self and self[area.parent].level == "district" else "sole_commune"
        return "district_office" if self.by_code[area.parent].level == "district" else "department"

    def around(self, area: Area, root: str) -> tuple[Area, ...]:
        """Return what a commune lies in, the nearest first: below a country its district and its province."""
        above = self.by_code[area.parent]
        far = self.by_code[root].level == "country" and above.level == "district"
        return (above, self.by_code[above.parent]) if far else (above,)

    def within(self, code: str, root: str) -> bool:
        """Return whether the area is `root` or below it."""
        while code in self.by_code and code != root:
            code = self.by_code[code].parent
        return code == root


@dataclass(frozen=True)
class Areas:
    """Every area of `areas.csv`, past, present and future."""

    all: tuple[Area, ...] = field(repr=False)

    def __reduce__(self) -> tuple[type["Areas"], tuple[tuple[Area, ...]]]:
        return Areas, (self.all,)

    @cached_property
    def _changes(self) -> list[date]:
        """The days on which some area begins, or no longer exists."""
        ended = {area.valid_to + _DAY for area in self.all if area.valid_to}
        return sorted({area.valid_from for area in self.all} | ended)

    @cached_property
    def _lists(self) -> dict[int, Below]:
        return {}

    def on(self, day: date) -> AreasOn:
        """Return the areas that exist on that day."""
        at = bisect_right(self._changes, day)
        if at not in self._lists:
            self._lists[at] = Below({area.code: area for area in self.all if area.valid(day)})
        return AreasOn(day, self._lists[at].by_code, self._lists[at])

    def ever(self, code: str) -> tuple[Area, ...]:
        """Return all areas that have had the code, oldest first."""
        return self._ever.get(code, ())

    @cached_property
    def _ever(self) -> dict[str, tuple[Area, ...]]:
        by_code: dict[str, list[Area]] = {}
        for area in sorted(self.all, key=lambda area: area.valid_from):
            by_code.setdefault(area.code, []).append(area)
        return {code: tuple(areas) for code, areas in by_code.items()}


def read(data: Path) -> Areas:
    """Return `areas.csv`; an empty English name is the Vietnamese one.

    Raises InputRefused for a code, name, date or level that an area cannot have, and for lines that are no hierarchy on
    every day: then a unit would be left out of the sums in silence.
    """
    lines = [(row.line, _area(row)) for row in csv_table.read_some(data / FILE, COLUMNS, OFFICIAL)]
    _one_at_a_time(lines, lambda area: area.code.casefold(), "areas.overlap")
    _one_at_a_time((line for line in lines if not line[1].parent), lambda _: "", "areas.second_root")
    _one_at_a_time(lines, lambda area: f"{area.parent}/{area.name_vi.casefold()}", "areas.same_name")
    _one_at_a_time(lines, lambda area: f"{area.parent}/{area.name_en.casefold()}", "areas.same_name")
    by_code = _one_at_a_time(lines, lambda area: area.code, "areas.overlap")
    for line, area in lines:
        _require_parent(line, area, by_code)
        _require_successors(line, area, by_code)
    return Areas(tuple(area for _, area in lines))


def _area(row: csv_table.Row) -> Area:
    code = names.code(row, FILE)
    valid_from, valid_to = _period(row)
    if row["level"] not in LEVELS:
        value, allowed = printable(row["level"]), ", ".join(LEVELS)
        raise InputRefused("areas.level", line=row.line, code=code, value=value, allowed=allowed)
    name_vi, name_en = names.both(row, FILE)
    official = names.official(row, FILE)
    others = (row["parent"], row["successor"], row["note"])
    return Area(code, valid_from, valid_to, row["level"], row["type"], name_vi, name_en, *others, *official)


def _period(row: csv_table.Row) -> tuple[date, date | None]:
    """Return the first and the last day of an area. Raises InputRefused for what is no day of these centuries."""
    given = f"{row['valid_from']}–{row['valid_to']}"
    try:
        valid_from = day(row["valid_from"])
        valid_to = day(row["valid_to"]) if row["valid_to"] else None
    except ValueError:
        raise InputRefused("areas.date", line=row.line, code=row["code"], value=printable(given)) from None
    if not (valid_from.year >= _FIRST_YEAR and (valid_to or valid_from).year <= _LAST_YEAR):
        raise InputRefused("areas.date", line=row.line, code=row["code"], value=given)
    if valid_to and valid_to < valid_from:
        raise InputRefused("areas.backwards", line=row.line, code=row["code"], valid_from=valid_from, valid_to=valid_to)
    return valid_from, valid_to


def _one_at_a_time(lines: Iterable[_Line], key: Callable[[Area], str], refusal: str) -> dict[str, list[Area]]:
    """Return the areas by a key, oldest first. Raises InputRefused where two of one key exist on one day."""
    by_key: dict[str, list[_Line]] = {}
    for each in lines:
        by_key.setdefault(key(each[1]), []).append(each)
    for group in by_key.values():
        group.sort(key=lambda line: line[1].valid_from)
        for (first, before), (line, area) in pairwise(group):
            if before.valid(area.valid_from):
                both = f"{before.code} {before.name_vi}"
                raise InputRefused(
                    refusal, line=line, code=area.code, name=area.name_vi, day=area.valid_from, first=first, other=both
                )
    return {key: [area for _, area in group] for key, group in by_key.items()}


def _require_parent(line: int, area: Area, by_code: Mapping[str, Sequence[Area]]) -> None:
    """Raise InputRefused unless an area of a higher level, above the communes, is its parent on each of its days."""
    above = LEVELS[: min(LEVELS.index(area.level), LEVELS.index("commune"))]
    if not area.parent and area.level != "office":
        return
    missing: date | None = area.valid_from
    for parent in by_code.get(area.parent, ()):
        if missing and parent.valid(missing):
            if parent.level not in above:
                values = {"level": area.level, "parent": parent.code, "above": parent.level}
                allowed = ", ".join(above) or "–"
                raise InputRefused("areas.below", line=line, code=area.code, allowed=allowed, **values)
            after = parent.valid_to + _DAY if parent.valid_to else None
            missing = after if after and area.valid(after) else None
    if missing:
        value = printable(area.parent) or "–"
        others = [each for group in by_code.values() for each in group if each.valid(missing) and each.level in above]
        near = names.nearest(
            area.parent, {f"{each.name_vi} ({each.code})": (each.code, each.name_vi) for each in others}
        )
        values = {"code": area.code, "name": area.name_vi}
        raise InputRefused("areas.parent", line=line, parent=value, day=missing, near=near, **values)


def _require_successors(line: int, area: Area, by_code: Mapping[str, Sequence[Area]]) -> None:
    """Raise InputRefused unless each successor exists on the day after the area's last; none need be given."""
    for code in area.successors:
        if not area.valid_to:
            raise InputRefused("areas.not_ended", line=line, code=area.code, successor=printable(code))
        begins = area.valid_to + _DAY
        if not any(each.valid(begins) for each in by_code.get(code, ())):
            raise InputRefused("areas.successor", line=line, code=area.code, successor=printable(code), day=begins)
