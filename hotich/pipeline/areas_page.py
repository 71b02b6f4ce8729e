"""The list of a month's drafts of areas, with search and each area's course: a page in each language beside them.

Its figures are the month's facts. A draft that rests on other inputs than these has a link and no figures.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from hotich import checks, measures
from hotich.data import dataset, provenance
from hotich.data.areas import LEVELS, Area
from hotich.language import html, say
from hotich.measures import Measures
from hotich.month import Month
from hotich.page import figure_gate, names_with_digits, standalone
from hotich.storage import atomic, regular
from hotich.storage.paths import ANNEX, PROVENANCE, Folders
from hotich.views import spark
from hotich.views.figures import render
from hotich.views.markup import Column, Fragment, Table, section
from hotich.views.saved_table import Cell
from hotich.views.table_cells import NOT_APPLICABLE

PAGES: Final = ("report", "quality", "summary")
"""Pages of a draft that the list leads to."""


@dataclass(frozen=True)
class _Listed:
    """An area with what there is of it: `folder` of its draft, whether that is `current`, the page of its `notice`."""

    area: Area
    folder: Path
    current: bool
    notice: Path


def write(month: Month, folders: Folders) -> tuple[str, ...]:
    """Write the list in the office's languages; return the files. Raises Contradicted for a figure that is no fact."""
    checked = checks.run(dataset.read(str(month), folders))
    if checked.stopped:
        return ()
    m = measures.read(checked, "", "vi")
    listed = list(_listed(m))
    if not listed:
        return ()
    return tuple(_write(m.seen_in(language), listed) for language in checked.data.office.languages)


def _write(m: Measures, listed: Sequence[_Listed]) -> str:
    data, language = m.checked.data, str(m.language)
    target = data.folders.areas(m.month).with_name(standalone.file(_name(m), language))
    page = _rendered(m, listed, target.parent)
    figure_gate.check(page, target.name, m.language, m.facts, names_with_digits.with_digits(data))
    atomic.write(target, page.encode())
    return str(target)


def _name(m: Measures) -> str:
    return m.checked.data.folders.areas(m.month).name


def _rendered(m: Measures, listed: Sequence[_Listed], folder: Path) -> str:
    title = say(m.language, "areas.title", office=m.office.name(m.language))
    reported = m.checked.data.reported_after_synthetic
    about = standalone.Plain(str(m.language), title, _name(m), synthetic=m.synthetic, reported=reported)
    heading = html(m.language, "areas.heading", month=render(m.get("month"), m.language))
    stand = html(m.language, "areas.stand", as_of=render(m.get("as_of"), m.language))
    opening = Markup('<header><p class="top"><b>{}</b></p><h1>{}</h1><p class="stand">{}</p></header>').format(
        m.office.name(m.language), heading, stand
    )
    sections = (_section(m, level, listed, folder) for level in LEVELS)
    return standalone.page(about, opening, [each for each in sections if each])


def _section(m: Measures, level: str, every: Sequence[_Listed], folder: Path) -> Fragment | None:
    """Return the areas of a level, those of each province together; None where there are none."""
    listed = [each for each in every if each.area.level == level]
    if not listed:
        return None
    above = any(each.area.parent not in ("", m.office.root) for each in listed)
    columns = [
        Column(say(m.language, f"areas.column.{level}"), text=True),
        *([Column(say(m.language, "areas.column.above"), text=True)] if above else []),
        Column(say(m.language, "areas.column.percent")),
        Column(say(m.language, "areas.column.papers"), text=True, extra=True),
    ]
    rows = [_row(m, each, folder, above=above) for each in listed]
    note = html(m.language, "areas.note")
    table = Table(say(m.language, f"areas.caption.{level}"), columns, rows, note, long=True)
    return section(level, say(m.language, f"areas.level.{level}"), table.html(m.language))


def _row(m: Measures, each: _Listed, folder: Path, *, above: bool) -> list[Cell]:
    language, code = m.language, each.area.code
    links = _links(m, each, folder)
    first = Markup('<a href="{}">{}</a>').format(links[0][0], each.area.name(language))
    percent = m.find("percent", code) if each.current else None
    course = spark.of_area(m, code) if each.current else ""
    shown = Markup("{} {}").format(course, render(percent, language, column=True)) if percent else NOT_APPLICABLE
    papers = Markup(" · ").join(Markup('<a href="{}">{}</a>').format(*link) for link in links)
    if not each.current:
        papers += Markup(" ({})").format(say(language, "areas.older"))
    parent = m.area(each.area.parent).name(language) if each.area.parent else ""
    return [first, *([parent] if above else []), shown, papers]


def _links(m: Measures, each: _Listed, folder: Path) -> list[tuple[str, str]]:
    """Return what there is of an area in the reader's language, each with its label."""
    language = str(m.language)
    files = [(name, each.folder / f"{name}.{language}.html") for name in PAGES]
    files += [("annex", each.folder / ANNEX), ("notice", each.notice.with_suffix(f".{language}.html"))]
    return [
        (path.relative_to(folder).as_posix(), say(language, f"areas.link.{name}"))
        for name, path in files
        if path.is_file()
    ]


def _listed(m: Measures) -> Iterator[_Listed]:
    """Yield the areas that have a page, the office's own first, those below it as its lists have them."""
    data, folders = m.checked.data, m.checked.data.folders
    now = provenance.record(data, {}, {})
    level = [m.area(data.office.root)]
    while level:
        for area in level:
            root = area.code == data.office.root
            folder = folders.draft(m.month, "" if root else area.code)
            above = folders.draft(m.month, "" if area.parent == data.office.root else area.parent)
            each = _Listed(area, folder, _current(folder, now), above / "notices" / area.code)
            if _links(m, each, folders.areas(m.month).parent):
                yield each
        level = [below for area in level for below in data.areas.children(area.code) if below.level != "commune"]


def _current(folder: Path, now: dict[str, object]) -> bool:
    """Return whether a draft rests on the inputs of now. One that has notices alone rests on those of its own."""
    try:
        then: dict[str, Any] = json.loads(regular.read(folder / PROVENANCE))
    except (OSError, ValueError):
        return not folder.is_dir()
    return all(then.get(name) == now[name] for name in ("inputs", "content"))
