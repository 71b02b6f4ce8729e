"""Conditions of the expectations that are Great Expectations' own, for earlier months, over which it is not run.

They are written anew after its documentation; a test holds them to the very rows that it names itself.
"""

import re

import pandas as pd

from hotich.checks.one_month import Failing


def in_set(table: pd.DataFrame, column: str, value_set: list[str]) -> Failing:
    """Values that are in no list."""
    values = table[column].dropna()
    return ~values.isin(value_set)


def match_regex(table: pd.DataFrame, column: str, regex: str) -> Failing:
    """Texts of another form."""
    values, form = table[column].dropna(), re.compile(regex)
    return ~values.map(lambda value: form.match(value) is not None).astype(bool)


def between(table: pd.DataFrame, column: str, min_value: float, max_value: float) -> Failing:
    """Numbers out of bounds."""
    values = table[column].dropna()
    return (values < min_value) | (values > max_value)


def greater(
    table: pd.DataFrame,
    column_A: str,  # noqa: N803 - as GX names it
    column_B: str,  # noqa: N803 - as GX names it
    or_equal: bool,
    ignore_row_if: str,  # noqa: ARG001 - GX takes rows with a missing value out
) -> Failing:
    """Pairs in which the first is not greater than, or equal to, the second."""
    rows = table.dropna(subset=[column_A, column_B])
    return ~(rows[column_A] >= rows[column_B]) if or_equal else ~(rows[column_A] > rows[column_B])
