"""The index of the site: releases with their headline figures, any two months compared, every unit by month."""

from collections.abc import Collection, Sequence

from markupsafe import Markup

from hotich.data import areas as area_lists
from hotich.data import office
from hotich.data.areas import Area, AreasOn
from hotich.language import html, say
from hotich.measures.facts import Fact
from hotich.page import standalone
from hotich.release.compare import difference
from hotich.release.compare.source import Source
from hotich.release.site.chain import RECENT, Chain
from hotich.storage.paths import ANNEX, DATA, MEASURES, Folders
from hotich.views import spark
from hotich.views.figures import render
from hotich.views.markup import Column, Fragment, Table, named, paragraph, section
from hotich.views.saved_table import Cell, Coded, Vintage, origin
from hotich.views.table_cells import NOT_APPLICABLE, SMALL_BASE


def rendered(
    folders: Folders, chains: Sequence[Chain], compared: Collection[str], broken: Collection[str], language: str
) -> str:
    """Return the page in one language.

    `compared` are the names of the existing pages of differences, `broken` the titles of releases with broken seals.
    """
    view = _IndexPage(folders, compared, broken, language)
    filled = [chain for chain in chains if chain.releases]
    made_up = bool(filled) and all(chain.examples for chain in filled)
    title = view.text("title", office=view.office)
    reported = filled[-1].months[-1].reported if made_up else None
    about = standalone.Plain(language, title, standalone.INDEX, synthetic=made_up, reported=reported)
    sections = [part for chain in filled for part in view.chain(chain)] or [view.nothing()]
    return standalone.page(about, view.opening(), sections)


