"""Notebook jobs, run by papermill in clean kernels, as many at a time as keep every core busy."""

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from hotich.errors import Contradicted, HotichError, NotebookFailed, WrongUsage
from hotich.page.own import options
from hotich.page.spec import PageSpec
from hotich.pipeline import kernels, notebook_file

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from papermill.exceptions import PapermillExecutionError

KERNEL: Final = "hotich"
_KEPT: Final = ("tags", *options.NAMES)
"""What is kept of a cell's metadata: what a page reads."""
TIMEOUT: Final = 300
"""Seconds that one cell may take, where each core has one thing to do, before its kernel is ended (see `_patience`)."""


class Tells(Protocol):
    """Who wants to know how the work goes."""

    def expect(self, steps: int) -> None:
        """Announce so many steps more."""

    def started(self, name: str) -> None:
        """Take note that a step has begun."""

    def finished(self, name: str) -> None:
        """Take note that a step has ended."""


@dataclass(frozen=True)
class Job:
    """One run of a notebook: the page that it is for, its parameters, and where the executed notebook goes.

    A `short` one judges the counts: people wait for it first. `variables` are those of its kernel that differ from the
    session's: a worker of a cluster serves several offices.
    """

    paper: PageSpec
    notebook: Path
    output: Path
    parameters: dict[str, str]
    timeout: int = TIMEOUT
    short: bool = False
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The page's name in the draft."""
        return self.paper.name


def run(jobs: Sequence[Job], work: Callable[[Job], None], tell: Tells, at_once: int = 0) -> list[HotichError]:
    """Do the work of all jobs, as many `at_once` as there are cores where nothing is given; one stops no other.

    Return the failures, in the order of the jobs.
    """
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what it would print of a dead kernel we say better
    with ThreadPoolExecutor(at_once or kernels.cores()) as pool:
        done = pool.map(lambda job: _one(job, work, tell), jobs)
        return [failure for failure in done if failure]


def _one(job: Job, work: Callable[[Job], None], tell: Tells) -> HotichError | None:
    tell.started(job.name)
    try:
        work(job)
    except HotichError as error:
        return error
    finally:
        tell.finished(job.name)
    return None


def execute(job: Job) -> None:
    """Write the executed notebook, made independent of when and where it ran, to the job's output.

    Raises NotebookFailed naming notebook, cell and error, or why it is no notebook; WrongUsage for a parameter that it
    does not have.
    """
    import nbformat

    notebook = notebook_file.read(job.notebook)
    _require_parameters(job, notebook)
    job.output.parent.mkdir(parents=True, exist_ok=True)
    executed = _executed(job, notebook)
    _settle(executed)
    nbformat.write(executed, job.output)


def _executed(job: Job, notebook: "NotebookNode") -> "NotebookNode":
    """Return the executed notebook. Raises NotebookFailed for whatever went wrong."""
    from nbclient.exceptions import CellTimeoutError
    from papermill.exceptions import PapermillExecutionError

    from hotich.pipeline.kernels.engine import MOST, TooMuch

    seconds = _patience(job.timeout)
    try:
        return _run_by_papermill(job, notebook, seconds)
    except PapermillExecutionError as error:
        raise _failure(job, notebook, error) from error
    except CellTimeoutError as error:
        where = {"name": job.name, "cell": _cell_with(notebook, str(error))}
        raise NotebookFailed("runner.timeout", **where, seconds=seconds) from error
    except TooMuch as error:
        raise NotebookFailed("runner.too_much", name=job.name, cell=error.cell, most=MOST // 1_000_000) from error
    except RuntimeError as error:  # DeadKernelError, or its parent class when it ended before it answered at all
        raise NotebookFailed("runner.dead", name=job.name) from error


def _patience(seconds: int) -> int:
    """Return how long a cell may take on the clock now: as much longer as processes have to wait for a core.

    A cell that needs seconds by itself needs minutes where many others are at work. The load is that of the last
    minute, which counts who runs and who waits to (getloadavg(3)).
    """
    return round(seconds * max(1.0, os.getloadavg()[0] / kernels.cores()))


def _run_by_papermill(job: Job, notebook: "NotebookNode", seconds: int) -> "NotebookNode":
    import papermill

    from hotich.pipeline.kernels import engine
    from hotich.pipeline.kernels.client import Manager

    executed: NotebookNode = papermill.execute_notebook(
        notebook,
        None,
        job.parameters,
        engine_name=engine.NAME,
        variables=job.variables,
        kernel_name=KERNEL,
        progress_bar=False,
        log_output=False,
        execution_timeout=seconds,
        start_timeout=120,
        store_widget_state=False,
        shutdown_kernel="immediate",
        kernel_manager_class=Manager,
    )
    return executed


def _failure(job: Job, notebook: "NotebookNode", error: "PapermillExecutionError") -> HotichError:
    """Return what a cell's exception means. The driver has refused contradicted counts before, with all findings."""
    if error.ename == "Failed":
        return Contradicted("runner.gate", name=job.name)
    cell = _cell_with(notebook, error.source) if error.source else str(error.cell_index)
    message = str(error.evalue).splitlines()[0].removesuffix(".") if error.evalue else ""
    return NotebookFailed("runner.cell", name=job.name, cell=cell, error=error.ename, message=message)


def _require_parameters(job: Job, notebook: "NotebookNode") -> None:
    import papermill

    known = set(papermill.inspect_notebook(notebook))
    if unknown := sorted(set(job.parameters) - known):
        listed = ", ".join(sorted(known))
        raise WrongUsage("runner.parameters", name=job.name, unknown=", ".join(unknown), known=listed)


def _cell_with(notebook: "NotebookNode", text: str) -> str:
    """Return the id of the cell whose source an error's text quotes."""
    return next((cell.id for cell in notebook.cells if cell.source and cell.source.strip() in text), "?")


def _settle(notebook: "NotebookNode") -> None:
    """Take out what differs from run to run: times, paths, versions and the id of the injected cell."""
    notebook.metadata.clear()
    notebook.metadata.update({"kernelspec": dict(notebook_file.KERNEL), "language_info": {"name": "python"}})
    for cell in notebook.cells:
        kept = {name: cell.metadata[name] for name in _KEPT if cell.metadata.get(name)}
        tags = list(kept.get("tags", ()))
        cell.metadata.clear()
        cell.metadata.update(kept)
        if "injected-parameters" in tags:
            cell.id = "injected-parameters"
