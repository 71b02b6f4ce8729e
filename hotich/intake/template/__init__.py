"""Workbooks for the offices to fill in: one for each area below the root and one for the office itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hotich.data import areas, office, registers
from hotich.errors import CannotNow, WrongUsage
from hotich.intake.template import sheets
from hotich.intake.template.form import ABOUT, MARK, Form, carried, forms
from hotich.month import Month, printable
from hotich.storage import atomic
from hotich.storage.paths import Folders

__all__ = ["ABOUT", "MARK", "Form", "Written", "write"]


@dataclass(frozen=True)
class Written:
    """What was written: the workbooks, how many rows are in them and in how many *required* is carried over."""

    month: Month
    folder: Path
    files: tuple[str, ...]
    rows: int
    carried: int
    last_is_synthetic: bool


def write(folders: Folders, wanted: Month, area: str = "", force: bool = False) -> Written:
    """Write the workbooks of a month into `reports/templates/`, or the one of a single area.

    A workbook that lies there and is not the one that would be written may have been filled in: it is replaced only
    with `force`. Raises CannotNow naming it, WrongUsage for an area that fills in nothing.
    """
    settings = office.read(folders.data)
    day = settings.cutoff(wanted)
    all_areas = areas.read(folders.data)
    known = all_areas.on(day)
    known.require(settings.root)
    before = carried(folders, wanted, all_areas, day)
    chosen = _chosen(
        forms(wanted, day, known, registers.read(folders.data), settings.root, before.required), wanted, area
    )
    folder = folders.templates(wanted)
    with atomic.locked(folder), atomic.building(folder) as new:
        for form in chosen:
            content = sheets.content(form, settings)
            _untouched(folder / form.file, content, force)
            (new / form.file).write_bytes(content)
        atomic.take_over(folder, new)
    rows = [row for form in chosen for row in form.rows]
    kept = sum(row.required is not None for row in rows)
    return Written(wanted, folder, tuple(form.file for form in chosen), len(rows), kept, before.synthetic)


def _chosen(made: Sequence[Form], wanted: Month, area: str) -> list[Form]:
    chosen = [form for form in made if not area or area == form.area.code]
    if not chosen:
        allowed = ", ".join(form.area.code for form in made) or "–"
        raise WrongUsage("template.area", value=printable(area), month=wanted, allowed=allowed)
    return chosen


def _untouched(path: Path, content: bytes, force: bool) -> None:
    if path.is_file() and not force and path.read_bytes() != content:
        raise CannotNow("template.filled", file=path)
