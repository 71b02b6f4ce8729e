"""What an argument of a rule may be, and which words its sentences may use: looked at before anything is run.

An argument that Great Expectations would take but that makes a rule pass whatever the counts are (a limit that is not a
number, a kind of figure that does not exist) is as dangerous as a missing rule.
"""

import re
from collections.abc import Callable, Mapping
from string import Formatter
from typing import Final

MOSTLY: Final = 1
"""The least that `mostly` may be, where Great Expectations takes it: no rule of a gate overlooks a part of the rows."""
PARAMETERS: Final = ("areas", "registers")
"""Lists that a suite may name as {"$PARAMETER": …}; they come from the office's own data."""
KINDS: Final = (
    "sum_required",
    "sum_digitised",
    "percent",
    "bounds",
    "list",
    "threshold",
    "computed",
    "computed_units",
    "month_before",
    "same_day",
)
"""What a published figure can be tested against: see `printed`."""
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "counts": ("area", "register", "status", "required_text", "digitised_text", "required_number", "digitised_number"),
    "series": ("required_number", "digitised_number", "required_before", "digitised_before"),
    "published": (),
    "waivers": (),
}
"""Columns of each suite's cells that a rule may name."""
_AREA: Final = frozenset({"area", "code", "line"})
_CELL: Final = _AREA | {"register"}
_NOW: Final = frozenset({"required_number", "digitised_number"})
_BEFORE: Final = frozenset({"required_before", "digitised_before", "change_required", "change_digitised"})
WORDS: Final[Mapping[str, frozenset[str]]] = {
    "everywhere": frozenset({"file", "as_of", "month"}),
    "counts.month": frozenset(),
    "counts.cells": _CELL | _NOW | {"required", "digitised", "status", "successor", "typical"},
    "counts.units": _AREA | _NOW | {"missing", "large", "repeated"},
    "series.month": frozenset(),
    "series.cells": _CELL | _NOW | _BEFORE | {"usual"},
    "series.units": _AREA | _NOW | _BEFORE | {"usual", "idle", "moved_registers", "equal_to"},
    "series.districts": _AREA | {"open", "unchanged"},
    "series.mergers": _CELL | _NOW | _BEFORE | {"parts"},
    "published.statements": _AREA | {"what", "source", "printed", "expected", "difference", "evidence"},
    "waivers.lines": frozenset({"area", "code", "register", "line", "waived", "reason", "approved_by", "expires"}),
    "finding_swapped": frozenset({"size", "nines", "swapped", "instead_of"}),
    "finding_offices": frozenset({"offices"}),
    "finding_left_out": frozenset({"left_out"}),
}
"""Words in braces that a sentence may use, by suite and table, and those that only its variants may use besides."""


def words(place: str, name: str) -> frozenset[str]:
    """The words that a sentence of that name may use, of a rule that looks at that table (`suite.table`)."""
    return WORDS["everywhere"] | WORDS[place] | WORDS.get(name, frozenset())


def problem(name: str, value: object, suite: str) -> str:
    """What the argument must be, if it is not; empty where it is right."""
    right, allowed = _RULES[name]
    return "" if right(value, suite) else allowed.format(columns=", ".join(COLUMNS[suite]) or "–")


def unknown_words(place: str, name: str, sentence: str) -> str:
    """What in braces a sentence may not use, or why it cannot be read; empty where it is right.

    A word stands there bare: how it is written is decided by the language, and `{area:d}` would fail while checking.
    """
    try:
        used = {_braces(*field) for _, *field in Formatter().parse(sentence) if field[0] is not None}
    except ValueError as error:
        return str(error)
    return ", ".join(sorted(used - {_braces(word) for word in words(place, name)}))


def _braces(word: str | None, form: str | None = "", conversion: str | None = None) -> str:
    return f"{{{word}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}}}"


def _column(value: object, suite: str) -> bool:
    return value in COLUMNS[suite]


def _columns(value: object, suite: str) -> bool:
    return isinstance(value, list) and bool(value) and all(_column(each, suite) for each in value)


def _value_set(value: object, _suite: str) -> bool:
    if isinstance(value, dict):
        return list(value) == ["$PARAMETER"] and value["$PARAMETER"] in PARAMETERS
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)


def _regex(value: object, _suite: str) -> bool:
    try:
        re.compile(str(value))
    except re.error:
        return False
    return isinstance(value, str) and bool(value)


def _number(least: float, most: float, whole: bool = False) -> "_Test":
    kinds = int if whole else int | float

    def test(value: object, _suite: str) -> bool:
        return isinstance(value, kinds) and not isinstance(value, bool) and least <= value <= most

    return test


_Test = Callable[[object, str], bool]
_RULES: Final[Mapping[str, tuple[_Test, str]]] = {
    "rule": (lambda value, _: isinstance(value, str), "= meta.rule"),
    "column": (_column, "{columns}"),
    "column_A": (_column, "{columns}"),
    "column_B": (_column, "{columns}"),
    "column_list": (_columns, "[{columns}]"),
    "value_set": (_value_set, '["…"], {{"$PARAMETER": "areas"}}, {{"$PARAMETER": "registers"}}'),
    "regex": (_regex, "re (Python)"),
    "or_equal": (lambda value, _: isinstance(value, bool), "true, false"),
    "ignore_row_if": (lambda value, _: value == "either_value_is_missing", "either_value_is_missing"),
    "min_value": (_number(0, 10**9, whole=True), "0 … 1000000000"),
    "max_value": (_number(1, 10**9, whole=True), "1 … 1000000000"),
    "at_most": (_number(0, 0.5), "0 … 0.5"),
    "at_least": (_number(1, 1_000_000, whole=True), "1 … 1000000"),
    "times": (_number(2, 1_000), "2 … 1000"),
    "spreads": (_number(1, 100), "1 … 100"),
    "months": (_number(1, 12, whole=True), "1 … 12"),
    "share": (_number(0.05, 1), "0.05 … 1"),
    "whole": (lambda value, _: isinstance(value, bool), "true, false"),
    "mostly": (_number(MOSTLY, 1), f"{MOSTLY}"),
    "kind": (lambda value, _: value in KINDS, ", ".join(KINDS)),
}
