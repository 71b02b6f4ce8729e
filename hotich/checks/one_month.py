"""Rules about one delivery by itself: its lines, its cells, its units. Plain functions over prepared tables."""

import pandas as pd

from hotich.data.counts import NOT_APPLICABLE, NOT_REPORTED, REPORTED

Failing = pd.Series
"""Boolean, indexed like the rows looked at; True where the rule is broken."""


def cells_present(table: pd.DataFrame) -> Failing:
    """Every expected unit × applicable register has a line."""
    failing: Failing = ~table.loc[table["expected"], "present"]
    return failing


def no_conflict(table: pd.DataFrame) -> Failing:
    """No unit and register has two lines that say different things."""
    rows = table[table["present"]]
    different = rows.loc[~rows["repeat"], ["area", "register"]].duplicated(keep=False)
    failing: Failing = different.reindex(rows.index, fill_value=False)
    return failing


def no_repeat(table: pd.DataFrame) -> Failing:
    """No line stands there a second time word for word."""
    failing: Failing = table.loc[table["present"], "repeat"]
    return failing


def units_valid(table: pd.DataFrame) -> Failing:
    """Lines of areas that the office knows are of reporting units below its root that exist on the as-of date."""
    return ~table.loc[table["present"] & table["area_known"], "unit_valid"]


def empty_kept_apart(table: pd.DataFrame) -> Failing:
    """A reported cell has both counts, reported zeros included; a cell with a status has neither."""
    rows = table[table["present"]]
    reported = rows["status"] == REPORTED
    either = (rows["required"] != "") | (rows["digitised"] != "")
    both = (rows["required"] != "") & (rows["digitised"] != "")
    return (reported & ~both) | (~reported & either)


def applicability(table: pd.DataFrame) -> Failing:
    """`not_applicable` stands where, and only where, the unit does not keep the register."""
    rows = table[table["present"] & table["unit_valid"] & table["register_known"]]
    return (rows["status"] == NOT_APPLICABLE) == rows["expected"]


def everything_reported(table: pd.DataFrame) -> Failing:
    """No applicable cell is marked as not reported."""
    rows = table[table["expected"] & table["present"]]
    return rows["status"] == NOT_REPORTED


def reports(table: pd.DataFrame) -> Failing:
    """A unit has reported something."""
    rows = table[table["keeps"] > 0]
    return rows["missing"] == rows["keeps"]


def in_totals(table: pd.DataFrame) -> Failing:
    """Every line with counts enters the totals of its unit, its district and the whole exactly once."""
    rows = table[table["present"] & (table["status"] == REPORTED) & ~table["repeat"]]
    return ~rows["in_totals"]


def like_peers(table: pd.DataFrame, times: float, at_least: int) -> Failing:
    """What is required is not so many times the median of the same register among units of the same kind.

    A count that was the same last month has been looked at then, and is left alone.
    """
    rows = table.dropna(subset=["required_number", "typical"])
    large = (rows["required_number"] > times * rows["typical"]) & (rows["required_number"] >= at_least)
    return large & rows["required_changed"]


def completed_in_all(table: pd.DataFrame) -> Failing:
    """A unit that has digitised in full what it reported has reported every register that it keeps."""
    rows = table[table["done"] & (table["required_number"] > 0)]
    return rows["missing"] > 0


def not_empty(table: pd.DataFrame) -> Failing:
    """A unit that reported everything has something to digitise: nothing at all is rather a missing report."""
    rows = table[table["missing"] == 0]
    return rows["required_number"] == 0


def not_round(table: pd.DataFrame, at_least: int) -> Failing:
    """Not every count of a unit is a multiple of ten: so many counts of ten or more that are would be estimates.

    The last digit of a real count is anything; that six of them are 0 happens once in a million.
    """
    rows = table[table["large"] >= at_least]
    return rows["round"] == rows["large"]


def not_alike(table: pd.DataFrame, at_least: int) -> Failing:
    """No number of ten or more stands in so many registers of a unit: it would have been filled down by mistake."""
    return table["repeated"] >= at_least


def as_of_inside(table: pd.DataFrame) -> Failing:
    """The cut-off day lies in the month."""
    return ~table["as_of_inside"]


def hash_as_logged(table: pd.DataFrame) -> Failing:
    """The counts file is the one that was logged."""
    return ~table["hash_as_logged"]
