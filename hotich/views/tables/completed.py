"""Completed units by district."""

from markupsafe import Markup

from hotich.data.areas import Area
from hotich.language import html
from hotich.measures import Measures
from hotich.views import footnotes
from hotich.views.figures import render
from hotich.views.markup import Fragment, Table, symbol
from hotich.views.saved_table import Cell, Coded, Valued
from hotich.views.table_cells import NOT_REPORTED, cell, coded
from hotich.views.tables.shared import FEWER, MANY_PARTS, caption, cell_text, column, file_name, show


def completed(m: Measures) -> Fragment:
    """Return completed communes by district, most first, each Justice Office apart; nothing without districts.

    For instance `tables.completed(m)`.
    """
    columns = (
        column(m, "district", text=True),
        column(m, "completed"),
        column(m, "total"),
        column(m, "added", saved="communes_completed_change"),
        column(m, "office", text=True, saved="offices_completed"),
    )
    order = sorted(m.districts, key=lambda area: -int(m.get("communes_completed", area.code).number))
    few = len(order) > MANY_PARTS
    rows = [_completed_row(m, area) for area in (order[:FEWER] if few else order)]
    foot = [_completed_counts(m, coded(m, m.root, cell_text(m, "whole")), _offices(m))]
    if not rows:
        return Fragment(Markup(""))
    note = html(m.language, "tables.caption.completed_few") if few else Markup("")
    note += html(m.language, "tables.caption.completed_note") + footnotes.explained(m, [*rows, *foot])
    return show(m, Table(caption(m, "completed"), columns, rows, note, foot, file_name(m, "completed")))


def _completed_row(m: Measures, area: Area) -> tuple[Cell, ...]:
    offices = [unit.code for unit in m.checked.data.areas.offices(area.code)]
    state = Valued(cell_text(m, "open"), "0")
    if any(m.get("completed", code).value for code in offices):
        state = Valued(Markup('<span class="ac">{}</span>').format(cell_text(m, "complete")), "1")
    elif any(m.find("cells_not_reported", code) for code in offices):
        state = Valued(symbol(NOT_REPORTED), "")
    return _completed_counts(m, coded(m, area.code), state)


def _offices(m: Measures) -> Valued:
    done, total = m.get("offices_completed"), m.get("offices_total")
    return Valued(Markup("{} / {}").format(render(done, m.language), render(total, m.language)), done.raw)


def _completed_counts(m: Measures, named: Coded, office: Valued) -> tuple[Cell, ...]:
    added = cell(m, "communes_completed_change", named.code, signed=True)
    counts = (cell(m, f"communes_{name}", named.code) for name in ("completed", "total"))
    return (named, *counts, added, office)
