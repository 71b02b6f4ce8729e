"""The commands `report`, `notices` and `validate`: check months, run the notebooks, put each whole draft in place."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from hotich import month
from hotich.checks import lazy_imports
from hotich.data import counts
from hotich.errors import ExitCode, HotichError, NotebookFailed
from hotich.language import LANGUAGES
from hotich.language.unseen import Lines
from hotich.month import Month
from hotich.page.spec import PageSpec
from hotich.pipeline import inputs, kernels, notebooks, pages, reuse, tasks, workers
from hotich.pipeline.kernels import limits
from hotich.pipeline.make_page import Elsewhere, Made, make_page
from hotich.pipeline.month_summary import MonthSummary
from hotich.pipeline.notebooks import Job, Tells
from hotich.pipeline.plan import Draft, Wanted, in_turn, kind
from hotich.storage import atomic, paths, temporary
from hotich.storage.paths import Folders

AT_ONCE: Final = 2
"""Months that are worked on at the same time: while one's notebooks run, the next is checked."""


@dataclass(frozen=True)
class Session:
    """Who works for a command: the process that checks months, and who makes pages if not this machine."""

    checking: Executor
    elsewhere: Elsewhere | None = None


@dataclass(frozen=True)
class MonthResult:
    """What a command did for one month."""

    month: str
    folder: str
    pages: tuple[str, ...]
    reused: int
    rejected: bool
    rows: int
    rules: dict[str, int]
    synthetic: bool
    headline: dict[str, str]
    refusal: dict[str, str]
    seconds: float

    @property
    def exit_code(self) -> ExitCode:
        """CONTRADICTED when a critical rule is broken, else DONE."""
        return ExitCode.CONTRADICTED if self.rejected else ExitCode.DONE

    def record(self) -> dict[str, Any]:
        """Return it for machines, without the time it took, so that the same work gives the same bytes."""
        return {name: value for name, value in asdict(self).items() if name != "seconds"}


def report(
    wanted: str,
    *,
    year: str,
    area: str,
    data: str,
    reports: str,
    force: bool,
    tell: Tells,
    elsewhere: Elsewhere | None = None,
) -> list[MonthResult]:
    """Make quality and report pages in both languages, with the annex, for a month or for all. Raises HotichError."""
    folders = paths.own(data, reports)
    months, make = _months(wanted, year, folders), Wanted(pages.monthly())
    return made(months, make, folders, area=area, force=force, tell=tell, elsewhere=elsewhere)


def page(
    wanted: str, notebook: str, *, year: str, area: str, data: str, reports: str, force: bool, tell: Tells
) -> list[MonthResult]:
    """Make the page of a notebook, beside the pages that the month's draft has. Raises HotichError."""
    folders, made_of = paths.own(data, reports), pages.named(notebook)
    months = _months(wanted, year, folders)
    there = {
        path.name.partition(".")[0]
        for each in months
        for path in folders.draft(each, _meant(each, Wanted(), area, folders)[0]).glob("*.html")
    }
    others = (each for each in pages.monthly() if each.name in there and each.name != made_of.name)
    return made(months, Wanted((*others, made_of)), folders, area=area, force=force, tell=tell)


def _meant(wanted: Month, make: Wanted, area: str, folders: Folders) -> tuple[str, Wanted]:
    """Return the area, and what is wanted, with the codes of areas that a user may have named otherwise."""
    if not area and not make.receiver:
        return area, make
    from hotich.data import find_area

    if area:
        area = find_area.of_report(area, wanted, folders)
    if make.receiver:
        make = replace(make, receiver=find_area.of_notice(make.receiver, wanted, folders))
    return area, make


def validate(wanted: str, *, year: str, data: str, reports: str, tell: Tells) -> list[MonthResult]:
    """Run the checks alone: make quality pages and `validation.json`. Raises HotichError."""
    folders = paths.own(data, reports)
    return made(_months(wanted, year, folders), Wanted(pages.judging()), folders, force=True, tell=tell)


def notices(
    wanted: str,
    *,
    year: str,
    area: str,
    data: str,
    reports: str,
    force: bool,
    tell: Tells,
    elsewhere: Elsewhere | None = None,
) -> list[MonthResult]:
    """Make a notice for every area directly below the office's own, or for one. Raises HotichError."""
    folders = paths.own(data, reports)
    months, make = _months(wanted, year, folders), Wanted((), True, area)
    return made(months, make, folders, force=force, tell=tell, elsewhere=elsewhere)


def whole(wanted: str, *, year: str, data: str, reports: str, force: bool, tell: Tells) -> list[MonthResult]:
    """Make pages, annex and notices: everything that a release holds, in one run. Raises HotichError."""
    folders = paths.own(data, reports)
    return made(_months(wanted, year, folders), Wanted(pages.monthly(), True), folders, force=force, tell=tell)


def _months(wanted: str, year: str, folders: Folders) -> list[Month]:
    available = counts.months(folders)
    return available if wanted == "all" and available else [month.resolve(wanted, available, year)]


