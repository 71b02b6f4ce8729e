"""Processes of a worker that make pages of executed notebooks, forked as kernels are, in the same fixed environment.

What a worker's own environment, its hash seed first of all, could change of a page it cannot change there.
"""

import multiprocessing
import threading
from multiprocessing.connection import Connection
from pathlib import Path

from hotich.errors import HotichError, NotebookFailed
from hotich.page.spec import PageSpec
from hotich.pipeline import kernels, tasks


class Exporters:
    """As many processes as pages are made at a time, each kept for the next page."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[_Exporter] = []

    def write(self, page: PageSpec, folder: Path, facts: Path, /) -> None:
        """Make a page as `tasks.write_page` does, and raise what it raises; NotebookFailed when the process ends."""
        with self._lock:
            self._idle = [each for each in self._idle if each.lives]
            exporter = self._idle.pop() if self._idle else None
        exporter = exporter or _Exporter()
        answer = exporter.answer(page, folder, facts)
        with self._lock:
            self._idle.append(exporter)
        if answer:
            raise answer


class _Exporter:
    def __init__(self) -> None:
        self._ours, theirs = multiprocessing.Pipe()
        self._process = kernels.launch(_serve, theirs)
        theirs.close()

    @property
    def lives(self) -> bool:
        """Whether the process can be asked."""
        return self._process.is_alive()

    def answer(self, page: PageSpec, folder: Path, facts: Path) -> Exception | None:
        """Return what was raised at a page, if anything. Raises NotebookFailed when the process has ended."""
        try:
            self._ours.send((page, folder, facts))
            answer: Exception | None = self._ours.recv()
        except (EOFError, OSError) as error:
            raise NotebookFailed("runner.died", name=page.name) from error
        return answer


def _serve(asked: "Connection[Exception | None, tuple[PageSpec, Path, Path]]") -> None:
    """Make pages until whoever asks for them has ended."""
    kernels.die_with_parent()
    while True:
        page, folder, facts = asked.recv()
        try:
            tasks.write_page(page, folder, facts)
            asked.send(None)
        except (HotichError, OSError, MemoryError) as error:
            asked.send(error)
