"""Printed figures beside the computed ones."""

from dataclasses import replace

from markupsafe import Markup

from hotich import formats
from hotich.data import published as printed
from hotich.data.published import Published
from hotich.language import html, say
from hotich.measures import Measures
from hotich.views.figures import render
from hotich.views.markup import Fragment, Table
from hotich.views.saved_table import Cell, Coded, Valued
from hotich.views.table_cells import vintage
from hotich.views.tables.shared import caption, cell_text, column, file_name


def published(m: Measures) -> Fragment:
    """Return printed figures about the root beside the computed ones, and those of other areas that differ.

    For instance `tables.published(m)`.
    """
    if m.root != m.office.root:
        return Fragment(Markup(""))
    every = printed.read(m.checked.data.folders, m.month)
    items = [each for each in every if each.area == m.root or _off(m, each)]
    if not items:
        return Fragment(Markup(""))
    several = len({each.printing for each in items}) > 1 or any(each.as_of != m.as_of for each in items)
    columns = (
        column(m, "figure", text=True),
        *((column(m, "source", text=True),) if several else ()),
        column(m, "published"),
        column(m, "computed"),
        column(m, "difference"),
        column(m, "reason", text=True, extra=True),
    )
    sources = "; ".join(sorted({formats.dated(each.source, m.language) for each in items}))
    note = html(m.language, "tables.caption.published_note", source=sources)
    rows = [_published_row(m, each, several) for each in items]
    file, of = file_name(m, "published"), vintage(m)
    of = of if several else replace(of, columns={"source": sources, **of.columns})
    return Fragment(Table(caption(m, "published"), columns, rows, note, file=file, vintage=of).html(m.language))


def _off(m: Measures, each: Published) -> bool:
    """Return whether a printed figure differs from the counts or from its own parts."""
    found = (m.find(each.fact(what), each.area, each.scope) for what in ("difference", "parts_difference"))
    return any(fact is not None and bool(fact.value) for fact in found)


def _published_row(m: Measures, each: Published, several: bool) -> tuple[Cell, ...]:
    measure, at = each.measure, (each.area, each.scope)
    scope = "" if measure.startswith(("communes", "offices", "districts")) else f", {_scope(m, each.scope)}"
    area = "" if each.area == m.root else f"{m.short(each.area)}: "
    name = f"{area}{say(m.language, f'tables.measure.{measure}')}{scope}"
    ours, difference = m.find(each.fact("besides"), *at) or m.find(measure, *at), m.find(each.fact("difference"), *at)
    computed = render(ours, m.language) if ours else cell_text(m, "none")
    shown: Cell = cell_text(m, "none")
    if difference is not None:
        off = Markup('<span class="al">{}</span>').format(render(difference, m.language, signed=True))
        shown = off if difference.number else Valued(cell_text(m, "agrees"), difference.raw)
    said = render(m.get(each.fact("published"), *at), m.language)
    return (
        Coded(f"{each.area}/{each.scope}/{each.measure}", name),
        *((_source(m, each),) if several else ()),
        said,
        computed,
        shown,
        _reason(m, each) if _off(m, each) else _besides(m, each),
    )


def _besides(m: Measures, each: Published) -> Markup:
    """Return which areas the number is meant besides; nothing for all others."""
    if not each.besides:
        return Markup("")
    return html(m.language, "tables.reason.besides", areas=", ".join(m.short(code) for code in each.besides))


def _source(m: Measures, each: Published) -> Markup:
    """Return who printed the figure, with the day it is about where that is not the day of the counts."""
    day = "" if each.as_of == m.as_of else f", {formats.day(each.as_of, m.language)}"
    return Markup("<span data-name>{}{}</span>").format(formats.dated(each.source, m.language), day)


def _scope(m: Measures, scope: str) -> str:
    register = next((register for register in m.registers if register.code == scope), None)
    return register.name(m.language) if register else say(m.language, f"tables.scope.{scope}")


def _reason(m: Measures, each: Published) -> Markup:
    """Return the reason for an error as far as the figures show it; else that it is unknown."""
    if m.find(each.fact("swapped_nines"), each.area):
        return html(m.language, "tables.reason.swapped")
    offices = m.find(each.fact("parts", "offices_completed"), each.area)
    off = m.find(each.fact("parts_difference"), each.area)
    if each.measure == "communes_completed" and offices and off and off.value == offices.value:
        return html(m.language, "tables.reason.offices", offices=render(offices, m.language, words=True))
    if each.measure == "districts_over_threshold" and (left_out := _left_out(m, each)):
        return html(m.language, "tables.reason.left_out", districts=", ".join(left_out))
    return html(m.language, "tables.reason.unknown")


def _left_out(m: Measures, each: Published) -> list[str]:
    """Return districts over the threshold that the source does not name, where it names any."""
    meant = [area for area in m.districts if area.code not in each.besides]
    over = [a for a in meant if (fact := m.find("percent", a.code)) and fact.number > m.office.threshold]
    named = [area for area in over if m.find(each.fact("published", "percent_over"), area.code)]
    return [m.short(area.code) for area in over if named and area not in named]