class _IndexPage:
    """The parts of the page in one language."""

    def __init__(self, folders: Folders, compared: Collection[str], broken: Collection[str], language: str) -> None:
        self.folders, self.compared, self.broken, self.language = folders, compared, broken, language
        self.office = office.read(folders.data).name(language)

    def say(self, key: str, **values: object) -> Markup:
        return html(self.language, f"site.{key}", **values)

    def text(self, key: str, **values: object) -> str:
        return say(self.language, f"site.{key}", **values)

    def mark(self, fact: Fact | None, *, signed: bool = False) -> Markup | str:
        return render(fact, self.language, column=True, signed=signed) if fact else NOT_APPLICABLE

    def opening(self) -> Markup:
        return Markup('<header><p class="top"><b>{}</b></p><h1>{}</h1><p class="stand">{}</p></header>').format(
            self.office, self.say("heading"), self.say("stand")
        )

    def nothing(self) -> Fragment:
        return section("releases", self.say("nothing.heading"), paragraph(self.say("nothing.text")))

    def chain(self, chain: Chain) -> list[Fragment]:
        """Return the sections about one chain: releases, pairs of months, units by month."""
        name = "examples" if chain.examples else "published"
        latest = chain.months[-1]
        areas = area_lists.read(self.folders.data).on(latest.as_of)
        self.language = areas.spoken(latest.root, self.language)
        parts = [section(name, self.say(f"{name}.heading"), *self._releases(chain, name))]
        if len(chain.months) > 1:
            parts.append(section(f"{name}-pairs", self.say(f"{name}.pairs"), *self._pairs(chain, name)))
        return [*parts, section(f"{name}-units", self.say(f"{name}.units"), self._units(chain, name))]

    # ---- Releases ----

    def _releases(self, chain: Chain, name: str) -> list[Markup]:
        made_up = Markup('<span class="sim">{}</span>').format(self.say("simulated"))
        tag = [paragraph(made_up + self.say("examples.note"), "src")] if chain.examples else []
        last = chain.releases[-1].sealed
        note = paragraph(self.say("head", head=last.head if last else ""), "note")
        latest = chain.months[-1]
        return [*tag, self._figures(latest), self._list(chain, name), *self._notices(latest), note]

    def _figures(self, latest: Source) -> Markup:
        """Show the headline figures of the latest month, with a sparkline of the months before."""
        item = Markup('<div><dt>{}</dt><dd class="big">{}</dd><dd>{}</dd></div>')
        month = render(latest.get("month"), self.language)
        line = spark.labelled(_history(latest), self.text("spark", percents="{}"), self.language)
        first = item.format(self.say("key.percent", month=month), self.mark(latest.find("percent")), line)
        rest = (
            item.format(self.say(f"key.{done}"), self.mark(part), self.say("key.of", total=self.mark(total)))
            for done, all_of in _PARTS
            if (part := latest.find(done)) and (total := latest.find(all_of))
        )
        return Markup('<dl class="kf">{}{}</dl>').format(first, Markup("").join(rest))

    def _list(self, chain: Chain, name: str) -> Markup:
        columns = [Column(self.text(f"column.{key}"), key in _TEXTS, key in _WIDE) for key in _COLUMNS]
        rows = [self._row(chain, each) for each in reversed(chain.releases)]
        note = self.say("releases.note")
        return Table(self.say(f"{name}.caption"), columns, rows, note, long=True).html(self.language)

    def _row(self, chain: Chain, each: Source) -> tuple[Cell, ...]:
        """Return a release; on phones, which do not show every column, its state stands below its month."""
        replaced = next((later for later in chain.months if later.month == each.month and later is not each), None)
        state = self.say("replaced", number=named(replaced.number)) if replaced else Markup("")
        given = each.sealed.manifest.get("reason", "") if each.sealed else ""
        reason = self.say("reason", reason=named(given)) if given else Markup("")
        below = Markup('<span class="sub">{}</span>').format(state or self.say("current"))
        return (
            render(each.get("month"), self.language) + below,
            named(each.number),
            self.mark(each.find("percent")),
            self._links(each),
            render(each.get("as_of"), self.language),
            self.mark(each.find("digitised")),
            self.mark(each.find("communes_completed")),
            Markup(" ").join(part for part in (state or self.say("current"), reason) if part),
        )

    def _links(self, each: Source) -> Markup:
        """Link to the release's report and quality page in the reader's language, and to its tables, if it is whole."""
        if each.sealed and each.sealed.title in self.broken:
            return Markup("<b>{}</b>").format(self.say("broken"))
        names = (f"report.{self.language}.html", f"quality.{self.language}.html", ANNEX, DATA, MEASURES)
        there = [name for name in names if (each.folder / name).is_file()]
        base = each.folder.relative_to(self.folders.reports).as_posix()
        labels = {name: self.text(f"link.{name.partition('.')[0]}") for name in there}
        return Markup(" · ").join(Markup('<a href="{}/{}">{}</a>').format(base, name, labels[name]) for name in there)

    def _notices(self, latest: Source) -> list[Markup]:
        """Link to the notices of the latest release in the reader's language, by their receivers, if it is whole."""
        folder = latest.folder / "notices"
        if latest.sealed and latest.sealed.title in self.broken:
            return []
        areas = area_lists.read(self.folders.data).on(latest.as_of)
        links = [
            Markup('<a href="{}">{}</a>').format(
                page.relative_to(self.folders.reports).as_posix(), areas[code].short(self.language)
            )
            for page in sorted(folder.glob(f"*.{self.language}.html"))
            if (code := page.name.partition(".")[0]) in areas
        ]
        month, listed = render(latest.get("month"), self.language), Markup(" · ").join(links)
        return [paragraph(self.say("notices", month=month, links=listed))] if links else []

    # ---- Any two months ----

    def _pairs(self, chain: Chain, name: str) -> list[Markup]:
        """Show a triangle of months: the row's percentage minus the column's, in points, with a link to their page."""
        months = chain.months[-RECENT:]
        first = Column(self.text("column.pair"), text=True)
        columns = [first, *(Column(render(each.get("month"), self.language)) for each in months[:-1])]
        rows = [self._against(each, months[:-1]) for each in months[1:]]
        caption, note = self.say(f"{name}.pairs_caption"), self.say("pairs.note")
        return [Table(caption, columns, rows, note).html(self.language), *self._revisions(chain)]

    def _against(self, later: Source, months: Sequence[Source]) -> list[Markup | str]:
        cells: list[Markup | str] = [render(later.get("month"), self.language)]
        return [*cells, *(self._cell(each, later) if each.month < later.month else NOT_APPLICABLE for each in months)]

    def _cell(self, earlier: Source, later: Source) -> Markup | str:
        before, after = earlier.find("percent"), later.find("percent")
        if not before or not after:
            return NOT_APPLICABLE
        shown = self.mark(difference(after, before), signed=True)
        return self._link(earlier, later, shown)

    def _link(self, earlier: Source, later: Source, shown: Markup | str) -> Markup | str:
        name = f"{earlier.name}_{later.name}"
        if name not in self.compared:
            return shown
        return Markup('<a href="compare/{}">{}</a>').format(standalone.file(name, self.language), shown)

    def _revisions(self, chain: Chain) -> list[Markup]:
        pairs = [(one, two) for one, two in chain.pairs() if one.month == two.month]
        return [paragraph(self._link(one, two, self._revision(one, two))) for one, two in pairs]

    def _revision(self, one: Source, two: Source) -> Markup:
        month = render(two.get("month"), self.language)
        return self.say("revision", month=month, first=named(one.number), second=named(two.number))

    # ---- Any unit over the months ----

    def _units(self, chain: Chain, name: str) -> Markup:
        """List districts and communes with their percentages in the last months."""
        months = chain.months[-RECENT:]
        areas = area_lists.read(self.folders.data).on(months[-1].as_of)
        alone = areas.two_levels(months[-1].root)
        columns = [
            Column(self.text("column.unit"), text=True, name="unit"),
            *([] if alone else [Column(self.text("column.district"), text=True, extra=True, name="district")]),
            *(Column(render(each.get("month"), self.language), name=f"percent_{each.month}") for each in months),
        ]
        listed = [area for area in _units(areas, months[-1].root) if months[-1].find("required", area.code)]
        rows = [self._unit(area, areas, months, alone=alone) for area in listed]
        caption, note = self.say(f"{name}.units_caption"), self.say("units.note")
        days = {f"as_of_{each.month}": str(each.as_of) for each in months}
        vintage = Vintage({**days, "origin": origin(any(each.synthetic for each in months))})
        table = Table(caption, columns, rows, note, file=f"{name}.csv", vintage=vintage, long=True)
        return table.html(self.language)

    def _unit(self, area: Area, areas: AreasOn, months: Sequence[Source], *, alone: bool) -> list[Cell]:
        """Return a unit with its district, unless it lies `alone` in the province, and its percentages."""
        district = area.level == "commune" and area.parent in areas and not alone
        around = areas.around(area, months[-1].root) if district else ()
        parent = ", ".join(each.short(self.language) for each in around)
        percents = (each.find("percent", area.code) for each in months)
        shown = (render(fact, self.language, column=True) if fact else SMALL_BASE for fact in percents)
        return [
            Coded(area.code, area.name(self.language), parent),
            *([] if alone else [Coded(area.parent if parent else "", parent)]),
            *shown,
        ]


def _units(areas: AreasOn, root: str) -> list[Area]:
    """Return districts and communes below the root, each district before its communes."""
    return [unit for child in areas.children(root) for unit in dict.fromkeys((child, *areas.communes(child.code)))]


_OVER = ("communes_over_threshold", "communes_total")
_PARTS = (("communes_completed", "communes_total"), ("districts_over_threshold", "districts_total"), _OVER)
_COLUMNS = ("month", "release", "percent", "files", "as_of", "digitised", "communes_completed", "state")
_TEXTS = ("month", "files", "state")
_WIDE = ("as_of", "digitised", "communes_completed", "state")
"""Columns for which a phone has no room."""


def _history(report: Source) -> list[Fact]:
    """Return the root area's percentages in the order of months, the reported one last."""
    found = [
        fact
        for fact in report.facts.values()
        if (fact.area, fact.scope, fact.measure) == (f"{report.name}/{report.root}", "all", "percent")
    ]
    return sorted(found, key=lambda fact: fact.month or report.month)
