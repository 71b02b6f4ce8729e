"""How a command's pages are made by a cluster's workers: sent out, waited for, taken in by their hashes."""

import asyncio
import concurrent.futures
import logging
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, Security

from hotich.errors import CannotNow, HotichError, Note
from hotich.month import Month, printable
from hotich.pipeline import kernels
from hotich.pipeline.cluster import parcels, work
from hotich.pipeline.cluster.address import Address
from hotich.pipeline.cluster.parcels import Parcel
from hotich.pipeline.kernels import environment
from hotich.pipeline.make_page import Made
from hotich.pipeline.notebooks import Job
from hotich.storage import paths, temporary
from hotich.storage.paths import Folders

PRELOAD: Final = "hotich.pipeline.cluster.preload"
LISTED: Final = 5
"""Workers that a message names."""
CONNECT: Final = 5
"""Seconds in which a scheduler must answer."""
PATIENCE: Final = 15
"""Seconds in which workers must come: at first, and again when all have been lost."""
_SILENT: Final = {"distributed.admin.large-graph-warning-threshold": "1TB"}
"""What Dask need not warn of: a month is sent to the scheduler once, however large it is."""
_SERVERS: Final = ("scheduler", "worker")
_LONGEST: Final = 200
"""Characters of what Dask says that are shown."""
_PULSE: Final = 1.0
"""Seconds from one look whether there is still somebody to wait for to the next."""
_BEGIN: Final = 0.1
"""Seconds from one look whether workers have come to the next."""
_AHEAD: Final = 2
"""Pages that are asked for at a time, for each that can be made: nobody waits for the next."""
_AGAIN: Final = 2
"""How often a page is asked for before it is said that it does not arrive as it was made."""


class Farm:
    """The workers of a cluster that have our package, suites and lock, for as long as a command lasts."""

    def __init__(self, client: Client, address: str) -> None:
        self.address = address
        self._client = client
        self._wants = {work.resource(): 1}
        self._lock = threading.Lock()
        self._packing = threading.Lock()
        self._sent: dict[str, Future[Parcel]] = {}
        self._shared: dict[tuple[Month, Folders], tuple[Future[Parcel], ...]] = {}
        self._seen = self._looked = time.monotonic()

    @property
    def dashboard(self) -> str:
        """The address of the scheduler's pages about its work; empty where it lacks what draws them."""
        has = self._client.run_on_scheduler(find_spec, "bokeh")
        return str(self._client.dashboard_link) if has else ""

    @property
    def at_once(self) -> int:
        """How many pages to ask for at a time."""
        return _AHEAD * sum(int(worker["nthreads"]) for worker in self._ours())

    @property
    def workers(self) -> int:
        """How many workers there are for us."""
        return len(self._ours())

    def of_draft(self, month: Month, at: Folders, facts: Path) -> Callable[[Job], Made]:
        """Return who makes the pages of a draft whose month has been prepared. It raises as `page` does."""
        sent = (*self._prepared(month, at), self._send(parcels.facts(facts)))
        return lambda job: self.page(job, *sent)

    def page(self, job: Job, *sent: "Future[Parcel]") -> Made:
        """Return the page of a job, made by whichever worker is free, and by another if that is lost.

        Raises what a worker raised, and CannotNow when the cluster cannot make it.
        """
        asked = addressed(job)
        for _ in range(_AGAIN):
            answer = self._answer(job.name, self._client.submit(work.page, asked, *sent, **self._how(job.name)))
            if isinstance(answer, HotichError):
                raise answer
            if answer.name == job.name and all(file.intact for file in answer.files):
                return answer
        raise CannotNow("cluster.altered", name=job.name)

    def require_workers(self) -> None:
        """Wait for a first worker of ours. Raises CannotNow where none comes, with what those are that are there."""
        until = time.monotonic() + PATIENCE
        while not (there := self._workers()) and time.monotonic() < until:
            time.sleep(_BEGIN)
        if not there:
            raise self._nobody()
        if strangers := {at: worker for at, worker in there.items() if not _is_ours(worker)}:
            told = {"workers": _listed(strangers), "ours": work.resource(), "preload": PRELOAD}
            if len(strangers) == len(there):
                raise CannotNow("cluster.strangers", **told)
            warnings.warn(Note("cluster.left_out", **told), stacklevel=2)

    def _prepared(self, month: Month, at: Folders) -> "tuple[Future[Parcel], ...]":
        """Return what all drafts of a month share; it is packed and sent for the first of them."""
        with self._packing:
            if (month, at) not in self._shared:
                packed = parcels.office(at), parcels.month(at, month, environment.results_folder())
                self._shared[month, at] = tuple(self._send(parcel) for parcel in packed)
            return self._shared[month, at]

    def _send(self, parcel: Parcel) -> "Future[Parcel]":
        """Return what stands for the parcel in tasks; it goes to the scheduler once."""
        with self._lock:
            if parcel.sha256 not in self._sent:
                key = f"{work.RESOURCE}{parcel.sha256}"
                self._sent[parcel.sha256] = self._client.submit(work.keep, parcel, key=key, resources=self._wants)
            return self._sent[parcel.sha256]

    def _how(self, name: str) -> dict[str, Any]:
        return {"key": f"{name}-{time.time_ns():x}", "resources": self._wants}

    def _answer(self, name: str, asked: "Future[Made | HotichError]") -> Made | HotichError:
        """Return what came of a page. Raises CannotNow when nothing can come any more."""
        try:
            while True:
                try:
                    return asked.result(timeout=_PULSE)
                except TimeoutError:
                    self._require_somebody()
        except KilledWorker as error:
            times = error.allowed_failures + 1
            raise CannotNow("cluster.killed", name=name, times=times, worker=error.last_worker.address) from error
        except (concurrent.futures.CancelledError, asyncio.CancelledError) as error:
            raise CannotNow("cluster.lost", address=self.address) from error
        finally:
            asked.release()

    def _require_somebody(self) -> None:
        """Raise CannotNow when all workers have been gone for too long."""
        with self._lock:
            if time.monotonic() - self._looked < _PULSE:
                return
            self._looked = time.monotonic()
        if self._ours():
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > PATIENCE:
            raise self._nobody()

    def _nobody(self) -> CannotNow:
        return CannotNow("cluster.no_workers", address=self.address, seconds=PATIENCE, preload=PRELOAD)

    def _workers(self) -> Mapping[str, Mapping[str, Any]]:
        try:
            workers: Mapping[str, Mapping[str, Any]] = self._client.scheduler_info(n_workers=-1)["workers"]
        except (OSError, ValueError) as error:  # it has gone; Dask says the latter of a client that is closed
            raise CannotNow("cluster.lost", address=self.address) from error
        return workers

    def _ours(self) -> list[Mapping[str, Any]]:
        return [worker for worker in self._workers().values() if _is_ours(worker)]


