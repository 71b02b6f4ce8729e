"""What a broken rule says: each failing row with its place, its values and one sentence in each language."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from hotich import formats
from hotich.checks import waivers
from hotich.checks.suites import Rule
from hotich.data.dataset import Dataset
from hotich.data.registers import GROUPS
from hotich.language import LANGUAGES, say

MOST: Final = 1_000
"""Findings that are written out for one rule; how many there are in all is always given."""
LONG: Final = 60
"""Characters of a value that a sentence shows; the whole value is in `values`."""
Row = dict[str, Any]
"""A row of a suite's table as pandas gives it, whose values have no type of their own."""
Evidence = tuple[tuple[str, str, str], ...]
"""What a printed figure rests on: (what it is, the area or scope it is about, value as plain text)."""


@dataclass(frozen=True)
class Finding:
    """One failing row: where it is, what was found, and the sentence that says so.

    `area` and `register` are empty where it is about the month as a whole, `line` is 0 where there is no line.
    `values` are the row's own, `before` those of the same cell or unit when it last reported (required, digitised), as
    plain text; empty where there are none. `cause`: it names the slip itself. `explains` are the registers of the unit
    whose own findings it accounts for.
    """

    rule: str
    suite: str
    severity: str
    month: str
    area: str
    register: str
    file: str
    line: int
    values: dict[str, str]
    before: dict[str, str]
    evidence: Evidence
    message: dict[str, str]
    cause: bool = False
    explains: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[str, ...]:
        """What it is about; findings of the same place are about the same thing."""
        if self.suite == "waivers":
            return ("waivers", str(self.line))
        if self.suite == "published":
            return ("published", self.area, *(self.values.get(name, "") for name in ("scope", "measure", "source")))
        return (self.area, self.register) if self.area else ("month", self.rule)


def of(data: Dataset, rule: Rule, rows: pd.DataFrame) -> Iterator[Finding]:
    """Yield the failing rows of a rule as findings, at most MOST of them, in the order of the file."""
    for row in rows.head(MOST).to_dict("records"):
        yield _finding(data, rule, {str(name): value for name, value in row.items()})


def _finding(data: Dataset, rule: Rule, row: Row) -> Finding:
    area, register, line = str(row.get("area", "")), str(row.get("register", "")), int(row.get("line", 0))
    file = _file(data, rule)
    about = facts(row) if rule.suite == "published" else ()
    words = {language: _words(data, row, about, language) | {"file": file} for language in LANGUAGES}
    message = {language: rule.text(_sentence(rule, about), language).format_map(words[language]) for language in words}
    return Finding(
        rule.id,
        rule.suite,
        rule.severity,
        str(data.month),
        area,
        register,
        file,
        line,
        _values(row, _VALUES),
        _values(row, _VALUES_BEFORE),
        about,
        message,
        rule.kind.cause,
        _explained(data, rule, row),
    )


def _file(data: Dataset, rule: Rule) -> str:
    """Return the file whose lines the rule's findings name."""
    other = {"published": f"published/{data.month}.csv", "waivers": waivers.FILE}
    return other.get(rule.suite, data.counts.file)


def _explained(data: Dataset, rule: Rule, row: Row) -> tuple[str, ...]:
    if not rule.kind.explains:
        return ()
    return tuple(str(row.get("moved_registers", "")).split()) or tuple(each.code for each in data.registers)


def _values(row: Row, names: Mapping[str, str]) -> dict[str, str]:
    return {name: _plain(row[column]) for column, name in names.items() if column in row and not _missing(row[column])}


_NAMED_AS_COLUMN: Final = """
    required digitised status scope measure source printed expected usual typical idle equal_to moved_registers
    parts units open unchanged missing large repeated waived reason approved_by expires
"""
_VALUES: Final = {f"{name}_number": name for name in ("required", "digitised")} | {
    name: name for name in _NAMED_AS_COLUMN.split()
}
"""The values of a finding by the column they come from; the text of a count, read last, replaces its number."""
_VALUES_BEFORE: Final = {f"{name}_before": name for name in ("required", "digitised")}


def _missing(value: object) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def _plain(value: object) -> str:
    if isinstance(value, float):
        return str(round(value))
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def facts(row: Row) -> Evidence:
    """Return the evidence on a printed figure: what was printed and computed, their difference, exchanged digits."""
    printed, expected = row["printed"], row["expected"]
    found = [*row["evidence"], ("computed", row["area"], expected), ("printed", row["area"], printed)]
    if isinstance(printed, int) and isinstance(expected, int):
        found.append(("difference", row["area"], printed - expected))
    if pair := swapped(printed, expected):
        found += [("swapped", row["area"], pair[0]), ("instead_of", row["area"], pair[1])]
    return tuple((str(what), str(about), _plain(value)) for what, about, value in found)


def _sentence(rule: Rule, about: Evidence) -> str:
    """Return which of the rule's sentences fits the evidence: one that explains the difference, if there is one."""
    computed, printed = (_sum(about, what) for what in ("computed", "printed"))
    explained = {
        "finding_swapped": any(what == "swapped" for what, _, _ in about),
        "finding_offices": bool(offices := _sum(about, "office")) and computed + offices == printed,
        "finding_left_out": any(what == "left_out" for what, _, _ in about),
    }
    return next((name for name, is_so in explained.items() if is_so and name in rule.texts), "finding")


