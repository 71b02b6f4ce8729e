"""Violations judged by Great Expectations, by the rules of expectations/records.json; what breaks one is a problem.

A critical rule that is broken refuses the counts, as any other problem of an import does; the rest is told.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hotich import formats
from hotich.checks import gx, records, suites
from hotich.checks.suites import Rule
from hotich.intake.lists import Lists
from hotich.intake.problems import NO_FILE, Place, Problem, problem, report
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.tally import sql
from hotich.tally.columns import shown
from hotich.tally.reduce import Cell, Reduced
from hotich.tally.source import Source

if TYPE_CHECKING:
    import pandas as pd

LISTED: Final = 50
"""Findings of a rule that are written out, the largest first; tally.csv has the numbers of all."""
NOTHING: Final = NO_FILE


@dataclass(frozen=True)
class Judged:
    """What became of a rule: whether it holds, the cells that it looked at, and those that break it."""

    rule: Rule
    evaluated: int
    failed: int
    violations: int
    reason: str = ""

    def record(self) -> dict[str, object]:
        """Return it as tally.json says it."""
        status = (
            "error" if self.reason else "failed" if self.failed else "passed" if self.evaluated else "not_evaluated"
        )
        numbers = {"cells": self.evaluated, "failed": self.failed, "violations": self.violations}
        return {"rule": self.rule.id, "severity": self.rule.severity, "status": status, **numbers}


def table(reduced: Reduced) -> "pd.DataFrame":
    """Return the violations: a row for each kind that was looked for, unit and register; strangers have rows of theirs.

    It has no examples: those are looked up for the findings that are written out.
    """
    import pandas as pd

    cells, strangers = reduced.cells, reduced.strangers
    kept = _frame(list(cells), list(cells.values()))
    parts = []
    for kind in (kind for kind in records.KINDS if kind in reduced.looked_for):
        parts.append(_of_kind(kept, kind, list(cells.values())))
        if others := {(unit, register): cell for (of, unit, register), cell in strangers.items() if of == kind}:
            parts.append(_of_kind(_frame(list(others), list(others.values())), kind, list(others.values())))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(records.COLUMNS))


def _frame(keys: Sequence[tuple[str, str]], cells: Sequence[Cell]) -> "pd.DataFrame":
    import pandas as pd

    made = pd.DataFrame(keys, columns=["area", "register"], dtype="category")
    return made.assign(cases=[cell.cases for cell in cells])


def _of_kind(frame: "pd.DataFrame", kind: str, cells: Sequence[Cell]) -> "pd.DataFrame":
    import pandas as pd

    kinds = pd.Categorical([kind] * len(frame), categories=records.KINDS)
    return frame.assign(kind=kinds, violations=[cell.count(kind) for cell in cells])[list(records.COLUMNS)]


def _example(reduced: Reduced, row: Mapping[Any, Any], sources: Sequence[Source]) -> dict[str, Any]:
    """Return the example of a finding by the words that its sentence may use: its place, and a case or a book."""
    kind, key = str(row["kind"]), (str(row["area"]), str(row["register"]))
    stranger = reduced.strangers.get((kind, *key))
    found = (stranger or reduced.cells[key]).found[kind]
    place, at = where(found.loc, sources) if found.loc else (None, "")
    told: dict[str, Any] = {"place": place, "row": at}
    if kind in _BOOK:
        told |= dict(zip(_BOOK[kind], found.example.split("|", len(_BOOK[kind]) - 1), strict=True))
        told["book"] = shown(told["book"])
    return told


_BOOK: Final = {"repeated": ("year", "number", "book"), "missing": ("year", "held", "lowest", "highest", "book")}
"""What the example of a kind has, as `sql.books` puts it together."""


def where(loc: int, sources: Sequence[Source]) -> tuple[Place, int]:
    """Return the list and the row of a case."""
    number, row = divmod(loc, sql.ROWS)
    return sources[number].place, row


def judge(
    reduced: Reduced, sources: Sequence[Source], lists: Lists, month: Month
) -> tuple[list[Judged], list[Problem]]:
    """Return the outcome of each rule, and the problems of the import that findings are."""
    rules = suites.records().rules
    violations = table(reduced)
    ran = gx.run(rules, violations, {})
    said = _Words(lists, month, lambda row: _example(reduced, row, sources))
    judged, problems = list[Judged](), list[Problem]()
    for rule in rules:
        result = ran[rule.id]
        rows = violations.loc[list(result.rows)]
        reason = result.problem or (
            "" if (result.success, len(result.rows)) == (not result.failed, result.failed) else gx.UNSEEN
        )
        judged.append(Judged(rule, result.evaluated, result.failed, int(rows["violations"].sum()), reason))
        problems += said.problems(rule, rows) if not reason else [problem("record.not_judged", Place(NOTHING), rule.id)]
    return judged, problems


@dataclass(frozen=True)
class _Words:
    """Says findings in the words of their rules."""

    lists: Lists
    month: Month
    example: Callable[[Mapping[Any, Any]], dict[str, Any]]

    def problems(self, rule: Rule, rows: "pd.DataFrame") -> Iterator[Problem]:
        """Yield the largest findings of a rule, and how many more there are."""
        made: Callable[..., Problem] = problem if rule.severity == "critical" else report
        todo = {language: rule.text("do", language) for language in LANGUAGES}
        ordered = rows.sort_values("violations", ascending=False, kind="stable")
        for row in ordered.head(LISTED).to_dict("records"):
            told = self.example(row)
            place = told.pop("place") or Place(NOTHING)
            text = {language: self._sentence(rule, row, told, place, language) for language in LANGUAGES}
            yield made("record.rule", place, rule.id, text=text, todo=todo)
        if len(rows) > LISTED:
            more = {language: formats.count(len(rows) - LISTED, language) for language in LANGUAGES}
            yield made("record.rule_more", Place(NOTHING), rule.id, more=more, todo=todo)

    def _sentence(
        self, rule: Rule, row: Mapping[Any, Any], told: Mapping[str, object], place: Place, language: str
    ) -> str:
        words = dict.fromkeys(("year", "number", "book", "held", "lowest", "highest"), NOTHING)
        words |= {name: str(value) or NOTHING for name, value in told.items()}
        words |= {name: formats.count(int(row[name]), language) for name in ("cases", "violations")}
        words |= {"area": self._area(row, language), "code": str(row["area"]), "in_file": place.words(language)}
        words |= {"register": self._register(row, language), "month": formats.month(self.month, language)}
        words |= {"as_of": formats.day(self.lists.areas.day, language), "file": words["in_file"]}
        return rule.text("finding", language).format_map(words)

    def _area(self, row: Mapping[Any, Any], language: str) -> str:
        known = self.lists.areas.by_code.get(str(row["area"]))
        return f"{known.name(language)} ({known.code})" if known else str(row["area"])

    def _register(self, row: Mapping[Any, Any], language: str) -> str:
        known = {each.code: each.name(language) for each in self.lists.registers}
        return known.get(str(row["register"]), str(row["register"]))
