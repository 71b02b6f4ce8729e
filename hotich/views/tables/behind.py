"""Communes furthest behind, and those with most left."""

from markupsafe import Markup

from hotich.data.areas import Area
from hotich.language import html
from hotich.measures import Measures
from hotich.measures.levels import FURTHEST
from hotich.views import footnotes
from hotich.views.markup import Fragment, Table
from hotich.views.saved_table import Cell
from hotich.views.table_cells import cell, coded
from hotich.views.tables.shared import caption, column, file_name, show


def behind(m: Measures) -> Fragment:
    """Return the communes furthest behind, lowest percentage first, and what is left in each; empty where none is.

    For instance `tables.behind(m)`.
    """
    communes = [] if m.dense else m.furthest_behind()  # a country's page lists the lowest hundred
    shared = html(m.language, "tables.caption.behind_shared") if len(communes) > FURTHEST else Markup("")
    return _unfinished(m, "behind", communes, shared)


def largest(m: Measures) -> Fragment:
    """Return the communes with most left, the most first; empty where none has any: `tables.largest(m)`."""
    return _unfinished(m, "largest", m.most_work(FURTHEST) if m.furthest_behind() else [])


def _unfinished(m: Measures, name: str, communes: list[Area], more: Markup | str = "") -> Fragment:
    if not communes:
        return Fragment(Markup(""))
    columns = (
        column(m, "commune", text=True),
        *([] if m.two_levels else [column(m, "within", text=True, extra=True, saved="district")]),
        column(m, "required", extra=True),
        column(m, "digitised", extra=True),
        column(m, "percent"),
        column(m, "points"),
        column(m, "left"),
    )
    rows = [_behind_row(m, area) for area in communes]
    note = html(m.language, f"tables.caption.{name}_note") + more + footnotes.explained(m, rows)
    return show(m, Table(caption(m, name), columns, rows, note, file=file_name(m, name)))


def _behind_row(m: Measures, area: Area) -> tuple[Cell, ...]:
    alone = m.two_levels
    name = coded(m, area.code, area.name(m.language), under="" if alone else m.where(area))
    counts = (cell(m, measure, area.code) for measure in ("required", "digitised", "percent"))
    change = cell(m, "percent_change", area.code, signed=True)
    names = (name,) if alone else (name, coded(m, area.parent, m.where(area)))
    return (*names, *counts, change, cell(m, "left", area.code))
