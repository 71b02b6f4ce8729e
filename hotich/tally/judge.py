"""Violations judged by Great Expectations, by the rules of expectations/records.json; what breaks one is a problem.

A critical rule that is broken refuses the counts, as any other problem of an import does; the rest is told.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from hotich import formats
from hotich.checks import gx, records, suites
from hotich.checks.suites import Rule
from hotich.intake.lists import Lists
from hotich.intake.problems import Place, Problem, problem, report
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.tally import sql
from hotich.tally.columns import shown
from hotich.tally.reduce import NAMED, Reduced, Violations
from hotich.tally.source import Source

if TYPE_CHECKING:
    import pandas as pd

LISTED: Final = 50
"""Findings of a rule that are written out, the largest first; tally.csv has the numbers of all."""
NOTHING: Final = "–"


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


def table(reduced: Reduced, sources: Sequence[Source]) -> "pd.DataFrame":
    """Return the violations: a row for each unit, register and kind that was looked for, with an example.

    Kinds that no cell can have, such as cases of an unknown unit, have the rows of the strangers besides.
    """
    import pandas as pd

    frames = [_of_kind(kind, reduced, sources) for kind in records.KINDS if kind in reduced.looked_for]
    return pd.concat(frames, ignore_index=True)


def _of_kind(kind: str, reduced: Reduced, sources: Sequence[Source]) -> "pd.DataFrame":
    import pandas as pd

    keys, cells = list(reduced.cells), list(reduced.cells.values())
    for (of, unit, register), cell in reduced.strangers.items() if kind in NAMED else ():
        if of == kind:
            keys.append((unit, register))
            cells.append(cell)
    units, registers = zip(*keys, strict=True) if keys else ((), ())
    made = pd.DataFrame({"kind": kind, "area": units, "register": registers}, dtype="str")
    made["cases"] = [cell.cases for cell in cells]
    made["violations"] = [cell.count(kind) for cell in cells]
    examples = {column: [""] * len(cells) for column in records.COLUMNS[len(made.columns) :]}
    for at, cell in enumerate(cells):
        if kind in cell.found:
            for told, value in zip(examples.values(), _example(kind, cell.found[kind], sources), strict=True):
                told[at] = str(value)
    return made.assign(**examples)


def _example(kind: str, found: Violations, sources: Sequence[Source]) -> tuple[object, ...]:
    """Return file, row, year, number, book, and what a book with a gap holds; empty where the kind has none."""
    file, row = where(found.loc, sources) if found.loc else (None, 0)
    place = (file.words("vi") if file else "", row or "")
    if kind == "repeated":
        year, number, book = found.example.split("|", 2)
        return (*place, year, number, shown(book), "", "", "")
    if kind == "missing":
        year, held, lowest, highest, book = found.example.split("|", 4)
        return (*place, year, "", shown(book), held, lowest, highest)
    return (*place, *[""] * 6)


def where(loc: int, sources: Sequence[Source]) -> tuple[Place, int]:
    """Return the list and the row of a case."""
    number, row = divmod(loc, sql.ROWS)
    return sources[number].place, row


def judge(violations: "pd.DataFrame", lists: Lists, month: Month, as_of: date) -> tuple[list[Judged], list[Problem]]:
    """Return the outcome of each rule, and the problems of the import that findings are."""
    rules = suites.records().rules
    ran = gx.run(rules, violations, {})
    said = _Words(lists, month, as_of)
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
    as_of: date

    def problems(self, rule: Rule, rows: "pd.DataFrame") -> Iterator[Problem]:
        """Yield the largest findings of a rule, and how many more there are."""
        made: Callable[..., Problem] = problem if rule.severity == "critical" else report
        todo = {language: rule.text("do", language) for language in LANGUAGES}
        ordered = rows.sort_values("violations", ascending=False, kind="stable")
        for row in ordered.head(LISTED).to_dict("records"):
            text = {language: self._sentence(rule, row, language) for language in LANGUAGES}
            yield made("record.rule", self._place(row), rule.id, text=text, todo=todo)
        if len(rows) > LISTED:
            more = {language: formats.count(len(rows) - LISTED, language) for language in LANGUAGES}
            yield made("record.rule_more", Place(NOTHING), rule.id, more=more, todo=todo)

    def _place(self, row: Mapping[Any, Any]) -> Place:
        return Place(row["in_file"] or NOTHING)

    def _sentence(self, rule: Rule, row: Mapping[Any, Any], language: str) -> str:
        words = {name: str(value) or NOTHING for name, value in row.items()}
        for name in ("cases", "violations"):
            words[name] = formats.count(int(row[name]), language)
        words |= {"area": self._area(row, language), "code": str(row["area"]), "file": words["in_file"]}
        words |= {"register": self._register(row, language), "month": formats.month(self.month, language)}
        words["as_of"] = formats.day(self.as_of, language)
        return rule.text("finding", language).format_map(words)

    def _area(self, row: Mapping[Any, Any], language: str) -> str:
        known = self.lists.areas.by_code.get(str(row["area"]))
        return f"{known.name(language)} ({known.code})" if known else str(row["area"])

    def _register(self, row: Mapping[Any, Any], language: str) -> str:
        known = {each.code: each.name(language) for each in self.lists.registers}
        return known.get(str(row["register"]), str(row["register"]))