def _sum(about: Evidence, what: str) -> int:
    return sum(int(value) for name, _, value in about if name == what and value.isdigit())


def _words(data: Dataset, row: Row, about: Evidence, language: str) -> dict[str, object]:
    """Return the words that sentences may use: see `arguments.WORDS`."""
    code, register = str(row.get("area", "")), str(row.get("register", ""))
    words: dict[str, object] = {name: _shown(value, language) for name, value in row.items()}
    words |= {
        "area": area(data, code, language),
        "code": code,
        "register": register_name(data, register, language),
        "line": row.get("line", 0),
        "as_of": formats.day(data.counts.delivery.as_of, language),
        "month": formats.month(data.month, language),
        "successor": _successor(data, code, language),
        "equal_to": area(data, str(row.get("equal_to", "")), language),
        "parts": _joined(_before(data, part, language) for part in str(row.get("parts", "")).split()),
        "units": _joined(area(data, unit, language) for unit in str(row.get("units", "")).split()),
        "moved_registers": _joined(
            register_name(data, each, language) for each in str(row.get("moved_registers", "")).split()
        ),
        **{f"change_{name}": _change(row, name, language) for name in ("required", "digitised")},
    }
    return words | _printed_words(data, row, about, language) if about else words


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names)


def _change(row: Row, name: str, language: str) -> str:
    now, before = row.get(f"{name}_number"), row.get(f"{name}_before")
    return "" if _missing(now) or _missing(before) else formats.signed(int(str(now)) - int(str(before)), language)


def _printed_words(data: Dataset, row: Row, about: Evidence, language: str) -> dict[str, object]:
    found = {what: value for what, _, value in about}
    difference = int(found.get("difference", "0"))
    over = [each for each in about if each[0] in ("named", "left_out")]
    parts = [_shown(int(value), language) for what, _, value in about if what in ("part", "required", "digitised")]
    return {
        "what": _what(data, row, language),
        "evidence": " + ".join(parts) or _named(data, over, language) or "–",
        "difference": formats.signed(difference, language),
        "size": formats.count(abs(difference), language),
        "nines": formats.count(abs(difference) // 9, language),
        "swapped": found.get("swapped", ""),
        "instead_of": found.get("instead_of", ""),
        "offices": formats.count(_sum(about, "office"), language),
        "left_out": _named(data, [each for each in about if each[0] == "left_out"], language),
    }


def _named(data: Dataset, listed: list[tuple[str, str, str]], language: str) -> str:
    return ", ".join(
        f"{area(data, code, language)} {formats.percent(Decimal(value), language)}" for _, code, value in listed
    )


def _what(data: Dataset, row: Row, language: str) -> str:
    """Return what a printed figure is about: measure, scope unless it is all registers, area."""
    scope = str(row["scope"])
    named = [say(language, f"tables.measure.{row['measure']}"), area(data, str(row["area"]), language)]
    if scope in GROUPS:
        named.insert(1, say(language, f"tables.scope.{scope}"))
    elif scope != "all":
        named.insert(1, register_name(data, scope, language))
    return ", ".join(named)


def _shown(value: object, language: str) -> str:
    """Return a value as the language writes it; a percentage with exactly the decimals that it has."""
    if isinstance(value, bool) or _missing(value):
        return ""
    if isinstance(value, int) or (hasattr(value, "dtype") and pd.api.types.is_integer(value)):
        return formats.count(int(str(value)), language)
    if isinstance(value, float):
        return formats.count(round(value), language)
    if isinstance(value, Decimal):
        return (f"{value:f}".replace(".", ",") if language == "vi" else f"{value:f}") + "%"
    text = formats.day(value, language) if isinstance(value, date) else str(value)
    return text if len(text) <= LONG else f"{text[:LONG]}…"


def area(data: Dataset, code: str, language: str) -> str:
    """Return an area's name: that of the day, else that of the last area with the code, else the code itself."""
    if code == waivers.ANY:
        return say(language, "checks.any.area")
    found = data.areas.by_code.get(code) or next(iter(reversed(data.all_areas.ever(code))), None)
    return found.name(language) if found else code


def _before(data: Dataset, code: str, language: str) -> str:
    """Return the name of an area in the month before."""
    then = data.all_areas.on(data.deliveries[-2].delivery.as_of)
    return then[code].name(language)


def register_name(data: Dataset, code: str, language: str) -> str:
    """Return the name of a register, a group of them, all of them, or any; else the code itself."""
    if code in (*GROUPS, waivers.WHOLE):
        return say(language, f"tables.scope.{code}")
    known = {each.code: each.name(language) for each in data.registers}
    return known.get(code, say(language, "checks.any.register") if code == waivers.ANY else code)


def _successor(data: Dataset, code: str, language: str) -> str:
    ended = [each for each in data.all_areas.ever(code) if each.valid_to and each.valid_to < data.areas.day]
    successors = ended[-1].successors if ended else ()
    return ", ".join(area(data, each, language) for each in successors) or "–"


def swapped(printed: object, expected: object) -> tuple[str, str] | None:
    """Return the two neighbouring digits that were exchanged, printed and right, if that explains the difference.

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