def made(
    months: Sequence[Month],
    make: Wanted,
    folders: Folders,
    *,
    area: str = "",
    force: bool,
    tell: Tells,
    elsewhere: Elsewhere | None = None,
) -> list[MonthResult]:
    """Make what is wanted of each month. A month that fails stops no other. Raises HotichError when all are done."""
    for page in make.pages:
        pages.note_untagged(page)
    tell.expect(len(months) * (1 + make.papers))
    with session(folders, len(months), elsewhere) as who:
        results = each(months, make, folders, who, area=area, force=force, tell=tell)
    _raise_all([result for result in results if isinstance(result, HotichError)])
    return [result for result in results if isinstance(result, MonthResult)]


def each(
    months: Sequence[Month], make: Wanted, folders: Folders, who: Session, *, area: str = "", force: bool, tell: Tells
) -> list[MonthResult | HotichError]:
    """Make what is wanted of each month, inside a session, and return what came of it."""

    def tried(wanted: Month) -> MonthResult | HotichError:
        try:
            with workers.named(str(wanted)):
                return _one(wanted, make, folders, who, area=area, force=force, tell=tell)
        except HotichError as error:
            return error

    with ThreadPoolExecutor(_at_once(len(months))) as pool:
        try:
            return list(pool.map(tried, months))
        except BaseException:  # Ctrl-C, or an error of the program: nobody waits for the other months any more
            pool.shutdown(wait=False, cancel_futures=True)
            kernels.stop()
            raise


def _at_once(months: int) -> int:
    """Return how many of these months are worked on at the same time. Raises CannotNow as `limits.most` does."""
    return max(1, min(AT_ONCE, months, limits.most()))


def _raise_all(failures: Sequence[HotichError]) -> None:
    """Raise the failure, or one that names them all; its cause is the first."""
    if len(failures) == 1:
        raise failures[0]
    if failures:
        listed = {lang: Lines("\n".join(f"  {failure.message(lang)}" for failure in failures)) for lang in LANGUAGES}
        raise NotebookFailed("runner.several", count=len(failures), listed=listed) from failures[0]


@contextmanager
def session(folders: Folders, months: int = 1, elsewhere: Elsewhere | None = None) -> Iterator[Session]:
    """Let kernels know where this office's data and reports are; give whoever checks. Nothing is left afterwards.

    Raises CannotNow where the system allows too few open files.
    """
    months = _at_once(months)  # where too few files may be open, nothing is begun
    known = {name: os.environ.get(name) for name in ("HOTICH_DATA", "HOTICH_REPORTS", "JUPYTER_PATH", "IPYTHONDIR")}
    os.environ |= {"HOTICH_DATA": str(folders.data), "HOTICH_REPORTS": str(folders.reports)}
    try:
        with temporary.folder(for_sockets=True) as home, kernels.running(home, months), workers.checking() as checking:
            yield Session(checking, elsewhere)
    finally:
        for name, value in known.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _one(
    wanted: Month, make: Wanted, folders: Folders, who: Session, *, area: str, force: bool, tell: Tells
) -> MonthResult:
    """Make what is wanted of a month. Raises HotichError."""
    began = time.monotonic()
    area, make = _meant(wanted, make, area, folders)
    target = folders.draft(wanted, area)
    with (
        atomic.locked(target),
        atomic.building(target) as new,
        inputs.steady(wanted, folders) as require_unchanged,
        workers.of_month() as month_workers,
    ):
        summary = _summary(wanted, make, area, folders, new, who.checking, month_workers, tell)
        draft = Draft(wanted, area, folders, new, summary)
        if summary.stopped:
            atomic.discard(new)
            target, kept = folders.rejected(wanted), 0
            jobs = _reject(draft, target, require_unchanged, month_workers, who.elsewhere, tell)
        else:
            jobs = draft.jobs(make)
            kept = _take_over(draft, target, _made_by(jobs) if force else frozenset())
            _fill(draft, make, jobs, month_workers, who.elsewhere, tell)
            require_unchanged()
            reuse.remember(new, folders.outputs(wanted, area))
    return _result(wanted, target, jobs, kept, summary, time.monotonic() - began)


def _summary(
    wanted: Month,
    make: Wanted,
    area: str,
    folders: Folders,
    new: Path,
    checking: Executor,
    month_workers: Executor,
    tell: Tells,
) -> MonthSummary:
    """Let other processes check and compute; meanwhile load here what runs and exports the notebooks."""
    tell.started(str(wanted))
    checked = checking.submit(tasks.check_month, wanted, folders)
    # This waits for the process that is forked from, which others wait for: for what is loaded here nobody does.
    begun = month_workers.submit(tasks.begin, wanted, folders)
    _load()
    begun.result()
    checked.result()
    last = folders.draft(wanted, area)
    summary = month_workers.submit(tasks.prepare, wanted, area, folders, new, last, make.from_elsewhere).result()
    tell.finished(str(wanted))
    return summary


