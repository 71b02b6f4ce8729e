"""Workbooks for the offices to fill in: one for each area below the root and one for the office itself."""

from dataclasses import dataclass
from pathlib import Path

from hotich.data import areas, find_area, office, registers
from hotich.errors import CannotNow, WrongUsage
from hotich.intake.template import sheets
from hotich.intake.template.form import ABOUT, MARK, Form, carried, forms
from hotich.month import Month, printable
from hotich.storage import atomic
from hotich.storage.paths import Folders

__all__ = ["ABOUT", "MARK", "Form", "Written", "write"]


@dataclass(frozen=True)
class Written:
    """The workbooks written, the number of their rows and of those with a *required* count from last month."""

    month: Month
    folder: Path
    files: tuple[str, ...]
    rows: int
    carried: int
    last_is_synthetic: bool


def write(folders: Folders, wanted: Month, area: str = "", force: bool = False) -> Written:
    """Write the workbooks of a month, or of a single area, into `reports/templates/`.

    An existing workbook with other content may have been filled in: it is replaced only with `force`. Raises CannotNow
    naming it, WrongUsage for an area that fills in nothing.
    """
    settings = office.read(folders.data)
    day, all_areas = settings.cutoff(wanted), areas.read(folders.data)
    areas_on = all_areas.on(day)
    areas_on.require(settings.root)
    before = carried(folders, wanted, all_areas, day)
    every = forms(wanted, day, areas_on, registers.read(folders.data), settings.root, before.required)
    chosen = _chosen(every, wanted, area)
    folder = folders.templates(wanted)
    with atomic.locked(folder), atomic.building(folder) as new:
        for form in chosen:
            content = sheets.content(form, settings)
            _require_untouched(folder / form.file, content, force)
            (new / form.file).write_bytes(content)
        atomic.copy_missing(folder, new)
    rows = [row for form in chosen for row in form.rows]
    filled = sum(row.required is not None for row in rows)
    return Written(wanted, folder, tuple(form.file for form in chosen), len(rows), filled, before.synthetic)


def _chosen(every: tuple[Form, ...], wanted: Month, area: str) -> list[Form]:
    known = [form.area for form in every]
    code = find_area.meant(area, known)
    chosen = [form for form in every if not area or code == form.area.code]
    if not chosen:
        near = find_area.near(area, known)
        raise WrongUsage("template.area", value=printable(area), month=wanted, allowed=near)
    return chosen


def _require_untouched(path: Path, content: bytes, force: bool) -> None:
    if path.is_file() and not force and path.read_bytes() != content:
        raise CannotNow("template.filled", file=path)
