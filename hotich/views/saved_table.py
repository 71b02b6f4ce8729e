"""A table as a file for programs: what a reader saves from a page, as CSV.

One header row of names, the same in both languages: those of measures where a column holds one, as in `measures.csv`.
Numbers are plain and as exact as there, months and days as ISO 8601 writes them; a code stands before each name.
Each row ends with the cut-off day, the origin of its counts, and `marks`: which cells are provisional [p], revised
[r], or empty and why ([x] not reported, [z] not applicable, [b] too small a base).

The file begins with the mark of UTF-8: without it Excel misreads Vietnamese; pandas, R's readr and LibreOffice skip it.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from types import MappingProxyType
from typing import Final, Protocol

from markupsafe import Markup, escape

from hotich.data.dataset import Dataset
from hotich.month import Month

MARKS: Final = "marks"
CODED: Final = frozenset({"area", "commune", "difficulty", "district", "figure", "register", "rule", "unit"})
"""Columns of names: `Coded` cells, before which a column holds the codes."""
_NAMES: Final = {
    "population": "percent_population",
    "civil_status": "percent_civil_status",
    "before": "percent_before",
    "points": "percent_change",
    "completed": "communes_completed",
    "of_communes": "communes_total",
    "total": "communes_total",
    "more": "communes_completed_change",
    "since": "completed_since",
    "period": "month",
}
"""What columns are called in the file, where their heading's key is not the measure."""
_FIGURE: Final = re.compile(r'<data value="([^"]*)" data-fact="([^"]*)"[^>]*>(.*?)</data>')
_SYMBOL: Final = re.compile(r"\[[a-z]\]")
_SYMBOLS: Final = re.compile(r"(\s*\[[a-z]\])+")
_SYMBOL_BESIDE: Final = re.compile(r'\s*<span class="mk">[^<]*</span>')
_FORMULA_START: Final = ("=", "+", "-", "@", "\t", "\r")


def origin(synthetic: bool) -> str:
    """Return the origin of figures, in the words of `measures.csv`."""
    return "synthetic" if synthetic else "computed"


class Column(Protocol):
    """A column as this module sees it: its name in the file, and whether it holds text."""

    @property
    def name(self) -> str:
        """Its name in the file."""
        ...

    @property
    def text(self) -> bool:
        """Whether it holds words."""
        ...


@dataclass(frozen=True)
class Coded:
    """A name in a cell: an area's, a register's. It is shown as the name, or as `shown`.

    `under` stands below it on phones, where the column that holds it is hidden.
    """

    code: str
    name: str | Markup
    under: str = ""
    shown: str | Markup = ""

    def __html__(self) -> Markup:
        under = Markup('<span class="sub">{}</span>').format(self.under) if self.under else ""
        return Markup("{}{}").format(self.shown or self.name, under)


@dataclass(frozen=True)
class Valued:
    """A cell that is shown in words and saved as a value."""

    shown: str | Markup
    value: str

    def __html__(self) -> Markup:
        return escape(self.shown)


Cell = str | Markup | Coded | Valued


@dataclass(frozen=True)
class Vintage:
    """Which counts a table rests on: the last columns of every row, and the cut-off days of months in it."""

    columns: Mapping[str, str]
    days: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Dataset, days: Mapping[Month, date] = MappingProxyType({})) -> "Vintage":
        """Return what the tables of a month's pages say; `days` are the cut-off days of months that rows may be of."""
        columns = {"as_of": str(data.counts.delivery.as_of), "origin": origin(data.synthetic)}
        return cls(columns, {str(month): str(day) for month, day in days.items()})

    def of_row(self, facts: Iterable[str]) -> Iterator[str]:
        """Yield the values of its columns for a row with figures of those names."""
        months = {name.partition("@")[2] for name in facts}
        day = self.days.get(months.pop(), "") if len(months) == 1 else ""
        yield from {**self.columns, **({"as_of": day} if day else {})}.values()


def text(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], vintage: Vintage) -> str:
    """Return the table as CSV. Raises ValueError for a column without a name of its own and a cell without a value."""
    names = [_NAMES.get(column.name, column.name) for column in columns]
    header = [*_header(columns, names), *vintage.columns, MARKS]
    if "" in names or len(set(header)) < len(header):
        raise ValueError(f"Columns to be saved have no names of their own: {', '.join(header)}")
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(_row(columns, names, cells, vintage) for cells in rows)
    return buffer.getvalue()


def _header(columns: Sequence[Column], names: Sequence[str]) -> Iterator[str]:
    for column, name in zip(columns, names, strict=True):
        yield from (f"{name}_code", name) if column.name in CODED else (name,)


def _row(columns: Sequence[Column], names: Sequence[str], cells: Sequence[Cell], vintage: Vintage) -> list[str]:
    values = [value for column, cell in zip(columns, cells, strict=True) for value in _values(column, cell)]
    found = [_FIGURE.findall(escape(cell)) for cell in cells]
    marks = [f"{name} {''.join(used)}" for name, cell in zip(names, cells, strict=True) if (used := symbols(cell))]
    return [*values, *vintage.of_row(name for figures in found for _, name, _ in figures), "; ".join(marks)]


def symbols(cell: Cell) -> list[str]:
    """Return the symbols that a cell shows: those beside a figure, or the one in its place."""
    rest = _words(_FIGURE.sub("", escape(cell)))
    return _SYMBOL.findall(rest) if _SYMBOLS.fullmatch(rest) else []


def _values(column: Column, cell: Cell) -> tuple[str, ...]:
    """Return code and name, or a figure as its fact has it, nothing for a symbol or a dash, else the words."""
    if column.name in CODED:
        if not isinstance(cell, Coded):
            raise ValueError(f"A name without its code in the column {column.name}: {cell}")
        return cell.code, harmless(escape(cell.name).striptags())
    if isinstance(cell, Valued):
        return (cell.value,)
    shown = _words(_SYMBOL_BESIDE.sub("", escape(cell)))
    figures = _FIGURE.findall(escape(cell))
    if len(figures) == 1 and unescape(figures[0][2]) == shown:
        return (unescape(figures[0][0]),)
    words = "" if _SYMBOL.fullmatch(shown) or shown == "–" else shown
    if words and not column.text:  # not even a number: 1.234 is another one in Vietnamese
        raise ValueError(f"No value in the column {column.name}: {words}")
    return (harmless(words),)


def _words(html: str) -> str:
    return Markup(html).striptags()  # noqa: S704 - text again, not HTML


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; signed numbers stay numbers (OWASP ASVS 1.2.10)."""
    rest = cell.lstrip("+-\N{MINUS SIGN}")
    if cell.startswith(_FORMULA_START) and not rest.replace(",", "").replace(".", "").isdigit():
        return "'" + cell
    return cell
