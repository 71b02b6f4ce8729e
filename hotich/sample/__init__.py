"""The illustrative series: counts made up by a seeded command, because no counts by commune have been published.

What is real in it and what is noise stands in docs/sample.md.
"""

from collections.abc import Iterator
from random import Random

from hotich import areas, counts, csv_table, difficulties, office, registers
from hotich.areas import AreasOn
from hotich.errors import InputRefused
from hotich.month import Month
from hotich.places import Places
from hotich.registers import Register
from hotich.sample import controls as control_file
from hotich.sample import last_month, series
from hotich.sample.controls import Controls
from hotich.sample.series import MonthOf

NAMED: dict[str, float] = {"scanner": 0.22, "faded": 0.2, "network": 0.12, "staff": 0.08}
"""How often a unit names each difficulty in a month; the storm only where and when it struck."""
STORM_NAMED = 0.3


def write(at: Places, seed: int = 2024) -> list[Month]:
    """Write counts, deliveries and difficulties of the series; the same bytes for the same seed and lists.

    Raises WrongUsage for controls that cannot be met, InputRefused when a month has counts that somebody reported.
    """
    settings, listed, kept = office.read(at.data), areas.read(at.data), registers.read(at.data)
    controls = control_file.read(at.data)
    day = controls.last.first_day.replace(day=settings.cutoff_day)
    on = listed.on(day)
    controls.verify(on)
    span = series.months(controls.first, controls.last)
    others = _not_synthetic(at, span)
    rng = Random(seed)  # noqa: S311 - made-up data, not a secret
    end = last_month.draw(on, settings.root, kept, controls, settings.threshold, rng)
    storm = frozenset(unit.code for area in controls.storm_areas for unit in on.units(area))
    made = series.backwards(end, storm, controls, rng)
    (at.data / "counts").mkdir(exist_ok=True)
    logged = [_write_month(at, each, on, settings.root, kept, settings.cutoff_day, seed) for each in made]
    csv_table.write(at.data / "deliveries.csv", counts.DELIVERY_COLUMNS, sorted([*logged, *others]))
    _write_difficulties(at, on, settings.root, span, controls, storm, rng)
    return span


def _not_synthetic(at: Places, span: list[Month]) -> list[tuple[str, ...]]:
    """The log lines of other months. Raises InputRefused for a month of the series that was reported."""
    if not (at.data / "deliveries.csv").is_file():
        return []
    kept: list[tuple[str, ...]] = []
    for row in csv_table.read(at.data / "deliveries.csv", counts.DELIVERY_COLUMNS):
        if row["origin"] != "synthetic" and row["month"] in map(str, span):
            raise InputRefused("sample.reported", month=row["month"])
        if row["month"] not in map(str, span):
            kept.append(tuple(row.cells.values()))
    return kept


def _write_month(
    at: Places, made: MonthOf, areas_on: AreasOn, root: str, kept: tuple[Register, ...], day: int, seed: int
) -> tuple[str, ...]:
    path = at.counts(made.month)
    csv_table.write(path, counts.COLUMNS, list(_rows(made, areas_on, root, kept)))
    as_of = made.month.first_day.replace(day=day).isoformat()
    return (str(made.month), "0", as_of, "synthetic", counts.digest(path), "", f"hotich sample, seed {seed}")


def _rows(made: MonthOf, areas_on: AreasOn, root: str, kept: tuple[Register, ...]) -> Iterator[tuple[str, ...]]:
    for unit in areas_on.units(root):
        for register in kept:
            if areas_on.unit_level(unit.code) not in register.levels:
                yield (unit.code, register.code, "", "", counts.NOT_APPLICABLE)
            elif unit.code in made.late:
                yield (unit.code, register.code, "", "", counts.NOT_REPORTED)
            else:
                cell = (unit.code, register.code)
                yield (*cell, str(made.required[cell]), str(made.digitised[cell]), counts.REPORTED)


def _write_difficulties(
    at: Places, areas_on: AreasOn, root: str, span: list[Month], controls: Controls, storm: frozenset[str], rng: Random
) -> None:
    rows = [
        (str(month), unit.code, kind, "")
        for month in span
        for unit in areas_on.units(root)
        for kind in _named(month, unit.code in storm, controls, rng)
    ]
    csv_table.write(at.data / "difficulties.csv", difficulties.COLUMNS, rows)


def _named(month: Month, struck: bool, controls: Controls, rng: Random) -> list[str]:
    named = [kind for kind, share in NAMED.items() if rng.random() < share]
    recent = controls.storm_month is not None and controls.storm_month <= month <= controls.storm_month.plus(1)
    if recent and struck and rng.random() < STORM_NAMED:
        named.append("storm")
    return named
