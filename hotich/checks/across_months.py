"""Rules about a month beside those before it. Plain functions over prepared tables.

What is usual (columns `usual` and `spread`, in entries) is a robust band: the median of a unit's own earlier monthly
increments and 1.4826 × their median absolute deviation; while a unit has fewer than four, those of its district. Both
are described in `history`. Medians are used because one wrong month must not widen the band that should catch it
(Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993; Leys and others, J. Exp. Soc. Psychol. 49, 2013).
"""

from typing import Final

import numpy as np
import pandas as pd

from hotich.checks.one_month import Failing

FACTORS: Final = (10, 100, 1_000)


def required_stable(table: pd.DataFrame, at_most: float, at_least: int) -> Failing:
    """Return for each row whether required moved by over the share `at_most`, and by at least `at_least` entries."""
    change = (table["required_number"] - table["required_before"]).abs()
    return (change > at_most * table["required_before"]) & (change >= at_least)


def required_unmoved(table: pd.DataFrame) -> Failing:
    """Return for each row whether required differs from last month."""
    return table["required_number"] != table["required_before"]


def month_before(table: pd.DataFrame) -> Failing:
    """Return whether the month compared with is not the one directly before."""
    return ~table["directly_after"]


def stays_completed(table: pd.DataFrame) -> Failing:
    """Return for each unit that was completed and has reported everything whether it is no longer completed."""
    rows = table[table["completed_before"] & table["reported"]]
    return ~rows["completed"]


def within_band(table: pd.DataFrame, spreads: float, share: float, at_least: int) -> Failing:
    """Return for each row with a band whether digitised grew past its `_limit`, and by at least `at_least` entries."""
    rows = table.dropna(subset=["usual", "spread"])
    growth = rows["digitised_number"] - rows["digitised_before"]
    return (growth > _limit(rows, spreads, share)) & (growth >= at_least)


def _limit(rows: pd.DataFrame, spreads: float, share: float) -> pd.Series:
    """Return the most that digitised may grow, in entries: the usual, `spreads` spreads, and last month's shortfall.

    A row with too few months of its own is judged by its district's band. As units of one district differ much, its
    limit is then at least the share `share` of required for each month.
    """
    limit = rows["usual"] + spreads * rows["spread"] + rows["behind"]
    floor = share * rows["required_number"] * rows["months"]
    return limit.where(rows["own"], limit.clip(lower=floor))


def moves(table: pd.DataFrame, months: int) -> Failing:
    """Return for each unfinished unit whether it has entered nothing for at least `months` months."""
    rows = table[~table["completed"]]
    return rows["idle"] >= months


def not_copied(table: pd.DataFrame, whole: bool, share: float, at_least: int) -> Failing:
    """Return for each area whether at least `share` of its unfinished units have the counts of last month.

    Areas with fewer than `at_least` unfinished units are not looked at. `whole`: only the root, else only areas below.
    """
    rows = table[(table["root"] == whole) & (table["open"] >= at_least)]
    return rows["unchanged"] >= share * rows["open"]


def not_equal_to_another(table: pd.DataFrame) -> Failing:
    """Return for each unit whether it has the counts of another one."""
    return table["equal_to"] != ""


def columns_in_order(table: pd.DataFrame) -> Failing:
    """Return for each row whether required and digitised changed places.

    Digitised is then what was required last month; required is less than that, and not below digitised of last month.
    """
    swapped = (table["digitised_number"] == table["required_before"]) & (
        table["required_number"] < table["required_before"]
    )
    return swapped & (table["required_number"] >= table["digitised_before"])


def registers_in_order(table: pd.DataFrame) -> Failing:
    """Return for each unit whether some of its registers require what others of them required last month."""
    return table["moved_registers"] != ""


def no_factor(table: pd.DataFrame, at_most: float, at_least: int) -> Failing:
    """Return for each row whether a count is 10, 100 or 1,000 times last month's, or a 10th, 100th or 1,000th of it.

    Either holds within the share `at_most`; digitised may have grown by the usual meanwhile. Changes by fewer entries
    than `at_least` pass.
    """
    room = (table["usual"] + 2 * table["spread"]).fillna(0)
    failing = pd.Series(False, index=table.index)
    for name, growth in (("required", 0), ("digitised", room)):
        now, before = table[f"{name}_number"], table[f"{name}_before"]
        for factor in FACTORS:
            more = now.between((1 - at_most) * before * factor, (1 + at_most) * (before + growth) * factor)
            less = now.between((1 - at_most) * before // factor, (1 + at_most) * (before + growth) / factor)
            failing |= (more | less) & ((now - before).abs() >= at_least) & (before > 0) & (now > 0)
    return failing


def no_swapped_digits(table: pd.DataFrame, spreads: float, share: float, at_least: int) -> Failing:
    """Return for each row whether a wrong count becomes right by exchanging two neighbouring digits.

    Right is: required as last month; digitised, where it fell or grew too fast, between last month's and the band.
    Growth by fewer entries than `at_least` is never too fast.
    """
    required = _one_swap_from(table["required_number"], table["required_before"], table["required_before"])
    least = table["digitised_before"]
    most = (least + _limit(table, spreads, share)).fillna(least)
    fast = (table["digitised_number"] > most) & (table["digitised_number"] - least >= at_least)
    odd = (table["digitised_number"] < least) | fast
    most = most.clip(upper=table["required_number"])
    return required | (odd & _one_swap_from(table["digitised_number"], least, most))


def _one_swap_from(found: pd.Series, least: pd.Series, most: pd.Series) -> Failing:
    """Return for each number whether exchanging two neighbouring digits brings it to `least`, `most` or between."""
    number, low, high = (each.to_numpy(dtype="float64") for each in (found, least, most))
    reached = np.zeros(len(number), dtype="bool")
    for place in (10.0**power for power in range(8)):
        lower, upper = number // place % 10, number // (place * 10) % 10
        swapped = number + 9 * place * (lower - upper)
        leading = (number >= place * 10) & (number < place * 100)  # its first digit cannot become 0
        within = (lower != upper) & ((leading & (lower > 0)) | (number >= place * 100))
        reached |= within & (swapped >= low) & (swapped <= high)
    return pd.Series(reached, index=found.index)


def conserved(table: pd.DataFrame, at_most: float, at_least: int) -> Failing:
    """Return for each cell of a merged unit whether it differs from the sum of its parts.

    Required by over the share `at_most` and at least `at_least` entries, or digitised by falling below it.
    """
    change = (table["required_number"] - table["required_before"]).abs()
    moved = (change > at_most * table["required_before"]) & (change >= at_least)
    return moved | (table["digitised_number"] < table["digitised_before"])