def _load() -> None:
    """Load what runs notebooks."""
    lazy_imports.grammar()
    import nbformat
    import papermill  # noqa: F401

    nbformat.validate(nbformat.v4.new_notebook())  # the first takes longest: it reads the schema


def _take_over(draft: Draft, target: Path, anew: frozenset[str]) -> int:
    """Take over from the last draft what is still right and is not to be made anew; return how many files."""
    differing = draft.summary.differing
    intact = reuse.intact(target, draft.folders.outputs(draft.month, draft.area))
    return atomic.copy_missing(
        target, draft.folder, lambda file: file in intact and file not in anew and reuse.stands(kind(file), differing)
    )


def _made_by(jobs: Sequence[Job]) -> frozenset[str]:
    """Return the files that are not reused when everything is to be made anew."""
    pages = [name for job in jobs for name in (f"{job.name}.html", f"notebooks/{job.name}.ipynb")]
    return frozenset((*pages, *(f"{job.name.rpartition('.')[0]}.docx" for job in jobs)))


def _fill(
    draft: Draft, make: Wanted, jobs: Sequence[Job], month_workers: Executor, elsewhere: Elsewhere | None, tell: Tells
) -> None:
    """Make Word files, pages and annex, as far as they are wanted and not there. Raises HotichError."""

    def write_word(areas: tuple[str, ...]) -> list[Future[None]]:
        folder = draft.folder / "notices"
        return [month_workers.submit(tasks.write_word, draft.month, draft.folders, folder, areas)] if areas else []

    tell.expect(len(jobs) - make.papers)
    areas = draft.without_word(make)
    for first in write_word(areas[:1]):  # a template that cannot be used is said before the notebooks run
        first.result()
    beside = [month_workers.submit(tasks.write_annex, draft.month, draft.area, draft.folders, draft.folder)]
    beside += write_word(areas[1:])
    if any(page.layout == "summary" for page in make.pages):
        beside.append(month_workers.submit(tasks.write_papers, draft.month, draft.area, draft.folders, draft.folder))
    failures = _pages(draft, jobs, month_workers, elsewhere, tell)
    wait(beside)
    _raise_all(failures)
    for written in beside:
        written.result()
    for page in make.pages:
        if len(draft.languages(page)) > 1 and not page.judges:
            month_workers.submit(tasks.compare_languages, page.name, draft.folder).result()


def _pages(
    draft: Draft, jobs: Sequence[Job], month_workers: Executor, elsewhere: Elsewhere | None, tell: Tells
) -> list[HotichError]:
    """Run every notebook that has no page yet, and make its page; return the failures."""
    waiting = in_turn([job for job in jobs if not draft.page(job.name).is_file()])
    for job in jobs:
        if job not in waiting:
            tell.finished(job.name)
    if not waiting:
        return []
    facts = draft.folder / paths.MEASURES
    make = elsewhere.of_draft(draft.month, draft.folders, facts) if elsewhere else _making(facts, month_workers)

    def write(job: Job) -> None:
        for file in make(job).files:
            path = draft.folder / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)

    return notebooks.run(waiting, write, tell, elsewhere.at_once if elsewhere else 0)


def _making(facts: Path, month_workers: Executor) -> Callable[[Job], Made]:
    """Return who makes pages on this machine."""

    def export(paper: PageSpec, folder: Path, facts: Path, /) -> None:
        month_workers.submit(tasks.write_page, paper, folder, facts).result()

    def make(job: Job) -> Made:
        with workers.named(job.name):
            return make_page(job, facts, export)

    return make


def _reject(
    draft: Draft,
    target: Path,
    require_unchanged: Callable[[], None],
    month_workers: Executor,
    elsewhere: Elsewhere | None,
    tell: Tells,
) -> list[Job]:
    """Make the quality pages of a month that no report may be built on; the draft stays as it was."""
    last = draft.folders.draft(draft.month, draft.area)
    with atomic.locked(target), atomic.building(target) as new:
        month_workers.submit(tasks.prepare, draft.month, draft.area, draft.folders, new, last, {}).result()
        rejected = replace(draft, folder=new)
        jobs = rejected.jobs(Wanted(pages.judging()))
        _raise_all(_pages(rejected, jobs, month_workers, elsewhere, tell))
        require_unchanged()
    return jobs


def _result(
    wanted: Month, folder: Path, jobs: Sequence[Job], reused: int, summary: MonthSummary, seconds: float
) -> MonthResult:
    return MonthResult(
        month=str(wanted),
        folder=str(folder),
        pages=tuple(f"{job.name}.html" for job in jobs),
        reused=reused,
        rejected=summary.stopped,
        rows=summary.rows,
        rules=summary.rules,
        synthetic=summary.synthetic,
        headline=summary.headline,
        refusal=summary.refusal,
        seconds=seconds,
    )
