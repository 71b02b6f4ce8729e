"""Every figure of a month, computed once and named once. Pages present these facts and compute nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from hotich import formats
from hotich.checks import Checked, Failed
from hotich.data import find_area
from hotich.data.areas import Area
from hotich.data.dataset import Dataset
from hotich.data.office import Office
from hotich.data.registers import GROUPS, Register
from hotich.data.results import Results
from hotich.errors import WrongUsage, require_language
from hotich.language import Country, TwoLevels, html
from hotich.measures import (
    about_the_report,
    by_area,
    completion,
    coverage,
    handed,
    levels,
    lookup,
    outlook,
    pace,
    published_figures,
    quoted,
    reorganised,
    revisions,
    spread,
    workload,
)
from hotich.measures.facts import COLUMNS, Fact
from hotich.measures.monthly_sums import Basis
from hotich.month import Month, printable
from hotich.storage import csv_table

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Measures:
    """The facts of one month as seen from one area, in the language they are shown in.

    `m["percent"]` is one of them, `m.frame("required", "percent")` is a DataFrame, `charts.progress(m)` a chart.
    `days` are the cut-off days of all months that have counts, oldest first, the reported one last.
    """

    checked: Checked
    root: str
    language: str
    facts: Mapping[str, Fact]
    days: Mapping[Month, date]

    def __repr__(self) -> str:
        return f"<Measures of {self.month}: {len(self.facts)} facts, seen from {self.root} in {self.language}>"

    def _repr_html_(self) -> str:
        facts, month = formats.count(len(self.facts), self.language), formats.month(self.month, self.language)
        area = self.area(self.root).name(self.language)
        return html(self.language, "objects.measures", facts=facts, month=month, area=area, root=self.root)

    def __getitem__(self, name: str) -> Fact:
        """Return the fact of a name: `m["138/all/percent"]`, of the root `m["percent"]` and `m["KS/percent"]`.

        A figure that a notebook takes so may stand on its own charts and in its own tables. Raises NoSuchFact with the
        names nearest to one that no fact has.
        """
        wanted = lookup.place(name, self.scopes)
        of_office = self.office.root if wanted.scope == quoted.SCOPE else ""
        fact = self.find(wanted.measure, wanted.area or of_office, wanted.scope, wanted.month)
        if fact is None:
            raise lookup.unknown(name, wanted, self.facts)
        return handed.over(fact)

    def _ipython_key_completions_(self) -> list[str]:
        """Return what TAB offers after `m["`: what is known of the root this month. All names would be too many."""
        own = (fact for fact in by_area.of(self.facts, {self.root}) if not fact.month)
        return [fact.measure if fact.scope == "all" else f"{fact.scope}/{fact.measure}" for fact in own]

    def frame(
        self,
        *measures: str,
        level: str = "",
        scope: str | Sequence[str] = "all",
        months: str | Sequence[str] = (),
        tidy: bool = False,
        exact: bool = False,
    ) -> "pd.DataFrame":
        """Return facts as a DataFrame: a row an area, a column a measure, every one that there is where none is named.

        `m.frame("required", "percent", level="commune")`; `m.frame("left", scope=["KS", "KT"])`

        Rows are the areas of a `level` below the one that the page is about, by default those directly below it;
        `scope` is one or several of `m.scopes`, `months` is "all" or several months; with these the index has a scope
        and a month (Period), too. With `tidy` a row is a fact, with its name. Counts are Int64, shares and paces
        float64 or, with `exact`, Decimal; what is not known is missing. `attrs["units"]` has each measure's unit.

        A figure that a notebook takes so may stand on its own charts and in its own tables. Raises WrongUsage and
        InputRefused for a name that is none, with what is allowed.
        """
        from hotich.measures import frames

        return frames.of(self, measures, level, scope, months, tidy=tidy, exact=exact)

    @property
    def scopes(self) -> tuple[str, ...]:
        """What a fact may be about: everything, a group of registers, or one of them by its code."""
        return ("all", *GROUPS, *(register.code for register in self.registers), quoted.SCOPE)

    def find(self, measure: str, area: str = "", scope: str = "all", month: Month | None = None) -> Fact | None:
        """Return the fact of that name, or None; of the root area where no other is given."""
        at = f"@{month}" if month and month != self.month else ""
        return self.facts.get(f"{area or self.root}/{scope}/{measure}{at}") or self._of_office(measure, at)

    def _of_office(self, measure: str, at: str) -> Fact | None:
        """Return a fact about the report itself: it is the office's, whatever area the report is about."""
        known = measure in about_the_report.MEASURES or measure.startswith(("target_", "class_"))
        return self.facts.get(f"{self.office.root}/all/{measure}{at}") if known else None

    def get(self, measure: str, area: str = "", scope: str = "all", month: Month | None = None) -> Fact:
        """Return the fact of that name. Raises KeyError with the name when there is none."""
        found = self.find(measure, area, scope, month)
        if found is None:
            at = f"@{month}" if month and month != self.month else ""
            raise KeyError(f"{area or self.root}/{scope}/{measure}{at}")
        return found

    @property
    def printed(self) -> Mapping[str, Fact]:
        """Facts that do not follow from the counts, by their names: all that others have printed are among them."""
        return by_area.rest(self.facts)

    def stated_before(self, fact: Fact) -> Fact | None:
        """Return what the release before stated in its place, where that was another figure."""
        return self.facts.get(fact.beside(f"said_{fact.measure}"))

    def seen_from(self, area: str) -> "Measures":
        """Return the same facts for a page about that area. Raises WrongUsage as `read` does."""
        root = _root(self.checked, area)
        return replace(self, root=root, language=_spoken(self.checked, root, self.language))

    def seen_in(self, language: str) -> "Measures":
        """Return the same facts for a page in that language."""
        return replace(self, language=_spoken(self.checked, self.root, language))

    @cached_property
    def month(self) -> Month:
        """The reported month."""
        return self.checked.data.month

    @property
    def previous(self) -> Month | None:
        """The month that changes are taken from, if there is one."""
        return self.months[-2] if len(self.months) > 1 else None

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """All months that have counts, oldest first, the reported one last."""
        return tuple(self.days)

    @cached_property
    def own_months(self) -> tuple[Month, ...]:
        """Those of the months in which the area that the page is about was the one that it is now."""
        return tuple(month for month in self.months if self.find("units_expected", month=month))

    @property
    def as_of(self) -> date:
        """The cut-off day of the reported month."""
        return self.as_of_on(self.month)

    def as_of_on(self, month: Month) -> date:
        """Return the cut-off day of a month."""
        return self.days[month]

    def covers(self, area: str = "", month: Month | None = None, units: str = "reported") -> bool:
        """Return whether enough units of a whole (the root, a receiver) reported in full to speak of all of it.

        `units` are those "reported", or for a change those "compared" with the month before.
        """
        reported, expected = (self.find(f"units_{name}", area, month=month) for name in (units, "expected"))
        if reported is None or expected is None:
            return True
        return reported.number * 100 >= self.get("coverage_base").number * expected.number

    def compares(self, month: Month | None = None) -> bool:
        """Return whether every unit reported in full in a month and the one before: wholes are comparable.

        They are not where units have ended in between that cannot be followed.
        """
        ended = self.find("units_ended", self.office.root)
        if ended and ended.number and month in (None, self.month):
            return False
        compared, expected = (self.find(f"units_{name}", month=month) for name in ("compared", "expected"))
        return compared is not None and expected is not None and compared.value == expected.value

    @property
    def synthetic(self) -> bool:
        """Return whether any of the counts were made up."""
        return self.checked.data.synthetic

    @property
    def office(self) -> Office:
        """The office that reports."""
        return self.checked.data.office

    @property
    def registers(self) -> tuple[Register, ...]:
        """The types of register, in their own order."""
        return self.checked.data.registers

    def area(self, code: str) -> Area:
        """Return an area by its code, as it is on the as-of date."""
        return self.checked.data.areas[code]

    def short(self, code: str) -> str:
        """Return an area's name without its type, but told from its namesakes: Trạm Tấu; TP Yên Bái, TX Nghĩa Lộ."""
        return self.area(code).short(self.language)

    @cached_property
    def districts(self) -> tuple[Area, ...]:
        """The areas directly below the root that have areas below them; none where communes lie directly below."""
        below = self.checked.data.areas.children(self.root)
        return tuple(area for area in below if area.level != "commune")

    @property
    def two_levels(self) -> bool:
        """Whether communes lie directly below the province that the page is about or in, which has no districts."""
        return isinstance(self.language, TwoLevels)

    @property
    def of_country(self) -> bool:
        """Whether the page is about a country, whose parts are provinces."""
        return isinstance(self.language, Country)

    @property
    def dense(self) -> bool:
        """Whether some of the parts have more communes than can be drawn one by one (see `measures.spread`)."""
        return any(len(self.communes(area.code)) > spread.DENSE for area in self.districts)

    def around(self, area: Area) -> tuple[Area, ...]:
        """Return what a commune lies in, the nearest first: on a page about a country its district and its province."""
        return self.checked.data.areas.around(area, self.root)

    def where(self, area: Area) -> str:
        """Return short names of what a commune lies in: `Trạm Tấu`, on a page about a country `Trạm Tấu, Yên Bái`."""
        return ", ".join(self.short(each.code) for each in self.around(area))

    @property
    def alone(self) -> bool:
        """Whether the root is a commune: one reporting unit with nothing below it."""
        return self.area(self.root).level == "commune"

    @cached_property
    def parts(self) -> tuple[Area, ...]:
        """The areas that are ranked against one another: the districts, in a province without them its communes."""
        return self.checked.data.areas.children(self.root) if self.two_levels else self.districts

    def of_parts(self, what: str, month: Month | None = None) -> Fact:
        """Return a number of the `parts`: those `over_threshold`, or all of them (`total`)."""
        level = "communes" if self.two_levels else "districts"
        return self.get(f"{level}_{what}", month=month)

    def communes(self, code: str = "") -> tuple[Area, ...]:
        """Return the communes, wards and townships of an area, of the root where none is given."""
        return self.checked.data.areas.communes(code or self.root)

    def rank_name(self, area: Area) -> str:
        """Return which of an area's ranks a page tells: of a commune in its province, on a country's page in it."""
        return "rank_in_country" if self.of_country and area.level == "commune" else "rank"

    def slowest(self, areas: Iterable[Area], most: int = 0) -> list[Area]:
        """Return the areas that have a rank, the slowest first; see `levels.slowest` for ties and `most`."""
        placed = {
            area.code: (int(rank.number), int(self.get("left", area.code).number))
            for area in areas
            if (rank := self.find(self.rank_name(area), area.code))
        }
        return [self.area(code) for code in levels.slowest(placed, most)]

    def furthest_behind(self) -> list[Area]:
        """Return the ten unfinished communes furthest behind, the slowest first, and any that share the tenth place."""
        unfinished = [area for area in self.communes() if (left := self.find("left", area.code)) and left.value]
        return self.slowest(unfinished, levels.FURTHEST)

    def most_work(self, most: int = 0) -> list[Area]:
        """Return so many communes with most left, the most first; as many as `largest_share` is about by default."""
        lefts = {area: left.number for area in self.communes() if (left := self.find("left", area.code)) and left.value}
        order = sorted(lefts, key=lambda area: (-lefts[area], area.code))
        return order[: most or int(self.get("largest_count").number)]

    def commune_gained_most(self) -> Area | None:
        """Return the commune that gained most points in the month; None where none did or several share it."""
        gains = {area: gain.number for area in self.communes() if (gain := self.find("percent_change", area.code))}
        most = max(gains.values(), default=0)
        first = [area for area, gain in gains.items() if gain == most]
        return first[0] if most > 0 and len(first) == 1 and not self._some_anew else None

    def of_ranked(self) -> Fact | None:
        """Return among how many the root has its rank: the parts of the area that it lies in."""
        return self._ranked_in(self.above, "communes" if self.alone else "districts")

    @property
    def above(self) -> str:
        """The code of the area in which the root is ranked; of the office's own area itself."""
        return self.root if self.root == self.office.root else self.area(self.root).parent

    @property
    def ranked_as(self) -> str:
        """What the root is ranked among, as keys of texts name it: provinces, districts or communes."""
        level = self.area(self.root).level
        return {"province": "provinces", "commune": "communes"}.get(level, "districts")

    def parts_ranked(self) -> Fact | None:
        """Return how many of the `parts` have a rank."""
        return self._ranked_in(self.root, "communes" if self.two_levels else "districts")

    def _ranked_in(self, whole: str, level: str) -> Fact | None:
        return self.find(f"{level}_ranked", whole) or self.find(f"{level}_total", whole)

    def gained_most(self) -> Area | None:
        """Return the part that gained most points since the month before; None without two to compare."""
        gains = self._gains(self.parts)
        return max(gains, key=gains.__getitem__) if len(gains) > 1 and not self._some_anew else None

    def gained_least(self) -> Area | None:
        """Return the part, of those not yet complete, that gained least; None without two of them to compare."""
        gains = self._gains(area for area in self.parts if not self.get("completed", area.code).value)
        return min(gains, key=gains.__getitem__) if len(gains) > 1 and not self._some_anew else None

    @property
    def _some_anew(self) -> bool:
        """Return whether areas changed so that some have no counts of before: nobody knows who gained most of all."""
        anew = self.find("units_anew", self.office.root)
        return anew is not None and anew.number > 0

    def _gains(self, areas: Iterable[Area]) -> dict[Area, tuple[int | Decimal, int]]:
        """Return points gained and, for equal points, the entries behind them."""
        return {
            area: (points.number, int(self.get("digitised_change", area.code).number))
            for area in areas
            if (points := self.find("percent_change", area.code))
        }

    def slowest_register(self) -> Register | None:
        """Return the unfinished register with the lowest percentage; of equal ones, that with more left; else None.

        Registers with a smaller share of the area's entries than `register_base` do not count: a register of seventy
        entries holds nothing up.
        """
        shares = {each: fact.number for each in self.registers if (fact := self.find("percent", scope=each.code))}
        large = [each for each in shares if self._holds_work_up(each)]
        return min(large, key=lambda each: (shares[each], -self.get("left", scope=each.code).number), default=None)

    def _holds_work_up(self, register: Register) -> bool:
        required, left = (self.get(measure, scope=register.code).number for measure in ("required", "left"))
        return left > 0 and required * 100 >= self.get("register_base").number * self.get("required").number

    def most_left(self) -> Register | None:
        """Return the register that holds most of the remaining work; None when nothing remains."""
        lefts = {each: fact.number for each in self.registers if (fact := self.find("left_share", scope=each.code))}
        return max(lefts, key=lambda each: self.get("left", scope=each.code).number, default=None)


