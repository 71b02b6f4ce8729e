"""Which unit and register the names and codes in record lists mean, by the same rules as in tables of counts."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from hotich.data.areas import Area
from hotich.intake.fold_text import fold
from hotich.intake.lists import Lists
from hotich.intake.problems import Place
from hotich.intake.tables.match_names import Names
from hotich.intake.tables.units import Units, Unresolved
from hotich.tally.sql import Keys

WIDTH: Final = 1_000
"""A cell's number is its unit's times this, plus its register's; there are fewer registers."""
_NOWHERE: Final = Place("")


@dataclass(frozen=True)
class Places:
    """Numbers units and registers of the office, and knows what a key of `sql` means."""

    lists: Lists
    names: Names
    found: Units
    units: tuple[Area, ...]
    unit_at: dict[str, int]
    register_at: dict[str, int]
    kept: frozenset[tuple[str, str]]
    _areas: dict[tuple[str, str], str] = field(default_factory=dict)

    def unit(self, key: str, keyed: Keys) -> str:
        """Return the code of the unit that a key of names and codes means, or an empty text."""
        values = keyed.values(keyed.unit, key)
        inside = ""
        for level in ("province", "district"):
            if value := values.get(level, ""):
                inside = self._area(value, inside)
                if not inside:
                    return ""
        try:
            if code := values.get("area_code", ""):
                unit = self.found.coded(code, _NOWHERE)
            else:
                unit = self.found.named(values.get("area", ""), inside, _NOWHERE)
        except Unresolved:
            return ""
        return unit if self.names.inside(unit, inside) else ""

    def _area(self, value: str, inside: str) -> str:
        """Return the area above units that a code or name means, looked up once: a part has few of them."""
        if (value, inside) not in self._areas:
            self._areas[value, inside] = self._looked_up(value, inside)
        return self._areas[value, inside]

    def _looked_up(self, value: str, inside: str) -> str:
        if value == self.lists.root:
            return value
        listed = self.lists.areas.by_code.get(value)
        if listed and value not in self.names.units and self.names.within_root(value):
            return value
        code = self.found.district(value, inside)
        if not code:  # a number that lost its leading zeros: province=1
            alike = [area for area in self.lists.areas.by_code if area.lstrip("0") == value.lstrip("0") != ""]
            code = alike[0] if len(alike) == 1 and alike[0] not in self.names.units else ""
        return code

    def register(self, key: str, keyed: Keys) -> str:
        """Return the code of the register that a key means, or an empty text."""
        values = keyed.values(keyed.register, key)
        written = values.get("register_code", "") or values.get("register", "")
        return self.names.register(written)

    @cached_property
    def unit_names(self) -> tuple[str, ...]:
        """The names of units, as `fold` has them."""
        return tuple(fold(unit.name_vi) for unit in self.units)

    @cached_property
    def register_names(self) -> tuple[str, ...]:
        """The names of registers, as `fold` has them."""
        return tuple(fold(register.name_vi) for register in self.lists.registers)

    def cell(self, number: int) -> tuple[str, str]:
        """Return unit and register of a cell's number."""
        unit, register = divmod(number, WIDTH)
        return self.units[unit].code, self.lists.registers[register].code


def of(lists: Lists) -> Places:
    """Return what names mean in the office's lists."""
    names = Names(lists)
    units = lists.areas.units(lists.root)
    kept = ((u.code, r.code) for u in units for r in lists.registers if lists.applies(u.code, r))
    unit_at = {unit.code: at for at, unit in enumerate(units)}
    register_at = {register.code: at for at, register in enumerate(lists.registers)}
    return Places(lists, names, Units(names), units, unit_at, register_at, frozenset(kept))
