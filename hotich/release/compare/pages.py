"""The page of differences between two months' reports."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from markupsafe import Markup

from hotich.data.areas import Area
from hotich.language import LANGUAGES, html, say
from hotich.measures.facts import Fact
from hotich.page import standalone
from hotich.release.compare import bound
from hotich.release.compare.difference import Comparison, Pair
from hotich.release.compare.source import Source
from hotich.storage import atomic
from hotich.storage.paths import Folders
from hotich.views.figures import render
from hotich.views.markup import Column, Fragment, Table, paragraph, section

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
)
"""The figures about the whole area, in the order of the table: measure and scope."""


def write(compared: Comparison, folders: Folders) -> tuple[Path, ...]:
    """Both pages, into `reports/compare/`. Raises Contradicted when a figure differs from the reports' own."""
    return tuple(_write(compared, language, folders.comparisons) for language in LANGUAGES)


def _write(compared: Comparison, language: str, folder: Path) -> Path:
    name = standalone.file(compared.name, language)
    page = rendered(compared, language)
    bound.require(page, compared, name)
    atomic.write(folder / name, page.encode())
    return folder / name


def rendered(compared: Comparison, language: str) -> str:
    """The page in one language."""
    shown = _Shown(compared, language)
    title = say(language, "compare.title", **{name: label.striptags() for name, label in shown.labels.items()})
    about = standalone.Plain(
        language,
        title,
        compared.name,
        synthetic=compared.synthetic,
        back=f"../{standalone.file(standalone.INDEX, language)}",
    )
    return standalone.page(about, shown.opening(), shown.sections())


