"""Figures about a month that others have printed, in an article or a notice, exactly as printed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from hotich import month as months
from hotich.data import areas, counts, registers
from hotich.errors import InputRefused
from hotich.month import Month, printable
from hotich.storage import csv_table, regular
from hotich.storage.paths import Folders

COLUMNS: Final = ("as_of", "area", "scope", "measure", "value", "source", "note")
BESIDES: Final = "besides"
"""The column, which a file may lack, that says which areas a printed number of areas is meant besides."""
MEASURES: Final = (
    *counts.MEASURES,
    "percent",
    "percent_over",
    "communes_completed",
    "communes_total",
    "offices_completed",
    "districts_over_threshold",
    "districts_total",
)
NUMBERS_OF_AREAS: Final = ("districts_over_threshold", "communes_completed", "offices_completed")
"""Measures that count areas: such a number may be meant besides areas named before it."""
_WHOLE: Final = re.compile("[0-9]{1,9}", re.ASCII)
_DECIMAL: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?", re.ASCII)


@dataclass(frozen=True)
class Published:
    """One printed figure; `measure` is the measure of the fact that it should equal.

    `besides` are the areas that a number of areas is meant besides: "three more have over 90 %", after one with 100 %.

    `printing` numbers the sources of a month, one for each source and day, in the order of the file.
    """

    as_of: date
    area: str
    scope: str
    measure: str
    value: int | Decimal
    source: str
    note: str
    besides: tuple[str, ...]
    line: int
    printing: int = 1

    def fact(self, what: str, measure: str = "") -> str:
        """Return the measure's name of a fact about what this source printed: `published_required`.

        `what` is published, difference, parts and so on. From the second source on its number follows:
        `published_required.2`. Another `measure` names another figure of the same source.
        """
        return f"{what}_{measure or self.measure}" + (f".{self.printing}" if self.printing > 1 else "")


def read(folders: Folders, month: Month) -> tuple[Published, ...]:
    """Return every printed figure of the month; none where there is no file.

    Raises InputRefused for a line with an impossible area, scope, measure, day or value: it would silently be compared
    with nothing. Raises it too for a figure that the same source states twice.
    """
    path = folders.published(month)
    if not regular.present(path):
        return ()
    codes = frozenset(area.code for area in areas.read(folders.data).all)
    scopes = ("all", *registers.GROUPS, *(register.code for register in registers.read(folders.data)))
    every = [_published(row, path.name, codes, scopes) for row in csv_table.read(path, COLUMNS, (BESIDES,))]
    numbers = {key: at for at, key in enumerate(dict.fromkeys((each.source, each.as_of) for each in every), 1)}
    found = tuple(replace(each, printing=numbers[each.source, each.as_of]) for each in every)
    _refuse_twice(found, path.name)
    return found


def printings(folders: Folders, month: Month) -> list[list[Published]]:
    """Return the printed figures of the month by source and day, in the order of the file. Raises as `read` does."""
    grouped: dict[int, list[Published]] = {}
    for each in read(folders, month):
        grouped.setdefault(each.printing, []).append(each)
    return list(grouped.values())


def _refuse_twice(found: Iterable[Published], file: str) -> None:
    first: dict[tuple[int, str, str, str], int] = {}
    for each in found:
        before = first.setdefault((each.printing, each.area, each.scope, each.measure), each.line)
        if before != each.line:
            raise InputRefused("published.twice", file=file, line=each.line, first=before, source=each.source)


def _published(row: csv_table.Row, file: str, codes: frozenset[str], scopes: tuple[str, ...]) -> Published:
    if row["area"] not in codes:
        raise InputRefused("published.area", file=file, line=row.line, value=printable(row["area"]))
    if row["scope"] not in scopes:
        value, allowed = printable(row["scope"]), ", ".join(scopes)
        raise InputRefused("published.scope", file=file, line=row.line, value=value, allowed=allowed)
    is_percent = row["measure"].startswith("percent")
    as_of = _day(row, file)
    if row["measure"] not in MEASURES:
        value, allowed = printable(row["measure"]), ", ".join(MEASURES)
        raise InputRefused("published.measure", file=file, line=row.line, value=value, allowed=allowed)
    if not (_DECIMAL if is_percent else _WHOLE).fullmatch(row["value"]):
        raise InputRefused("published.value", file=file, line=row.line, value=printable(row["value"]))
    figure = Decimal(row["value"]) if is_percent else int(row["value"])
    besides = _besides(row, file, codes)
    return Published(
        as_of, row["area"], row["scope"], row["measure"], figure, row["source"], row["note"], besides, row.line
    )


def _besides(row: csv_table.Row, file: str, codes: frozenset[str]) -> tuple[str, ...]:
    """Return the areas a number is meant besides. Raises InputRefused for what is none, and beside other figures."""
    named = tuple(row[BESIDES].split())
    wrong = [code for code in named if code not in codes or code == row["area"]]
    if wrong or len(set(named)) < len(named) or (named and row["measure"] not in NUMBERS_OF_AREAS):
        allowed = ", ".join(NUMBERS_OF_AREAS)
        value = printable(row[BESIDES])
        raise InputRefused("published.besides", file=file, line=row.line, value=value, allowed=allowed)
    return named


def _day(row: csv_table.Row, file: str) -> date:
    try:
        return months.day(row["as_of"])
    except ValueError:
        raise InputRefused("published.as_of", file=file, line=row.line, value=printable(row["as_of"])) from None
