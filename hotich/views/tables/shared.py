"""What all tables of the report have: columns, captions, marks."""

from dataclasses import replace
from typing import Final

from markupsafe import Markup

from hotich.language import html, say
from hotich.measures import Measures, definitions
from hotich.views.figures import render
from hotich.views.markup import Column, Fragment, Table
from hotich.views.narrative.phrases import place
from hotich.views.table_cells import vintage

MANY_PARTS: Final = 40
"""Parts of a country beyond which tables about each of them are not repeated, or have those that need a look."""
FEWER: Final = 24
"""Parts that such a table has: as many as the ranking draws."""


def column(m: Measures, name: str, *, text: bool = False, extra: bool = False, saved: str = "") -> Column:
    """Return a column by its name in `tables.toml`, with what its figures are; `saved` is its name in the file."""
    label, about = say(m.language, f"tables.column.{name}"), definitions.title(name, m.language)
    return Column(label, text, extra, about, saved or name)


def caption(m: Measures, name: str) -> Markup:
    """Return a caption with the place and the day."""
    return html(m.language, f"tables.caption.{name}", place=place(m), as_of=render(m.get("as_of"), m.language))


def cell_text(m: Measures, name: str) -> str:
    """Return the words of a cell."""
    return say(m.language, f"tables.cell.{name}")


def show(m: Measures, table: Table) -> Fragment:
    """Return a table for the page, marked where its counts are made up."""
    tag = Markup('<span class="sim">{}</span>').format(cell_text(m, "simulated")) if m.synthetic else Markup("")
    return Fragment(replace(table, tag=tag, vintage=vintage(m)).html(m.language))


def file_name(m: Measures, name: str) -> str:
    """Return the name of the file that a table is saved as."""
    return f"{name}-{m.month}.csv"
