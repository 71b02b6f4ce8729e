"""Changes of areas, reported as they should be: counts go to the unit that took them over, or are shared out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from hotich.data.areas import Areas
from proof.month import DIGITISED, REQUIRED, Line, Spoilt

LEAST = 100
"""Entries of a unit that ends: a smaller one may be lost in what is usual."""


def chosen(month: Spoilt, others: int = 1) -> tuple[str, list[str]] | None:
    """Draw a unit that is to end, and so many others of its district; None where there are none."""
    gone = month.choose(month.units())
    if gone is None or sum(int(line[REQUIRED]) for line in month.unit(gone)) < LEAST:
        return None
    parent = month.data.areas[gone].parent
    beside = [unit for unit in month.units() if month.data.areas[unit].parent == parent and unit != gone]
    if len(beside) < others:
        return None
    kept = month.chance.sample(beside, others)
    month.touched = set(kept)
    return gone, kept


def end(month: Spoilt, gone: str, successors: list[str]) -> Mapping[str, Line]:
    """End a unit before the month begins, and return the lines that it would have sent, by register."""
    last = month.data.month.first_day - timedelta(days=1)
    area = month.data.areas[gone]
    ended = replace(area, valid_to=last, successor=" ".join(successors))
    areas = (ended if each is area else each for each in month.data.all_areas.all)
    lines = {line[1]: line for line in month.unit(gone)}
    month.data = replace(month.data, all_areas=Areas(tuple(areas)))
    month.lines = [line for line in month.lines if line[0] != gone]
    return lines


def add(month: Spoilt, unit: str, lines: Mapping[str, Line], times: int = 1) -> None:
    """Add a unit's counts to another one's."""
    for line in month.unit(unit):
        if line[1] in lines:
            for column in (REQUIRED, DIGITISED):
                line[column] = str(int(line[column]) + times * int(lines[line[1]][column]))


def halves(lines: Mapping[str, Line]) -> tuple[dict[str, Line], dict[str, Line]]:
    """Return counts in two parts that make up the whole."""
    lower = {register: [*line[:REQUIRED], *_halved(line, 0)] for register, line in lines.items()}
    upper = {register: [*line[:REQUIRED], *_halved(line, 1)] for register, line in lines.items()}
    return lower, upper


def _halved(line: Line, more: int) -> Line:
    return [str((int(line[column]) + more) // 2) for column in (REQUIRED, DIGITISED)]
