"""The command `import`: read the files of a month, say everything that is wrong, and accept all of them or none."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

from hotich import intake
from hotich.data import counts, office
from hotich.errors import CannotNow, InputRefused, WrongUsage
from hotich.intake import lists, problems
from hotich.intake.deliver import delivery, problem_report
from hotich.intake.deliver.changed_cells import Change, withdrawn
from hotich.intake.deliver.delivery import Plan
from hotich.intake.deliver.problem_report import ACCEPTED, REFUSED, UNCHANGED
from hotich.intake.files import accept
from hotich.intake.lists import Lists
from hotich.intake.records import Intake
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.storage import atomic, transaction
from hotich.storage.paths import Folders
from hotich.views.markup import harmless

Recording = Callable[[str], object] | None
TOLD: Final = 10
"""Problems that a message writes out; the report has them all."""


@dataclass(frozen=True)
class Received:
    """What an import did. Totals are sums of what units reported; `last` is the month before unless it is made up."""

    month: Month
    as_of: date
    revision: int
    unchanged: bool
    files: int
    entries: int
    told: int
    units_reported: int
    missing: tuple[str, ...]
    totals: tuple[int, int]
    last: tuple[Month, int, int] | None
    changes: tuple[Change, ...]
    withdrawn: int
    counts: Path
    report: Path


def receive(
    folders: Folders,
    wanted: Month,
    source: str,
    *,
    as_of: str = "",
    reason: str = "",
    agreed: Callable[[Plan, Lists], bool],
    progress: Callable[[str], None] | None = None,
    record: Recording = None,
) -> Received:
    """Import a file or a folder of files for a month.

    `agreed` is asked before a correction is written; `record` gets the report for machines, whatever became of it.

    Raises WrongUsage without a source, InputRefused naming the first problems and the report that has all of them,
    CannotNow when `agreed` says no; then nothing but the report was written.
    """
    given = _source(source)
    with atomic.locked(folders.publishing, shown=folders.reports), transaction.locked(folders.data):
        before = delivery.standing(folders, wanted)
        day = delivery.day(as_of, wanted, before, office.read(folders.data))
        known = lists.read(folders.data, day)
        known.areas.require(known.root)
        paths, _ = accept.find([given])
        found = _read(given, wanted, known, progress)
        if found.refused:
            _refuse(folders, problem_report.ImportResult(REFUSED, wanted, day, known, found), record)
        contents = [_bytes(path, reading.sha256) for path, reading in zip(paths, found.readings, strict=True)]
        made = delivery.plan(folders, before, day, known, found, contents, reason)
        if before.corrects and not made.nothing_new:
            _require_consent(made, known, reason, agreed)
        return _accept(folders, made, known, found, record)


def _source(text: str) -> Path:
    if not text:
        raise WrongUsage("import.no_from")
    given = Path(text).expanduser()
    if not given.exists():
        raise InputRefused("import.no_source", value=text)
    return given


def _read(source: Path, wanted: Month, known: Lists, progress: Callable[[str], None] | None) -> Intake:
    """What was read, and a word on each note that would be taken for a formula and is kept as text."""
    found = intake.read([source], wanted, known, progress)
    altered = (each for each in found.difficulties if harmless(each.note) != each.note)
    told = tuple(problems.report("difficulty.formula", each.at, each.note) for each in altered)
    return replace(found, problems=(*found.problems, *told))


def _accept(folders: Folders, made: Plan, known: Lists, found: Intake, record: Recording) -> Received:
    """Write everything, the report beside it: what goes wrong with the one leaves the other as it was."""
    missing = _missing(made)
    verdict = UNCHANGED if made.nothing_new else ACCEPTED
    outcome = problem_report.ImportResult(verdict, made.standing.month, made.as_of, known, found, made.changes, missing)
    with _reporting(folders, outcome, record):
        if not made.nothing_new:
            transaction.commit(folders.data, made.files)
    return _received(folders, made, outcome)


def _bytes(path: Path, sha256: str) -> bytes:
    """The file exactly as it was read. Raises InputRefused when somebody has saved it since."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise InputRefused("import.saved_meanwhile", file=path)
    return content


def _require_consent(made: Plan, known: Lists, reason: str, agreed: Callable[[Plan, Lists], bool]) -> None:
    if not reason:
        raise WrongUsage("import.reason", month=made.standing.month, release=made.standing.release)
    if not agreed(made, known):
        raise CannotNow("import.declined", month=made.standing.month)


def _refuse(folders: Folders, outcome: problem_report.ImportResult, record: Recording) -> NoReturn:
    with _reporting(folders, outcome, record):
        pass
    folder = folders.intake(outcome.month)
    listed = {
        language: "\n".join(f"  {problem.message(language)}" for problem in outcome.refusing[:TOLD])
        for language in LANGUAGES
    }
    raise InputRefused(
        "import.refused",
        month=outcome.month,
        count=len(outcome.refusing),
        listed=listed,
        report={language: folder / f"{problem_report.NAME}.{language}.html" for language in LANGUAGES},
    )


@contextmanager
def _reporting(folders: Folders, outcome: problem_report.ImportResult, record: Recording) -> Iterator[None]:
    """The report, which takes the place of the last one if the block ends well."""
    folder, made = folders.intake(outcome.month), problem_report.files(outcome)
    with atomic.locked(folder), atomic.building(folder) as new:
        for name, content in made.items():
            (new / name).write_bytes(content)
        yield
    if record:
        record(made[f"{problem_report.NAME}.json"].decode())


def _received(folders: Folders, made: Plan, outcome: problem_report.ImportResult) -> Received:
    wanted, units = made.standing.month, outcome.lists.areas.units(outcome.lists.root)
    revision = made.standing.revision - (made.nothing_new and made.standing.corrects)
    return Received(
        wanted,
        made.as_of,
        revision,
        made.nothing_new,
        len(outcome.found.readings),
        len(outcome.found.entries),
        len(outcome.told),
        len(units) - len(outcome.missing),
        outcome.missing,
        _totals(made.rows),
        _last(folders, wanted),
        made.changes,
        len(withdrawn(made.changes)),
        folders.counts(wanted, revision),
        folders.intake(wanted),
    )


def _missing(made: Plan) -> tuple[str, ...]:
    """Units that have reported nothing at all."""
    reported = {row[0] for row in made.rows if row[4] == counts.REPORTED}
    return tuple(dict.fromkeys(row[0] for row in made.rows if row[0] not in reported))


def _totals(rows: tuple[delivery.Cells, ...]) -> tuple[int, int]:
    given = [row for row in rows if row[4] == counts.REPORTED]
    return sum(int(row[2]) for row in given), sum(int(row[3]) for row in given)


def _last(folders: Folders, wanted: Month) -> tuple[Month, int, int] | None:
    """Last month's totals, to see at a glance whether the new ones can be right; never those of made-up counts."""
    if wanted.previous not in counts.months(folders):
        return None
    last = counts.read(folders, wanted.previous)
    cells = (tuple(row[column] for column in counts.COLUMNS) for row in last.rows)
    return None if last.synthetic else (wanted.previous, *_totals(tuple(cells)))