def read(checked: Checked, area: str = "", language: str = "vi") -> Measures:
    """Return all facts of a checked month, seen from `area` (the office's own root where empty).

    Raises WrongUsage for an area the office does not have or that has no units below it, for a commune that does not
    lie directly below the office's own area, and for a language that there are no texts in; Failed for an area that is
    set aside.
    """
    require_language(language)
    root = _root(checked, str(area))  # papermill makes a number of -p area 138
    reported = _counted(checked.reported, checked.data.results, checked.set_aside)
    own, rest, days = checked.data.results.once("facts", lambda: _computed(checked, reported))
    facts = by_area.Facts(own, reported, rest)
    return Measures(checked, root, _spoken(checked, root, language), facts, days)


def _spoken(checked: Checked, root: str, language: str) -> str:
    """Return the language with the words for the levels of an area."""
    return checked.data.areas.spoken(root, language)


def _computed(
    checked: Checked, reported: Mapping[str, Fact]
) -> tuple[dict[str, Fact], dict[str, Fact], dict[Month, date]]:
    """Return the facts that follow from more than the counts, before and after those that do, and the months' days.

    `reported` are those that do, without those of parts that are set aside.
    """
    basis, origin = _basis(checked.reported, checked.data.results, checked.set_aside), _origin(checked.data)
    own = {fact.key: fact.of(origin) for fact in about_the_report.facts(basis, checked)}
    known = by_area.Facts(own, reported, {})
    others = (published_figures.facts(basis, known), revisions.facts(basis, known), quoted.facts(basis.data, known))
    rest = {fact.key: fact for fact in chain.from_iterable(others)}
    checked.data.results.drop(_basis_of(checked.set_aside))
    return own, rest, {table.month: table.as_of for table in basis.tables}


