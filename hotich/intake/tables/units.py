"""The one unit that a name or code in a table means, or a problem that lists what it may mean."""

from dataclasses import dataclass, field
from typing import Final

from hotich.intake.problems import Place, Problem, problem
from hotich.intake.tables.match_names import Names

LONGEST: Final = 12
"""The number of digits of the longest possible code."""


class Unresolved(Exception):
    """A name or code without exactly one meaning, and the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.key)
        self.problem = problem


def same_code(written: str, code: str) -> bool:
    """Return whether a written code is this one, which a spreadsheet may have stripped of leading zeros."""
    return written == code or (written.isascii() and written.isdigit() and code.lstrip("0") == written)


@dataclass(frozen=True)
class Units:
    """Looks units up, with a cache: tables repeat the same names."""

    names: Names
    _cache: dict[tuple[str, str], str] = field(default_factory=dict)

    def named(self, text: str, area: str, place: Place) -> str:
        """Return the unit of that name in `area` (anywhere, if empty). Raises Unresolved."""
        if (text, area) not in self._cache:
            self._cache[text, area] = self._named(text, area, place)
        return self._cache[text, area]

    def agreed(self, text: str, code: str, area: str) -> str:
        """Return the one unit in `area` with both name and code, or an empty text: a code distinguishes equal names."""
        same = [unit for unit in self.names.areas(text) & self.names.units if same_code(code, unit)]
        return same[0] if len(same) == 1 and self.names.inside(same[0], area) else ""

    def coded(self, code: str, place: Place) -> str:
        """Return the unit with that code, which may have lost leading zeros. Raises Unresolved."""
        units = self.names.units
        if code in units:
            return code
        if code.isascii() and code.isdigit() and len(code) <= LONGEST:
            same = self.names.by_number.get(int(code), [])
            if len(same) == 1:
                return same[0]
        raise Unresolved(self._unknown(code, place))

    def district(self, text: str, area: str) -> str:
        """Return the code of the area with that name or code that is no unit, or an empty text."""
        codes = {code for code in self.names.areas(text) - self.names.units if self.names.within_root(code)}
        codes |= {text} & self.names.lists.areas.by_code.keys() - self.names.units
        inside = {code for code in codes if self.names.inside(code, area)} or codes
        return inside.pop() if len(inside) == 1 else ""

    def _named(self, text: str, area: str, place: Place) -> str:
        codes = self.names.areas(text)
        units = codes & self.names.units
        if not units:
            raise Unresolved(self._unknown(text, place))
        if codes - units and any(self.names.inside(code, area) for code in codes - units):
            raise Unresolved(problem("area.ambiguous", place, text, names=self._listed(codes)))
        inside = {unit for unit in units if self.names.inside(unit, area)}
        if len(inside) == 1:
            return inside.pop()
        # The province's own office is in no district, wherever in the file its row is.
        of_root = {unit for unit in units if self.names.lists.areas[unit].parent == self.names.lists.root}
        if not inside and len(of_root) == 1 == len(units):
            return of_root.pop()
        if not inside:
            raise Unresolved(
                problem("area.elsewhere", place, text, names=self._listed(units), area=self.names.label(area))
            )
        raise Unresolved(problem("area.ambiguous", place, text, names=self._listed(inside)))

    def _listed(self, codes: frozenset[str] | set[str]) -> str:
        areas = self.names.lists.areas
        return "; ".join(
            f"{self.names.label(c)}, {areas[p].name_vi}" if (p := areas[c].parent) else self.names.label(c)
            for c in sorted(codes)
        )

    def _unknown(self, text: str, place: Place) -> Problem:
        day = self.names.lists.areas.day
        for area in self.names.at_other_times(text):
            if area.valid_to and area.valid_to < day:
                known = self.names.lists.areas.by_code
                found = [known[code] for code in area.successors if code in known]
                after = ", ".join(f"{each.name_vi} ({each.code})" for each in found) or "–"
                return problem("area.gone", place, text, day=f"{area.valid_to:%d/%m/%Y}", successor=after)
            return problem("area.not_yet", place, text, day=f"{area.valid_from:%d/%m/%Y}")
        return problem("area.unknown", place, text, similar=self.names.similar_units(text))
