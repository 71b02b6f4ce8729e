"""The commands `report`, `notices` and `validate`: check months, run the notebooks, put each whole draft in place."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from hotich import month
from hotich.checks import lazy_imports
from hotich.data import counts
from hotich.errors import HotichError, NotebookFailed
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.pipeline import kernels, notebooks, reuse
from hotich.pipeline.month_summary import Prepared
from hotich.pipeline.notebooks import Job, Tells
from hotich.pipeline.plan import PAGES, Draft, Wanted, in_turn, kind
from hotich.storage import atomic, paths
from hotich.storage.paths import Folders

Asks = Callable[..., Any]
"""Who answers a question: a child of the month, or whichever is free."""
AT_ONCE: Final = 2
"""Months that are worked on at the same time: while one's notebooks run, the next is checked."""


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
    def exit_code(self) -> int:
        """1 when a critical rule is broken, else 0."""
        return 1 if self.rejected else 0

    def record(self) -> dict[str, Any]:
        """For machines; without the time it took, so that the same work gives the same bytes."""
        return {name: value for name, value in asdict(self).items() if name != "seconds"}


def report(
    wanted: str, *, year: str, area: str, data: str, reports: str, force: bool, tell: Tells
) -> list[MonthResult]:
    """Quality and report pages in both languages, with the annex, for a month or for all. Raises HotichError."""
    folders = paths.find(data, reports)
    return made(_months(wanted, year, folders), Wanted(PAGES), folders, area=area, force=force, tell=tell)


def validate(wanted: str, *, year: str, data: str, reports: str, tell: Tells) -> list[MonthResult]:
    """The checks alone: quality pages and `validation.json`. Raises HotichError."""
    folders = paths.find(data, reports)
    return made(_months(wanted, year, folders), Wanted(PAGES[:1]), folders, force=True, tell=tell)


def notices(
    wanted: str, *, year: str, area: str, data: str, reports: str, force: bool, tell: Tells
) -> list[MonthResult]:
    """A notice for every area directly below the office's own, or for one. Raises HotichError."""
    folders = paths.find(data, reports)
    return made(_months(wanted, year, folders), Wanted((), True, area), folders, force=force, tell=tell)


def whole(wanted: str, *, year: str, data: str, reports: str, force: bool, tell: Tells) -> list[MonthResult]:
    """Pages, annex and notices: everything that a release holds, in one run. Raises HotichError."""
    folders = paths.find(data, reports)
    return made(_months(wanted, year, folders), Wanted(PAGES, True), folders, force=force, tell=tell)


def _months(wanted: str, year: str, folders: Folders) -> list[Month]:
    available = counts.months(folders)
    return available if wanted == "all" and available else [month.resolve(wanted, available, year)]


def made(
    months: Sequence[Month], make: Wanted, folders: Folders, *, area: str = "", force: bool, tell: Tells
) -> list[MonthResult]:
    """Make what is wanted of each month. A month that fails stops no other. Raises HotichError when all are done."""
    tell.expect(len(months) * (1 + len(make.pages) * len(LANGUAGES)))
    with session(folders), ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            futures = [pool.submit(_tried, each, make, folders, area, force, tell) for each in months]
            results = [future.result() for future in futures]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            kernels.stop()
            raise
    _raise_all([each for each in results if isinstance(each, HotichError)])
    return [each for each in results if isinstance(each, MonthResult)]


def _tried(
    wanted: Month, make: Wanted, folders: Folders, area: str, force: bool, tell: Tells
) -> MonthResult | HotichError:
    try:
        return one(wanted, make, folders, area=area, force=force, tell=tell)
    except HotichError as error:
        return error


def _raise_all(failures: Sequence[HotichError]) -> None:
    """Raise the failure, or one that names them all."""
    if len(failures) == 1:
        raise failures[0]
    if failures:
        listed = {lang: "\n".join(f"  {failure.message(lang)}" for failure in failures) for lang in LANGUAGES}
        raise NotebookFailed("runner.several", count=len(failures), listed=listed)


@contextmanager
def session(folders: Folders) -> Iterator[None]:
    """Kernels that know where this office's data and reports are; nothing of them is left afterwards."""
    known = {name: os.environ.get(name) for name in ("HOTICH_DATA", "HOTICH_REPORTS", "JUPYTER_PATH")}
    os.environ |= {"HOTICH_DATA": str(folders.data), "HOTICH_REPORTS": str(folders.reports)}
    home = Path(tempfile.mkdtemp(prefix="hotich-"))
    try:
        with kernels.running(home):
            yield
    finally:
        shutil.rmtree(home, ignore_errors=True)
        for name, value in known.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def one(wanted: Month, make: Wanted, folders: Folders, *, area: str = "", force: bool, tell: Tells) -> MonthResult:
    """Make what is wanted of a month, inside a session. Raises HotichError."""
    began = time.monotonic()
    target = folders.draft(wanted, area)
    with atomic.locked(target), atomic.building(target) as new, kernels.Child() as child:
        prepared = _prepared(wanted, area, folders, new, child, tell)
        if prepared.stopped:
            atomic.discard(new)
            rejected = _reject(Draft(wanted, area, new, prepared), folders, child, tell)
            return _outcome(wanted, rejected, ("quality.vi.html", "quality.en.html"), 0, prepared, began)
        building = Draft(wanted, area, new, prepared)
        jobs = building.jobs(make)
        anew = _made_by(jobs) if force else frozenset()
        kept = atomic.copy_missing(
            target, new, lambda file: file not in anew and reuse.stands(kind(file), prepared.differing)
        )
        tell.expect(len(jobs) - len(make.pages) * len(LANGUAGES))
        _fill(building, make, jobs, folders, child, tell)
    return _outcome(wanted, target, tuple(f"{job.name}.html" for job in jobs), kept, prepared, began)


