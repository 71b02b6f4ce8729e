"""From an executed notebook to a finished page: exported, compared with the facts, written.

The month's child does this, while the driver of the notebooks attends to kernels.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import nbformat

from hotich.language import LANGUAGES
from hotich.measures import facts as facts_file
from hotich.measures.facts import Fact
from hotich.page import exporter, figure_gate
from hotich.page.own import from_elsewhere
from hotich.page.spec import PageSpec

_DRAFTS: Final = 4
"""Drafts whose facts are kept: so many are worked on at a time."""


def write(spec: PageSpec, folder: Path, facts: Path) -> None:
    """Make the page of the executed notebook in `folder` there; its figures are compared with the file `facts`.

    Raises NotebookFailed and Contradicted as `exporter.page` and `figure_gate.check` do.
    """
    notebook = nbformat.read(folder / spec.notebook, as_version=4)
    known = from_elsewhere.known(notebook, _read(facts), spec.name)
    html = exporter.page(notebook, spec, known)
    figure_gate.check(html, spec.name, spec.language, known.facts, spec.names)
    target = folder / spec.page
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(html, encoding="utf-8")


def say_the_same(page: str, folder: Path) -> None:
    """Compare what a page states in its languages. Raises Contradicted."""
    first, second = ((folder / f"{page}.{language}.html").read_text(encoding="utf-8") for language in LANGUAGES)
    figure_gate.check_languages_agree(first, second, page)


def _read(path: Path) -> Mapping[str, Fact]:
    """Return the draft's own facts, looked up as pages show them; nothing where the checks stopped the month."""
    if not path.is_file():
        return {}
    status = path.stat()
    return _facts(path, (status.st_ino, status.st_mtime_ns, status.st_size))


@lru_cache(maxsize=_DRAFTS)
def _facts(path: Path, _as_it_is: tuple[int, ...]) -> Mapping[str, Fact]:
    return facts_file.InLines(path)
