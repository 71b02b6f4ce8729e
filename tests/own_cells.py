"""Cells as an analyst writes them: run in one kernel of ours, then each of them made into a page with every gate."""

from functools import cache

import months
import nbformat
import nbformat.v4 as v4
from silent import Silent

from hotich import formats
from hotich.page import PageSpec, figure_gate, names_with_digits, page
from hotich.page.own import from_elsewhere
from hotich.pipeline import kernels, notebooks
from hotich.storage.paths import NOTEBOOKS
from hotich.views.charts import figure

BEGINNING = """%load_ext hotich
from hotich import checks, measures, views
from hotich.data import dataset
import matplotlib.pyplot as plt
import pandas as pd

data = dataset.read(month)
checked = checks.require(data)
m = measures.read(checked, area, language)"""


def executed(folder, cells, timeout=60):
    """The cells of a notebook by their names, run one after the other in a kernel, each with its outputs.

    A text is the source of a cell; a pair has its metadata, too. Where the folder has them already, they are read.
    Raises what the kernel's failure is said as.
    """
    if not (folder / "out.ipynb").is_file():
        _execute(folder, cells, timeout)
    return {cell.id: cell for cell in nbformat.read(folder / "out.ipynb", as_version=4).cells}


def _execute(folder, cells, timeout):
    book = v4.new_notebook()
    given = v4.new_code_cell('month = "2024-10"\nlanguage = "vi"\narea = ""', id="parameters")
    given.metadata["tags"] = ["parameters"]
    book.cells = [given, v4.new_code_cell(BEGINNING, id="read")]
    for name, source in cells.items():
        text, about = source if isinstance(source, tuple) else (source, {})
        saved = v4.new_output("stream", name="stdout", text="99,9%")  # by somebody, before: it is not shown
        book.cells.append(v4.new_code_cell(text, id=name, metadata=about, outputs=[saved]))
    nbformat.write(book, folder / "own.ipynb")
    job = notebooks.Job(spec(None), folder / "own.ipynb", folder / "out.ipynb", {"month": "2024-10"}, timeout)
    (folder / "home").mkdir()
    with kernels.running(folder / "home"):
        for failure in notebooks.run([job], notebooks.execute, Silent()):
            raise failure


@cache
def names(language):
    """The names with digits of the real October."""
    return names_with_digits.with_digits(months.october(language).checked.data)


def spec(m, **changes):
    """What a page of the notebook is, of these measures."""
    if m is None:
        return PageSpec("own.vi", "vi", "", False)
    data = m.checked.data
    values = {
        "names": names(m.language) if m is months.october(m.language) else names_with_digits.with_digits(data),
        "root": m.root,
        "office": data.office.root,
        "by": data.office.name(m.language),
        "source": str(figure.source_line(m)),
        "folder": NOTEBOOKS,
    }
    as_of = formats.day(m.as_of, m.language)
    return PageSpec(f"own.{m.language}", m.language, as_of, m.synthetic, **(values | changes))


def page_of(m, *cells, title="Trang riêng", **changes):
    """The page of executed cells below a title, compared with the facts as the runner does. Raises as that does."""
    book = v4.new_notebook(cells=[v4.new_markdown_cell(f"# {title}", id="title"), *cells])
    about = spec(m, **changes)
    known = from_elsewhere.known(book, m.facts, about.name)
    html = page(book, about, known)
    figure_gate.check(html, about.name, m.language, known.facts, about.names)
    return html


def prose(text, **about):
    """A cell of markdown."""
    return v4.new_markdown_cell(text, id="prose", metadata=about)
