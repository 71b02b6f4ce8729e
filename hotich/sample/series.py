"""Draw the months before the last: the progress of each unit to its last counts, with the noise of real offices.

docs/sample.md describes the noise; its numbers are set here only. Percentages are of all unit-months.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hotich.month import Month
from hotich.sample.chance import Chance
from hotich.sample.controls import Controls
from hotich.sample.last_month import LastMonth
from hotich.sample.progress import Cell

ALL: Final = 1_000_000
"""A unit's progress is in millionths of its last counts, from its start to this."""
START: Final = 430_000
STEPS_A_MONTH: Final = 115_000
"""About the most done in one usual month: a unit that finishes early had more at the start."""
SLOWER: Final = 35
"""Pace in percent of the usual, where and when the storm struck."""
PUSH: Final = 160
"""The same in the month after it."""
CATCH_UPS: Final = 3
"""Percent in which a unit that entered nothing the month before enters two months' worth or more."""
STALLED: Final = 1
"""Percent in which a unit enters nothing and does not catch up."""
CORRECTED: Final = 1
"""Percent in which an unfinished unit corrects `required`, by less than two percent of its largest register."""
LATE: Final = 2
"""Units that sent nothing in time in one early month."""


@dataclass(frozen=True)
class SampleMonth:
    """One month: required and digitised of every applicable cell, and the units that were late or had finished."""

    month: Month
    required: Mapping[Cell, int]
    digitised: Mapping[Cell, int]
    late: frozenset[str]
    completed: frozenset[str]


def months(first: Month, last: Month) -> list[Month]:
    """Return all months from the first to the last."""
    listed = [first]
    while listed[-1] < last:
        listed.append(listed[-1].plus(1))
    return listed


def draw(end: LastMonth, storm: frozenset[str], controls: Controls, chance: Chance) -> list[SampleMonth]:
    """Draw the series, oldest month first; the last is `end`. Digitised never falls and never exceeds required."""
    span = months(controls.first, controls.last)
    units = list(dict.fromkeys(unit for unit, _ in end.required))
    finish = {unit: _finish(len(span) - 1, unit in end.completed, chance) for unit in units}
    pace = {unit: _pace(span, unit in storm, controls, chance) for unit in units}
    _stall(pace, finish, len(units) * len(span), chance)
    progress = {unit: _progress(pace[unit], finish[unit], unit in end.completed, chance) for unit in units}
    digitised = [
        {cell: count * progress[cell[0]][at] // ALL for cell, count in end.digitised.items()} for at in range(len(span))
    ]
    working = [unit for unit in units if unit not in end.completed]
    late = _late(working, len(span), chance)
    required = _corrected(end, working, digitised, len(units) * len(span) * CORRECTED // 100, chance)
    return [
        SampleMonth(month, required[at], digitised[at], late.get(at, frozenset()), _finished(end, finish, at))
        for at, month in enumerate(span)
    ]


def _finished(end: LastMonth, finish: Mapping[str, int], at: int) -> frozenset[str]:
    return frozenset(unit for unit in end.completed if finish[unit] <= at)


def _finish(steps: int, completed: bool, chance: Chance) -> int:
    """Draw the month in which a unit reaches its last counts; more units finish in later months than in early ones."""
    if not completed or steps == 0:
        return steps
    drawn = chance.below(steps), chance.below(steps)
    return 1 + (drawn[0] if chance.below(4) else max(drawn))


def _pace(span: Sequence[Month], struck: bool, controls: Controls, chance: Chance) -> list[int]:
    """Draw the pace of a unit in each month after the first, 1,000 being usual."""
    pace = [600 + chance.below(800) for _ in span[1:]]
    if struck and controls.storm_month:
        for at, month in enumerate(span[1:]):
            if month == controls.storm_month:
                pace[at] = pace[at] * SLOWER // 100
            elif month == controls.storm_month.plus(1):
                pace[at] = pace[at] * PUSH // 100
    return pace


def _stall(pace: Mapping[str, list[int]], finish: Mapping[str, int], unit_months: int, chance: Chance) -> None:
    """Let some units enter nothing in one month; most of them catch up in the next."""
    able = [unit for unit in pace if finish[unit] >= 4]
    chosen = chance.some(able, -(-unit_months * (CATCH_UPS + STALLED) // 100))
    catching_up = set(chance.some(chosen, len(chosen) * CATCH_UPS // (CATCH_UPS + STALLED)))
    for unit in chosen:
        at = chance.below(finish[unit] - 1)
        pace[unit][at] = 0
        if unit in catching_up:
            pace[unit][at + 1] = 3_200 + chance.below(600)


def _progress(pace: Sequence[int], finish: int, completed: bool, chance: Chance) -> list[int]:
    """Draw the part of its last counts that a unit has in each month; all of it from the month it finishes."""
    usual = START + chance.below(220_000) + chance.below(220_000) - 220_000
    start = max(usual, ALL - STEPS_A_MONTH * finish - chance.below(60_000)) if completed else usual
    steps = [value if at < finish else 0 for at, value in enumerate(pace)]
    total, gone, parts = sum(steps) or 1, 0, [start]
    for step in steps:
        gone += step
        parts.append(start + (ALL - start) * gone // total)
    return [ALL if at >= finish else part for at, part in enumerate(parts)]


def _late(units: Sequence[str], months_in_all: int, chance: Chance) -> dict[int, frozenset[str]]:
    """Choose late units in one month, never in the last two, so that both months of the comparison are complete."""
    if months_in_all < 5:
        return {}
    return {2 + chance.below(months_in_all - 4): frozenset(chance.some(units, LATE))}


def _corrected(
    end: LastMonth, units: Sequence[str], digitised: Sequence[Mapping[Cell, int]], count: int, chance: Chance
) -> list[dict[Cell, int]]:
    """Return `required` in each month: constant but for corrections of a unit's largest register, above digitised."""
    required = [dict(end.required) for _ in digitised]
    largest: dict[str, Cell] = {}
    for cell, entries in end.required.items():
        if cell[0] not in largest or entries > end.required[largest[cell[0]]]:
            largest[cell[0]] = cell
    months_of_units = [(at, unit) for at in range(1, len(digitised)) for unit in units]
    for at, unit in reversed(chance.some(months_of_units, count)):  # latest first: each changes all months before it
        _correct(required, largest[unit], at, digitised[at - 1][largest[unit]], chance)
    return required


def _correct(required: list[dict[Cell, int]], cell: Cell, at: int, digitised_before: int, chance: Chance) -> None:
    """Let `required` be slightly more or less before month `at`."""
    now = required[at][cell]
    change = now * (3 + chance.below(15)) // 1_000 or 1
    before = now - change if chance.below(2) else now + change
    if before <= digitised_before:
        before = now + change
    for earlier in range(at):
        required[earlier][cell] = before
