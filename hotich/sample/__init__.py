"""The illustrative series: counts made up by a seeded command, because no counts by commune have been published.

What is real in it and what is noise stands in docs/sample.md.
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
from hotich.sample.series import MonthOf
from hotich.storage import atomic, csv_table, transaction
from hotich.storage.paths import Folders

NAMED: Final = {"scanner": 22, "faded": 20, "network": 12, "staff": 8}
"""In how many of a hundred months an unfinished unit names each difficulty."""
STORM_NAMED: Final = 30
"""The same for the storm, in the month when it struck and in the next, where it struck."""


@dataclass(frozen=True)
class _Lists:
    """The office's own lists, as they are on the last cut-off day."""

    office: Office
    areas: AreasOn
    registers: tuple[Register, ...]


def write(folders: Folders, seed: int = 2024) -> list[Month]:
    """Write counts, deliveries and difficulties of the series; the same bytes for the same seed and lists.

    Raises WrongUsage for controls that cannot be met, InputRefused when a month has counts that somebody reported, a
    correction, a counts file that is not in the log, or others that a release rests on. Then nothing has been written.
    """
    settings, controls = office.read(folders.data), control_file.read(folders.data)
    span = series.months(controls.first, controls.last)
    lists = _Lists(settings, _unchanging(areas.read(folders.data), settings, span), registers.read(folders.data))
    controls.verify(lists.areas, settings.root)
    others, other_difficulties = _others(folders, span), _other_difficulties(folders, span)
    chance = Chance(seed)
    end = last_month.draw(lists.areas, settings.root, lists.registers, controls, settings.threshold, chance)
    storm = frozenset(unit.code for area in controls.storm_areas for unit in lists.areas.units(area))
    made = series.backwards(end, storm, controls, chance)
    named = [row for each in made for row in _difficulties(each, lists, storm, controls, chance)]
    files = {each.month: csv_table.content(counts.COLUMNS, list(_rows(each, lists))) for each in made}
    _require_unreleased(folders, files)
    logged = [_logged(each, files[each], lists.office, seed) for each in files]
    months_first = sorted([*named, *other_difficulties], key=lambda row: row[0])
    with atomic.locked(folders.publishing, shown=folders.reports), transaction.locked(folders.data):
        transaction.commit(
            folders.data,
            {f"counts/{folders.counts(each).name}": content for each, content in files.items()}
            | {
                "deliveries.csv": csv_table.content(counts.DELIVERY_COLUMNS, sorted([*logged, *others])),
                "difficulties.csv": csv_table.content(difficulties.COLUMNS, months_first),
            },
        )
    return span


def _unchanging(listed: Areas, settings: Office, span: list[Month]) -> AreasOn:
    """The areas on the last cut-off day. Raises WrongUsage when there are none, or not the same units all along."""
    last = listed.on(settings.cutoff(span[-1]))
    if settings.root not in last or not last.units(settings.root):
        refuse("no_units", root=settings.root, day=last.day)
    for month in span[:-1]:
        earlier = listed.on(settings.cutoff(month))
        for unit in (*last.units(settings.root), *(earlier.units(settings.root) if settings.root in earlier else ())):
            if earlier.by_code.get(unit.code) is not last.by_code.get(unit.code):
                refuse("units_change", area=unit.code, first=month, last=span[-1])
    return last


def _others(folders: Folders, span: list[Month]) -> list[tuple[str, ...]]:
    """The log lines of other months. Raises InputRefused for a month of the series that is not the series' own."""
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


def _other_difficulties(folders: Folders, span: list[Month]) -> list[tuple[str, ...]]:
    path = folders.data / "difficulties.csv"
    rows = csv_table.read(path, difficulties.COLUMNS) if path.is_file() else []
    return [tuple(row.cells.values()) for row in rows if row["month"] not in set(map(str, span))]


def _require_unreleased(folders: Folders, files: dict[Month, bytes]) -> None:
    """Raises InputRefused when a release rests on counts that would become others; the same bytes disturb nobody."""
    for month, content in files.items():
        path = folders.counts(month)
        if path.is_file() and path.read_bytes() != content and (resting := releases.resting_on(folders, month)):
            raise InputRefused("sample.released", month=month, release=resting[0].title)


def _logged(month: Month, content: bytes, settings: Office, seed: int) -> tuple[str, ...]:
    digest = hashlib.sha256(content).hexdigest()
    return (str(month), "0", settings.cutoff(month).isoformat(), "synthetic", digest, "", f"hotich sample, seed {seed}")


def _rows(made: MonthOf, lists: _Lists) -> Iterator[tuple[str, ...]]:
    for unit in lists.areas.units(lists.office.root):
        for register in lists.registers:
            cell = (unit.code, register.code)
            if lists.areas.unit_level(unit.code) not in register.levels:
                yield (*cell, "", "", counts.NOT_APPLICABLE)
            elif unit.code in made.late:
                yield (*cell, "", "", counts.NOT_REPORTED)
            else:
                yield (*cell, str(made.required[cell]), str(made.digitised[cell]), counts.REPORTED)


def _difficulties(
    made: MonthOf, lists: _Lists, storm: frozenset[str], controls: Controls, chance: Chance
) -> Iterator[tuple[str, ...]]:
    """What unfinished units name; who was late has said nothing."""
    struck = controls.storm_month in (made.month, made.month.previous)
    for unit in lists.areas.units(lists.office.root):
        if unit.code in made.late | made.completed:
            continue
        chances = NAMED | {"storm": STORM_NAMED if struck and unit.code in storm else 0}
        for kind, percent in chances.items():
            if chance.below(100) < percent:
                yield (str(made.month), unit.code, kind, "")
