"""What each kind of rule looks at and which rows fail it: plain functions over one prepared table.

A function returns a boolean column over the rows it looked at, True where the rule is broken. Great Expectations runs
it as a custom expectation; the same function then names the failing rows. For expectations that are GX's own, `located`
finds the rows, and their number must equal the one that GX counted.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from hotich.counts import NOT_APPLICABLE, NOT_REPORTED, REPORTED

Failing = pd.Series
"""Boolean, indexed like the rows looked at."""
FEW: Final = 10
"""A register's required count may change by fewer entries than this without a question: small registers move."""


def cells_present(table: pd.DataFrame) -> Failing:
    """Every expected unit × applicable register has a line."""
    failing: Failing = ~table.loc[table["expected"], "present"]
    return failing


def units_valid(table: pd.DataFrame) -> Failing:
    """Lines of areas that the office knows are of reporting units below its root that exist on the as-of date."""
    return ~table.loc[table["present"] & table["area_known"], "unit_valid"]


def empty_kept_apart(table: pd.DataFrame) -> Failing:
    """A reported cell has both counts, reported zeros included; a cell with a status has neither."""
    rows = table[table["present"]]
    reported = rows["status"] == REPORTED
    either, both = (
        (rows["required"] != "") | (rows["digitised"] != ""),
        (rows["required"] != "") & (rows["digitised"] != ""),
    )
    return (reported & ~both) | (~reported & either)


def applicability(table: pd.DataFrame) -> Failing:
    """`not_applicable` stands where, and only where, the unit does not keep the register."""
    rows = table[table["present"] & table["unit_valid"] & table["register_known"]]
    return (rows["status"] == NOT_APPLICABLE) == rows["expected"]


def everything_reported(table: pd.DataFrame) -> Failing:
    """No applicable cell is marked as not reported."""
    rows = table[table["expected"] & table["present"]]
    return rows["status"] == NOT_REPORTED


def as_of_inside(table: pd.DataFrame) -> Failing:
    """The cut-off day lies in the month."""
    return ~table["as_of_inside"].head(1)


def hash_as_logged(table: pd.DataFrame) -> Failing:
    """The counts file is the one that was logged."""
    return ~table["hash_as_logged"].head(1)


def required_stable(table: pd.DataFrame, at_most: float) -> Failing:
    """Required moves by at most that share, or by fewer than FEW entries, from month to month."""
    rows = table.dropna(subset=["required_number", "required_before"])
    change = (rows["required_number"] - rows["required_before"]).abs()
    return (change > at_most * rows["required_before"]) & (change >= FEW)


def month_before(table: pd.DataFrame) -> Failing:
    """The month compared with is the one directly before."""
    return ~table["directly_after"].head(1)


def as_expected(table: pd.DataFrame, kind: str) -> Failing:
    """Printed figures of one kind equal what they should."""
    rows = table[table["kind"] == kind]
    return rows["printed"] != rows["expected"]


def waivers_in_force(table: pd.DataFrame) -> Failing:
    """A waiver given for the month has not expired."""
    return ~table["in_force"]


def waivers_used(table: pd.DataFrame) -> Failing:
    """A waiver in force covers at least one failing row."""
    unused: Failing = ~table.loc[table["in_force"], "used"]
    return unused


CUSTOM: Final[Mapping[str, Callable[..., Failing]]] = {
    "expect_cells_to_be_present": cells_present,
    "expect_units_to_be_valid": units_valid,
    "expect_empty_kinds_to_be_apart": empty_kept_apart,
    "expect_applicability_to_be_stated": applicability,
    "expect_everything_to_be_reported": everything_reported,
    "expect_as_of_to_be_inside_the_month": as_of_inside,
    "expect_hash_to_be_as_logged": hash_as_logged,
    "expect_required_to_be_stable": required_stable,
    "expect_month_before_to_be_there": month_before,
    "expect_printed_to_be_as_expected": as_expected,
    "expect_waivers_to_be_in_force": waivers_in_force,
    "expect_waivers_to_be_used": waivers_used,
}
OF_THE_MONTH: Final = frozenset(
    {
        "expect_as_of_to_be_inside_the_month",
        "expect_hash_to_be_as_logged",
        "expect_month_before_to_be_there",
    }
)
"""Rules about the delivery as a whole: they read one row, but their finding is about no area and no register."""
ARGUMENTS: Final[Mapping[str, frozenset[str]]] = {
    "expect_required_to_be_stable": frozenset({"at_most"}),
    "expect_printed_to_be_as_expected": frozenset({"kind"}),
}
NATIVE: Final[Mapping[str, frozenset[str]]] = {
    "expect_column_values_to_be_in_set": frozenset({"column", "value_set"}),
    "expect_column_values_to_match_regex": frozenset({"column", "regex"}),
    "expect_compound_columns_to_be_unique": frozenset({"column_list"}),
    "expect_column_pair_values_a_to_be_greater_than_b": frozenset(
        {"column_A", "column_B", "or_equal", "ignore_row_if"}
    ),
}
TYPES: Final[Mapping[str, frozenset[str]]] = {
    **NATIVE,
    **{name: frozenset({"rule"}) | ARGUMENTS.get(name, frozenset()) for name in CUSTOM},
}
"""Every allowed type of expectation with the arguments it takes."""


def failing(kind: str, table: pd.DataFrame, arguments: Mapping[str, Any]) -> Failing:
    """Rows looked at and whether they break the rule, for any allowed type of expectation."""
    if kind in CUSTOM:
        return CUSTOM[kind](table, **{name: value for name, value in arguments.items() if name != "rule"})
    return _LOCATORS[kind](table, **arguments)


def _in_set(table: pd.DataFrame, column: str, value_set: list[str]) -> Failing:
    values = table[column].dropna()
    return ~values.isin(value_set)


def _match_regex(table: pd.DataFrame, column: str, regex: str) -> Failing:
    values = table[column].dropna()
    return ~values.map(lambda value: re.match(regex, value) is not None).astype(bool)


def _unique(table: pd.DataFrame, column_list: list[str]) -> Failing:
    return table.duplicated(column_list, keep=False)


def _greater(  # GX names these arguments, and takes rows with a missing value out
    table: pd.DataFrame,
    column_A: str,  # noqa: N803
    column_B: str,  # noqa: N803
    or_equal: bool,
    ignore_row_if: str,  # noqa: ARG001
) -> Failing:
    rows = table.dropna(subset=[column_A, column_B])
    return ~(rows[column_A] >= rows[column_B]) if or_equal else ~(rows[column_A] > rows[column_B])


_LOCATORS: Final[Mapping[str, Callable[..., Failing]]] = {
    "expect_column_values_to_be_in_set": _in_set,
    "expect_column_values_to_match_regex": _match_regex,
    "expect_compound_columns_to_be_unique": _unique,
    "expect_column_pair_values_a_to_be_greater_than_b": _greater,
}
