"""The difficulties that units named, now and before, and by district."""

from markupsafe import Markup

from hotich.data import difficulties as named
from hotich.data.areas import Area
from hotich.language import html, say
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.views.figures import render
from hotich.views.markup import Column, Fragment, Table, fold
from hotich.views.saved_table import Cell, Coded, Valued
from hotich.views.table_cells import coded
from hotich.views.tables.shared import MANY_PARTS, caption, cell_text, column, file_name, show


def difficulties(m: Measures) -> Fragment:
    """Return how many units named each kind of difficulty, most first; nothing where none did.

    For instance `tables.difficulties(m)`.
    """
    counts = [(kind, m.find(f"difficulty_{kind}")) for kind in named.DIFFICULTIES]
    found = sorted(
        ((kind, fact) for kind, fact in counts if fact and fact.number),
        key=lambda pair: (-int(pair[1].number), pair[0]),
    )
    if not found:
        return Fragment(Markup(""))
    columns = (
        column(m, "difficulty", text=True),
        column(m, "units"),
        *([column(m, "units_before")] if m.previous else []),
    )
    rows = [_difficulty(m, kind, fact) for kind, fact in found]
    units = render(m.get("units_expected"), m.language)
    note = html(m.language, "tables.caption.difficulties_note", units=units)
    return show(m, Table(caption(m, "difficulties"), columns, rows, note, file=file_name(m, "difficulties")))


def _difficulty(m: Measures, kind: str, units: Fact) -> tuple[Cell, ...]:
    """Return a difficulty with the units that named it now and, where there was a month, in the month before."""
    named_now = (Coded(kind, say(m.language, f"data.difficulty.{kind}")), render(units, m.language))
    if not m.previous:
        return named_now
    before = m.find(f"difficulty_{kind}", month=m.previous)
    return (*named_now, render(before, m.language) if before else cell_text(m, "none"))


def difficulties_by_district(m: Measures) -> Fragment:
    """Return how many units of each district named each difficulty, folded; nothing without districts, or of many.

    For instance `tables.difficulties_by_district(m)`.
    """
    kinds = [kind for kind in named.DIFFICULTIES if m.find(f"difficulty_{kind}")]
    if not kinds or not 1 < len(m.districts) <= MANY_PARTS:
        return Fragment(Markup(""))
    columns = (
        column(m, "district", text=True),
        *(Column(say(m.language, f"data.difficulty.{kind}"), name=f"difficulty_{kind}") for kind in kinds),
    )
    rows = [(coded(m, area.code), *(_named_by(m, area, kind) for kind in kinds)) for area in m.districts]
    table = Table(
        caption(m, "difficulties_by_district"), columns, rows, file=file_name(m, "difficulties-by-district"), long=True
    )
    return Fragment(fold(say(m.language, "tables.fold.by_district"), show(m, table).html))


def _named_by(m: Measures, area: Area, kind: str) -> Cell:
    units = m.find(f"difficulty_{kind}", area.code)
    return render(units, m.language) if units else Valued(cell_text(m, "none"), "0")
