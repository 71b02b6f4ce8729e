"""The command `report` within one process and without kernels: workers compute at once, and pages are a line each."""

import threading
from concurrent.futures import Executor, Future
from contextlib import contextmanager, nullcontext

from silent import Silent

from hotich.data import results
from hotich.pipeline import areas, build, kernels, notebooks, tasks, workers
from hotich.pipeline.kernels import environment, loading


class Inline(Executor):
    """An executor that has done a task when `submit` returns, one task at a time."""

    def __init__(self):
        self._lock = threading.RLock()

    def submit(self, task, /, *arguments, **named):
        done = Future()
        try:
            with self._lock:
                done.set_result(task(*arguments, **named))
        except Exception as error:
            done.set_exception(error)
        return done


def report(office, monkeypatch, *, during=lambda job: None, force=False, area=""):
    """Make October's pages; `during` is called with each job whose notebook would run."""
    words = {"year": "", "area": area, "data": str(office.at.data), "reports": str(office.at.reports)}
    with inline(office, monkeypatch, during):
        return build.report("2024-10", **words, force=force, tell=Silent())


def several(office, monkeypatch, wanted, *, during=lambda job: None, force=False, make=areas.report):
    """Make October's pages, or notices, of many areas; `during` is called with each job whose notebook would run."""
    words = {"year": "", "data": str(office.at.data), "reports": str(office.at.reports)}
    with inline(office, monkeypatch, during):
        (result,) = make("2024-10", wanted, **words, force=force, tell=Silent())
    return result


@contextmanager
def inline(office, monkeypatch, during):
    """Let commands work within this process, their pages be a line each."""

    def execute(job):
        during(job)
        job.output.parent.mkdir(parents=True, exist_ok=True)
        job.output.write_text(f"executed {job.name}")

    def write_page(paper, folder, facts):
        (folder / paper.page).parent.mkdir(exist_ok=True)
        (folder / paper.page).write_text(f"page {paper.name} of {paper.root}")

    with monkeypatch.context() as patch:
        patch.setenv(results.FOLDER, str(office.at.data.parent / "results"))
        patch.setattr(loading, "give_back", lambda: None)  # tests end sooner than their garbage is looked through
        patch.setattr(kernels, "running", lambda home, months: nullcontext(environment.use(home)))
        patch.setattr(workers, "checking", lambda: nullcontext(Inline()))
        patch.setattr(workers, "of_month", lambda: nullcontext(Inline()))
        patch.setattr(notebooks, "execute", execute)
        patch.setattr(tasks, "write_page", write_page)
        patch.setattr(tasks, "compare_languages", lambda page, folder: None)
        yield
