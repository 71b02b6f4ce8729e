"""Made-up histories of units to try outlooks on, by a rule that no outlook assumes.

A unit's speed is its own, changes from month to month and with its district, and follows a trend of the whole; there
are storms and the catching up after them, entries that are keyed in a month late, corrections downwards, months without
a report, a slow last stretch, and in some series staff that moves on when a unit has finished. Nothing here goes on at
a steady pace.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp
from random import Random
from typing import Final

from hotich.measures.recent_pace import Unit

TRENDS: Final = ((1.0, 1.0), (0.97, 1.0), (1.025, 1.0), (1.0, 1.35), (1.0, 0.7))
"""By what all speeds change each month, and once, from one month on: steady, slowing, rising, more staff, less."""
STORM, TAIL, MOVING = 0.6, 0.5, 0.35
"""The share of series with a storm, with a slow last stretch, and with staff that moves on."""
LATE, IDLE, CORRECTED, SILENT = 0.03, 0.02, 0.005, 0.015
"""The share of unit-months entered a month late, idle, corrected downwards, and not reported."""


@dataclass
class Worker:
    """A unit at work: entries required and done, entries a day, its mood (log), and entries kept back."""

    required: int
    done: float
    speed: float
    mood: float = 0.0
    kept: float = 0.0
    reported: list[int | None] = field(default_factory=list)

    @property
    def left(self) -> float:
        """Entries that are left."""
        return self.required - self.done


@dataclass(frozen=True)
class Series:
    """What happens to a whole series."""

    months: int
    trend: tuple[float, float]
    turn: int
    storm: int | None
    struck: frozenset[int]
    worst: float
    rebound: float
    tail: bool
    moving: bool

    def level(self, month: int) -> float:
        """Return the speed of all in a month against the first."""
        monthly, once = self.trend
        return monthly**month * (once if month >= self.turn else 1.0)


def drawn(seed: int) -> tuple[list[date], dict[str, Unit]]:
    """Return the cut-off days and the units of the series of that seed."""
    chance = Random(seed)  # noqa: S311 - no secrets are drawn
    months, districts = chance.randint(13, 20), chance.randint(3, 9)
    days = [date(2024, 1, 22)]
    for _ in range(months - 1):
        days.append(days[-1] + timedelta(days=chance.choice((28, 30, 30, 31, 31))))
    series = _events(chance, months, districts)
    span = chance.uniform(390, 900)
    groups = [_district(chance, span) for _ in range(districts)]
    whole = 0.0
    for month in range(months):
        whole = 0.5 * whole + chance.gauss(0, 0.12)
        for number, workers in enumerate(groups):
            if month:
                level = series.level(month) * exp(whole) * _weather(series, number, month)
                _work(chance, series, workers, level, (days[month] - days[month - 1]).days)
            for worker in workers:
                worker.reported.append(int(worker.done) if chance.random() > SILENT else None)
    return days, _units(groups)


def _events(chance: Random, months: int, districts: int) -> Series:
    return Series(
        months,
        chance.choice(TRENDS),
        chance.randint(4, months - 2),
        chance.randint(3, months - 3) if chance.random() < STORM else None,
        frozenset(number for number in range(districts) if chance.random() < 0.7),
        chance.uniform(0.2, 0.5),
        chance.uniform(1.2, 1.8),
        chance.random() < TAIL,
        chance.random() < MOVING,
    )


def _district(chance: Random, span: float) -> list[Worker]:
    """Draw the units of a district, which would be done in about so many days if nothing happened."""
    own, workers = exp(chance.gauss(0, 0.25)), []
    for _ in range(chance.randint(4, 14)):
        required = int(exp(chance.gauss(8, 0.6)))
        speed = required / span * own * exp(chance.gauss(0, 0.4))
        workers.append(Worker(required, required * chance.uniform(0.1, 0.6), speed))
    return workers


def _weather(series: Series, district: int, month: int) -> float:
    if series.storm is None or district not in series.struck:
        return 1.0
    return {series.storm: series.worst, series.storm + 1: series.rebound}.get(month, 1.0)


def _work(chance: Random, series: Series, workers: list[Worker], level: float, days: int) -> None:
    """Let the units of a district work for so many days."""
    still = [worker for worker in workers if worker.left > 0]
    idle = sum(worker.speed for worker in workers if worker.left <= 0)
    spare = 0.6 * idle / len(still) if series.moving and still else 0.0
    for worker in workers:
        worker.mood = 0.6 * worker.mood + chance.gauss(0, 0.3)
    for worker in still:
        pace = (worker.speed + spare) * level * exp(worker.mood - 0.1)
        if series.tail and worker.left < 0.15 * worker.required:
            pace *= 0.5
        worker.done = min(worker.required, worker.done + _entered(chance, worker, pace * days))


def _entered(chance: Random, worker: Worker, work: float) -> float:
    """Return what a unit enters of its work and what it kept back: all, nothing, or less than nothing."""
    luck = chance.random()
    ready, worker.kept = work + worker.kept, 0.0
    if luck < LATE:
        worker.kept = 0.95 * ready
        return 0.0
    if luck < LATE + IDLE:
        return 0.0
    return -0.01 * worker.done if luck < LATE + IDLE + CORRECTED else ready


def _units(groups: list[list[Worker]]) -> dict[str, Unit]:
    return {
        f"{number}/{at}": Unit(
            str(number), tuple(None if done is None else (worker.required, done) for done in worker.reported)
        )
        for number, workers in enumerate(groups)
        for at, worker in enumerate(workers)
    }