def counted(data: Dataset) -> Mapping[str, Fact]:
    """Return the facts that follow from the counts alone, by their names."""
    return _counted(data, data.results, ())


def _counted(data: Dataset, results: Results, aside: Sequence[str]) -> Mapping[str, Fact]:
    name = "-".join(("counted", *aside))
    return results.here(name, lambda: _counted_once(data, results, aside, f"{name}.sqlite"))


def _counted_once(data: Dataset, results: Results, aside: Sequence[str], file: str) -> Mapping[str, Fact]:
    path = results.folder and results.folder / file
    if path and path.is_file():
        return by_area.InFile(path)
    basis, origin = _basis(data, results, aside), _origin(data)
    parts = (levels, completion, coverage, workload, spread, pace, outlook, reorganised)
    found = (fact.of(origin) for part in parts for fact in part.facts(basis))
    facts = {fact.key: fact for fact in found}
    if not path:
        return facts
    by_area.write(path, facts, data.areas)
    return by_area.InFile(path)


def _basis(data: Dataset, results: Results, aside: Sequence[str]) -> Basis:
    return results.here(_basis_of(aside), lambda: Basis.of(data))


def _basis_of(aside: Sequence[str]) -> str:
    return "-".join(("basis", *aside))


def _origin(data: Dataset) -> str:
    return "synthetic" if data.synthetic else "computed"


