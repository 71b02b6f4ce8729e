"""What became of the reporting units of one day by a later one: the same, merged into one, divided, or ended.

Only what went as a whole into one unit can be followed: its counts are then part of that unit's. What was divided is
never split by guess.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from hotich.data.areas import LEVELS, Area, Areas, AreasOn

_UNITS = LEVELS[LEVELS.index("commune") :]


@dataclass(frozen=True)
class Succession:
    """`became`: each unit of the earlier day with the units of the later day that it became or was divided between.

    `parts`: each unit of the later day all of whose parts are known, with them; itself alone where nothing changed.
    """

    became: Mapping[str, frozenset[str]]
    parts: Mapping[str, frozenset[str]]

    @cached_property
    def whole(self) -> dict[str, str]:
        """Each unit of the earlier day that can be followed, and the one that it is or is part of."""
        return {part: unit for unit, parts in self.parts.items() for part in parts}

    @cached_property
    def unchanged(self) -> bool:
        """Return whether every unit of the earlier day is the same on the later one."""
        return all(self.parts.get(code) == frozenset([code]) for code in self.became)

    def divided(self) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
        """Yield units that were divided, with all that shares a unit of today with them, and those units of today.

        What the first had is together what the second have: the one thing that holds where nothing is split.
        """
        open_units = {unit for units in self.became.values() if len(units) > 1 for unit in units}
        while open_units:
            now, then = {min(open_units)}, set[str]()
            while grown := {code for code, units in self.became.items() if units & now} - then:
                then |= grown
                now |= {unit for code in grown for unit in self.became[code]}
            open_units -= now
            yield frozenset(then), frozenset(now)

    def of_all(self, units: frozenset[str]) -> frozenset[str]:
        """Return the units of the later day whose parts are all among `units`."""
        return frozenset(unit for unit, parts in self.parts.items() if parts <= units)


def between(areas: Areas, earlier: AreasOn, later: AreasOn) -> Succession:
    """Return what became of the units of a day by a later one, over any number of changes in between.

    A code may mean another area on each day: areas are told apart by their lines.
    """
    return later.below.once(("became", earlier.below), lambda: _between(areas, earlier, later))


def _between(areas: Areas, earlier: AreasOn, later: AreasOn) -> Succession:
    lines: dict[str, list[Area]] = {}
    for area in areas.all:
        lines.setdefault(area.code, []).append(area)
    units = (area for area in earlier.by_code.values() if area.level in _UNITS)
    became = {area.code: frozenset(_became(area, lines, later)) for area in units}
    parts: dict[str, set[str]] = {}
    for code, units_now in became.items():
        for unit in units_now:
            parts.setdefault(unit, set()).add(code)
    known = {unit: frozenset(codes) for unit, codes in parts.items() if all(len(became[code]) == 1 for code in codes)}
    return Succession(became, known)


def _became(area: Area, lines: Mapping[str, list[Area]], later: AreasOn) -> set[str]:
    if later.by_code.get(area.code) is area:
        return {area.code}
    if area.valid_to is None or area.valid_to >= later.day:
        return set()
    begins = area.valid_to + timedelta(days=1)
    nexts = (each for code in area.successors for each in lines.get(code, ()) if each.valid(begins))
    return {unit for each in nexts for unit in _became(each, lines, later)}
