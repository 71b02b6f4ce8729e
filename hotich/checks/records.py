"""Rules about record lists, as `make tally` reduces them: how many cases of each cell are wrong, of every kind."""

from typing import Final, Literal, get_args

import pandas as pd

from hotich.checks.one_month import Failing

Kind = Literal[
    "unknown_unit",
    "unknown_register",
    "not_kept",
    "unreadable",
    "unreadable_day",
    "repeated",
    "unscanned",
    "future",
    "missing",
]
"""What may be wrong with cases, or with the numbers of a book."""
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
COLUMNS: Final = ("kind", "area", "register", "cases", "violations")
"""The columns of the table that the rules look at."""


def none_of_kind(table: pd.DataFrame, kind: Kind) -> Failing:
    """Return for each cell in which cases were looked at for violations of that kind whether there are any."""
    return table.loc[table["kind"] == kind, "violations"] > 0
