"""The page of differences between two months' reports."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from markupsafe import Markup

from hotich.data.areas import Area
from hotich.language import LANGUAGES, html, say
from hotich.measures.facts import Fact
from hotich.page import standalone
from hotich.release.compare import gate
from hotich.release.compare.difference import Comparison, Pair
from hotich.release.compare.source import Source
from hotich.storage import atomic
from hotich.storage.paths import Folders
from hotich.views.figures import render
from hotich.views.markup import Column, Fragment, Table, named, paragraph, section
from hotich.views.saved_table import Cell, Coded, Vintage, origin
from hotich.views.table_cells import NOT_APPLICABLE

TOTALS = (
    ("digitised", "all"),
    ("required", "all"),
    ("left", "all"),
    ("percent", "all"),
    ("digitised", "population"),
    ("percent", "population"),
    ("digitised", "civil_status"),
    ("percent", "civil_status"),
    ("communes_completed", "all"),
    ("offices_completed", "all"),
    ("districts_over_threshold", "all"),
    ("communes_over_threshold", "all"),
)
"""The figures of the root area, in the order of the table: measure and scope."""

_OVER = ("districts_over_threshold", "communes_over_threshold")

_SAVED = {"added": "digitised_change", "communes_more": "communes_completed_change", "within": "district"}
"""What columns are called in the files to be saved, where their heading's key is not the measure."""


def write(compared: Comparison, folders: Folders) -> tuple[Path, ...]:
    """Write the page in each language. Raises Contradicted if a figure differs from the reports' own."""
    return tuple(_write(compared, language, folders.comparisons) for language in LANGUAGES)


def _write(compared: Comparison, language: str, folder: Path) -> Path:
    name = standalone.file(compared.name, language)
    page = rendered(compared, language)
    gate.check(page, compared, name)
    atomic.write(folder / name, page.encode())
    return folder / name


def rendered(compared: Comparison, language: str) -> str:
    """Return the page in one language."""
    view = _ComparisonPage(compared, compared.areas.spoken(compared.second.root, language))
    title = say(language, "compare.title", **{name: label.striptags() for name, label in view.labels.items()})
    about = standalone.Plain(
        language,
        title,
        compared.name,
        synthetic=compared.synthetic,
        reported=compared.second.reported,
        back=f"../{standalone.file(standalone.INDEX, language)}",
    )
    return standalone.page(about, view.opening(), view.sections())


