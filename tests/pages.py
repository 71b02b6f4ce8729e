"""The report page of given measures without a kernel: the cells of its notebook evaluated here."""

import nbformat

from hotich import formats
from hotich.page import PageSpec, names_with_digits, page
from hotich.storage.paths import NOTEBOOKS
from hotich.views import charts, narrative, tables


def report_page(m):
    """The finished page, as the runner would write it."""
    book = nbformat.read(NOTEBOOKS / "report.ipynb", as_version=4)
    known = {"charts": charts, "narrative": narrative, "tables": tables, "m": m}
    for cell in book.cells:
        if cell.cell_type == "code" and cell.source.endswith("(m)"):
            view = eval(cell.source, known)
            cell.outputs = [nbformat.v4.new_output("display_data", {"text/html": view._repr_html_()})]
    title = str(narrative.title(m).striptags())
    as_of = formats.day(m.as_of, m.language)
    return page(book, PageSpec(f"report.{m.language}", m.language, title, as_of, m.synthetic))


def page_names(m):
    """The names with digits that may stand on the page."""
    return names_with_digits.with_digits(m.checked.data)
