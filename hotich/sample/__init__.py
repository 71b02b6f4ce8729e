"""The illustrative series: counts made up by a seeded command, because no counts by commune have been published.

docs/sample.md says which of its figures are published ones and which are noise.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hotich.data import areas, counts, difficulties, office, registers, releases
from hotich.data.areas import Areas, AreasOn
from hotich.data.office import Office
from hotich.data.registers import Register
from hotich.errors import InputRefused
from hotich.month import Month
from hotich.sample import controls as control_file
from hotich.sample import last_month, series
from hotich.sample.chance import Chance
from hotich.sample.controls import Controls, refuse
from hotich.sample.reset import difficulties_without
from hotich.sample.series import SampleMonth
from hotich.storage import atomic, csv_table, transaction
from hotich.storage.paths import Folders

NAMED: Final = {"scanner": 22, "faded": 20, "network": 12, "staff": 8}
"""Percent of months in which an unfinished unit names each difficulty."""
STORM_NAMED: Final = 30
"""The same for the storm, in its month and the next, where it struck."""


@dataclass(frozen=True)
class _Lists:
    """The office's own lists, as they are on the last cut-off day."""

    office: Office
    areas: AreasOn
    registers: tuple[Register, ...]


def write(folders: Folders, seed: int = 2024) -> list[Month]:
    """Write counts, deliveries and difficulties of the series; the same bytes for the same seed and lists.

    Raises WrongUsage for controls that cannot be met, InputRefused for a month with reported counts, a correction, a
    counts file that is not in the log, or other counts that a release has used. Then nothing has been written.
    """
    settings, controls = office.read(folders.data), control_file.read(folders.data)
    span = series.months(controls.first, controls.last)
    lists = _Lists(settings, _unchanging(areas.read(folders.data), settings, span), registers.read(folders.data))
    controls.verify(lists.areas, settings.root)
    other_deliveries, other_difficulties = _other_deliveries(folders, span), difficulties_without(folders, span)
    months, named = _draw(lists, controls, Chance(seed))
    files = {each.month: csv_table.content(counts.COLUMNS, list(_rows(each, lists))) for each in months}
    _require_unreleased(folders, files)
    logged = [_delivery(month, content, settings, seed) for month, content in files.items()]
    by_month = sorted([*named, *other_difficulties], key=lambda row: row[0])
    written = {f"counts/{folders.counts(month).name}": content for month, content in files.items()}
    written["deliveries.csv"] = csv_table.content(counts.DELIVERY_COLUMNS, sorted([*logged, *other_deliveries]))
    written["difficulties.csv"] = csv_table.content(difficulties.COLUMNS, by_month)
    with atomic.locked(folders.publishing, shown=folders.reports), transaction.locked(folders.data):
        transaction.commit(folders.data, written)
    return span


def _draw(lists: _Lists, controls: Controls, chance: Chance) -> tuple[list[SampleMonth], list[tuple[str, ...]]]:
    """Draw the months, oldest first, and the lines of their difficulties."""
    root, threshold = lists.office.root, lists.office.threshold
    end = last_month.draw(lists.areas, root, lists.registers, controls, threshold, chance)
    storm = frozenset(unit.code for area in controls.storm_areas for unit in lists.areas.units(area))
    months = series.draw(end, storm, controls, chance)
    return months, [row for each in months for row in _difficulties(each, lists, storm, controls, chance)]


def _unchanging(listed: Areas, settings: Office, span: list[Month]) -> AreasOn:
    """Return the areas on the last cut-off day. Raises WrongUsage unless every month has the same units."""
    last = listed.on(settings.cutoff(span[-1]))
    if settings.root not in last or not last.units(settings.root):
        refuse("no_units", root=settings.root, day=last.day)
    for month in span[:-1]:
        earlier = listed.on(settings.cutoff(month))
        for unit in (*last.units(settings.root), *(earlier.units(settings.root) if settings.root in earlier else ())):
            if earlier.by_code.get(unit.code) is not last.by_code.get(unit.code):
                refuse("units_change", area=unit.code, first=month, last=span[-1])
    return last


def _other_deliveries(folders: Folders, span: list[Month]) -> list[tuple[str, ...]]:
    """Return the log lines of other months. Raises InputRefused if a month of the series has counts from elsewhere."""
    log, own, kept = folders.data / "deliveries.csv", set(map(str, span)), list[tuple[str, ...]]()
    rows = csv_table.read(log, counts.DELIVERY_COLUMNS) if log.is_file() else []
    for row in rows:
        if row["month"] not in own:
            kept.append(tuple(row.cells.values()))
        elif row["origin"] != "synthetic":
            raise InputRefused("sample.reported", month=row["month"])
    logged = {row["month"] for row in rows if row["revision"] == "0"}
    for month, revision in counts.files(folders):
        if month in span and (revision or str(month) not in logged):
            raise InputRefused("sample.not_ours", file=folders.counts(month, revision).name)
    return kept


def _require_unreleased(folders: Folders, files: dict[Month, bytes]) -> None:
    """Raise InputRefused if counts that a release has used would change."""
    for month, content in files.items():
        path = folders.counts(month)
        if path.is_file() and path.read_bytes() != content and (resting := releases.resting_on(folders, month)):
            raise InputRefused("sample.released", month=month, release=resting[0].title)


def _delivery(month: Month, content: bytes, settings: Office, seed: int) -> tuple[str, ...]:
    digest = hashlib.sha256(content).hexdigest()
    return (str(month), "0", settings.cutoff(month).isoformat(), "synthetic", digest, "", f"hotich sample, seed {seed}")


def _rows(made: SampleMonth, lists: _Lists) -> Iterator[tuple[str, ...]]:
    for unit in lists.areas.units(lists.office.root):
        for register in lists.registers:
            cell = (unit.code, register.code)
            if not register.kept_by(lists.areas.unit_level(unit.code)):
                yield (*cell, "", "", counts.NOT_APPLICABLE)
            elif unit.code in made.late:
                yield (*cell, "", "", counts.NOT_REPORTED)
            else:
                yield (*cell, str(made.required[cell]), str(made.digitised[cell]), counts.REPORTED)


def _difficulties(
    made: SampleMonth, lists: _Lists, storm: frozenset[str], controls: Controls, chance: Chance
) -> Iterator[tuple[str, ...]]:
    """Draw the difficulties of unfinished units, but for those that were late."""
    struck = controls.storm_month in (made.month, made.month.previous)
    for unit in lists.areas.units(lists.office.root):
        if unit.code in made.late | made.completed:
            continue
        chances = NAMED | {"storm": STORM_NAMED if struck and unit.code in storm else 0}
        for kind, percent in chances.items():
            if chance.below(100) < percent:
                yield (str(made.month), unit.code, kind, "")
