"""The districts below the provinces of a country: how many stand in each class, and which are lowest."""

from typing import Final

from hotich.data.areas import Area
from hotich.measures import Measures
from hotich.measures.about_the_report import classes
from hotich.views import footnotes
from hotich.views.charts import class_key
from hotich.views.figures import render
from hotich.views.markup import Column, Fragment, Table
from hotich.views.saved_table import Cell
from hotich.views.sentences import sentence
from hotich.views.table_cells import cell, coded
from hotich.views.tables.shared import column, file_name, show

_SHOWN: Final = ("rank", "required", "digitised", "percent", "left")
_COMPLETE: Final = ("communes_completed", "communes_total")
LOWEST: Final = 20
"""Districts that are listed; more where several share the last place."""


def districts(m: Measures) -> Fragment:
    """Return the districts of a country by class, and those with the lowest percentages."""
    return Fragment(_classes(m).html + _lowest(m).html)


def _classes(m: Measures) -> Fragment:
    names = [class_key.name(m, at) for at in range(len(classes(m.office.threshold)) + 1)]
    cells = [render(m.get(f"districts_in_class_{at}"), m.language) for at in range(1, len(names) + 1)]
    total = m.get("districts_below")
    columns = (Column(sentence(m, "tables.column.districts_below"), text=True), *(Column(name) for name in names))
    caption = sentence(m, "tables.caption.below", total=total, as_of=m.get("as_of"))
    row = (sentence(m, "tables.cell.number"), *cells)
    return show(m, Table(caption, columns, [row], sentence(m, "tables.caption.below_note")))


def _lowest(m: Measures) -> Fragment:
    """Return the districts with the lowest percentages, the lowest first, each with its rank in its province."""
    areas = [area for part in m.districts for area in m.checked.data.areas.children(part.code)]
    shares = {area.code: percent.number for area in areas if (percent := m.find("percent", area.code))}
    order = sorted(shares, key=lambda code: (shares[code], -m.get("left", code).number))
    last = shares[order[min(LOWEST, len(order)) - 1]] if order else 0
    shown = [code for code in order if shares[code] <= last]
    columns = (
        column(m, "below", text=True, saved="district"),
        column(m, "rank_in_province"),
        column(m, "required", extra=True),
        column(m, "digitised", extra=True),
        column(m, "percent"),
        column(m, "left"),
        column(m, "completed", extra=True),
        column(m, "total", extra=True),
    )
    rows = [_row(m, m.area(code)) for code in shown]
    caption = sentence(m, "tables.caption.below_lowest", as_of=m.get("as_of"))
    note = sentence(m, "tables.caption.behind_note") + footnotes.explained(m, rows)
    return show(m, Table(caption, columns, rows, note, file=file_name(m, "lowest-districts"), long=True))


def _row(m: Measures, area: Area) -> tuple[Cell, ...]:
    code = area.code
    counts = (cell(m, measure, code) for measure in (*_SHOWN, *_COMPLETE))
    return (coded(m, code, f"{m.short(code)}, {m.short(area.parent)}"), *counts)
