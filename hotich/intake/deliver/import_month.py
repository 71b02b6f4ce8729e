"""The command `import`: read the files of a month, report every problem, and accept all of them or none."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final, NoReturn, TypeAlias

from hotich import intake
from hotich.data import counts, office
from hotich.errors import CannotNow, InputRefused, WrongUsage
from hotich.intake import lists, problems
from hotich.intake.deliver import changed_cells, delivery, problem_report
from hotich.intake.deliver.changed_cells import Change, CountsRow, withdrawn
from hotich.intake.deliver.delivery import Plan
from hotich.intake.deliver.problem_report import ACCEPTED, REFUSED, UNCHANGED
from hotich.intake.files import accept
from hotich.intake.fold_text import clean
from hotich.intake.lists import Lists
from hotich.intake.records import Intake
from hotich.language import LANGUAGES, say
from hotich.language.unseen import Lines, listing
from hotich.month import Month, printable
from hotich.storage import atomic, paths, regular, transaction
from hotich.storage.paths import Folders
from hotich.views.saved_table import harmless

Consent: TypeAlias = Callable[[Plan, Lists], bool]
Progress: TypeAlias = Callable[[str], None] | None
Recording: TypeAlias = Callable[[str], object] | None
LISTED: Final = 10
"""The number of problems that a message lists; the report has them all."""


@dataclass(frozen=True)
class Received:
    """What an import did. Totals are sums of reported counts; `last` is the month before unless it is synthetic.

    `made_up` are the synthetic months beside it: reports that rest on them too are marked as illustrative.
    """

    month: Month
    as_of: date
    revision: int
    unchanged: bool
    files: int
    entries: int
    warnings: int
    units_reported: int
    missing: tuple[str, ...]
    totals: tuple[int, int]
    last: tuple[Month, int, int] | None
    changes: tuple[Change, ...]
    withdrawn: int
    made_up: tuple[Month, ...]
    counts: Path
    report: Path


@dataclass(frozen=True)
class Delivered:
    """What was read, and the bytes to keep of each of its readings, in their order."""

    intake: Intake
    contents: Sequence[bytes]


def receive(
    folders: Folders,
    month: Month,
    source: str,
    *,
    as_of: str = "",
    reason: str = "",
    agreed: Consent,
    progress: Progress = None,
    record: Recording = None,
) -> Received:
    """Import a file or a folder of files for a month.

    `agreed` is asked before a correction is written; `record` gets the JSON report of any outcome. Raises WrongUsage
    without a source, InputRefused with the first problems, CannotNow without consent; then only the report is written.
    """
    path = _source(source)

    def read(office_lists: Lists) -> Delivered:
        incoming = _read(path, month, office_lists, progress)
        return Delivered(incoming, [] if incoming.refused else _contents(path, incoming))

    return settle(folders, month, read, as_of=as_of, reason=reason, agreed=agreed, record=record)


def settle(
    folders: Folders,
    month: Month,
    read: Callable[[Lists], Delivered],
    *,
    as_of: str = "",
    reason: str = "",
    agreed: Consent,
    record: Recording = None,
    made_up: bool = False,
) -> Received:
    """Write what `read` brings of a month, by the rules of every import: all of it, or the report alone.

    `read` is called while nothing else can write; what it brings is `made_up` if it says so, and then may only stand
    where made-up counts stand, or none. Raises as `receive` does.
    """
    with atomic.locked(folders.publishing, shown=folders.reports), transaction.locked(folders.data):
        before = delivery.existing(folders, month, made_up=made_up)
        day = delivery.day(as_of, before, office.read(folders.data))
        office_lists = lists.read(folders.data, day)
        brought = read(office_lists)
        incoming = brought.intake
        if incoming.refused:
            _refuse(folders, problem_report.ImportResult(REFUSED, month, day, office_lists, incoming), record)
        plan = delivery.plan(
            folders,
            before,
            day,
            office_lists,
            incoming,
            brought.contents,
            reason,
            "synthetic" if made_up else "reported",
        )
        _require_consent(plan, office_lists, reason, agreed)
        return _accept(folders, plan, office_lists, incoming, record)


def _source(text: str) -> Path:
    if not text:
        raise WrongUsage("import.no_from")
    path = paths.named(text)
    if not path.exists():
        raise InputRefused("import.no_source", value=printable(text))
    return path


def _read(source: Path, month: Month, office_lists: Lists, progress: Progress) -> Intake:
    """Return what was read, with a warning for each note that looks like a formula and is kept as text."""
    incoming = intake.read([source], month, office_lists, progress)
    altered = (difficulty for difficulty in incoming.difficulties if harmless(difficulty.note) != difficulty.note)
    warnings = (problems.report("difficulty.formula", difficulty.place, difficulty.note) for difficulty in altered)
    return replace(incoming, problems=(*incoming.problems, *warnings))


def _contents(source: Path, incoming: Intake) -> list[bytes]:
    """Return the bytes of the files. Raises InputRefused for one that was saved since it was read."""
    files, _ = accept.find([source])
    contents = [regular.read(path) for path in files]
    for path, content, reading in zip(files, contents, incoming.readings, strict=True):
        if hashlib.sha256(content).hexdigest() != reading.sha256:
            raise InputRefused("import.saved_meanwhile", file=path)
    return contents


def _require_consent(plan: Plan, office_lists: Lists, reason: str, agreed: Consent) -> None:
    """Raise WrongUsage for a correction without a reason, CannotNow for one without consent."""
    if plan.nothing_new or not plan.existing.corrects:
        return
    if not clean(reason):
        raise WrongUsage("import.reason", month=plan.existing.month, release=plan.existing.release)
    if not agreed(plan, office_lists):
        raise CannotNow("import.declined", month=plan.existing.month)


def _accept(folders: Folders, plan: Plan, office_lists: Lists, incoming: Intake, record: Recording) -> Received:
    """Write the data and the report. Until the data is committed a failure changes neither; then it is a Note."""
    verdict = UNCHANGED if plan.nothing_new else ACCEPTED
    missing = _missing(plan)
    result = problem_report.ImportResult(
        verdict, plan.existing.month, plan.as_of, office_lists, incoming, plan.changes, missing
    )
    with _reporting(folders, result, record):
        if not plan.nothing_new:
            transaction.commit(folders.data, plan.files)
    return _received(folders, plan, result)


def _refuse(folders: Folders, result: problem_report.ImportResult, record: Recording) -> NoReturn:
    with _reporting(folders, result, record):
        pass
    folder = folders.intake(result.month)
    report = {language: folder / f"{problem_report.NAME}.{language}.html" for language in LANGUAGES}
    listed = {language: _listed(result, language, report[language]) for language in LANGUAGES}
    count = len(result.refusing)
    raise InputRefused("import.refused", month=result.month, count=count, listed=listed, report=report)


def _listed(result: problem_report.ImportResult, language: str, report: Path) -> Lines:
    """Return the first problems, a line each, and how many more the report has."""
    lines = [problem.message(language) for problem in result.refusing[:LISTED]]
    if (more := len(result.refusing) - LISTED) > 0:
        lines.append(say(language, "import.terminal.more_problems", more=more, report=report))
    return listing(lines)


@contextmanager
def _reporting(folders: Folders, result: problem_report.ImportResult, record: Recording) -> Iterator[None]:
    """Replace the last report of the month by this one when the block ends, and pass it to `record`."""
    folder, files, done = folders.intake(result.month), problem_report.files(result), False
    with atomic.locked(folder), atomic.building(folder, decided=lambda: done and result.verdict == ACCEPTED) as new:
        for name, content in files.items():
            (new / name).write_bytes(content)
        yield
        done = True
    if record:
        record(files[f"{problem_report.NAME}.json"].decode())


def _received(folders: Folders, plan: Plan, result: problem_report.ImportResult) -> Received:
    month, units = plan.existing.month, result.lists.areas.units(result.lists.root)
    revision = plan.existing.revision - (plan.nothing_new and plan.existing.corrects)
    return Received(
        month,
        plan.as_of,
        revision,
        plan.nothing_new,
        len(result.incoming.readings),
        len(result.incoming.entries),
        len(result.warnings),
        len(units) - len(result.missing),
        result.missing,
        _totals(plan.rows),
        _last(folders, month),
        plan.changes,
        len(withdrawn(plan.changes)),
        tuple(sorted({each.month for each in counts.deliveries(folders).values() if each.origin == "synthetic"})),
        folders.counts(month, revision),
        folders.intake(month),
    )


def _missing(plan: Plan) -> tuple[str, ...]:
    """Return the units that have reported nothing at all."""
    reported = {row.area for row in plan.rows if row.status == counts.REPORTED}
    return tuple(dict.fromkeys(row.area for row in plan.rows if row.area not in reported))


def _totals(rows: Iterable[CountsRow]) -> tuple[int, int]:
    """Return the sums of reported counts; what is no count, in a file that was not imported, is left to the checks."""
    cells = ((row.required, row.digitised) for row in rows if row.status == counts.REPORTED)
    numbers = [(int(one), int(two)) for one, two in cells if all(map(counts.CANONICAL.fullmatch, (one, two)))]
    return sum(required for required, _ in numbers), sum(digitised for _, digitised in numbers)


def _last(folders: Folders, month: Month) -> tuple[Month, int, int] | None:
    """Return last month's totals, to compare the new ones with; None where there are none or they are synthetic."""
    if month.previous not in counts.months(folders):
        return None
    last = counts.read(folders, month.previous)
    return None if last.synthetic else (month.previous, *_totals(changed_cells.rows(last)))
