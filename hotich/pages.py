"""From an executed notebook to a finished page: exported, compared with the facts, written.

The month's child does this, while the driver of the notebooks attends to kernels.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import nbformat

from hotich import facts, places
from hotich.facts import Fact
from hotich.language import LANGUAGES
from hotich.page import About, export, proof
from hotich.paper import Paper


def write(paper: Paper, folder: str) -> None:
    """Make the page of an executed notebook in a draft's folder.

    Raises NotebookFailed and Contradicted as `page.export` and `page.proof` do.
    """
    at = Path(folder)
    html = export.page(
        nbformat.read(at / paper.notebook, as_version=4), About(
            paper.language, paper.title, paper.file, paper.other_file, paper.synthetic, paper.as_of, paper.title,
            kind=paper.kind,
        ),
    )  # fmt: skip
    proof.page(html, paper.name, paper.language, _facts(at / places.MEASURES), paper.names)
    target = at / paper.page
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(html, encoding="utf-8")


def say_the_same(page: str, folder: str) -> None:
    """Compare what a page states in its languages. Raises Contradicted."""
    first, second = (Path(folder, f"{page}.{language}.html").read_text(encoding="utf-8") for language in LANGUAGES)
    proof.pair(first, second, page)


@cache
def _facts(path: Path) -> Mapping[str, Fact]:
    """The draft's own facts, read once for all its pages; nothing where the checks stopped the month."""
    return facts.read(path) if path.is_file() else {}
