"""Which kinds of rule there are: what table each looks at, the function that finds its rows, the arguments it takes.

A function returns a boolean column over the rows it looked at, True where the rule is broken. Great Expectations runs
it as a custom expectation; the same function then names the failing rows. For expectations that are GX's own, a
function here finds the rows, and their number must equal the one that GX counted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from hotich.checks import across_months, one_month, rows_of_builtin
from hotich.checks.one_month import Failing


@dataclass(frozen=True)
class Kind:
    """A kind of rule. `custom` ones take their own id as an argument too, so that no two of them are the same to GX.

    `cause`: its finding names the slip itself, and so comes before findings that only see what the slip did.
    `explains`: what it finds about a unit accounts for whatever is found about the unit's cells.
    """

    table: str
    function: Callable[..., Failing]
    arguments: frozenset[str]
    custom: bool = True
    cause: bool = False
    explains: bool = False


def _kind(
    table: str, function: Callable[..., Failing], *arguments: str, cause: bool = False, explains: bool = False
) -> Kind:
    return Kind(table, function, frozenset({"rule", *arguments}), cause=cause, explains=explains)


def _native(function: Callable[..., Failing], *arguments: str) -> Kind:
    return Kind("cells", function, frozenset(arguments), custom=False)


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


KINDS: Final[Mapping[str, Kind]] = {
    "expect_column_values_to_be_in_set": _native(rows_of_builtin.in_set, "column", "value_set"),
    "expect_column_values_to_match_regex": _native(rows_of_builtin.match_regex, "column", "regex"),
    "expect_column_values_to_be_between": _native(rows_of_builtin.between, "column", "min_value", "max_value"),
    "expect_column_pair_values_a_to_be_greater_than_b": _native(
        rows_of_builtin.greater, "column_A", "column_B", "or_equal", "ignore_row_if"
    ),
    "expect_cells_to_be_present": _kind("cells", one_month.cells_present),
    "expect_lines_not_to_conflict": _kind("cells", one_month.no_conflict),
    "expect_lines_not_to_repeat": _kind("cells", one_month.no_repeat, cause=True),
    "expect_units_to_be_valid": _kind("cells", one_month.units_valid),
    "expect_empty_kinds_to_be_apart": _kind("cells", one_month.empty_kept_apart),
    "expect_applicability_to_be_stated": _kind("cells", one_month.applicability),
    "expect_everything_to_be_reported": _kind("cells", one_month.everything_reported),
    "expect_units_to_report": _kind("units", one_month.reports, explains=True),
    "expect_counts_to_enter_the_totals": _kind("cells", one_month.in_totals),
    "expect_size_like_its_peers": _kind("cells", one_month.like_peers, "times", "at_least"),
    "expect_completion_in_every_register": _kind("units", one_month.completed_in_all),
    "expect_units_not_to_be_empty": _kind("units", one_month.not_empty),
    "expect_counts_not_to_be_round": _kind("units", one_month.not_round, "at_least"),
    "expect_counts_not_to_be_alike": _kind("units", one_month.not_alike, "at_least"),
    "expect_as_of_to_be_inside_the_month": _kind("month", one_month.as_of_inside),
    "expect_hash_to_be_as_logged": _kind("month", one_month.hash_as_logged),
    "expect_required_to_be_stable": _kind("cells", across_months.required_stable, "at_most", "at_least"),
    "expect_required_not_to_move": _kind("cells", across_months.required_unmoved),
    "expect_month_before_to_be_there": _kind("month", across_months.month_before),
    "expect_completed_to_stay_completed": _kind("units", across_months.stays_completed, explains=True),
    "expect_growth_within_the_band": _kind("cells", across_months.within_band, "spreads", "share", "at_least"),
    "expect_growth_of_units_within_the_band": _kind(
        "units", across_months.within_band, "spreads", "share", "at_least", explains=True
    ),
    "expect_units_to_move": _kind("units", across_months.moves, "months"),
    "expect_areas_not_to_repeat_the_month": _kind("districts", across_months.not_copied, "whole", "share", "at_least"),
    "expect_units_not_to_equal_another": _kind("units", across_months.not_equal_to_another, cause=True, explains=True),
    "expect_columns_not_to_be_swapped": _kind("cells", across_months.columns_in_order, cause=True),
    "expect_registers_not_to_be_swapped": _kind("units", across_months.registers_in_order, cause=True, explains=True),
    "expect_no_factor_of_ten": _kind("cells", across_months.no_factor, "at_most", "at_least", cause=True),
    "expect_no_swapped_digits": _kind(
        "cells", across_months.no_swapped_digits, "spreads", "share", "at_least", cause=True
    ),
    "expect_mergers_to_conserve_counts": _kind("mergers", across_months.conserved, "at_most", "at_least"),
    "expect_printed_to_be_as_expected": _kind("statements", as_expected, "kind"),
    "expect_waivers_to_be_in_force": _kind("lines", waivers_in_force),
    "expect_waivers_to_be_used": _kind("lines", waivers_used),
}
"""Every allowed type of expectation."""


def failing(kind: str, table: pd.DataFrame, arguments: Mapping[str, Any]) -> Failing:
    """Rows looked at and whether they break the rule."""
    return KINDS[kind].function(table, **{name: value for name, value in arguments.items() if name not in _NOT_PASSED})


_NOT_PASSED: Final = ("rule", "mostly")
