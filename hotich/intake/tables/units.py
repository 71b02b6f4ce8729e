"""Which unit a name or code in a table means: exactly one, or a problem that says what it might have been."""

from dataclasses import dataclass, field
from typing import Final

from hotich.intake.problems import Place, Problem, problem
from hotich.intake.tables.match_names import Names

LONGEST: Final = 12
"""Digits of the longest code there may be."""


class Unresolved(Exception):
    """A name that cannot be read, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.key)
        self.problem = problem


@dataclass(frozen=True)
class Units:
    """Looks units up; what was found once is kept, since tables name the same units again and again."""

    names: Names
    _found: dict[tuple[str, str], str] = field(default_factory=dict)

    def named(self, text: str, area: str, at: Place) -> str:
        """The unit of that name in `area` (anywhere, if empty). Raises Unresolved."""
        if (text, area) not in self._found:
            self._found[text, area] = self._named(text, area, at)
        return self._found[text, area]

    def agreed(self, text: str, code: str, area: str) -> str:
        """The one unit in `area` that both name and code mean, or nothing: a code tells units of one name apart."""
        named = self.names.areas(text) & self.names.units
        same = [
            unit for unit in named if code == unit or (code.isascii() and code.isdigit() and unit.lstrip("0") == code)
        ]
        return same[0] if len(same) == 1 and self._inside(same[0], area) else ""

    def coded(self, code: str, at: Place) -> str:
        """The unit with that code, leading zeros lost or not: units' codes are different as numbers too."""
        units = self.names.units
        if code in units:
            return code
        if code.isascii() and code.isdigit() and len(code) <= LONGEST:
            same = self.names.by_number.get(int(code), [])
            if len(same) == 1:
                return same[0]
        raise Unresolved(self._unknown(code, at))

    def district(self, text: str, area: str) -> str:
        """The code of the area of that name that is no unit, or nothing."""
        codes = {code for code in self.names.areas(text) - self.names.units if self.names.within_root(code)}
        codes |= {text} & self.names.lists.areas.by_code.keys() - self.names.units
        inside = {code for code in codes if self._inside(code, area)} or codes
        return inside.pop() if len(inside) == 1 else ""

    def _named(self, text: str, area: str, at: Place) -> str:
        codes = self.names.areas(text)
        units = codes & self.names.units
        if not units:
            raise Unresolved(self._unknown(text, at))
        if codes - units and any(self._inside(code, area) for code in codes - units):
            raise Unresolved(problem("area.ambiguous", at, text, names=self._listed(codes)))
        inside = {unit for unit in units if self._inside(unit, area)}
        if len(inside) == 1:
            return inside.pop()
        # The province's own office stands in no district, wherever in the file its row is.
        own = {unit for unit in units if self.names.lists.areas[unit].parent == self.names.lists.root}
        if not inside and len(own) == 1 == len(units):
            return own.pop()
        if not inside:
            raise Unresolved(problem("area.elsewhere", at, text, names=self._listed(units), area=self.names.own(area)))
        raise Unresolved(problem("area.ambiguous", at, text, names=self._listed(inside)))

    def _inside(self, code: str, area: str) -> bool:
        return not area or self.names.lists.areas.within(code, area)

    def _listed(self, codes: frozenset[str] | set[str]) -> str:
        areas = self.names.lists.areas
        return "; ".join(
            f"{self.names.own(c)}, {areas[p].name_vi}" if (p := areas[c].parent) else self.names.own(c)
            for c in sorted(codes)
        )

    def _unknown(self, text: str, at: Place) -> Problem:
        day = self.names.lists.areas.day
        for gone in self.names.gone(text):
            if gone.valid_to and gone.valid_to < day:
                successor = self.names.lists.areas.by_code.get(gone.successor)
                after = f"{successor.name_vi} ({successor.code})" if successor else "–"
                return problem("area.gone", at, text, day=f"{gone.valid_to:%d/%m/%Y}", successor=after)
            return problem("area.not_yet", at, text, day=f"{gone.valid_from:%d/%m/%Y}")
        return problem("area.unknown", at, text, nearest=self.names.nearest_units(text))
