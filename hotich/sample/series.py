"""The months before the last: each unit's way to where it stands, with the noise that real offices make.

docs/sample.md says what the noise is; the numbers here are its only home.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from hotich.month import Month
from hotich.sample.controls import Controls
from hotich.sample.last_month import Cell, LastMonth

STORM_PACE: Final = 0.35
PUSH_PACE: Final = 1.6
STALLED: Final = 0.035
"""Share of unit-months in which a unit enters nothing and catches up in the next."""
IDLE: Final = 0.01
"""Share of unit-months in which a unit enters nothing and does not catch up."""
CORRECTED: Final = 0.018
"""Chance that an unfinished unit corrects what is required in a month, by less than two percent: 1 % of all."""
LATE: Final = 2
"""Units that sent nothing in time in one early month."""
START: Final = 0.43
"""What part of its last count an average unit had in the first month."""


@dataclass(frozen=True)
class MonthOf:
    """One month: required and digitised of every applicable cell, and the units that reported late."""

    month: Month
    required: Mapping[Cell, int]
    digitised: Mapping[Cell, int]
    late: frozenset[str]


def months(first: Month, last: Month) -> list[Month]:
    """All months from the first to the last."""
    listed = [first]
    while listed[-1] < last:
        listed.append(listed[-1].plus(1))
    return listed


def backwards(end: LastMonth, storm: frozenset[str], controls: Controls, rng: Random) -> list[MonthOf]:
    """The whole series, oldest first; its last month is `end`. Digitised never falls and never exceeds required."""
    span = months(controls.first, controls.last)
    cells: dict[str, list[Cell]] = {}
    for cell in end.required:
        cells.setdefault(cell[0], []).append(cell)
    ways = {unit: _way(unit, span, unit in end.completed, storm, controls, rng) for unit in cells}
    late = _late([unit for unit in cells if unit not in end.completed], len(span), rng)
    digitised = [
        {cell: _reached(end.digitised[cell], ways[cell[0]][at]) for cell in end.required} for at in range(len(span))
    ]  # fmt: skip
    required = _required(end, cells, digitised, rng)
    return [MonthOf(month, required[at], digitised[at], late.get(at, frozenset())) for at, month in enumerate(span)]


def _reached(final: int, part: float) -> int:
    return final if part >= 1 else int(final * part)


def _way(
    unit: str, span: Sequence[Month], completed: bool, storm: frozenset[str], controls: Controls, rng: Random
) -> list[float]:
    """What part of its last count the unit has reached in each month; a finished unit gets to 1 in its own month."""
    steps = len(span) - 1
    finish = _finish(steps, rng) if completed else steps
    start = min(max(START + 0.22 * (rng.random() + rng.random() - 1), 0.05), 0.9)
    pace = [_pace(span[at], unit in storm, controls, rng) if at <= finish else 0.0 for at in range(1, steps + 1)]
    _stall(pace, finish, rng)
    whole = sum(pace) or 1.0
    way, reached = [start], start
    for step in pace:
        reached += (1 - start) * step / whole
        way.append(reached)
    return [1.0 if at >= finish else min(part, 0.995) for at, part in enumerate(way)]


def _pace(month: Month, struck: bool, controls: Controls, rng: Random) -> float:
    pace = 0.6 + 0.8 * rng.random()
    if struck and controls.storm_month:
        if month == controls.storm_month:
            return pace * STORM_PACE
        if month == controls.storm_month.plus(1):
            return pace * PUSH_PACE
    return pace


def _finish(steps: int, rng: Random) -> int:
    """Later months see more units finish, for work that is nearly done is finished first."""
    return max(1, min(steps, 1 + int(steps * rng.random() ** 0.6)))


def _stall(pace: list[float], finish: int, rng: Random) -> None:
    """Nothing in one month and as much more in the next; now and then nothing at all."""
    for at in range(min(finish, len(pace)) - 1):
        drawn = rng.random()
        if drawn < STALLED:
            pace[at + 1] += 1.5 * pace[at] + 0.8
            pace[at] = 0.0
        elif drawn < STALLED + IDLE:
            pace[at] = 0.0


def _late(units: Sequence[str], months_in_all: int, rng: Random) -> dict[int, frozenset[str]]:
    """Late units in one month, never in the last two: the reported month and the one it is compared with are whole."""
    if months_in_all < 5 or not units:
        return {}
    at = 2 + int((months_in_all - 4) * rng.random())
    chosen = sorted((rng.random(), unit) for unit in units)[:LATE]
    return {at: frozenset(unit for _, unit in chosen)}


def _required(
    end: LastMonth, cells: Mapping[str, Sequence[Cell]], digitised: Sequence[Mapping[Cell, int]], rng: Random
) -> list[dict[Cell, int]]:
    """Required in each month: constant but for corrections of the unit's largest register, always above digitised."""
    required = [dict(end.required) for _ in digitised]
    for unit, own in cells.items():
        largest = max(own, key=lambda cell: end.required[cell])
        for at in range(1, len(digitised)):
            if rng.random() < CORRECTED and unit not in end.completed:
                _correct(required, largest, at, digitised[at - 1][largest], rng)
    return required


def _correct(required: list[dict[Cell, int]], cell: Cell, at: int, digitised_before: int, rng: Random) -> None:
    """Before month `at` the unit thought that slightly more, or fewer, entries were required."""
    now = required[at][cell]
    change = int(now * (0.003 + 0.014 * rng.random())) or 1
    before = now + (change if rng.random() < 0.5 else -change)
    if before <= digitised_before:
        before = now + change
    for earlier in range(at):
        required[earlier][cell] = before
