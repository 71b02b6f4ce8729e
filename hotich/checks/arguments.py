"""What an argument of a rule may be, and which words its sentences may use: looked at before anything is run.

An argument that Great Expectations would take but that makes a rule pass whatever the counts are (a limit that is not a
number, a kind of figure that does not exist) is as dangerous as a missing rule.
"""

import re
from collections.abc import Callable, Mapping
from string import Formatter
from typing import Final, TypedDict


class Schema(TypedDict, total=False):
    """What an argument may be, in the words of JSON Schema; `format` names one of our own tests (`_FORMATS`)."""

    type: str
    minimum: float
    maximum: float
    enum: list[str]
    format: str


MOSTLY: Final[Schema] = {"type": "number", "minimum": 1, "maximum": 1}
"""What `mostly` may be, where Great Expectations takes it: no rule of a gate overlooks a part of the rows."""
PARAMETERS: Final = ("areas", "registers")
"""Lists that a suite may name as {"$PARAMETER": …}; they come from the office's own data."""
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "counts": ("area", "register", "status", "required_text", "digitised_text", "required_number", "digitised_number"),
    "series": ("required_number", "digitised_number", "required_before", "digitised_before"),
    "published": (),
    "waivers": (),
    "records": (),
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
    "series.mergers": _CELL | _NOW | _BEFORE | {"parts", "units"},
    "published.statements": _AREA | {"what", "source", "printed", "expected", "difference", "evidence"},
    "waivers.lines": frozenset({"area", "code", "register", "line", "waived", "reason", "approved_by", "expires"}),
    "records.cases": _CELL - {"line"}
    | {"cases", "violations", "in_file", "row", "year", "number", "book", "held", "lowest", "highest"},
    "finding_swapped": frozenset({"size", "nines", "swapped", "instead_of"}),
    "finding_offices": frozenset({"offices"}),
    "finding_left_out": frozenset({"left_out"}),
}
"""Words in braces that a sentence may use, by suite and table, and those that only its variants may use besides."""


def words(place: str, name: str) -> frozenset[str]:
    """Return the words that a sentence of that name may use, of a rule that looks at that table (`suite.table`).

    Only what states a finding may use any: title, reason and advice are read without a finding, too.
    """
    if not name.startswith("finding"):
        return frozenset()
    return WORDS["everywhere"] | WORDS[place] | WORDS.get(name, frozenset())


def problem(schema: Schema, value: object, suite: str) -> str:
    """Return what an argument of that JSON schema must be, if the value is not; empty where it is right."""
    if form := schema.get("format"):
        test, allowed = _FORMATS[form]
        return "" if test(value, suite) else allowed.format(columns=", ".join(COLUMNS[suite]) or "–")
    if choices := schema.get("enum"):
        return "" if value in choices else ", ".join(map(str, choices))
    if schema["type"] == "boolean":
        return "" if isinstance(value, bool) else "true, false"
    least, most = schema["minimum"], schema["maximum"]
    inside = isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
    if inside and (isinstance(value, int) or schema["type"] == "number"):
        return ""
    return " … ".join(dict.fromkeys((str(least), str(most))))


def unknown_words(place: str, name: str, sentence: str) -> str:
    """Return what in braces a sentence may not use, or why it cannot be read; empty where it is right.

    A word stands there bare: how it is written is decided by the language, and `{area:d}` would fail while checking.
    """
    try:
        used = {_braces(*field) for _, *field in Formatter().parse(sentence) if field[0] is not None}
    except ValueError as error:
        return str(error)
    return ", ".join(sorted(used - {_braces(word) for word in words(place, name)}))


def _braces(word: str | None, form: str | None = "", conversion: str | None = None) -> str:
    return f"{{{word}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}}}"


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


_FORMATS: Final[Mapping[str, tuple[Callable[[object, str], bool], str]]] = {
    "rule": (lambda value, _: isinstance(value, str), "= meta.rule"),
    "column": (lambda value, suite: value in COLUMNS[suite], "{columns}"),
    "value_set": (_value_set, '["…"], {{"$PARAMETER": "areas"}}, {{"$PARAMETER": "registers"}}'),
    "regex": (_regex, "re (Python)"),
}
"""Arguments whose allowed values no schema can say: (whether a value is right in that suite, what is allowed)."""
