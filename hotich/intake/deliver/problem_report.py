"""The report on an import: a page in each language and the same as JSON, with every problem of every file."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from markupsafe import Markup

from hotich import formats
from hotich.intake.deliver import changed_cells
from hotich.intake.deliver.changed_cells import Change
from hotich.intake.lists import Lists
from hotich.intake.problems import NO_FILE, Place, Problem
from hotich.intake.records import Intake
from hotich.language import LANGUAGES, html, say
from hotich.month import Month
from hotich.views.markup import Column, Fragment, Table, marked, paragraph, section

NAME: Final = "intake"
ACCEPTED: Final = "accepted"
REFUSED: Final = "refused"
UNCHANGED: Final = "unchanged"


@dataclass(frozen=True)
class ImportResult:
    """The result of an import: ACCEPTED, REFUSED or UNCHANGED, with what was read and what it changes."""

    verdict: str
    month: Month
    as_of: date
    lists: Lists
    incoming: Intake
    changes: tuple[Change, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def refusing(self) -> list[Problem]:
        """The problems for which the import is refused."""
        return [problem for problem in self.incoming.problems if problem.refuses]

    @property
    def warnings(self) -> list[Problem]:
        """The problems that are only reported."""
        return [problem for problem in self.incoming.problems if not problem.refuses]


def files(result: ImportResult) -> dict[str, bytes]:
    """Return the contents of the report's files by name."""
    record = json.dumps(_record(result), ensure_ascii=False, indent=1)
    pages = {f"{NAME}.{language}.html": _page(result, language).encode() for language in LANGUAGES}
    return pages | {f"{NAME}.json": (record + "\n").encode()}


def _record(result: ImportResult) -> dict[str, Any]:
    return {
        "month": str(result.month),
        "as_of": result.as_of.isoformat(),
        "verdict": result.verdict,
        "files": [
            {"file": reading.file, "sha256": reading.sha256, "entries": len(reading.entries)}
            for reading in result.incoming.readings
        ],
        "problems": [_problem(problem) for problem in (*result.refusing, *result.warnings)],
        "changes": [asdict(change) for change in result.changes],
        "not_reported": list(result.missing),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    texts = {language: problem.wrong(language) for language in LANGUAGES}
    actions = {language: problem.action(language) for language in LANGUAGES}
    return {
        "key": problem.key,
        "refuses": problem.refuses,
        "file": problem.place.file,
        "sheet": problem.place.sheet,
        "cell": problem.place.cell,
        "found": problem.found,
        "wrong": texts,
        "do": actions,
    }


def titles(month: Month) -> dict[str, str]:
    """Return the page's title in each language."""
    return {language: say(language, "import.title", month=formats.month(month, language)) for language in LANGUAGES}


def verdict(result: ImportResult, language: str) -> str:
    """Return the result of the import in a sentence or two."""
    wrong = {problem.place.file for problem in result.refusing} - {"", NO_FILE}
    keys = [result.verdict if result.verdict != REFUSED or wrong else "refused_whole"]
    keys += ["changes"] if result.changes and result.verdict == ACCEPTED else []
    keys += ["told"] if result.warnings else []
    numbers = {
        "problems": len(result.refusing),
        "files": len(wrong) if result.verdict == REFUSED else len(result.incoming.readings),
        "told": len(result.warnings),
        "changes": len(result.changes),
    }
    shown = {name: formats.count(number, language) for name, number in numbers.items()}
    return " ".join(say(language, f"import.verdict.{key}", **shown) for key in keys)


def _page(result: ImportResult, language: str) -> str:
    from hotich.page import figure_gate, standalone

    title = titles(result.month)[language]
    sections = [
        _problems(result.refusing, "problems", language),
        _problems(result.warnings, "told", language),
        _changes(result, language),
        _missing(result, language),
        _files(result, language),
    ]
    about = standalone.Plain(language, title, NAME)
    made = standalone.page(about, _opening(result, title, language), [part for part in sections if part])
    figure_gate.refuse_bare_digits(made, about.file, ())
    return made


def _opening(result: ImportResult, title: str, language: str) -> Markup:
    as_of = formats.day(result.as_of, language)
    meta = Markup('<ul class="meta"{}><li>{}</li></ul>').format(marked(), say(language, "import.as_of", as_of=as_of))
    top = Markup('<p class="top"><span>{}</span></p>').format(say(language, "import.top"))
    h1, stand = (
        Markup("<h1{}>{}</h1>").format(marked(), title),
        paragraph(verdict(result, language), "stand", mark=True),
    )
    return Markup("<header>{}{}{}{}</header>").format(top, h1, stand, meta)


def _problems(problems: Sequence[Problem], name: str, language: str) -> Fragment | None:
    """Return a section with a table for each sheet of each file, to send back to those who correct it."""
    if not problems:
        return None
    sheets: dict[Place, list[Problem]] = {}
    for problem in problems:
        sheets.setdefault(Place(problem.place.file, problem.place.sheet), []).append(problem)
    columns = _columns(language, "cell", "wrong", "do")
    tables = [
        Table(
            place.words(language),
            columns,
            [(problem.place.cell or "–", problem.wrong(language), problem.action(language)) for problem in listed],
            long=True,
            marked=True,
        ).html(language)
        for place, listed in sheets.items()
    ]
    heading = html(language, f"import.section.{name}.heading", count=formats.count(len(problems), language))
    note = paragraph(say(language, f"import.section.{name}.note"), "note")
    return section(name, heading, note, *tables, mark=True)


def _changes(result: ImportResult, language: str) -> Fragment | None:
    if not result.changes:
        return None
    registers = {register.code: register.name(language) for register in result.lists.registers}
    rows = [
        (
            f"{result.lists.areas[change.area].name(language)} ({change.area})",
            registers[change.register],
            changed_cells.counted(change.old, language),
            changed_cells.counted(change.new, language),
        )
        for change in result.changes
    ]
    return _table(
        "changes", _columns(language, "unit", "register", "old", "new"), rows, language, count=len(result.changes)
    )


def _missing(result: ImportResult, language: str) -> Fragment | None:
    if not result.missing:
        return None
    areas = result.lists.areas
    rows = [(areas[unit].name(language), unit, areas[areas[unit].parent].name(language)) for unit in result.missing]
    return _table("missing", _columns(language, "unit", "code", "area"), rows, language, count=len(rows))


def _files(result: ImportResult, language: str) -> Fragment | None:
    if not result.incoming.readings:
        return None
    rows = [
        (
            reading.file,
            formats.count(len(reading.areas), language),
            formats.count(len(reading.entries), language),
            Markup("<code>{}</code>").format(reading.sha256),
        )
        for reading in result.incoming.readings
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
    table = Table(caption, columns, rows, note, long=True, marked=True).html(language)
    return section(name, html(language, f"import.section.{name}.heading", count=shown), table, mark=True)