class _ComparisonPage:
    """The parts of the page in one language."""

    def __init__(self, compared: Comparison, language: str) -> None:
        self.compared, self.language = compared, language

    def say(self, key: str, **values: object) -> Markup:
        return html(self.language, f"compare.{key}", **values)

    @cached_property
    def labels(self) -> dict[str, Markup]:
        """Labels of the two reports: their months, or month and number if the month is the same."""
        months = {name: render(each.get("month"), self.language) for name, each in self._sources()}
        if self.compared.first.month != self.compared.second.month:
            return months
        return {name: self.say("label", month=months[name], number=each.number) for name, each in self._sources()}

    def mark(self, fact: Fact | None, *, signed: bool = False) -> Markup | str:
        return render(fact, self.language, column=True, signed=signed) if fact else NOT_APPLICABLE

    def opening(self) -> Markup:
        place = self.compared.areas[self.compared.second.root].name(self.language)
        days = {name: render(each.get("as_of"), self.language) for name, each in self._sources()}
        return Markup('<header><p class="top"><b>{}</b></p><h1>{}</h1><p class="stand">{}</p></header>').format(
            place, self.say("heading", **self.labels), self.say("stand", **days)
        )

    def _sources(self) -> Iterable[tuple[str, Source]]:
        return (("first", self.compared.first), ("second", self.compared.second))

    def sections(self) -> list[Fragment]:
        return [
            section("main-points", self.say("points.heading"), self._points()),
            section("whole", self.say("whole.heading"), self._whole()),
            *(
                [section("districts", self.say("districts.heading"), self._districts())]
                if self.compared.districts
                else []
            ),
            section("completed", self.say("completed.heading"), *self._completed()),
            section("communes", self.say("communes.heading"), self._communes()),
            section("sources", self.say("sources.heading"), *self._origin()),
        ]

    # ---- Content of the sections ----

    def _points(self) -> Markup:
        points = [self._point(measure) for measure in ("percent", "communes_completed", *_OVER)]
        listed = (
            Markup("<li>{}</li>").format(point)
            for point in (self._areas(), self._followed(), *points, self._climbers())
            if point
        )
        return Markup('<ol class="mp">{}</ol>').format(Markup("").join(listed))

    def _areas(self) -> Markup | None:
        """Say which areas are compared where they are not the same in both reports."""
        key, names = self.compared.areas_told(self.language)
        return self.say(f"points.{key}", **names, **self.labels) if key else None

    def _followed(self) -> Markup | None:
        """Say what the later report could follow, where it compares itself with the month of the earlier one."""
        second = self.compared.second
        units = {name: second.find(f"units_{name}") for name in ("followed", "expected", "anew", "ended")}
        previous = second.find("previous_month")
        if None in units.values() or previous is None or previous.value != self.compared.first.month:
            return None
        entries = {f"entries_{name}": second.find(f"digitised_{name}") for name in ("followed_before", "followed")}
        return self.say("points.followed", **{name: self.mark(fact) for name, fact in (units | entries).items()})

    def _point(self, measure: str) -> Markup | None:
        pair = self.compared.pair(measure)
        if not pair.first or not pair.second or not pair.change:
            return None
        turn = (pair.change.number > 0) - (pair.change.number < 0)
        size = render(pair.change, self.language, unsigned=True)
        first, second = render(pair.first, self.language), render(pair.second, self.language)
        key = f"points.{measure}_{('same', 'up', 'down')[turn]}"
        return self.say(key, first=first, second=second, size=size)

    def _climbers(self) -> Markup | None:
        climbed = []
        for area in self.compared.districts:
            pair = self.compared.pair("rank", area.code)
            if pair.change and pair.change.number < 0:
                ranks = {"first": self.mark(pair.first), "second": self.mark(pair.second)}
                climbed.append(self.say("points.rank", area=area.short(self.language), **ranks))
        return self.say("points.ranks", moved=Markup("; ").join(climbed)) if climbed else None

    def _whole(self) -> Markup:
        columns = [self._column("figure", text=True), *map(self._column, ("first", "second", "difference"))]
        rows: list[tuple[Cell, ...]] = [
            (self._named(measure, scope), *self._triple(self.compared.pair(measure, scope=scope)))
            for measure, scope in TOTALS
            if self.compared.pair(measure, scope=scope).second
        ]
        return self._table("whole", columns, rows)

    def _districts(self) -> Markup:
        names = ("percent_first", "percent_second", "points", "added", "rank_first", "rank_second", "communes_more")
        columns = [self._column("district", text=True), *map(self._column, names)]
        rows: list[tuple[Cell, ...]] = [
            (Coded(area.code, area.short(self.language)), *self._place(area), self._changed("communes_completed", area))
            for area in self.compared.districts
        ]
        return self._table("districts", columns, rows, long=True)

    def _communes(self) -> Markup:
        names = ("percent_first", "percent_second", "points", "added", "rank_first", "rank_second")
        district = [self._column("within", text=True, extra=True)] if self.compared.districts else []
        columns = [self._column("commune", text=True), *district, *map(self._column, names)]
        rows: list[tuple[Cell, ...]] = [(*self._commune(area), *self._place(area)) for area in self.compared.communes]
        return self._table("communes", columns, rows, long=True)

    def _completed(self) -> list[Markup]:
        lists = (("new", self.compared.completed), ("again", self.compared.reopened))
        changed = [paragraph(said)] if (said := self._areas()) else []
        return changed + [
            paragraph(self.say(f"completed.{key}", units=", ".join(self._full(area) for area in areas)))
            if areas
            else paragraph(self.say(f"completed.no_{key}"))
            for key, areas in lists
            if areas or not changed
        ]

    def _origin(self) -> list[Markup]:
        paragraphs = []
        for _, each in self._sources():
            kind = "release" if each.sealed else "draft"
            head = each.sealed.head if each.sealed else ""
            paragraphs.append(paragraph(self.say(f"sources.{kind}", name=named(each.name), head=head)))
        return [*paragraphs, paragraph(self.say("sources.method"), "note")]

    # ---- Cells ----

    def _place(self, area: Area) -> list[Markup | str]:
        percent, rank = (self._triple(self.compared.pair(measure, area.code)) for measure in ("percent", "rank"))
        return [*percent, self._changed("digitised", area), *rank[:2]]

    def _changed(self, measure: str, area: Area) -> Markup | str:
        return self.mark(self.compared.pair(measure, area.code).change, signed=True)

    def _triple(self, pair: Pair) -> tuple[Markup | str, Markup | str, Markup | str]:
        return self.mark(pair.first), self.mark(pair.second), self.mark(pair.change, signed=True)

    def _commune(self, area: Area) -> tuple[Coded, ...]:
        if not self.compared.districts:
            return (Coded(area.code, area.name(self.language)),)
        district = self._district(area)
        return Coded(area.code, area.name(self.language), district), Coded(area.parent, district)

    def _district(self, area: Area) -> str:
        around = self.compared.areas.around(area, self.compared.second.root)
        return ", ".join(each.short(self.language) for each in around)

    def _full(self, area: Area) -> str:
        within = f" ({self._district(area)})" if self.compared.districts else ""
        return f"{area.name(self.language)}{within}"

    def _named(self, measure: str, scope: str) -> Coded:
        name = str(self.say(f"measure.{measure}"))
        key = f"{self.compared.second.root}/{scope}/{measure}"
        return Coded(key, name if scope == "all" else f"{name}, {self.say(f'scope.{scope}')}")

    def _column(self, name: str, *, text: bool = False, extra: bool = False) -> Column:
        return Column(self.say(f"column.{name}", **self.labels), text, extra, name=_SAVED.get(name, name))

    def _table(self, name: str, columns: list[Column], rows: Sequence[Sequence[Cell]], long: bool = False) -> Markup:
        file = f"{name}-{self.compared.name}.csv"
        caption, note = self.say(f"{name}.caption", **self.labels), self.say(f"{name}.note")
        table = Table(caption, columns, rows, note, file=file, vintage=self._vintage(), long=long)
        tag = Markup('<p class="src"><span class="sim">{}</span></p>').format(self.say("simulated"))
        return table.html(self.language) + (tag if self.compared.synthetic else Markup(""))

    def _vintage(self) -> Vintage:
        days = {f"as_of_{name}": str(each.as_of) for name, each in self._sources()}
        return Vintage({**days, "origin": origin(self.compared.synthetic)})
