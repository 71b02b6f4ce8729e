"""What the driver asks of a worker: functions that go by their name, with plain values."""

from functools import cache
from typing import Final

from hotich.errors import HotichError
from hotich.pipeline.cluster.parcels import Parcel
from hotich.pipeline.cluster.session import Session
from hotich.pipeline.make_page import Made
from hotich.pipeline.notebooks import Job
from hotich.storage import hashing

RESOURCE: Final = "hotich-"
"""Before the hash: what a worker says it has, and a task needs. Dask gives no task to a worker without it."""
current: Final[list[Session]] = []
"""The session of this process, if it is a worker of ours."""


@cache
def resource() -> str:
    """Return the resource that workers with this package, these suites and this lock have."""
    return f"{RESOURCE}{hashing.making()[:16]}"


def keep(parcel: Parcel) -> Parcel:
    """Return what was sent: the scheduler can give it anew to any worker, whoever else was lost."""
    return parcel


def page(job: Job, office: Parcel, month: Parcel, facts: Parcel) -> Made | HotichError:
    """Make a page in this worker's session: see `Session.page`."""
    from distributed import get_worker

    return current[0].page(get_worker().get_current_task(), job, office, month, facts)
