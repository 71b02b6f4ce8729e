"""The command `report` within one process and without kernels: workers compute at once, and pages are a line each."""

from concurrent.futures import Executor, Future
from contextlib import nullcontext

from silent import Silent

from hotich.pipeline import build, kernels, notebooks, tasks, workers
from hotich.pipeline.kernels import environment


class Inline(Executor):
    """An executor that has done a task when `submit` returns."""

    def submit(self, task, /, *arguments, **named):
        done = Future()
        try:
            done.set_result(task(*arguments, **named))
        except Exception as error:
            done.set_exception(error)
        return done


def report(office, monkeypatch, *, during=lambda job: None, force=False):
    """Make October's pages; `during` is called with each job whose notebook would run."""

    def execute(job):
        during(job)
        job.output.parent.mkdir(parents=True, exist_ok=True)
        job.output.write_text(f"executed {job.name}")

    def write_page(paper, folder, facts):
        (folder / f"{paper.name}.html").write_text(f"page {paper.name}")

    with monkeypatch.context() as patch:
        patch.setattr(kernels, "running", lambda home, months: nullcontext(environment.use(home)))
        patch.setattr(workers, "checking", lambda: nullcontext(Inline()))
        patch.setattr(workers, "of_month", lambda: nullcontext(Inline()))
        patch.setattr(notebooks, "execute", execute)
        patch.setattr(tasks, "write_page", write_page)
        patch.setattr(tasks, "compare_languages", lambda page, folder: None)
        words = {"year": "", "area": "", "data": str(office.at.data), "reports": str(office.at.reports)}
        return build.report("2024-10", **words, force=force, tell=Silent())
