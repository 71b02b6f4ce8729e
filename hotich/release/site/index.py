"""The first page of the site: releases by month, their headline figures, any two months, any unit over the months."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from hotich.data import areas as known
from hotich.data import office
from hotich.data.areas import Area, AreasOn
from hotich.language import html, say
from hotich.measures.facts import Fact
from hotich.page import standalone
from hotich.release.compare import difference
from hotich.release.compare.source import Source
from hotich.release.site import spark
from hotich.storage.paths import Folders
from hotich.views.figures import format_fact as text_of
from hotich.views.figures import render
from hotich.views.markup import Column, Fragment, Table, paragraph, section
from hotich.views.table_cells import NOT_APPLICABLE, SMALL_BASE

if TYPE_CHECKING:
    from hotich.release.site.build import Chain


def rendered(folders: Folders, chains: Sequence["Chain"], compared: Collection[str], language: str) -> str:
    """The page in one language; `compared` names the pages of differences that there are."""
    shown = _Shown(folders, compared, language)
    filled = [chain for chain in chains if chain.releases]
    made_up = bool(filled) and all(chain.examples for chain in filled)
    about = standalone.Plain(language, shown.text("title", office=shown.office), standalone.INDEX, synthetic=made_up)
    sections = [part for chain in filled for part in shown.chain(chain)] or [shown.nothing()]
    return standalone.page(about, shown.opening(), sections)


class _Shown:
    """The site in one language."""

    def __init__(self, folders: Folders, compared: Collection[str], language: str) -> None:
        self.at, self.compared, self.language = folders, compared, language
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

    def chain(self, chain: "Chain") -> list[Fragment]:
        """The sections about one chain: what was released, any two months, any unit."""
        name = "examples" if chain.examples else "published"
        parts = [section(name, self.say(f"{name}.heading"), *self._releases(chain, name))]
        if len(chain.months) > 1:
            parts.append(section(f"{name}-pairs", self.say(f"{name}.pairs"), *self._pairs(chain, name)))
        return [*parts, section(f"{name}-units", self.say(f"{name}.units"), self._units(chain, name))]

    # ---- Releases ----

    def _releases(self, chain: "Chain", name: str) -> list[Markup]:
        latest = chain.months[-1]
        tag = [paragraph(self._tag() + self.say("examples.note"), "src")] if chain.examples else []
        head = latest.sealed.head if latest.sealed else ""
        newest = max(chain.releases, key=lambda each: each.name)
        head = newest.sealed.head if newest.sealed else head
        return [*tag, self._figures(latest), self._list(chain, name), paragraph(self.say("head", head=head), "note")]

    def _figures(self, latest: Source) -> Markup:
        """The headline figures of the latest month, and how it came there."""
        item = Markup('<div><dt>{}</dt><dd class="big">{}</dd><dd>{}</dd></div>')
        month = render(latest.get("month"), self.language)
        line = spark.line(latest, self.text("spark", percents="{}"), self.language)
        first = item.format(self.say("key.percent", month=month), self.mark(latest.find("percent")), line)
        rest = (
            item.format(
                self.say(f"key.{done}"),
                self.mark(latest.find(done)),
                self.say("key.of", total=self.mark(latest.find(total))),
            )
            for done, total in _PARTS
            if latest.find(done) and latest.find(total)
        )
        return Markup('<dl class="kf">{}{}</dl>').format(first, Markup("").join(rest))

    def _list(self, chain: "Chain", name: str) -> Markup:
        columns = [Column(self.text(f"column.{key}"), text) for key, text in _RELEASES]
        rows = [self._row(chain, each) for each in reversed(chain.releases)]
        note = self.say("releases.note")
        return Table(self.say(f"{name}.caption"), columns, rows, note, long=True).html(self.language)

    def _row(self, chain: "Chain", each: Source) -> tuple[Markup | str, ...]:
        replaced = next((later for later in chain.months if later.month == each.month and later is not each), None)
        state = self.say("replaced", number=replaced.number) if replaced else ""
        reason = each.sealed.manifest.get("reason", "") if each.sealed else ""
        return (
            render(each.get("month"), self.language),
            each.number,
            render(each.get("as_of"), self.language),
            self.mark(each.find("percent")),
            self.mark(each.find("digitised")),
            self.mark(each.find("communes_completed")),
            self._links(each),
            Markup(" ").join(Markup("{}").format(part) for part in (state, reason) if part) or self.say("current"),
        )

    def _links(self, each: Source) -> Markup:
        """The release's own files, in the reader's language first."""
        names = (f"report.{self.language}.html", f"quality.{self.language}.html", "annex.xlsx")
        there = [name for name in names if (each.folder / name).is_file()]
        base = each.folder.relative_to(self.at.reports).as_posix()
        labels = {name: self.text(f"link.{name.partition('.')[0]}") for name in there}
        return Markup(" · ").join(Markup('<a href="{}/{}">{}</a>').format(base, name, labels[name]) for name in there)

    # ---- Any two months ----

    def _pairs(self, chain: "Chain", name: str) -> list[Markup]:
        """A triangle: the row's month against the column's, in points, each cell a link to its page."""
        months = chain.months[-_SHOWN:]
        first = Column(self.text("column.pair"), text=True)
        columns = [first, *(Column(text_of(each.get("month"), self.language)) for each in months[:-1])]
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

    def _revisions(self, chain: "Chain") -> list[Markup]:
        pairs = [(one, two) for one, two in chain.pairs() if one.month == two.month]
        return [
            paragraph(
                self._link(
                    one,
                    two,
                    self.say(
                        "revision", month=render(two.get("month"), self.language), first=one.number, second=two.number
                    ),
                )
            )
            for one, two in pairs
        ]

    # ---- Any unit over the months ----

    def _units(self, chain: "Chain", name: str) -> Markup:
        """Each district and commune with its percentage in each of the last months."""
        months = chain.months[-_SHOWN:]
        areas = known.read(self.at.data).on(months[-1].as_of)
        columns = [
            Column(self.text("column.unit"), text=True),
            Column(self.text("column.district"), text=True, extra=True),
            *(Column(text_of(each.get("month"), self.language)) for each in months),
        ]
        listed = [area for area in _units(areas, months[-1].root) if months[-1].find("required", area.code)]
        rows = [self._unit(area, areas, months) for area in listed]
        note = self.say("units.note")
        return Table(self.say(f"{name}.units_caption"), columns, rows, note, file=f"{name}.csv", long=True).html(
            self.language
        )

    def _unit(self, area: Area, areas: AreasOn, months: Sequence[Source]) -> list[Markup | str]:
        parent = areas[area.parent].short(self.language) if area.level == "commune" else ""
        sub = Markup('<span class="sub">{}</span>').format(parent) if parent else Markup("")
        percents = (each.find("percent", area.code) for each in months)
        shown = (render(fact, self.language, column=True) if fact else SMALL_BASE for fact in percents)
        return [Markup("{}{}").format(area.name(self.language), sub), parent, *shown]

    def _tag(self) -> Markup:
        return Markup('<span class="sim">{}</span>').format(self.say("simulated"))


def _units(areas: AreasOn, root: str) -> list[Area]:
    """Districts and communes below the root, each district before its communes."""
    return [unit for child in areas.children(root) for unit in dict.fromkeys((child, *areas.communes(child.code)))]


_PARTS = (("communes_completed", "communes_total"), ("districts_over_threshold", "districts_total"))
_RELEASES = (
    ("month", True),
    ("release", False),
    ("as_of", False),
    ("percent", False),
    ("digitised", False),
    ("communes_completed", False),
    ("files", True),
    ("state", True),
)
_SHOWN = 12
"""Months that stand side by side; older ones are in their releases."""
