"""Conditions of the expectations that are Great Expectations' own, for earlier months, over which it is not run.

They are written anew after its documentation; a test holds them to the very rows that it names itself.
"""

import re

import pandas as pd

from hotich.checks.one_month import Failing


def in_set(table: pd.DataFrame, column: str, value_set: list[str]) -> Failing:
    """Return for each value present whether it is not in the set."""
    values = table[column].dropna()
    return ~values.isin(value_set)


def match_regex(table: pd.DataFrame, column: str, regex: str) -> Failing:
    """Return for each text present whether it does not match the pattern at its beginning."""
    values, form = table[column].dropna(), re.compile(regex)
    bad = [value for value in values.unique() if not form.match(value)]
    return values.isin(bad)


def between(table: pd.DataFrame, column: str, min_value: float, max_value: float) -> Failing:
    """Return for each number present whether it is out of the bounds, which are allowed themselves."""
    values = table[column].dropna()
    return (values < min_value) | (values > max_value)


def greater(
    table: pd.DataFrame,
    column_A: str,  # noqa: N803 - as GX names it
    column_B: str,  # noqa: N803 - as GX names it
    or_equal: bool,
    ignore_row_if: str,  # noqa: ARG001 - GX takes rows with a missing value out
) -> Failing:
    """Return for each row with both values whether A is not greater than B (`or_equal`: nor equal to it)."""
    rows = table.dropna(subset=[column_A, column_B])
    return ~(rows[column_A] >= rows[column_B]) if or_equal else ~(rows[column_A] > rows[column_B])