class _Shown:
    """A comparison in one language."""

    def __init__(self, compared: Comparison, language: str) -> None:
        self.of, self.language = compared, language

    def say(self, key: str, **values: object) -> Markup:
        return html(self.language, f"compare.{key}", **values)

    @cached_property
    def labels(self) -> dict[str, Markup]:
        """What tells the two reports apart: their months, or their numbers where the month is the same."""
        months = {name: render(each.get("month"), self.language) for name, each in self._sources()}
        if self.of.first.month != self.of.second.month:
            return months
        return {name: self.say("label", month=months[name], number=each.number) for name, each in self._sources()}

    def mark(self, fact: Fact | None, *, signed: bool = False) -> Markup | str:
        return render(fact, self.language, column=True, signed=signed) if fact else "[z]"

    def opening(self) -> Markup:
        place = self.of.areas[self.of.second.root].name(self.language)
        days = {name: render(each.get("as_of"), self.language) for name, each in self._sources()}
        return Markup('<header><p class="top"><b>{}</b></p><h1>{}</h1><p class="stand">{}</p></header>').format(
            place, self.say("heading", **self.labels), self.say("stand", **days)
        )

    def _sources(self) -> Iterable[tuple[str, Source]]:
        return (("first", self.of.first), ("second", self.of.second))

    def sections(self) -> list[Fragment]:
        return [
            section("main-points", self.say("points.heading"), self._points()),
            section("whole", self.say("whole.heading"), self._whole()),
            *([section("districts", self.say("districts.heading"), self._districts())] if self.of.districts else []),
            section("completed", self.say("completed.heading"), *self._completed()),
            section("communes", self.say("communes.heading"), self._communes()),
            section("sources", self.say("sources.heading"), *self._origin()),
        ]

    # ---- What stands in the sections ----

    def _points(self) -> Markup:
        points = [self._point(measure) for measure in ("percent", "communes_completed", "districts_over_threshold")]
        listed = (Markup("<li>{}</li>").format(point) for point in (*points, self._climbers()) if point)
        return Markup('<ol class="mp">{}</ol>').format(Markup("").join(listed))

    def _point(self, measure: str) -> Markup | None:
        pair = self.of.pair(measure)
        if not pair.first or not pair.second or not pair.change:
            return None
        turn = (pair.change.number > 0) - (pair.change.number < 0)
        size = render(pair.change, self.language, unsigned=True)
        values = {
            "first": render(pair.first, self.language),
            "second": render(pair.second, self.language),
            "size": size,
        }
        return self.say(f"points.{measure}_{('same', 'up', 'down')[turn]}", **values)

    def _climbers(self) -> Markup | None:
        moved = [(pair, area) for area in self.of.districts if (pair := self.of.pair("rank", area.code)).change]
        up = [(pair, area) for pair, area in moved if pair.change and pair.change.number < 0]
        if not up:
            return None
        each = (
            self.say(
                "points.rank",
                area=area.short(self.language),
                first=self.mark(pair.first),
                second=self.mark(pair.second),
            )
            for pair, area in up
        )
        return self.say("points.ranks", moved=Markup("; ").join(each))

    def _whole(self) -> Markup:
        columns = [
            self._column("figure", text=True),
            self._column("first"),
            self._column("second"),
            self._column("difference"),
        ]
        rows = [
            (self._named(measure, scope), *self._triple(self.of.pair(measure, scope=scope)))
            for measure, scope in TOTALS
            if self.of.pair(measure, scope=scope).second
        ]
        return self._table("whole", columns, rows)

    def _districts(self) -> Markup:
        names = ("percent_first", "percent_second", "points", "added", "rank_first", "rank_second", "communes_more")
        columns = [self._column("district", text=True), *(self._column(name) for name in names)]
        rows = [
            (area.short(self.language), *self._place(area), self._changed("communes_completed", area))
            for area in self.of.districts
        ]
        return self._table("districts", columns, rows, long=True)

    def _communes(self) -> Markup:
        names = ("percent_first", "percent_second", "points", "added", "rank_first", "rank_second")
        columns = [
            self._column("commune", text=True),
            self._column("district", text=True, extra=True),
            *(self._column(name) for name in names),
        ]
        rows = [(self._commune(area), self._district(area), *self._place(area)) for area in self.of.communes]
        return self._table("communes", columns, rows, long=True)

    def _completed(self) -> list[Markup]:
        lists = (("new", self.of.completed), ("again", self.of.reopened))
        return [
            paragraph(self.say(f"completed.{key}", units=", ".join(self._full(area) for area in areas)))
            if areas
            else paragraph(self.say(f"completed.no_{key}"))
            for key, areas in lists
        ]

    def _origin(self) -> list[Markup]:
        told = []
        for _, each in self._sources():
            kind = "release" if each.sealed else "draft"
            head = each.sealed.head if each.sealed else ""
            told.append(paragraph(self.say(f"sources.{kind}", name=each.name, head=head)))
        return [*told, paragraph(self.say("sources.method"), "note")]

    # ---- Cells ----

    def _place(self, area: Area) -> list[Markup | str]:
        percent, rank = self.of.pair("percent", area.code), self.of.pair("rank", area.code)
        return [
            self.mark(percent.first),
            self.mark(percent.second),
            self.mark(percent.change, signed=True),
            self._changed("digitised", area),
            self.mark(rank.first),
            self.mark(rank.second),
        ]

    def _changed(self, measure: str, area: Area) -> Markup | str:
        return self.mark(self.of.pair(measure, area.code).change, signed=True)

    def _triple(self, pair: Pair) -> tuple[Markup | str, Markup | str, Markup | str]:
        return self.mark(pair.first), self.mark(pair.second), self.mark(pair.change, signed=True)

    def _commune(self, area: Area) -> Markup:
        return Markup('{}<span class="sub">{}</span>').format(area.name(self.language), self._district(area))

    def _district(self, area: Area) -> str:
        return self.of.areas[area.parent].short(self.language)

    def _full(self, area: Area) -> str:
        return f"{area.name(self.language)} ({self._district(area)})"

    def _named(self, measure: str, scope: str) -> str:
        return (
            f"{self.say(f'measure.{measure}')}, {self.say(f'scope.{scope}')}"
            if scope != "all"
            else str(self.say(f"measure.{measure}"))
        )

    def _column(self, name: str, *, text: bool = False, extra: bool = False) -> Column:
        labels = {key: label.striptags() for key, label in self.labels.items()}
        return Column(say(self.language, f"compare.column.{name}", **labels), text, extra)

    def _table(
        self, name: str, columns: list[Column], rows: Sequence[Sequence[Markup | str]], long: bool = False
    ) -> Markup:
        file = f"{name}-{self.of.name}.csv"
        table = Table(
            self.say(f"{name}.caption", **self.labels), columns, rows, self.say(f"{name}.note"), file=file, long=long
        )
        tag = Markup('<p class="src"><span class="sim">{}</span></p>').format(self.say("simulated"))
        return table.html(self.language) + (tag if self.of.synthetic else Markup(""))
