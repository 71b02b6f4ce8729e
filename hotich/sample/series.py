"""The months before the last: each unit's way to where it stands, with the noise that real offices make.

docs/sample.md says what the noise is; the numbers here are its only home. Shares are of all unit-months.
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
"""Parts of what a unit has in the last month: a way goes from its start to this."""
START: Final = 430_000
STEPS_A_MONTH: Final = 115_000
"""At most about so much is done in one usual month: who finishes early was far from the beginning."""
SLOWER: Final = 35
"""Pace where the storm struck, in percent of the usual."""
PUSH: Final = 160
"""Pace there in the month after it."""
CATCH_UPS: Final = 3
"""Percent of unit-months in which a unit that had entered nothing the month before enters two months' worth or more."""
STALLED: Final = 1
"""Percent in which a unit enters nothing and does not catch up."""
CORRECTED: Final = 1
"""Percent in which an unfinished unit corrects what is required, by less than two percent of its largest register."""
LATE: Final = 2
"""Units that sent nothing in time in one early month."""


@dataclass(frozen=True)
class MonthOf:
    """One month: required and digitised of every applicable cell, the units that were late, and who had finished."""

    month: Month
    required: Mapping[Cell, int]
    digitised: Mapping[Cell, int]
    late: frozenset[str]
    completed: frozenset[str]


def months(first: Month, last: Month) -> list[Month]:
    """All months from the first to the last."""
    listed = [first]
    while listed[-1] < last:
        listed.append(listed[-1].plus(1))
    return listed


def backwards(end: LastMonth, storm: frozenset[str], controls: Controls, chance: Chance) -> list[MonthOf]:
    """The whole series, oldest first; its last month is `end`. Digitised never falls and never exceeds required."""
    span = months(controls.first, controls.last)
    units = list(dict.fromkeys(unit for unit, _ in end.required))
    finish = {unit: _finish(len(span) - 1, unit in end.completed, chance) for unit in units}
    pace = {unit: _pace(span, unit in storm, controls, chance) for unit in units}
    _stall(pace, finish, len(units) * len(span), chance)
    ways = {unit: _way(pace[unit], finish[unit], unit in end.completed, chance) for unit in units}
    digitised = [
        {cell: count * ways[cell[0]][at] // ALL for cell, count in end.digitised.items()} for at in range(len(span))
    ]
    working = [unit for unit in units if unit not in end.completed]
    late = _late(working, len(span), chance)
    required = _corrected(end, working, digitised, len(units) * len(span) * CORRECTED // 100, chance)
    return [
        MonthOf(month, required[at], digitised[at], late.get(at, frozenset()), _finished(end, finish, at))
        for at, month in enumerate(span)
    ]


def _finished(end: LastMonth, finish: Mapping[str, int], at: int) -> frozenset[str]:
    return frozenset(unit for unit in end.completed if finish[unit] <= at)


def _finish(steps: int, completed: bool, chance: Chance) -> int:
    """In which month a unit has all that it has in the last; later months see more units finish than early ones."""
    if not completed or steps == 0:
        return steps
    drawn = chance.below(steps), chance.below(steps)
    return 1 + (drawn[0] if chance.below(4) else max(drawn))


def _pace(span: Sequence[Month], struck: bool, controls: Controls, chance: Chance) -> list[int]:
    """How fast the unit works in each month after the first, 1,000 being usual."""
    pace = [600 + chance.below(800) for _ in span[1:]]
    if struck and controls.storm_month:
        for at, month in enumerate(span[1:]):
            if month == controls.storm_month:
                pace[at] = pace[at] * SLOWER // 100
            elif month == controls.storm_month.plus(1):
                pace[at] = pace[at] * PUSH // 100
    return pace


def _stall(pace: Mapping[str, list[int]], finish: Mapping[str, int], unit_months: int, chance: Chance) -> None:
    """Some units enter nothing in one month; most of them make up for it in the next."""
    able = [unit for unit in pace if finish[unit] >= 4]
    chosen = chance.some(able, -(-unit_months * (CATCH_UPS + STALLED) // 100))
    catching_up = set(chance.some(chosen, len(chosen) * CATCH_UPS // (CATCH_UPS + STALLED)))
    for unit in chosen:
        at = chance.below(finish[unit] - 1)
        pace[unit][at] = 0
        if unit in catching_up:
            pace[unit][at + 1] = 3_200 + chance.below(600)


def _way(pace: Sequence[int], finish: int, completed: bool, chance: Chance) -> list[int]:
    """What part of its last count the unit has reached in each month; all of it in its last month, not before."""
    usual = START + chance.below(220_000) + chance.below(220_000) - 220_000
    start = max(usual, ALL - STEPS_A_MONTH * finish - chance.below(60_000)) if completed else usual
    steps = [value if at < finish else 0 for at, value in enumerate(pace)]
    whole, gone, way = sum(steps) or 1, 0, [start]
    for step in steps:
        gone += step
        way.append(start + (ALL - start) * gone // whole)
    return [ALL if at >= finish else part for at, part in enumerate(way)]


def _late(units: Sequence[str], months_in_all: int, chance: Chance) -> dict[int, frozenset[str]]:
    """Late units in one month, never in the last two: the reported month and the one it is compared with are whole."""
    if months_in_all < 5:
        return {}
    return {2 + chance.below(months_in_all - 4): frozenset(chance.some(units, LATE))}


def _corrected(
    end: LastMonth, units: Sequence[str], digitised: Sequence[Mapping[Cell, int]], count: int, chance: Chance
) -> list[dict[Cell, int]]:
    """Required in each month: constant but for corrections of a unit's largest register, always above digitised."""
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
    """Before month `at` the unit thought that slightly more, or fewer, entries were required."""
    now = required[at][cell]
    change = now * (3 + chance.below(15)) // 1_000 or 1
    before = now - change if chance.below(2) else now + change
    if before <= digitised_before:
        before = now + change
    for earlier in range(at):
        required[earlier][cell] = before
