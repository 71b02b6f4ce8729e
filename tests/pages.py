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
            cell.outputs = [shown(view)]
    as_of = formats.day(m.as_of, m.language)
    return page(book, PageSpec(f"report.{m.language}", m.language, as_of, m.synthetic))


def shown(view):
    """The output of a cell that shows a view, as our kernels write it."""
    data = {"text/html": view._repr_html_(), "text/plain": "Fragment(…)"}
    return nbformat.v4.new_output("display_data", data, metadata={"hotich": {"kind": "view"}})


def page_names(m):
    """The names with digits that may stand on the page."""
    return names_with_digits.with_digits(m.checked.data)