def addressed(job: Job) -> Job:
    """Return the job as it is sent: no path of this machine is in it."""
    notebook, paper = job.notebook.relative_to(paths.NOTEBOOKS), replace(job.paper, folder=Path())
    return replace(job, notebook=notebook, paper=paper, output=Path(paper.notebook))


def _is_ours(worker: Mapping[str, Any]) -> bool:
    """Return whether a worker says that it has the package, suites and lock that are here."""
    return work.resource() in worker["resources"]


def _listed(workers: Mapping[str, Mapping[str, Any]]) -> str:
    """Return workers by name, address and what they say they have."""
    shown = [
        f"{printable(str(worker['name']))} ({at}: "
        + (next((name for name in worker["resources"] if name.startswith(work.RESOURCE)), "–"))
        + ")"
        for at, worker in sorted(workers.items())
    ]
    return ", ".join(shown[:LISTED]) + (f", … (+{len(shown) - LISTED})" if len(shown) > LISTED else "")


def _said(error: Exception) -> str:
    """Return what an error says, or else is, as part of a sentence."""
    return printable(str(error) or type(error).__name__, _LONGEST).rstrip(".")


@contextmanager
def joined(address: Address) -> Iterator[Farm]:
    """Have the workers of a cluster, or start some here that end with the block. Raises CannotNow."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)  # what goes wrong is said by us, and once
    there = _there(address.scheduler) if address.scheduler else _started(address.workers)
    with dask.config.set(_SILENT), there as client:
        farm = Farm(client, address.scheduler or f"local:{address.workers}")
        farm.require_workers()
        yield farm


@contextmanager
def _there(scheduler: str) -> Iterator[Client]:
    """Have a client of a scheduler. Certificates for tls:// are those of Dask's own settings."""
    try:
        client = Client(scheduler, timeout=CONNECT, set_as_default=False, name="hotich")
    except (OSError, TimeoutError, ValueError, TypeError, RuntimeError) as error:
        told = {"address": scheduler, "seconds": CONNECT, "reason": _said(error)}
        raise CannotNow("cluster.no_scheduler", **told) from error
    try:
        theirs, ours = client.run_on_scheduler(version, "distributed"), version("distributed")
        if theirs != ours:
            raise CannotNow("cluster.other_scheduler", address=scheduler, theirs=printable(theirs), ours=ours)
        yield client
    finally:
        client.close(timeout=CONNECT)


@contextmanager
def _started(workers: int) -> Iterator[Client]:
    """Have workers on this machine: on loopback, encrypted, open to nobody without a key that is made for this run."""
    with (
        temporary.folder() as home,
        _local(workers, home) as cluster,
        Client(cluster, timeout=CONNECT, set_as_default=False, name="hotich") as client,
    ):
        yield client


def _local(workers: int, folder: Path) -> LocalCluster:
    """Start workers on this machine. Raises CannotNow when they do not start."""
    # Without what draws the pages about its work, Dask's server would only answer strangers on this machine.
    silent = dict[str, Any]() if find_spec("bokeh") else {f"distributed.{each}.http.routes": [] for each in _SERVERS}
    kernels.track()
    try:
        with dask.config.set(silent):
            return LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL + 1,
                security=Security.temporary(),
                local_directory=str(folder),
                preload=[PRELOAD],
            )
    except (OSError, TimeoutError, RuntimeError) as error:
        raise CannotNow("cluster.not_started", reason=_said(error)) from error
