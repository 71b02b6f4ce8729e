"""A DataFrame as pandas shows it, plain or styled, as a table of the page: with row headings and bound figures."""

from collections.abc import Sequence
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import Tag
from markupsafe import Markup

from hotich.errors import Contradicted
from hotich.measures.facts import Fact
from hotich.page.own import bind
from hotich.page.own.bind import Text
from hotich.views.markup import Column, Table

_MISSING: Final = frozenset({"NaN", "nan", "None", "NaT", "<NA>", ""})
_CUT: Final = "..."
_FACT: Final = '<data value="'
_PLAIN: Final = frozenset(
    {"div", "style", "table", "caption", "thead", "tbody", "tr", "th", "td", "a", "b", "br", "em", "i", "p", "span"}
)
"""Elements that pandas writes, and others whose text is all that they show."""
_WIDEST: Final = 1_000
"""Rows or columns that a cell may cover."""


def table(html: str, cells: Sequence[Sequence[str]], text: Text, caption: str, *, numbered: bool = False) -> Markup:
    """Return the table; `cells` are the names of the facts that its cells are likely to be, row by row.

    Where its rows are merely `numbered`, the numbers are left out.

    Raises Contradicted for a table without a caption or cut short, and as `Text.pieces` does.
    """
    soup = BeautifulSoup(html, "html.parser")
    _refuse_elements(soup, text)
    given = soup.find("caption")
    caption = caption or (given.get_text().strip() if given else "")
    if not caption:
        raise Contradicted("own.no_caption", page=text.ground.page, cell=text.cell)
    head, body = soup.find("thead"), soup.find("tbody")
    if numbered and body and body.find("th"):
        for row in soup.find_all("tr"):
            if first := row.find(["th", "td"]):
                first.decompose()
    rows = _spread(body) if body else []
    if any(cell.get_text().strip() == _CUT for row in rows for cell in row):
        raise Contradicted("own.cut_short", page=text.ground.page, cell=text.cell)
    labels = _labels(_spread(head) if head else [], max((len(row) for row in rows), default=0))
    shown = [_cells(row, labels, cells[at] if at < len(cells) else (), text) for at, row in enumerate(rows)]
    columns = _columns(labels, shown, text)
    return Table(bind.html(text.pieces(caption)), columns, shown).html(text.ground.language)


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
        if cells:
            rows.append(cells)
    return rows


def _labels(head: Sequence[Sequence[Tag]], least: int) -> list[list[str]]:
    """Return the labels of each column in all rows of the head, with the names that pandas puts below an index."""
    width = max((len(row) for row in head), default=0)
    said = ([_words(row[at]) for row in head if at < len(row)] for at in range(max(width, least)))
    return [[word for word in dict.fromkeys(column) if word] for column in said]


def _cells(row: Sequence[Tag], labels: Sequence[Sequence[str]], names: Sequence[str], text: Text) -> list[Markup]:
    """Return the cells of a row: first the labels of the index, then the values."""
    index = sum(cell.name == "th" for cell in row)
    known = [text.ground.facts.get(name) for name in names]
    likely = known if len(known) == len(row) - index else [None] * len(row)
    values = zip(map(_words, row[index:]), labels[index:], likely, strict=False)
    return [
        *(_label(_words(cell), text) for cell in row[:index]),
        *(_label(words, text) if "area" in column else _value(words, text, fact) for words, column, fact in values),
    ]


def _words(cell: Tag) -> str:
    return cell.get_text().strip()


def _label(words: str, text: Text) -> Markup:
    """Return a label of the index, which may be the code of an area."""
    return bind.html([bind.Named(words)] if words in text.ground.codes else text.pieces(words))


def _value(words: str, text: Text, fact: Fact | None) -> Markup:
    if words in text.ground.facts:  # the name of one
        return bind.html([bind.Named(words)])
    return Markup("–") if words in _MISSING else bind.html(text.pieces(words, column=True, likely=fact))


def _columns(labels: Sequence[Sequence[str]], rows: Sequence[Sequence[Markup]], text: Text) -> list[Column]:
    columns = []
    for at, said in enumerate(labels):
        label = bind.html(text.pieces(" · ".join(bind.called(word, text.ground.language) for word in said)))
        numbers = any(_FACT in row[at] for row in rows if at < len(row))
        columns.append(Column(label or Markup("–"), text=at == 0 or not numbers))
    return columns
