"""What a worker has while it lives: a process that kernels are forked from, processes that make pages, what was sent.

It is the session of a command (`build.session`) without what checks a month: the driver has done that.
"""

import logging
import os
import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from hotich.errors import CannotNow, ExitCode, HotichError, NotebookFailed
from hotich.pipeline import kernels
from hotich.pipeline.cluster import parcels
from hotich.pipeline.cluster.exporter import Exporters
from hotich.pipeline.cluster.parcels import Parcel
from hotich.pipeline.cluster.store import Store
from hotich.pipeline.kernels import environment
from hotich.pipeline.make_page import Made, make_page
from hotich.pipeline.notebooks import Job
from hotich.storage import hashing, temporary


class Session:
    """A worker's own processes and folders. `name` is what messages call the worker."""

    def __init__(self, name: str, home: Path) -> None:
        self.name = name
        self._made_with = hashing.making()
        self._store = Store(home / "sent", self._require_same)
        self._lock = threading.Lock()
        self._exporters = Exporters()
        self._kernels: dict[Hashable, kernels.Noted] = {}

    def page(self, key: Hashable, job: Job, *sent: Parcel) -> Made | HotichError:
        """Return the page of a job, or why there is none: what is raised Dask would write into its log.

        `key` is what `give_up` is told; `sent` are office, month and facts.
        """
        try:
            with self._store.using(*sent) as (office, month, draft), self._heeding(key):
                return make_page(_here(job, office, month), draft / parcels.FACTS, self._exporters.write)
        except MemoryError:
            return CannotNow("cluster.no_memory", worker=self.name)
        except OSError as error:
            return CannotNow("cluster.system", worker=self.name, reason=error.strerror or type(error).__name__)
        except (HotichError, EOFError) as error:  # the latter where nothing can be forked any more
            self._require_source()
            return error if isinstance(error, HotichError) else NotebookFailed("runner.dead", name=job.name)

    def _require_source(self) -> None:
        """End this worker, which Dask replaces, if what kernels are forked from has ended: another would differ."""
        if not kernels.has_source():
            os._exit(ExitCode.PROGRAM_ERROR)

    def give_up(self, key: Hashable) -> None:
        """End the kernel of a page that nobody wants any more."""
        with self._lock:
            kernel = self._kernels.get(key)
        if kernel:
            kernel.end()

    @contextmanager
    def _heeding(self, key: Hashable) -> Iterator[None]:
        """Let `give_up` know by the key what kernels are started in the block, in this thread."""
        with kernels.noted() as mine:
            with self._lock:
                self._kernels[key] = mine
            try:
                yield
            finally:
                with self._lock:
                    del self._kernels[key]

    def _require_same(self) -> None:
        """Raise CannotNow when the files of the package are no longer those that this process has loaded."""
        if hashing.making() != self._made_with:
            raise CannotNow("cluster.changed", worker=self.name)


def _here(job: Job, office: Path, month: Path) -> Job:
    """Return the job with its notebook, pictures and kernel's folders where they were unpacked."""
    notebook = office / parcels.NOTEBOOKS / job.notebook
    folders = parcels.folders(office)
    return replace(
        job,
        notebook=notebook,
        paper=replace(job.paper, folder=notebook.parent),
        variables=environment.of(folders, month / parcels.RESULTS),
    )


@contextmanager
def begun(name: str) -> Iterator[Session]:
    """Have a session while the block lasts; nothing of its processes and files is left afterwards."""
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what it would print of a dead kernel we say better
    with temporary.folder(for_sockets=True) as home, kernels.running(home):
        # Whoever started the worker waits for it to answer; a first page that comes earlier waits for this.
        threading.Thread(target=_load, daemon=True).start()
        yield Session(name, home)


def _load() -> None:
    """Load what runs notebooks, before the first is to be run."""
    import nbformat
    import papermill  # noqa: F401

    nbformat.validate(nbformat.v4.new_notebook())  # the first takes longest: it reads the schema
