"""What an argument of a rule may be, and which words its sentences may use: looked at before anything is run.

An argument that Great Expectations would take but that makes a rule pass whatever the counts are (a limit that is not a
number, a kind of figure that does not exist) is as dangerous as a missing rule.
"""

import re
from collections.abc import Callable, Mapping
from string import Formatter
from typing import Final

PARAMETERS: Final = ("areas", "registers")
"""Lists that a suite may name as {"$PARAMETER": …}; they come from the office's own data."""
KINDS: Final = (
    "sum_required", "sum_digitised", "percent", "list", "threshold", "computed", "computed_units", "same_day",
)  # fmt: skip
"""What a published figure can be tested against: see `printed`."""
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "counts": ("area", "register", "status", "required_text", "digitised_text", "required_number", "digitised_number"),
    "series": ("required_number", "digitised_number", "required_before", "digitised_before"),
    "published": (),
    "waivers": (),
}
"""Columns of each suite's table that a rule may name."""
_EVERYWHERE: Final = frozenset({"area", "code", "register", "file", "line", "as_of", "month"})
WORDS: Final[Mapping[str, frozenset[str]]] = {
    "counts": _EVERYWHERE
    | {"required", "digitised", "status", "required_number", "digitised_number", "successor"},
    "series": _EVERYWHERE.union(COLUMNS["series"]),
    "published": _EVERYWHERE | {"what", "source", "printed", "expected", "difference", "evidence"},
    "waivers": _EVERYWHERE | {"waived", "reason", "approved_by", "expires"},
    "finding_swapped": frozenset({"size", "nines", "swapped", "instead_of"}),
    "finding_offices": frozenset({"offices"}),
    "finding_left_out": frozenset({"left_out"}),
}  # fmt: skip
"""Words in braces that a sentence may use, by suite, and those that only its variants may use besides."""


def problem(name: str, value: object, suite: str) -> str:
    """What the argument must be, if it is not; empty where it is right."""
    right, allowed = _RULES[name]
    return "" if right(value, suite) else allowed.format(columns=", ".join(COLUMNS[suite]) or "–")


def unknown_words(suite: str, name: str, sentence: str) -> str:
    """What in braces a sentence may not use, or why it cannot be read; empty where it is right."""
    allowed = WORDS[suite] | WORDS.get(name, frozenset())
    try:
        used = [word for _, word, _, _ in Formatter().parse(sentence) if word is not None]
    except ValueError as error:
        return str(error)
    return ", ".join(sorted({f"{{{word}}}" for word in used} - {f"{{{word}}}" for word in allowed}))


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


def _share(value: object, _suite: str) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1


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
    "at_most": (_share, "0 … 0.99"),
    "kind": (lambda value, _: value in KINDS, ", ".join(KINDS)),
}
