"""From an executed notebook to a finished page: exported, compared with the facts, written.

The month's child does this, while the driver of the notebooks attends to kernels.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import nbformat

from hotich.language import LANGUAGES
from hotich.measures import facts
from hotich.measures.facts import Fact
from hotich.page import About, exporter, figure_gate
from hotich.page.spec import PageSpec
from hotich.storage import paths


def write(paper: PageSpec, folder: Path) -> None:
    """Make the page of an executed notebook in a draft's folder.

    Raises NotebookFailed and Contradicted as `page.export` and `page.proof` do.
    """
    html = exporter.page(
        nbformat.read(folder / paper.notebook, as_version=4),
        About(
            paper.language,
            paper.title,
            paper.file,
            paper.other_file,
            paper.synthetic,
            paper.as_of,
            paper.title,
            kind=paper.kind,
        ),
    )
    figure_gate.check(html, paper.name, paper.language, _facts(folder / paths.MEASURES), paper.names)
    target = folder / paper.page
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(html, encoding="utf-8")


def say_the_same(page: str, folder: Path) -> None:
    """Compare what a page states in its languages. Raises Contradicted."""
    first, second = ((folder / f"{page}.{language}.html").read_text(encoding="utf-8") for language in LANGUAGES)
    figure_gate.check_languages_agree(first, second, page)


@cache
def _facts(path: Path) -> Mapping[str, Fact]:
    """The draft's own facts, read once for all its pages; nothing where the checks stopped the month."""
    return facts.read(path) if path.is_file() else {}
