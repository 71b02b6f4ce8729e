"""A month on which work is going on: checked and computed once, then as many drafts of it as are wanted."""

import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from hotich.checks import lazy_imports
from hotich.data import results
from hotich.errors import ExitCode
from hotich.month import Month
from hotich.pipeline import fill, inputs, pages, reuse, store, tasks, workers
from hotich.pipeline.fill import Filling
from hotich.pipeline.inputs import Steady
from hotich.pipeline.make_page import Elsewhere
from hotich.pipeline.month_summary import MonthSummary
from hotich.pipeline.notebooks import Job, Tells
from hotich.pipeline.plan import Draft, Wanted
from hotich.storage import atomic
from hotich.storage.paths import PROVENANCE, Folders


@dataclass(frozen=True)
class MonthResult:
    """What a command did for one month: so many notebooks `made` pages, so many files of earlier are `reused`.

    `set_aside` says why a part of a country is missing in it; `dropped` are the pages and papers that the draft had and
    has no more, for what they rest on has changed.
    """

    month: str
    folder: str
    pages: tuple[str, ...]
    made: int
    reused: int
    rejected: bool
    rows: int
    rules: dict[str, int]
    synthetic: bool
    headline: dict[str, str]
    refusal: dict[str, str]
    set_aside: dict[str, dict[str, str]]
    seconds: float
    dropped: tuple[str, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """CONTRADICTED when a critical rule is broken, else DONE."""
        return ExitCode.CONTRADICTED if self.rejected else ExitCode.DONE

    def record(self) -> dict[str, Any]:
        """Return it for machines, without the time it took, so that the same work gives the same bytes."""
        return {name: value for name, value in asdict(self).items() if name != "seconds"}


@dataclass(frozen=True)
class OpenMonth:
    """A checked month, the workers that have loaded it, and who asks whether its inputs are still the same.

    Its pages are made `elsewhere`, if anywhere is given.
    """

    month: Month
    folders: Folders
    steady: Steady
    month_workers: Executor
    elsewhere: Elsewhere | None = None

    def put_in_place(self, area: str, make: Wanted, tell: Tells, *, force: bool) -> MonthResult:
        """Make what is wanted of an area, and let it replace the area's draft. Raises HotichError."""
        target = self.folders.draft(self.month, area)
        with atomic.locked(target), atomic.building(target) as new:
            result = self.draft(area, make, new, tell, force=force)
        self.forget(area, result)
        return result

    def forget(self, area: str, result: MonthResult) -> None:
        """Delete what was kept for a draft that is in place now: all of it is there."""
        if result.rejected:
            return
        kept = self.folders.work(self.month, area)
        with atomic.noted("folder.left_over", kept):
            atomic.delete(kept)

    def draft(self, area: str, make: Wanted, new: Path, tell: Tells, *, force: bool) -> MonthResult:
        """Make what is wanted of an area in `new`, the folder that is to replace its draft. Raises HotichError."""
        began = time.monotonic()
        target = self.folders.draft(self.month, area)
        draft = Draft(self.month, area, self.folders, new, self._prepared(area, new, target, make))
        if draft.summary.stopped:
            atomic.discard(new)
            target = self.folders.rejected(self.month, area)
            jobs = self._reject(draft, target, tell)
            return _result(self.month, target, jobs, (len(jobs), 0), draft.summary, time.monotonic() - began)
        jobs = draft.jobs(make)
        done = self._fill(draft, make, jobs, tell, force=force)
        result = _result(self.month, target, jobs, done, draft.summary, time.monotonic() - began)
        return replace(result, dropped=draft.would_make(reuse.dropped(target, new)))

    def _fill(self, draft: Draft, make: Wanted, jobs: list[Job], tell: Tells, *, force: bool) -> tuple[int, int]:
        """Fill the draft; return how many notebooks were run for it, and how many files were there already.

        What has been made is kept when it fails.
        """
        at = self.folders.work(self.month, draft.area)
        if force:
            atomic.delete(at)
        kept = store.of(at, (draft.folder / PROVENANCE).read_bytes())
        filling = Filling(draft, kept, self.steady, self.month_workers, tell, self.elsewhere)
        target = self.folders.draft(self.month, draft.area)
        reused = filling.take_over(target, fill.made_by(jobs) if force else frozenset())
        ran, resumed = filling.fill(make, jobs)
        self.steady()
        reuse.remember(draft.folder, self.folders.outputs(self.month, draft.area))
        return ran, 0 if force else reused + resumed

    def _prepared(self, area: str, folder: Path, last: Path, make: Wanted) -> MonthSummary:
        arguments = self.month, area, self.folders, folder, last, make.from_elsewhere
        return self.month_workers.submit(tasks.prepare, *arguments).result()

    def _reject(self, draft: Draft, target: Path, tell: Tells) -> list[Job]:
        """Make the quality pages of a month that no report may be built on; the draft stays as it was."""
        last = self.folders.draft(self.month, draft.area)
        with atomic.locked(target), atomic.building(target) as new:
            self._prepared(draft.area, new, last, Wanted())
            rejected = replace(draft, folder=new)
            jobs = rejected.jobs(Wanted(pages.judging()))
            filling = Filling(rejected, None, self.steady, self.month_workers, tell, self.elsewhere)
            fill.raise_all(filling.pages(jobs))
            self.steady()
        return jobs


@contextmanager
def opened(
    month: Month, folders: Folders, checking: Executor, tell: Tells, elsewhere: Elsewhere | None = None, *, force: bool
) -> Iterator[OpenMonth]:
    """Let other processes check and compute a month; meanwhile load here what runs and exports the notebooks.

    What an earlier command has judged of the very same is not judged again, unless by `force`.
    """
    with inputs.steady(month, folders) as steady, workers.of_month() as month_workers:
        tell.started(str(month))
        judged = results.has_verdict(folders, month, anew=force)
        checked = None if judged else checking.submit(tasks.check_month, month, folders)
        # This waits for the process that is forked from, which others wait for: for what is loaded here nobody does.
        begun = [month_workers.submit(task, month, folders) for task in (tasks.look_back, tasks.count)]
        _load()
        for each in begun:
            each.result()
        if checked:
            checked.result()
        tell.finished(str(month))
        yield OpenMonth(month, folders, steady, month_workers, elsewhere)


def _load() -> None:
    """Load what runs notebooks."""
    lazy_imports.grammar()
    import nbformat
    import papermill  # noqa: F401

    nbformat.validate(nbformat.v4.new_notebook())  # the first takes longest: it reads the schema


def _result(
    wanted: Month, folder: Path, jobs: list[Job], done: tuple[int, int], summary: MonthSummary, seconds: float
) -> MonthResult:
    return MonthResult(
        month=str(wanted),
        folder=str(folder),
        pages=tuple(f"{job.name}.html" for job in jobs),
        made=done[0],
        reused=done[1],
        rejected=summary.stopped,
        rows=summary.rows,
        rules=summary.rules,
        synthetic=summary.synthetic,
        headline=summary.headline,
        refusal=summary.refusal,
        set_aside=summary.set_aside,
        seconds=seconds,
    )
