"""Notebook jobs, run by papermill in clean kernels, as many at a time as keep every core busy."""

import logging
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from hotich.errors import HotichError, NotebookFailed, WrongUsage
from hotich.page.spec import PageSpec
from hotich.pipeline import kernels

KERNEL: Final = "hotich"
TIMEOUT: Final = 300
"""Seconds that one cell may take before its kernel is ended."""


class Tells(Protocol):
    """Who wants to know how the work goes."""

    def expect(self, steps: int) -> None:
        """So many steps are to come, besides those told before."""

    def started(self, name: str) -> None:
        """A step has begun."""

    def finished(self, name: str) -> None:
        """A step has ended."""


@dataclass(frozen=True)
class Job:
    """One run of a notebook: the paper that it is for, its parameters, and where it goes."""

    paper: PageSpec
    notebook: Path
    output: Path
    parameters: dict[str, str]
    timeout: int = TIMEOUT

    @property
    def name(self) -> str:
        """What it is called."""
        return self.paper.name


def run(jobs: Sequence[Job], finish: Callable[[Job], None], tell: Tells) -> list[HotichError]:
    """Run all jobs and finish each; one that fails stops no other. Returns the failures, in the order of the jobs."""
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what it would print of a dead kernel we say better
    pool = ThreadPoolExecutor(max_workers=len(os.sched_getaffinity(0)))
    try:
        futures = [pool.submit(_one, job, finish, tell) for job in jobs]
        return [failure for future in futures if (failure := future.result())]
    except BaseException:
        kernels.stop()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _one(job: Job, finish: Callable[[Job], None], tell: Tells) -> HotichError | None:
    tell.started(job.name)
    try:
        execute(job)
        finish(job)
    except HotichError as error:
        return error
    finally:
        tell.finished(job.name)
    return None


def execute(job: Job) -> None:
    """Write the executed notebook, made independent of when and where it ran, to the job's output.

    Raises NotebookFailed naming notebook, cell and error; WrongUsage for a parameter the notebook does not have.
    """
    import papermill
    from nbclient.exceptions import CellTimeoutError
    from papermill.exceptions import PapermillExecutionError

    from hotich.pipeline.kernels.client import Manager

    _require_parameters(job)
    job.output.parent.mkdir(parents=True, exist_ok=True)
    try:
        executed = papermill.execute_notebook(
            str(job.notebook),
            None,
            job.parameters,
            kernel_name=KERNEL,
            progress_bar=False,
            log_output=False,
            execution_timeout=job.timeout,
            start_timeout=120,
            store_widget_state=False,
            shutdown_kernel="immediate",
            kernel_manager_class=Manager,
        )
    except PapermillExecutionError as error:
        cell = str(error.cell_index) if not error.source else _cell_with(job, error.source)
        if error.ename == "Failed":
            raise _Gate(job.name) from None
        message = str(error.evalue).splitlines()[0] if error.evalue else ""
        raise NotebookFailed("runner.cell", name=job.name, cell=cell, error=error.ename, message=message) from None
    except CellTimeoutError as error:
        cell = _cell_with(job, str(error))
        raise NotebookFailed("runner.timeout", name=job.name, cell=cell, seconds=job.timeout) from None
    except RuntimeError:  # DeadKernelError, or its parent class when it ended before it answered at all
        raise NotebookFailed("runner.dead", name=job.name) from None
    _settle(executed)
    _write(executed, job.output)


class _Gate(HotichError):
    """The notebook's own gate refused the counts; the driver has refused them before, with all their findings."""

    exit_code = 1

    def __init__(self, name: str) -> None:
        super().__init__("runner.gate", name=name)


def _require_parameters(job: Job) -> None:
    import papermill

    known = set(papermill.inspect_notebook(str(job.notebook)))
    if unknown := sorted(set(job.parameters) - known):
        listed = ", ".join(sorted(known))
        raise WrongUsage("runner.parameters", name=job.name, unknown=", ".join(unknown), known=listed)


def _cell_with(job: Job, text: str) -> str:
    """The id of the cell that an error speaks of, by its source."""
    import nbformat

    cells = nbformat.read(job.notebook, as_version=4).cells
    return next((cell.id for cell in cells if cell.source and cell.source.strip() in text), "?")


def _settle(notebook: Any) -> None:  # noqa: ANN401
    """Take out what differs from run to run: times, paths, versions and the id of the injected cell."""
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook.metadata.clear()
    notebook.metadata.update({"kernelspec": kernel, "language_info": {"name": "python"}})
    for cell in notebook.cells:
        tags = list(cell.metadata.get("tags", ()))
        cell.metadata.clear()
        if tags:
            cell.metadata["tags"] = tags
        if "injected-parameters" in tags:
            cell.id = "injected-parameters"


def _write(notebook: Any, path: Path) -> None:  # noqa: ANN401
    import nbformat

    nbformat.write(notebook, path)
