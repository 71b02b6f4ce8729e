"""A DataFrame as pandas shows it, plain or styled, as a table of the page: with row headings and bound figures."""

from collections.abc import Sequence
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import Tag
from markupsafe import Markup

from hotich.errors import Contradicted
from hotich.language import say
from hotich.measures import definitions
from hotich.measures.facts import Fact
from hotich.page.own import bind
from hotich.page.own.bind import Text
from hotich.views.markup import Column, Table

_MISSING: Final = frozenset({"NaN", "nan", "None", "NaT", "<NA>", ""})
_LEVELS: Final = ("area", "name", "scope", "month", "measure", "value", "unit", "origin", "fact")
"""Labels of `m.frame` that the language files have names for."""
_CUT: Final = "..."
_FACT: Final = '<data value="'
_PLAIN: Final = frozenset(
    {"div", "style", "table", "caption", "thead", "tbody", "tr", "th", "td", "a", "b", "br", "em", "i", "p", "span"}
)
"""Elements that pandas writes, and others whose text is all that they show."""
_WIDEST: Final = 1_000
"""Rows or columns that a cell may cover."""


def table(html: str, cells: Sequence[Sequence[str]], text: Text, caption: str, note: Markup) -> Markup:
    """Return the table; `cells` are the names of the facts that its cells are likely to be, row by row.

    Raises Contradicted for a table without a caption or cut short, and as `Text.pieces` does.
    """
    soup = BeautifulSoup(html, "html.parser")
    _refuse_elements(soup, text)
    given = soup.find("caption")
    caption = caption or (given.get_text().strip() if given else "")
    if not caption:
        raise Contradicted("own.no_caption", page=text.ground.page, cell=text.cell)
    head, body = soup.find("thead"), soup.find("tbody")
    rows = _spread(body) if body else []
    if any(cell.get_text().strip() == _CUT for row in rows for cell in row):
        raise Contradicted("own.cut_short", page=text.ground.page, cell=text.cell)
    shown = [_cells(row, cells[at] if at < len(cells) else (), text) for at, row in enumerate(rows)]
    columns = _columns(_spread(head) if head else [], shown, text)
    return Table(bind.html(text.pieces(caption)), columns, shown, note).html(text.ground.language)


def _refuse_elements(soup: BeautifulSoup, text: Text) -> None:
    """Raise Contradicted for what has no place in a table, and for a cell that would cover the page."""
    found = [f"<{each.name}>" for each in soup.find_all(True) if each.name not in _PLAIN]
    for cell in soup.find_all(["th", "td"]):
        for span in ("colspan", "rowspan"):
            given = str(cell.get(span, "1"))
            if not (given.isascii() and given.isdigit() and 1 <= int(given) <= _WIDEST):
                found.append(f"{span}={given[:20]}")
    if found:
        listed = ", ".join(dict.fromkeys(found[:10]))
        raise Contradicted("own.not_allowed", page=text.ground.page, cell=text.cell, found=listed)


def _spread(part: Tag) -> list[list[Tag]]:
    """Return the rows with each cell at every place that it covers, as rowspan and colspan say."""
    rows: list[list[Tag]] = []
    below: dict[tuple[int, int], Tag] = {}
    for at, row in enumerate(part.find_all("tr")):
        cells: list[Tag] = []
        for cell in row.find_all(["th", "td"]):
            while (at, len(cells)) in below:
                cells.append(below[at, len(cells)])
            for _ in range(int(str(cell.get("colspan", "1")))):
                below |= {(at + down, len(cells)): cell for down in range(1, int(str(cell.get("rowspan", "1"))))}
                cells.append(cell)
        while (at, len(cells)) in below:
            cells.append(below[at, len(cells)])
        rows.append(cells)
    return rows


def _cells(row: Sequence[Tag], names: Sequence[str], text: Text) -> list[Markup]:
    """Return the cells of a row: first the labels of the index, then the values."""
    labels = [cell for cell in row if cell.name == "th"]
    values = row[len(labels) :]
    likely = [text.ground.facts.get(name) for name in names] if len(names) == len(values) else [None] * len(values)
    return [
        *(_label(cell.get_text().strip(), text) for cell in labels),
        *(_value(cell.get_text().strip(), text, fact) for cell, fact in zip(values, likely, strict=True)),
    ]


def _label(words: str, text: Text) -> Markup:
    """Return a label of the index, which may be the code of an area."""
    return bind.html([bind.Named(words)] if words in text.ground.codes else text.pieces(words))


def _value(words: str, text: Text, fact: Fact | None) -> Markup:
    return Markup("–") if words in _MISSING else bind.html(text.pieces(words, column=True, likely=fact))


def _called(label: str, language: str) -> str:
    """Return what the page calls a label of `m.frame`: a measure by its term, a level of the index by its name."""
    if term := definitions.term(label, language):
        return term
    return say(language, f"page.frame.{label}") if label in _LEVELS else label


def _columns(head: Sequence[Sequence[Tag]], rows: Sequence[Sequence[Markup]], text: Text) -> list[Column]:
    """Return the columns under the labels of all rows of the head, of an index the names that pandas puts below."""
    width = max((len(row) for row in [*head, *rows]), default=0)
    columns = []
    for at in range(width):
        said = dict.fromkeys(row[at].get_text().strip() for row in head if at < len(row))
        label = bind.html(text.pieces(" · ".join(_called(word, text.ground.language) for word in said if word)))
        numbers = any(_FACT in row[at] for row in rows)
        columns.append(Column(label or Markup("–"), text=at == 0 or not numbers))
    return columns
