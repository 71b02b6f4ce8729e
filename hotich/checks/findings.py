"""What a broken rule says: each failing row with its place, its values and one sentence in each language."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from hotich import formats
from hotich.checks.suites import Rule
from hotich.dataset import Dataset
from hotich.language import LANGUAGES

MOST: Final = 1_000
"""Findings that are written out for one rule; how many there are in all is always told."""


@dataclass(frozen=True)
class Finding:
    """One failing row: where it is, what was found, and the sentence that says so."""

    rule: str
    severity: str
    area: str
    register: str
    file: str
    line: int
    values: dict[str, str]
    message: dict[str, str]


def of(data: Dataset, rule: Rule, rows: pd.DataFrame) -> Iterator[Finding]:
    """The failing rows of a rule as findings, in the order of the file."""
    for row in rows.head(MOST).to_dict("records"):
        yield _finding(data, rule, {str(name): value for name, value in row.items()})


def _finding(data: Dataset, rule: Rule, row: dict[str, Any]) -> Finding:
    file = f"published/{data.month}.csv" if rule.suite == "published" else data.counts.file
    area, register = str(row.get("area", "")), str(row.get("register", ""))
    line = int(row.get("line", 0))
    texts = {language: _texts(data, rule, row, language) for language in LANGUAGES}
    key = "finding_swapped" if texts["en"].get("swapped") and "finding_swapped" in rule.texts else "finding"
    common = {"file": file, "line": line}
    message = {
        language: rule.text(key, language).format_map(_Shown({**values, **common}))
        for language, values in texts.items()
    }  # fmt: skip
    kept = {name: str(value) for name, value in row.items() if name in _KEPT and not _missing(value)}
    return Finding(rule.id, rule.severity, area, register, file, line, kept, message)


_KEPT: Final = frozenset(
    {"required", "digitised", "status", "required_number", "required_before", "digitised_number", "digitised_before",
     "scope", "measure", "printed", "expected", "parts"}
)  # fmt: skip


class _Shown(dict[str, object]):
    """Values of a sentence; a rule's sentence may name only what its rows have, and a test sees to it."""

    def __missing__(self, name: str) -> str:
        raise KeyError(name)


def _missing(value: object) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def _texts(data: Dataset, rule: Rule, row: dict[str, Any], language: str) -> dict[str, object]:
    texts: dict[str, object] = {name: _shown(value, language) for name, value in row.items()}
    texts["area"] = _area(data, str(row.get("area", "")), language)
    texts["register"] = _register(data, str(row.get("register", "")), language)
    texts["code"] = row.get("area", "")
    texts["as_of"] = formats.day(data.counts.delivery.as_of, language)
    texts["month"] = formats.month(data.month, language)
    texts["successor"] = _successor(data, str(row.get("area", "")), language)
    if rule.suite == "published":
        texts |= _printed(data, row, language)
    return texts


def _shown(value: object, language: str) -> str:
    if isinstance(value, bool) or _missing(value):
        return ""
    if isinstance(value, int) or (hasattr(value, "dtype") and pd.api.types.is_integer(value)):
        return formats.count(int(value), language)
    if isinstance(value, Decimal):
        return formats.percent(value, language)
    return str(value)


def _area(data: Dataset, code: str, language: str) -> str:
    found = data.areas.by_code.get(code) or next(iter(reversed(data.all_areas.ever(code))), None)
    return found.name(language) if found else code


def _register(data: Dataset, code: str, language: str) -> str:
    return next((register.name(language) for register in data.registers if register.code == code), code)


def _successor(data: Dataset, code: str, language: str) -> str:
    past = data.all_areas.ever(code)
    return _area(data, past[-1].successor, language) if past and past[-1].successor else "–"


def _printed(data: Dataset, row: dict[str, Any], language: str) -> dict[str, object]:
    """Evidence of a printed figure: its parts, the difference, swapped digits, the districts a count is about."""
    printed, expected, parts = row["printed"], row["expected"], row["parts"]
    difference = printed - expected if isinstance(printed, int | Decimal) and isinstance(expected, int | Decimal) else 0
    values: dict[str, object] = {
        "difference": formats.signed(difference, language), "size": formats.count(abs(int(difference)), language),
        "swapped": "", "parts": " + ".join(_shown(part, language) for part in parts if isinstance(part, int)),
    }  # fmt: skip
    if row["kind"] == "threshold":
        over, left_out = parts
        values |= {"over": _names(data, over, language), "left_out": _names(data, left_out, language)}
    if row["kind"] == "list":
        values |= {"listed": _shown(parts[0], language), "offices": _shown(parts[1], language)}
    if pair := swapped(printed, expected):
        nines = abs(int(difference)) // 9
        values |= {"swapped": pair[0], "instead_of": pair[1], "nines": formats.count(nines, language)}
    return values


def _names(data: Dataset, codes: tuple[str, ...], language: str) -> str:
    return ", ".join(_area(data, code, language) for code in codes) or "–"


def swapped(printed: object, expected: object) -> tuple[str, str] | None:
    """The two neighbouring digits that were exchanged, as printed and as they should be, if that explains all of it.

    An exchange of neighbouring digits always changes a number by a multiple of 9.
    """
    if not (isinstance(printed, int) and isinstance(expected, int)) or printed == expected:
        return None
    first, second = str(printed), str(expected)
    if len(first) != len(second):
        return None
    at = [i for i, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(at) == 2 and at[1] == at[0] + 1 and first[at[0]] == second[at[1]] and first[at[1]] == second[at[0]]:
        return first[at[0] : at[1] + 1], second[at[0] : at[1] + 1]
    return None
