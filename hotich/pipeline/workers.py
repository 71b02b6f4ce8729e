"""Processes that run the tasks of a month beside the driver: the standard library's executor, in our environment."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from typing import ParamSpec, TypeVar

from hotich.errors import NotebookFailed
from hotich.pipeline import kernels, tasks

P = ParamSpec("P")
R = TypeVar("R")


class Workers(ProcessPoolExecutor):
    """An executor whose processes start when they are needed and die with this one; a cluster's would serve as well."""

    def __init__(self, most: int, context: BaseContext, prepare: Callable[[], None] | None = None) -> None:
        super().__init__(most, mp_context=context, initializer=_enter, initargs=(prepare,))
        self._fresh = context.get_start_method() != "forkserver"

    def submit(self, task: Callable[P, R], /, *arguments: P.args, **named: P.kwargs) -> Future[R]:
        """Run the task in a process. Its future raises what it raises, or BrokenExecutor when its process has ended."""
        with kernels.starting(fresh=self._fresh):
            return super().submit(task, *arguments, **named)


def of_month() -> Workers:
    """Return workers for one month, one for each core, with the libraries of pages loaded."""
    return Workers(kernels.cores(), kernels.context())


@contextmanager
def checking() -> Iterator[Workers]:
    """Have one worker that has loaded Great Expectations, which the others do without."""
    workers = Workers(1, multiprocessing.get_context("spawn"), tasks.load_checks)
    try:
        yield workers
    finally:
        workers.shutdown(wait=False, cancel_futures=True)


@contextmanager
def named(work: str) -> Iterator[None]:
    """Say what was being made when a worker ended without an answer. Raises NotebookFailed then."""
    try:
        yield
    except BrokenExecutor as error:
        raise NotebookFailed("runner.died", name=work) from error


def _enter(prepare: Callable[[], None] | None) -> None:
    kernels.die_with_parent()
    if prepare:
        prepare()