def _fill(
    building: Draft, make: Wanted, jobs: Sequence[Job], folders: Folders, child: kernels.Child, tell: Tells
) -> None:
    """Word files, pages and annex, as far as they are wanted and not there. Raises HotichError."""
    areas = building.without_word(make)
    _word(building, areas[:1], folders, child.ask)  # a template that cannot be used is said before the notebooks run
    with kernels.helped(child) as ask, ThreadPoolExecutor(1) as pool:
        beside = pool.submit(_beside, building, areas[1:], folders, ask)
        _pages(building, jobs, ask, tell)
        beside.result()
    if PAGES[1] in make.pages:
        child.ask("hotich.page.write.say_the_same", PAGES[1], str(building.folder))


def _beside(building: Draft, areas: tuple[str, ...], folders: Folders, ask: Asks) -> None:
    """What is written while the notebooks run."""
    ask("hotich.pipeline.prepare_month.write_annex", *_named(building, folders), str(building.folder))
    _word(building, areas, folders, ask)


def _word(building: Draft, areas: tuple[str, ...], folders: Folders, ask: Asks) -> None:
    """The Word files of these areas."""
    if areas:
        folder = building.folder / "notices"
        ask(
            "hotich.views.notice.letter_docx.write_all",
            str(building.month),
            str(folders.data),
            str(folders.reports),
            str(folder),
            areas,
        )


def _made_by(jobs: Sequence[Job]) -> frozenset[str]:
    """What is not taken over when everything is to be made anew."""
    pages = [name for job in jobs for name in (f"{job.name}.html", f"notebooks/{job.name}.ipynb")]
    return frozenset((*pages, *(f"{job.name.rpartition('.')[0]}.docx" for job in jobs)))


def _named(building: Draft, folders: Folders) -> tuple[str, str, str, str]:
    """The month, the area and the folders, as a child is told them."""
    return str(building.month), building.area, str(folders.data), str(folders.reports)


def _prepared(wanted: Month, area: str, folders: Folders, new: Path, child: kernels.Child, tell: Tells) -> Prepared:
    """Let other processes check and compute; meanwhile load here what runs and exports the notebooks."""
    name, where = f"{wanted}", (str(folders.data), str(folders.reports))
    tell.started(name)
    with ThreadPoolExecutor(2) as pool:
        judged = pool.submit(kernels.ask, "hotich.pipeline.check_month.judge", name, *where)
        child.start()  # that takes what it is forked from, which others wait for: for what is loaded here nobody does
        begun = pool.submit(child.ask, "hotich.pipeline.prepare_month.begin", name, *where)
        _ready()
        begun.result()
        arguments = (name, area, *where, str(new), str(folders.draft(wanted, area)), judged.result())
        prepared: Prepared = child.ask("hotich.pipeline.prepare_month.prepare", *arguments)
    tell.finished(name)
    return prepared


def _ready() -> None:
    """Load what runs notebooks."""
    lazy_imports.grammar()
    import nbformat
    import papermill  # noqa: F401

    nbformat.validate(nbformat.v4.new_notebook())  # the first takes longest: it reads the schema


def _reject(building: Draft, folders: Folders, child: kernels.Child, tell: Tells) -> Path:
    """The quality pages of a month that no report may be built on; the draft stays as it was."""
    target = folders.rejected(building.month)
    last = str(folders.draft(building.month, building.area))
    with atomic.locked(target), atomic.building(target) as new:
        child.ask("hotich.pipeline.prepare_month.prepare", *_named(building, folders), str(new), last)
        rejected = replace(building, folder=new)
        _pages(rejected, rejected.jobs(Wanted(PAGES[:1])), child.ask, tell)
    return target


def _pages(building: Draft, jobs: Sequence[Job], ask: Asks, tell: Tells) -> None:
    """Run every notebook that has no page yet. Raises the failure, or one that names them all."""
    waiting = in_turn([job for job in jobs if not building.page(job.name).is_file()])
    for job in jobs:
        if job not in waiting:
            tell.finished(job.name)
    _raise_all(
        notebooks.run(waiting, lambda job: ask("hotich.page.write.write", job.paper, str(building.folder)), tell)
    )


def _outcome(
    wanted: Month, folder: Path, pages: tuple[str, ...], reused: int, prepared: Prepared, began: float
) -> MonthResult:
    return MonthResult(
        str(wanted),
        str(folder),
        pages,
        reused,
        prepared.stopped,
        prepared.rows,
        prepared.rules,
        prepared.synthetic,
        prepared.headline,
        prepared.refusal,
        time.monotonic() - began,
    )
