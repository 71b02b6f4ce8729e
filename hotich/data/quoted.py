"""Figures from elsewhere that an analyst's own cells use, each with its source: `figures/2024-10.csv`."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from hotich import month as months
from hotich.errors import InputRefused, WrongUsage
from hotich.month import Month, printable
from hotich.storage import csv_table, regular
from hotich.storage.paths import Folders

COLUMNS: Final = ("name", "value", "unit", "source")
ENGLISH: Final = "source_en"
"""The column, which a file may lack, with the source as English pages name it."""
UNITS: Final = ("count", "percent", "points", "ratio", "date", "month", "text")
"""What a value may be; `text` is a name with digits: Bão số 3, Nghị định 30/2020/NĐ-CP."""
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_NUMBER: Final = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,4})?", re.ASCII)
_CLAIMS: Final = re.compile(r"%|\d[.,]\d{3}\b")
"""What a figure has and no name: as a text nothing would compare it."""
Value = int | Decimal | date | Month | str


@dataclass(frozen=True)
class Quoted:
    """A figure under the name by which texts call it; `sources` say by language where it was found."""

    name: str
    value: Value
    unit: str
    sources: dict[str, str]


def read(folders: Folders, month: Month) -> tuple[Quoted, ...]:
    """Return the figures of a month; none where there is no file.

    Raises InputRefused naming file and line for a name that is none or stands twice, a unit that is not allowed, a
    value that is not of that unit, and a figure without a source.
    """
    path = folders.figures(month)
    if not regular.present(path):
        return ()
    found: dict[str, Quoted] = {}
    for row in csv_table.read(path, COLUMNS, (ENGLISH,)):
        quoted = _quoted(row, path.name)
        if quoted.name in found:
            raise InputRefused("quoted.twice", file=path.name, line=row.line, name=quoted.name)
        found[quoted.name] = quoted
    return tuple(found.values())


def _quoted(row: csv_table.Row, file: str) -> Quoted:
    if not _NAME.fullmatch(row["name"]):
        raise InputRefused("quoted.name", file=file, line=row.line, name=printable(row["name"]))
    if row["unit"] not in UNITS:
        value, allowed = printable(row["unit"]), ", ".join(UNITS)
        raise InputRefused("quoted.unit", file=file, line=row.line, value=value, allowed=allowed)
    if not row["source"].strip():
        raise InputRefused("quoted.source", file=file, line=row.line, name=row["name"])
    try:
        figure = _value(row["value"].strip(), row["unit"])
    except (ValueError, WrongUsage):
        shown = printable(row["value"])
        raise InputRefused("quoted.value", file=file, line=row.line, value=shown, unit=row["unit"]) from None
    sources = {"vi": row["source"].strip(), "en": row[ENGLISH].strip() or row["source"].strip()}
    return Quoted(row["name"], figure, row["unit"], sources)


def _value(written: str, unit: str) -> Value:
    """Return the value. Raises ValueError, or WrongUsage for a month, for what is not of the unit."""
    if unit == "text":
        if _CLAIMS.search(written) or not re.search(r"[^\W\d_]", written):  # a number by itself is no name
            raise ValueError(written)
        return written
    if unit == "date":
        return months.day(written)
    if unit == "month":
        return months.exact(written)
    if not _NUMBER.fullmatch(written) or (unit == "count" and "." in written):
        raise ValueError(written)
    return int(written) if unit == "count" else Decimal(written)