def _root(checked: Checked, area: str) -> str:
    areas, office = checked.data.areas, checked.data.office.root
    root = find_area.meant(area, areas.by_code.values()) if area else office
    if root not in areas or not areas.within(root, office) or not areas.communes(root):
        raise no_root(checked, area)
    if areas[root].level == "commune" and areas[root] not in areas.receivers(areas[root].parent, office):
        raise no_root(checked, area)
    if part := checked.aside(root):
        raise Failed(checked, part)
    return root


def no_root(checked: Checked, area: str) -> WrongUsage:
    """Return the refusal of an area that no report can be about, with the nearest of those that can."""
    root = checked.data.office.root
    near = find_area.near(area, find_area.reportable(checked.data.areas, root))
    return WrongUsage("areas.no_root", value=printable(area), root=root, near=near)


def write(m: Measures, path: Path) -> None:
    """Write `measures.csv`: every fact that concerns the root, sorted by name."""
    written = {month: str(month) for month in m.months} | {None: str(m.month)}
    rows = [
        (fact.key, fact.area, fact.scope, fact.measure, written[fact.month], fact.raw, fact.unit, fact.origin)
        for fact in concerning(m)
    ]
    rows.sort(key=itemgetter(0))
    csv_table.write(path, COLUMNS, rows)


def concerning(m: Measures) -> Iterable[Fact]:
    """Return the facts that concern the root: its own, those of all that lies in it, and of the areas it lies in."""
    if m.root == m.office.root:
        return m.facts.values()
    areas = m.checked.data.areas
    above = (code for code in areas.by_code if areas.within(m.root, code))
    return by_area.of(m.facts, {*above, *(code for code in areas.by_code if areas.within(code, m.root))})
