"""The tables that the suites look at, prepared from the dataset; nothing is judged here."""

from dataclasses import replace
from typing import Final

import pandas as pd

from hotich import totals
from hotich.areas import Area
from hotich.checks import printed
from hotich.counts import CANONICAL, REPORTED, Counts
from hotich.dataset import Dataset

DIGITS: Final = 9
"""A count has at most as many digits as this: no register holds a billion entries, and sums stay exact in int64."""


def prepared(data: Dataset, suite: str) -> pd.DataFrame:
    """The table of a suite."""
    if suite == "counts":
        return counts(data)
    return series(data) if suite == "series" else printed.table(data, readable(data.counts))


def readable(delivered: Counts) -> Counts:
    """A delivery without rows whose counts are too long to be counts: they break a rule and must not break a sum."""
    rows = (row for row in delivered.rows if max(len(row["required"]), len(row["digitised"])) <= DIGITS)
    return replace(delivered, rows=tuple(rows))


def counts(data: Dataset) -> pd.DataFrame:
    """Every line of the counts file, and a line 0 for each expected cell that has none."""
    table = data.text.assign(present=True)
    found = set(zip(table["area"], table["register"], strict=True))
    units = {unit.code: unit for unit in data.areas.units(data.office.root)} if data.office.root in data.areas else {}
    expected = [(u, r.code) for u in units for r in data.registers if data.applies(u, r)]
    missing = pd.DataFrame([cell for cell in expected if cell not in found], columns=["area", "register"], dtype="str")
    table = pd.concat([table, missing.assign(line=0, present=False)], ignore_index=True)
    return _judged_by_lists(table, data, units, set(expected))


def _judged_by_lists(
    table: pd.DataFrame, data: Dataset, units: dict[str, Area], expected: set[tuple[str, str]]
) -> pd.DataFrame:
    known = {area.code for area in data.all_areas.all}
    registers = {register.code for register in data.registers}
    cells = list(zip(table["area"], table["register"], strict=True))
    reported = table["present"] & (table["status"] == REPORTED)
    return table.assign(
        expected=[cell in expected for cell in cells],
        area_known=table["area"].isin(known),
        unit_valid=table["area"].isin(list(units)),
        register_known=table["register"].isin(registers),
        required_text=table["required"].where(reported & (table["required"] != "")),
        digitised_text=table["digitised"].where(reported & (table["digitised"] != "")),
        required_number=_numbers(table["required"].where(reported)),
        digitised_number=_numbers(table["digitised"].where(reported)),
        as_of_inside=data.month.first_day <= data.counts.delivery.as_of <= data.month.last_day,
        hash_as_logged=data.counts.sha256 == data.counts.delivery.sha256,
    )


def _numbers(column: pd.Series) -> pd.Series:
    """Canonical counts as integers; everything else is missing, and another rule's matter."""
    canonical = column.str.fullmatch(CANONICAL.pattern).eq(True) & column.str.len().le(DIGITS)
    return pd.to_numeric(column.where(canonical)).astype("Int64")


def series(data: Dataset) -> pd.DataFrame:
    """Cells reported in the month and in the one before it, by units that are the same in both.

    A first row, about the month itself, is always there: whether the month before is there is asked of it.
    """
    earlier, later = data.deliveries[-2], data.deliveries[-1]
    before = data.all_areas.on(earlier.delivery.as_of)
    same = totals.same_units(data.all_areas, before, data.areas)
    both = totals.in_both(totals.numbers(readable(earlier)), totals.numbers(readable(later)), same)
    lines = data.text.drop_duplicates(totals.KEY)[[*totals.KEY, "line"]]
    table = both.rename(columns={"required": "required_number", "digitised": "digitised_number"})
    table = table.astype(dict.fromkeys(COMPARED, "Int64")).merge(lines, on=totals.KEY)
    month = pd.DataFrame({"area": [""], "register": [""], "line": [0], **dict.fromkeys(COMPARED, pd.NA)})
    whole = pd.concat([month.astype(dict.fromkeys(COMPARED, "Int64")), table], ignore_index=True)
    return whole.assign(directly_after=earlier.month == later.month.previous)


COMPARED: Final = ("required_number", "digitised_number", "required_before", "digitised_before")
