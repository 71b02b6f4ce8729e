"""What an import says about its files: a page in each language and the same as JSON, every problem of every file."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from markupsafe import Markup

from hotich import formats
from hotich.intake.deliver import changed_cells
from hotich.intake.deliver.changed_cells import Change
from hotich.intake.lists import Lists
from hotich.intake.problems import Place, Problem
from hotich.intake.records import Intake
from hotich.language import LANGUAGES, html, say
from hotich.month import Month
from hotich.views.markup import Column, Fragment, Table, paragraph, section

NAME: Final = "intake"
ACCEPTED: Final = "accepted"
REFUSED: Final = "refused"
UNCHANGED: Final = "unchanged"


@dataclass(frozen=True)
class ImportResult:
    """What became of an import: ACCEPTED, REFUSED or UNCHANGED, with what was read and what it changes."""

    verdict: str
    month: Month
    as_of: date
    lists: Lists
    found: Intake
    changes: tuple[Change, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def refusing(self) -> list[Problem]:
        """The problems that stand in the way."""
        return [problem for problem in self.found.problems if problem.refuses]

    @property
    def told(self) -> list[Problem]:
        """What is only reported."""
        return [problem for problem in self.found.problems if not problem.refuses]


def files(outcome: ImportResult) -> dict[str, bytes]:
    """The report's files by name."""
    record = json.dumps(_record(outcome), ensure_ascii=False, indent=1)
    pages = {f"{NAME}.{language}.html": _page(outcome, language).encode() for language in LANGUAGES}
    return pages | {f"{NAME}.json": (record + "\n").encode()}


def _record(outcome: ImportResult) -> dict[str, Any]:
    return {
        "month": str(outcome.month),
        "as_of": outcome.as_of.isoformat(),
        "verdict": outcome.verdict,
        "files": [
            {"file": each.file, "sha256": each.sha256, "entries": len(each.entries)} for each in outcome.found.readings
        ],
        "problems": [_problem(each) for each in (*outcome.refusing, *outcome.told)],
        "changes": [
            {"area": each.area, "register": each.register, "old": each.old, "new": each.new} for each in outcome.changes
        ],
        "not_reported": list(outcome.missing),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    texts = {language: problem.wrong(language) for language in LANGUAGES}
    actions = {language: problem.action(language) for language in LANGUAGES}
    return {
        "key": problem.key,
        "refuses": problem.refuses,
        "file": problem.at.file,
        "sheet": problem.at.sheet,
        "cell": problem.at.cell,
        "found": problem.found,
        "wrong": texts,
        "do": actions,
    }


def titles(month: Month) -> dict[str, str]:
    """The page's title in each language."""
    return {language: say(language, "import.title", month=formats.month(month, language)) for language in LANGUAGES}


def verdict(outcome: ImportResult, language: str) -> str:
    """What became of the import, in a sentence or two."""
    keys = [outcome.verdict]
    keys += ["changes"] if outcome.changes and outcome.verdict == ACCEPTED else []
    keys += ["told"] if outcome.told else []
    numbers = {
        "problems": len(outcome.refusing),
        "files": len(outcome.found.readings),
        "told": len(outcome.told),
        "changes": len(outcome.changes),
    }
    shown = {name: formats.count(number, language) for name, number in numbers.items()}
    return " ".join(say(language, f"import.verdict.{key}", **shown) for key in keys)


def _page(outcome: ImportResult, language: str) -> str:
    from hotich.page import standalone

    title = titles(outcome.month)[language]
    sections = [
        _problems(outcome.refusing, "problems", language),
        _problems(outcome.told, "told", language),
        _changes(outcome, language),
        _missing(outcome, language),
        _files(outcome, language),
    ]
    about = standalone.Plain(language, title, NAME)
    return standalone.page(about, _opening(outcome, title, language), [each for each in sections if each])


def _opening(outcome: ImportResult, title: str, language: str) -> Markup:
    as_of = formats.day(outcome.as_of, language)
    meta = Markup('<ul class="meta"><li>{}</li></ul>').format(say(language, "import.as_of", as_of=as_of))
    top = Markup('<p class="top"><span>{}</span></p>').format(say(language, "import.top"))
    h1, stand = Markup("<h1>{}</h1>").format(title), paragraph(verdict(outcome, language), "stand")
    return Markup("<header>{}{}{}{}</header>").format(top, h1, stand, meta)


def _problems(problems: Sequence[Problem], name: str, language: str) -> Fragment | None:
    """A table for each sheet of each file: what goes back to whoever must correct it."""
    if not problems:
        return None
    sheets: dict[Place, list[Problem]] = {}
    for each in problems:
        sheets.setdefault(Place(each.at.file, each.at.sheet), []).append(each)
    columns = _columns(language, "cell", "wrong", "do")
    tables = [
        Table(
            place.words(language),
            columns,
            [(each.at.cell or "–", each.wrong(language), each.action(language)) for each in found],
            long=True,
        ).html(language)
        for place, found in sheets.items()
    ]
    heading = html(language, f"import.section.{name}.heading", count=formats.count(len(problems), language))
    note = paragraph(say(language, f"import.section.{name}.note"), "note")
    return section(name, heading, note, *tables)


def _changes(outcome: ImportResult, language: str) -> Fragment | None:
    if not outcome.changes:
        return None
    registers = {register.code: register.name(language) for register in outcome.lists.registers}
    rows = [
        (
            f"{outcome.lists.areas[each.area].name(language)} ({each.area})",
            registers[each.register],
            changed_cells.counted(each.old, language),
            changed_cells.counted(each.new, language),
        )
        for each in outcome.changes
    ]
    return _table(
        "changes", _columns(language, "unit", "register", "old", "new"), rows, language, count=len(outcome.changes)
    )


def _missing(outcome: ImportResult, language: str) -> Fragment | None:
    if not outcome.missing:
        return None
    areas = outcome.lists.areas
    rows = [(areas[unit].name(language), unit, areas[areas[unit].parent].name(language)) for unit in outcome.missing]
    return _table("missing", _columns(language, "unit", "code", "area"), rows, language, count=len(rows))


def _files(outcome: ImportResult, language: str) -> Fragment | None:
    if not outcome.found.readings:
        return None
    rows = [
        (
            each.file,
            formats.count(len({entry.area for entry in each.entries}), language),
            formats.count(len(each.entries), language),
            Markup("<code>{}</code>").format(each.sha256),
        )
        for each in outcome.found.readings
    ]
    columns = (
        Column(say(language, "import.column.file"), text=True),
        Column(say(language, "import.column.units")),
        Column(say(language, "import.column.entries")),
        Column("SHA-256", text=True, extra=True),
    )
    return _table("files", columns, rows, language, count=len(rows))


def _columns(language: str, *names: str) -> tuple[Column, ...]:
    return tuple(Column(say(language, f"import.column.{name}"), text=True) for name in names)


def _table(
    name: str, columns: Sequence[Column], rows: Sequence[Sequence[str | Markup]], language: str, count: int
) -> Fragment:
    shown = formats.count(count, language)
    caption = say(language, f"import.section.{name}.caption", count=shown)
    note = say(language, f"import.section.{name}.note")
    table = Table(caption, columns, rows, note, long=True).html(language)
    return section(name, html(language, f"import.section.{name}.heading", count=shown), table)
