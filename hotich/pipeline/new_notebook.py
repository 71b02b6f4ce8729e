"""A notebook to begin a page of one's own with: it runs as it is, and shows each door onto a page once."""

import json
from pathlib import Path
from typing import Any, Final

from hotich.data import names
from hotich.errors import CannotNow, WrongUsage
from hotich.language import LANGUAGES, say
from hotich.month import printable
from hotich.pipeline import notebook_file
from hotich.pipeline.pages import PAGE_NAME, Page
from hotich.storage import atomic, paths

_PARAMETERS: Final = """month: str = "2024-10"  # tháng báo cáo: 2024-10 hoặc 10 / the month: 2024-10 or 10
language: str = "vi"  # ngôn ngữ / language: vi, en
area: str = ""  # mã địa bàn, trống là toàn bộ / an area's code, empty: all (papermill: -r area)"""
"""With its type and a comment `papermill --help-notebook` explains a parameter."""
_READ: Final = """%load_ext hotich
from hotich import checks, measures, views
from hotich.data import dataset

data = dataset.read(month)
checked = checks.require(data)
m = measures.read(checked, area, language)"""
_CHART: Final = """#| headline-vi: {vi}
#| headline-en: {en}
#| alt-vi: {alt_vi}
#| alt-en: {alt_en}
left = m.frame("left", level="district").droplevel("area").sort_values("left")
left.plot.barh(y="left", legend=False, xlabel="", ylabel="");"""
_TABLE: Final = """#| caption-vi: {vi}
#| caption-en: {en}
m.frame("required", "digitised", "percent", level="district")"""


def write(name: str) -> Path:
    """Write the notebook into `notebooks/` and return its file. Nothing that is there is overwritten.

    Raises WrongUsage without a name and for one that no page can have, CannotNow for a notebook that is there.
    """
    if not name:
        raise WrongUsage("own.which_name")
    if not PAGE_NAME.fullmatch(name):
        raise WrongUsage("own.new_name", value=printable(name), example=_near(name))
    file = paths.NOTEBOOKS / f"{name}.ipynb"
    if file.exists():
        raise CannotNow("own.there_already", file=file)
    content = json.dumps(_notebook(name), ensure_ascii=False, indent=1)
    atomic.write(file, f"{content}\n".encode())
    return file


def _near(name: str) -> str:
    """Return a name that a page can have, as near to the given one as may be."""
    return names.slug(name).lstrip("-0123456789")[:64].strip("-") or "births"


def _notebook(name: str) -> dict[str, Any]:
    words = {
        key: {lang: say(lang, f"notebook.{key}", name=name) for lang in LANGUAGES} for key in ("chart", "alt", "table")
    }
    chart = _CHART.format(**words["chart"], **{f"alt_{lang}": text for lang, text in words["alt"].items()})
    cells = [
        _code("parameters", _PARAMETERS, "parameters"),
        _code("read", _READ),
        *_prose("title", name),
        *_prose("percent", name),
        _code("chart", chart),
        _code("table", _TABLE.format(**words["table"])),
    ]
    metadata = {"kernelspec": notebook_file.KERNEL, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _code(cell: str, source: str, *tags: str) -> dict[str, Any]:
    about = {"tags": list(tags)} if tags else {}
    lines = source.splitlines(keepends=True)
    return {"cell_type": "code", "execution_count": None, "id": cell, "metadata": about, "outputs": [], "source": lines}


def _prose(key: str, name: str) -> list[dict[str, Any]]:
    texts = {lang: f"{say(lang, f'notebook.{key}', name=name)}\n\n{_hint(lang, key)}" for lang in LANGUAGES}
    return [
        {
            "cell_type": "markdown",
            "id": f"{key}-{language}",
            "metadata": {"tags": [language]},
            "source": text.splitlines(keepends=True),
        }
        for language, text in texts.items()
    ]


def _hint(language: str, key: str) -> str:
    return say(language, f"notebook.{key}_hint")


def require_written(page: Page) -> None:
    """Raise CannotNow for a page that still says what a new notebook invites to write."""
    hints = [_hint(language, key) for language in LANGUAGES for key in ("title", "percent")]
    cells = notebook_file.read(page.notebook).cells
    left = [(cell.id, hint) for cell in cells for hint in hints if hint in cell.source]
    if left:
        named = ", ".join(dict.fromkeys(cell for cell, _ in left))
        raise CannotNow("release.unwritten", file=page.notebook, cells=named, hint=left[0][1])
