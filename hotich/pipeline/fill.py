"""A draft is filled: with what is still right of the last one, with what an earlier run has left, else anew.

Whatever is made goes to the store first, so that a failure elsewhere, or the end of the run, does not cost it.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hotich.errors import HotichError, NotebookFailed
from hotich.language import LANGUAGES
from hotich.language.unseen import Lines
from hotich.page.spec import PageSpec
from hotich.pipeline import notebooks, reuse, store, tasks, workers
from hotich.pipeline.inputs import Steady
from hotich.pipeline.make_page import Elsewhere, Made, make_page
from hotich.pipeline.notebooks import Job, Tells
from hotich.pipeline.plan import Draft, Wanted, in_turn, kind
from hotich.pipeline.store import Store
from hotich.storage import atomic, paths

_TABLES: Final = (paths.ANNEX, paths.DATA, paths.DESCRIPTION)
BESIDE: Final = {"annex": _TABLES, "papers": (paths.OFFICIAL_REPORT, paths.SUMMARY)}
"""What a draft has once beside its pages."""


@dataclass(frozen=True)
class Filling:
    """A draft that is being filled, with what makes its files and, if anything, keeps them until it is in place.

    Pages are made `elsewhere`, if anywhere is given.
    """

    draft: Draft
    store: Store | None
    steady: Steady
    month_workers: Executor
    tell: Tells
    elsewhere: Elsewhere | None = None

    def take_over(self, target: Path, anew: frozenset[str]) -> int:
        """Take over from the last draft what is still right and is not to be made anew; return how many files."""
        draft = self.draft
        intact = reuse.intact(target, draft.folders.outputs(draft.month, draft.area))

        def stands(file: str) -> bool:
            return file in intact and file not in anew and reuse.stands(kind(file), draft.summary.differing)

        return atomic.copy_missing(target, draft.folder, stands)

    def fill(self, make: Wanted, jobs: Sequence[Job]) -> tuple[int, int]:
        """Make Word files, pages, papers and annex, as far as they are wanted and not there.

        Return how many notebooks were run, and how many files an earlier run had left. Raises HotichError when all
        else is done and kept.
        """
        draft = self.draft
        self.tell.expect(len(jobs) - make.papers)
        beside = self._beside(make)
        missing = [job.name for job in jobs if not draft.page(job.name).is_file()]
        resumed = self._resumed([*missing, *map(_word, draft.without_word(make)), *beside])
        receivers = draft.without_word(make)
        for first in self._words(receivers[:1]):  # a template that cannot be used is said before the notebooks run
            first()
        waiting = [*self._words(receivers[1:]), *(self._write(name) for name in beside if name not in resumed)]
        failures = [*self.pages(jobs), *(failure for written in waiting if (failure := _failure(written)))]
        raise_all(failures)
        self._compare_languages(make)
        return len({*missing} - resumed.keys()), sum(resumed.values())

    def pages(self, jobs: Sequence[Job]) -> list[HotichError]:
        """Run every notebook that has no page yet, and make its page; return the failures."""
        waiting = in_turn([job for job in jobs if not self.draft.page(job.name).is_file()])
        for job in jobs:
            if job not in waiting:
                self.tell.finished(job.name)
        if not waiting:
            return []
        draft, facts = self.draft, self.draft.folder / paths.MEASURES
        make = self.elsewhere.of_draft(draft.month, draft.folders, facts) if self.elsewhere else self._make

        def take_in(job: Job) -> None:
            made = make(job)
            self._keep(made)
            store.put(made, draft.folder)

        return notebooks.run(waiting, take_in, self.tell, self.elsewhere.at_once if self.elsewhere else 0)

    def _make(self, job: Job) -> Made:
        with workers.named(job.name):
            return make_page(job, self.draft.folder / paths.MEASURES, self._export)

    def _export(self, paper: PageSpec, folder: Path, facts: Path, /) -> None:
        self.month_workers.submit(tasks.write_page, paper, folder, facts).result()

    def _keep(self, made: Made) -> None:
        """Keep it, if what it was made of is still what it was: else it is not what the store says."""
        if self.store and self.steady.holds():
            self.store.keep(made)

    def _resumed(self, names: Iterable[str]) -> dict[str, int]:
        """Put what is kept under these names into the draft; return how many files that are, by name."""
        found = [made for name in names if self.store and (made := self.store.kept(name))]
        for made in found:
            store.put(made, self.draft.folder)
        return {made.name: len(made.files) for made in found}

    def _words(self, areas: Sequence[str]) -> list[Callable[[], None]]:
        """Let the Word files of these areas be written; return what waits for them."""
        draft, files = self.draft, [_word(area) for area in areas]
        if not files:
            return []
        arguments = draft.month, draft.folders, draft.folder / "notices", tuple(areas)
        return [
            self._waits(self.month_workers.submit(tasks.write_word, *arguments), [(file, (file,)) for file in files])
        ]

    def _beside(self, make: Wanted) -> list[str]:
        """Return what the whole draft has once and is to be written: all of it where anything has changed."""
        wanted = ["annex", *(["papers"] if any(page.layout == "summary" for page in make.pages) else [])]
        unchanged = self.draft.summary.differing == frozenset()
        return [name for name in wanted if not (unchanged and self._is_there(name))]

    def _is_there(self, name: str) -> bool:
        return all((self.draft.folder / file).is_file() for file in BESIDE[name])

    def _write(self, name: str) -> Callable[[], None]:
        """Let what the whole draft has once be written; return what waits for it."""
        draft, task = self.draft, tasks.write_annex if name == "annex" else tasks.write_papers
        written = self.month_workers.submit(task, draft.month, draft.area, draft.folders, draft.folder)
        return self._waits(written, [(name, BESIDE[name])])

    def _waits(self, written: Future[None], things: list[tuple[str, tuple[str, ...]]]) -> Callable[[], None]:
        def wait() -> None:
            with workers.named(things[0][0]):
                written.result()
            for name, files in things:
                self._keep(store.written(name, self.draft.folder, files))

        return wait

    def _compare_languages(self, make: Wanted) -> None:
        """Compare what each page says in its languages. Raises Contradicted."""
        for page in make.pages:
            if len(self.draft.languages(page)) > 1 and not page.judges:
                self.month_workers.submit(tasks.compare_languages, page.name, self.draft.folder).result()


def made_by(jobs: Sequence[Job]) -> frozenset[str]:
    """Return the files that are not reused when everything is to be made anew."""
    pages = [name for job in jobs for name in (f"{job.name}.html", f"notebooks/{job.name}.ipynb")]
    words = (f"{job.name.rpartition('.')[0]}.docx" for job in jobs)
    return frozenset((*pages, *words, *_TABLES))


def raise_all(failures: Sequence[HotichError]) -> None:
    """Raise the failure, or one that names them all; its cause is the first."""
    if len(failures) == 1:
        raise failures[0]
    if failures:
        listed = {lang: Lines("\n".join(f"  {failure.message(lang)}" for failure in failures)) for lang in LANGUAGES}
        raise NotebookFailed("runner.several", count=len(failures), listed=listed) from failures[0]


def _word(area: str) -> str:
    return f"notices/{area}.docx"


def _failure(wait: Callable[[], None]) -> HotichError | None:
    try:
        wait()
    except HotichError as error:
        return error
    return None
