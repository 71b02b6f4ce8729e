"""The kinds of rule as every process may know them: Great Expectations takes seconds to import, and few processes do.

Ours are the classes of `hotich.checks.expectations`; `make docs` writes what they say into kinds.json, and a test
compares the two. The rest are Great Expectations' own, of which a rule may use these, with these arguments.
"""

import json
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from hotich.checks.one_month import Failing

FILE: Final = Path(__file__).with_name("kinds.json")


@dataclass(frozen=True)
class Kind:
    """A kind of rule: the table it looks at, its condition as `module:function`, and the schema of each argument.

    The condition returns a boolean column over the rows that it looked at, True where the rule is broken.
    `cause`: its finding names the slip itself, and so comes before findings that only see what the slip did.
    `explains`: what it finds about a unit accounts for whatever is found about the unit's cells.
    """

    table: str
    condition: str
    arguments: Mapping[str, Mapping[str, Any]]
    cause: bool = False
    explains: bool = False
    builtin: bool = False

    def failing(self, table: pd.DataFrame, arguments: Mapping[str, Any]) -> Failing:
        """Return the rows looked at and whether they break the rule, found without Great Expectations."""
        function: Callable[..., Failing] = pkgutil.resolve_name(self.condition)
        return function(table, **{name: arguments[name] for name in self.arguments if name != "rule"})


def _builtin(condition: str, **arguments: Mapping[str, Any]) -> Kind:
    return Kind("cells", f"hotich.checks.rows_of_builtin:{condition}", arguments, builtin=True)


_COLUMN: Final = {"format": "column"}
_LEAST, _MOST = ({"type": "integer", "minimum": least, "maximum": 10**9} for least in (0, 1))
_BUILTIN: Final[Mapping[str, Kind]] = {
    "expect_column_values_to_be_in_set": _builtin("in_set", column=_COLUMN, value_set={"format": "value_set"}),
    "expect_column_values_to_match_regex": _builtin("match_regex", column=_COLUMN, regex={"format": "regex"}),
    "expect_column_values_to_be_between": _builtin("between", column=_COLUMN, min_value=_LEAST, max_value=_MOST),
    "expect_column_pair_values_a_to_be_greater_than_b": _builtin(
        "greater",
        column_A=_COLUMN,
        column_B=_COLUMN,
        or_equal={"type": "boolean"},
        ignore_row_if={"enum": ["either_value_is_missing"]},
    ),
}


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every allowed type of expectation."""
    ours: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    rule = {"rule": {"format": "rule"}}
    return {**_BUILTIN, **{name: Kind(**kind | {"arguments": rule | kind["arguments"]}) for name, kind in ours.items()}}
