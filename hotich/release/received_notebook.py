"""An executed notebook that somebody was sent, compared with the one that an audit makes again."""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from hotich.errors import InputRefused
from hotich.release import file_diff
from hotich.release.file_diff import FileDiff

_MOST: Final = 200_000_000
"""Bytes; a notebook of ours has under two million."""
_ASSIGNED: Final = re.compile(r'^(\w+)(?:: str)? = "?((?<=")[^"]*(?=")|[0-9]+)', re.MULTILINE)
"""A parameter: text, or the number that papermill makes of `-p month 10`."""


@dataclass(frozen=True)
class Notebook:
    """An executed notebook, identified by its parameters and the ids of its cells."""

    file: Path
    parameters: dict[str, str]
    cells: tuple[str, ...]

    @property
    def month(self) -> str:
        """The month that it is about, as its parameter has it."""
        return self.parameters["month"]


def read(file: Path) -> Notebook:
    """Return the notebook in a file. Raises InputRefused when it is none, or not one of ours that has been executed."""
    try:
        if not file.is_file() or file.stat().st_size > _MOST:
            raise ValueError
        cells = json.loads(file.read_bytes())["cells"]
        parameters = {**_parameters(cells, "parameters"), **_parameters(cells, "injected-parameters")}
        if not parameters["month"] or not any(cell.get("outputs") for cell in cells):
            raise ValueError
        return Notebook(file, parameters, tuple(str(cell.get("id", "")) for cell in cells))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputRefused("release.no_notebook", file=file) from None


def _parameters(cells: list[dict[str, Any]], tag: str) -> dict[str, str]:
    tagged = (cell["source"] for cell in cells if tag in cell.get("metadata", {}).get("tags", ()))
    return dict(found for source in tagged for found in _ASSIGNED.findall("".join(source)))


def compare(received: Notebook, again: Path) -> FileDiff:
    """Compare it with the notebook of the same parameters below `again`, the folder of what was made again.

    Where another program than ours has executed it, which puts in cells or output of its own, by its figures alone.
    """
    name = _name(received, again)
    if not name:
        return FileDiff(str(received.file), file_diff.UNKNOWN)
    same_program = received.cells == read(again / name).cells
    how = file_diff.compare if same_program else file_diff.compare_figures
    return replace(how(name, received.file, again / name), file=str(received.file))


def _name(received: Notebook, again: Path) -> str:
    """Return the name of the notebook with the same parameters and the most cells in common, or an empty text."""
    found: list[tuple[int, str]] = []
    for path in sorted((again / "notebooks").rglob("*.ipynb")):
        own = read(path)
        # A month may be given as its number alone; whoever audits has said which year is meant.
        meant = own.month if own.month.endswith(f"-{received.month:0>2}") else received.month
        if own.parameters == {**received.parameters, "month": meant}:
            found.append((len({*own.cells} & {*received.cells}), path.relative_to(again).as_posix()))
    return max(found, default=(0, ""))[1]
