"""Which parts of a country are set aside: their own counts break critical rules, those of the others do not.

Whoever reports for a country has no part in the counts of its provinces: one that contradicts itself is told so, and
the others are not kept waiting. Of a province's own folder nothing is ever set aside.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from hotich.data import counts
from hotich.data.areas import AreasOn
from hotich.data.counts import NOT_APPLICABLE, NOT_REPORTED
from hotich.data.dataset import Dataset, frame

LEVEL: Final = "country"
SUITES: Final = ("counts", "series")
"""Suites whose findings are about the counts of units. What others printed, and waivers, are everybody's."""


def parts(data: Dataset, about: Sequence[Iterable[str]]) -> tuple[str, ...]:
    """Return the parts of the office's country that these failures are about, each given as the areas of its rows.

    None where the office's area is no country, where a failure is about anything outside its parts (the month as a
    whole, an area that the list does not have), and where no part would be left.
    """
    areas, root = data.areas, data.office.root
    if root not in areas or areas[root].level != LEVEL:
        return ()
    every = [part.code for part in areas.children(root)]
    found: set[str] = set()
    for codes in about:
        within = {part_of(areas, code, every) for code in codes}
        if not within or "" in within:
            return ()
        found |= within
    return tuple(code for code in every if code in found) if len(found) < len(every) else ()


def part_of(areas: AreasOn, code: str, parts: Sequence[str]) -> str:
    """Return which of these parts an area is or lies in; empty for none."""
    while code in areas and code not in parts:
        code = areas[code].parent
    return code if code in parts else ""


def without(data: Dataset, parts: Sequence[str]) -> Dataset:
    """Return the dataset as if no unit of these parts had reported anything this month."""
    aside = {unit.code: unit for part in parts for unit in data.areas.units(part)}
    rows = [
        (unit.code, register.code, "", "", NOT_REPORTED if data.applies(unit.code, register) else NOT_APPLICABLE)
        for unit in aside.values()
        for register in data.registers
    ]
    kept = frame(data.counts)
    silent = pd.DataFrame(rows, columns=list(counts.COLUMNS), dtype="str").assign(line=0)
    given = pd.concat([kept[~kept["area"].isin(list(aside))], silent], ignore_index=True)
    given = given.astype(dict.fromkeys(counts.COLUMNS, "category"))
    return replace(data, deliveries=(*data.deliveries[:-1], replace(data.counts, given=given)))
