"""Two months' figures side by side. A difference is the later figure minus the earlier one, as both reports give them.

The change that a report itself states is another figure: it covers only units that reported in both months.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from hotich.data import areas, office, succession
from hotich.data.areas import Area, AreasOn
from hotich.data.office import Office
from hotich.data.succession import Succession
from hotich.measures.facts import Fact
from hotich.release.compare.source import Source
from hotich.storage.paths import Folders

MINUS = " - "
"""The separator of the two facts' names in the name of their difference."""
_OF_AREAS = ("communes_", "offices_", "districts_")
"""How numbers of areas are called: they say nothing beside those of other areas."""


@dataclass(frozen=True)
class Pair:
    """The same figure in both reports; None where a report lacks it. `comparable` if it is about the same areas."""

    first: Fact | None
    second: Fact | None
    comparable: bool = True

    @property
    def change(self) -> Fact | None:
        """The second minus the first, or None unless both are numbers about the same areas."""
        if not self.comparable or not self.first or not self.second or not isinstance(self.first.value, int | Decimal):
            return None
        return difference(self.second, self.first)


def difference(later: Fact, earlier: Fact) -> Fact:
    """Subtract two facts. The name of the result is `examples-0002-2024-10/15/all/digitised - examples-0001-…`."""
    unit = "points" if later.unit == "percent" else later.unit
    measure = f"{later.measure}{MINUS}{earlier.key}"
    return Fact(later.area, later.scope, measure, later.number - earlier.number, unit, later.origin)


@dataclass(frozen=True)
class Comparison:
    """Two reports of one office, the earlier month first, the areas of both, and the office.

    `then` are the areas as they were in the first report, `areas` as they were in the second; a code may mean another
    area in each.
    """

    first: Source
    second: Source
    then: AreasOn
    areas: AreasOn
    became: Succession
    office: Office

    @property
    def name(self) -> str:
        """The file name of its pages, without language and suffix."""
        return f"{self.first.name}_{self.second.name}"

    @property
    def synthetic(self) -> bool:
        """Whether any of its figures were made up."""
        return self.first.synthetic or self.second.synthetic

    def pair(self, measure: str, area: str = "", scope: str = "all") -> Pair:
        """Return a figure as both reports have it, by default of the root area.

        Of a code that meant another area then, the first figure is what the second report says of its parts, or none.
        """
        first, second = (each.find(measure, area, scope) for each in (self.first, self.second))
        if not area or area == self.second.root:
            return Pair(first, second, self.same_root and (self.unchanged or not measure.startswith(_OF_AREAS)))
        if self.same(area) and (measure != "rank" or self.unchanged):
            return Pair(first, second)
        return Pair(self.second.find(measure, area, scope, self.first.month), second)

    def same(self, code: str) -> bool:
        """Return whether a code means the same area in both reports, by its line in the list."""
        line = self.then.by_code.get(code)
        return line is not None and line is self.areas.by_code.get(code)

    @property
    def same_root(self) -> bool:
        """Whether both reports are about the same area."""
        return self.first.root == self.second.root and self.same(self.second.root)

    @cached_property
    def unchanged(self) -> bool:
        """Whether the areas in both reports are the same."""
        units = {unit.code for unit in self.areas.units(self.second.root)}
        return self.became.unchanged and units <= self.became.parts.keys()

    @cached_property
    def districts(self) -> tuple[Area, ...]:
        """The areas directly below the root that have areas below them, in the order of the second report's ranks."""
        below = (area for area in self.areas.children(self.second.root) if area.level != "commune")
        return tuple(sorted(below, key=self._place))

    @cached_property
    def communes(self) -> tuple[Area, ...]:
        """All communes, in the order of the second report's ranks."""
        return tuple(sorted(self.areas.communes(self.second.root), key=self._place))

    def _place(self, area: Area) -> tuple[int, str]:
        rank = self.second.find("rank", area.code)
        return (int(rank.number) if rank else len(self.areas.by_code), area.code)

    @cached_property
    def completed(self) -> tuple[Area, ...]:
        """Communes that are complete in the second report and were not in the first."""
        return tuple(self._turned(0, 1))

    @cached_property
    def reopened(self) -> tuple[Area, ...]:
        """Communes that were complete in the first report and are not in the second."""
        return tuple(self._turned(1, 0))

    def _turned(self, before: int, after: int) -> Iterator[Area]:
        for area in self.communes:
            pair = self.pair("completed", area.code)
            if pair.first and pair.second and (pair.first.value, pair.second.value) == (before, after):
                yield area

    def differing(self) -> Iterator[Pair]:
        """Yield every figure of the reported months with different values in the two reports, in order of name."""
        for key in sorted(key for key, fact in self.first.facts.items() if fact.month is None):
            name = key.removeprefix(f"{self.first.name}/")
            pair = Pair(self.first.facts[key], self.second.facts.get(f"{self.second.name}/{name}"))
            if pair.second and pair.first and pair.second.value != pair.first.value and self._told(pair.second):
                yield pair

    def areas_told(self, language: str) -> tuple[str, dict[str, str]]:
        """Return the key and the values of the sentence about which areas are compared; empty where all are."""
        if self.same_root:
            return "" if self.unchanged else "areas_changed", {}
        areas = {"one": self.then[self.first.root], "other": self.areas[self.second.root]}
        return "areas_other", {name: area.name(language) for name, area in areas.items()}

    def _told(self, fact: Fact) -> bool:
        """Return whether a figure is about the same area in both reports."""
        code = fact.area.removeprefix(f"{self.second.name}/")
        if code == self.second.root:
            return self.pair(fact.measure, scope=fact.scope).comparable
        return self.same(code) and (fact.measure != "rank" or self.unchanged)


def between(folders: Folders, one: Source, other: Source) -> Comparison:
    """Compare two reports, ordered by month, then by name. Raises InputRefused if the areas cannot be read."""
    first, second = sorted((one, other), key=lambda each: (each.month, each.name))
    listed = areas.read(folders.data)
    then, now = (listed.on(each.as_of) for each in (first, second))
    return Comparison(first, second, then, now, succession.between(listed, then, now), office.read(folders.data))
