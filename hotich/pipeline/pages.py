"""Which notebooks are pages: every one in `notebooks/` with a parameters cell, and what each says of itself.

Under `hotich` the metadata of a notebook may give its `layout`: `summary` for one sheet of paper, `notice` for a letter
to each area. One that `judges` is made for a month that fails its checks, too. A notebook without the parameter
`language` makes a page in one language: that of its file's name (`births.en.ipynb`), else Vietnamese.
"""

import json
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from hotich.errors import InputRefused, Note, NotebookFailed, WrongUsage
from hotich.language import LANGUAGES
from hotich.month import printable
from hotich.storage import paths, regular

NOTICE: Final = "notice"
_LAYOUTS: Final = ("report", "summary", NOTICE)
_PARAMETER: Final = re.compile(r"^(month|language|area)\b\s*(?::[^=]*)?=", re.MULTILINE)
PAGE_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,63}", re.ASCII)
"""What a page may be called."""
_TAGS: Final = {*LANGUAGES, "notebook-only"}
_NAMED: Final = re.compile(r"\{fact:[^}]*\}|\]\([^)]*\)")
"""What of prose is no word: facts and addresses."""
_TITLE: Final = re.compile(r"^#[ \t]+(.+?)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A notebook that makes a page; `titles` are its first headings by language, where its prose has any."""

    name: str
    notebook: Path
    languages: tuple[str, ...]
    parameters: frozenset[str]
    layout: str
    judges: bool
    titles: tuple[tuple[str, str], ...] = ()


def found() -> tuple[Page, ...]:
    """Return the pages of the project: first the one that judges the counts, then the others by name.

    Raises NotebookFailed for a notebook that cannot be read, InputRefused for a name that no page can have.
    """
    files = sorted(path for path in paths.NOTEBOOKS.glob("*.ipynb") if not path.name.startswith("."))
    pages = [made for path in files if (made := _page(path))]
    return tuple(sorted(pages, key=lambda page: not page.judges))


def monthly() -> tuple[Page, ...]:
    """Return the pages that a month has once; notices it has for every area."""
    return tuple(page for page in found() if page.layout != NOTICE)


def judging() -> tuple[Page, ...]:
    """Return the pages that are made for a month that fails its checks, too."""
    return tuple(page for page in found() if page.judges)


def notice() -> Page:
    """Return the notebook of the notices. Raises InputRefused where there is none."""
    for page in found():
        if page.layout == NOTICE:
            return page
    raise InputRefused("own.no_notebook", file=paths.NOTEBOOKS / f"{NOTICE}.ipynb", known="–")


def named(given: str) -> Page:
    """Return the page of a notebook that a user names, by its file or, in `notebooks/`, by its name.

    Raises InputRefused where there is none, WrongUsage for one without a parameters cell or where none is named, and as
    `found` does.
    """
    if not given:
        raise WrongUsage("own.which_notebook")
    path = paths.named(given)
    beside = paths.NOTEBOOKS / (path.name if path.suffix == ".ipynb" else f"{path.name}.ipynb")
    file = path if path.is_file() else beside
    if not file.is_file():
        known = ", ".join(sorted(each.name for each in paths.NOTEBOOKS.glob("*.ipynb")))
        raise InputRefused("own.no_notebook", file=printable(given), known=known)
    if (made := _page(file)) is None:
        raise WrongUsage("own.no_parameters", file=file)
    return made


def _page(file: Path) -> Page | None:
    """Return the page of a notebook; None for one without a parameters cell, which is nobody's page."""
    content = _read(file)
    cells = content.get("cells", [])
    tagged = [_source(cell) for cell in cells if "parameters" in cell.get("metadata", {}).get("tags", ())]
    parameters = frozenset(_PARAMETER.findall("\n".join(tagged)))
    if "month" not in parameters:
        return None
    stem, _, ending = file.stem.partition(".")
    if not PAGE_NAME.fullmatch(stem) or ending not in ("", *LANGUAGES):
        raise InputRefused("own.page_name", file=file)
    given = content.get("metadata", {}).get("hotich")
    about = given if isinstance(given, dict) else {}
    languages = (ending,) if ending else LANGUAGES if "language" in parameters else LANGUAGES[:1]
    titles = tuple((language, title) for language in languages if (title := _title(cells, language)))
    layout = next((each for each in _LAYOUTS if each == about.get("layout")), _LAYOUTS[0])
    return Page(stem, file, languages, parameters, layout, bool(about.get("judges")), titles)


def _read(file: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(regular.read(file).decode("utf-8-sig"))
    except OSError as error:
        raise NotebookFailed("runner.unreadable", file=file, reason=error.strerror or error) from None
    except (ValueError, RecursionError) as error:
        raise NotebookFailed("runner.unreadable", file=file, reason=printable(str(error))) from None
    return content if _is_notebook(content) else {}


def _is_notebook(content: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    """Return whether JSON has what is read of a notebook here; what else is in it nbformat judges."""
    cells = content.get("cells") if isinstance(content, dict) else None
    if not isinstance(cells, list) or not isinstance(content.get("metadata", {}), dict):
        return False
    return all(
        isinstance(cell, dict)
        and isinstance(cell.get("source", ""), str | list)
        and isinstance(about := cell.get("metadata", {}), dict)
        and isinstance(about.get("tags", []), list)
        for cell in cells
    )


def _source(cell: Mapping[str, Any]) -> str:
    return "".join(cell.get("source", ""))


def _title(cells: list[Mapping[str, Any]], language: str) -> str:
    """Return the first heading of a page's prose as text; none with digits, which other pages could not compare."""
    for cell in cells:
        tags = {*cell.get("metadata", {}).get("tags", ())}
        shown = cell.get("cell_type") == "markdown" and not tags & (_TAGS - {language})
        if shown and (title := _TITLE.search(_source(cell))):
            return "" if re.search(r"[{\d]", title[1]) else re.sub(r"[*_`]", "", title[1])
    return ""


def note_untagged(page: Page) -> None:
    """Report prose that a page in several languages shows in each, for it is tagged with none, by a Note."""
    cells = [cell for cell in _read(page.notebook).get("cells", []) if _is_untagged(cell)]
    if cells and len(page.languages) > 1:
        named = ", ".join(str(cell.get("id", "–")) for cell in cells)
        warnings.warn(Note("own.untagged", file=page.notebook, cells=named), stacklevel=2)


def _is_untagged(cell: Mapping[str, Any]) -> bool:
    """Return whether it is prose with words, shown in every language."""
    tags = {*cell.get("metadata", {}).get("tags", ())}
    words = _NAMED.sub("", _source(cell))
    return cell.get("cell_type") == "markdown" and not tags & _TAGS and any(letter.isalpha() for letter in words)
