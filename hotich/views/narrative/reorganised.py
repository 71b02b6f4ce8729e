"""What a change of areas since the month before leaves to compare, and what not: nothing where no area changed."""

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from hotich.language import say
from hotich.measures import Measures
from hotich.views.markup import Column, Fragment, Table, named, paragraph, section, symbol
from hotich.views.saved_table import Cell, Coded
from hotich.views.sentences import sentence
from hotich.views.table_cells import NOT_APPLICABLE, cell, vintage

_ROWS: Final = ("followed", "ended", "anew")
_COLUMNS: Final = ("units_before", "required_before", "digitised_before", "units", "required", "digitised")
_COUNTED: Final = ("units", "required", "digitised")
_MEASURES: Final = {
    "followed": tuple(f"{name}_{then}" for then in ("followed_before", "followed") for name in _COUNTED),
    "ended": ("units_ended", "required_ended", "digitised_ended", "", "", ""),
    "anew": ("", "", "", "units_anew", "required_anew", "digitised_anew"),
}
"""The measures of each row; empty where there can be none."""


def reorganised(m: Measures) -> Fragment:
    """Return which units and entries can be compared with the month before after a change of areas."""
    if m.root != m.office.root or m.find("changed_on") is None:
        return Fragment(Markup(""))
    heading = sentence(m, "report.reorganised.heading", day=m.get("changed_on"))
    return section("reorganised", heading, paragraph(Markup(" ").join(_said(m))), _table(m))


def _said(m: Measures) -> Iterator[Markup]:
    month = {"previous": m.get("previous_month")}
    names = ("before", "followed_before", "followed", "expected")
    yield sentence(m, "report.reorganised.followed", **month, **{name: m.get(f"units_{name}") for name in names})
    for name in ("ended", "anew"):
        if (units := m.get(f"units_{name}")).number:
            values = {measure: m.get(f"{measure}_{name}") for measure in ("required", "digitised")}
            yield sentence(m, f"report.reorganised.{name}", units=units, **values, **month)
    if m.previous and m.find("units_expected", month=m.previous) is None:
        then = m.checked.data.all_areas.on(m.as_of_on(m.previous))
        before, place = (each.name(m.language) for each in (then[then.root(m.office.root)], m.area(m.root)))
        key = "wider" if before == place else "other"
        yield sentence(m, f"report.reorganised.{key}", place=place, before=named(before), **month)


def _table(m: Measures) -> Markup:
    columns = [_column(m, "kind", text=True), *(_column(m, name) for name in _COLUMNS)]
    rows: list[tuple[Cell, ...]] = [
        (Coded(name, say(m.language, f"report.reorganised.row.{name}")), *(_cell(m, each) for each in _MEASURES[name]))
        for name in _ROWS
        if name == "followed" or m.get(f"units_{name}").number
    ]
    caption, note = (sentence(m, f"report.reorganised.{name}", day=m.get("changed_on")) for name in ("caption", "note"))
    table = Table(caption, columns, rows, note, file=f"reorganised-{m.month}.csv", vintage=vintage(m))
    return table.html(m.language)


def _cell(m: Measures, measure: str) -> Markup | str:
    return cell(m, measure) if measure else symbol(NOT_APPLICABLE)


def _column(m: Measures, name: str, *, text: bool = False) -> Column:
    month = "previous_month" if name.endswith("_before") else "month"
    label = sentence(m, f"report.reorganised.column.{name.removesuffix('_before')}", month=m.get(month))
    return Column(label, text, name=name)
