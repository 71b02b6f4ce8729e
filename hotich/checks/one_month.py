"""Rules about one delivery by itself: its lines, its cells, its units. Plain functions over prepared tables."""

import pandas as pd

from hotich.data.counts import NOT_APPLICABLE, NOT_REPORTED, REPORTED

Failing = pd.Series
"""Boolean, indexed like the rows looked at; True where the rule is broken."""


def cells_present(table: pd.DataFrame) -> Failing:
    """Return for each expected cell (unit and applicable register) whether it has no line."""
    failing: Failing = ~table.loc[table["expected"], "present"]
    return failing


def no_conflict(table: pd.DataFrame) -> Failing:
    """Return for each line whether its unit and register have another line with other counts."""
    rows = table[table["present"]]
    different = rows.loc[~rows["repeat"], ["area", "register"]].duplicated(keep=False)
    failing: Failing = different.reindex(rows.index, fill_value=False)
    return failing


def no_repeat(table: pd.DataFrame) -> Failing:
    """Return for each line whether it repeats an earlier one word for word."""
    failing: Failing = table.loc[table["present"], "repeat"]
    return failing


def units_valid(table: pd.DataFrame) -> Failing:
    """Return for each line of a known area whether that is no reporting unit below the root on the as-of date."""
    return ~table.loc[table["present"] & table["area_known"], "unit_valid"]


def empty_kept_apart(table: pd.DataFrame) -> Failing:
    """Return for each line whether it is reported but lacks a count, or is not and has one; zero is a count."""
    rows = table[table["present"]]
    reported = rows["status"] == REPORTED
    either = (rows["required"] != "") | (rows["digitised"] != "")
    both = (rows["required"] != "") & (rows["digitised"] != "")
    return (reported & ~both) | (~reported & either)


def applicability(table: pd.DataFrame) -> Failing:
    """Return for each cell whether `not_applicable` is given for a register the unit keeps, or missing for another."""
    rows = table[table["present"] & table["unit_valid"] & table["register_known"]]
    return (rows["status"] == NOT_APPLICABLE) == rows["expected"]


def everything_reported(table: pd.DataFrame) -> Failing:
    """Return for each applicable cell with a line whether it is marked as not reported."""
    rows = table[table["expected"] & table["present"]]
    return rows["status"] == NOT_REPORTED


def reports(table: pd.DataFrame) -> Failing:
    """Return for each unit that keeps a register whether it has reported none."""
    rows = table[table["keeps"] > 0]
    return rows["missing"] == rows["keeps"]


def in_totals(table: pd.DataFrame) -> Failing:
    """Return for each reported line whether it fails to enter the totals of unit, district and whole exactly once."""
    rows = table[table["present"] & (table["status"] == REPORTED) & ~table["repeat"]]
    return ~rows["in_totals"]


def like_peers(table: pd.DataFrame, times: float, at_least: int) -> Failing:
    """Return for each cell whether required is over `times` its peers' median, and at least `at_least` entries.

    Peers are units of the same kind, in the same register. A count that has not changed since last month passes.
    """
    rows = table.dropna(subset=["required_number", "typical"])
    large = (rows["required_number"] > times * rows["typical"]) & (rows["required_number"] >= at_least)
    return large & rows["required_changed"]


def completed_in_all(table: pd.DataFrame) -> Failing:
    """Return for each unit that digitised all it reported whether it has left a register unreported."""
    rows = table[table["done"] & (table["required_number"] > 0)]
    return rows["missing"] > 0


def not_empty(table: pd.DataFrame) -> Failing:
    """Return for each unit that reported every register whether it requires nothing: rather a missing report."""
    rows = table[table["missing"] == 0]
    return rows["required_number"] == 0


def not_round(table: pd.DataFrame, at_least: int) -> Failing:
    """Return for each unit with `at_least` counts of ten or more whether all are multiples of ten: estimates.

    The last digit of a real count is anything; that six of them are 0 happens once in a million.
    """
    rows = table[table["large"] >= at_least]
    return rows["round"] == rows["large"]


def not_alike(table: pd.DataFrame, at_least: int) -> Failing:
    """Return for each unit whether `at_least` registers hold the same number of ten or more: filled down."""
    return table["repeated"] >= at_least


def as_of_inside(table: pd.DataFrame) -> Failing:
    """Return whether the cut-off day lies outside the month."""
    return ~table["as_of_inside"]


def hash_as_logged(table: pd.DataFrame) -> Failing:
    """Return whether the counts file is another than the one that was logged."""
    return ~table["hash_as_logged"]
