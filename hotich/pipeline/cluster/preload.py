"""What a Dask worker loads to make pages: `dask worker tcp://scheduler:8786 --preload hotich.pipeline.cluster.preload`.

The worker then says by a resource with which package, suites and lock it makes them: it gets work from drivers that
have the same, and from no others.
"""

import multiprocessing
import signal
import threading
from contextlib import ExitStack
from typing import Any, Final

from distributed import Worker, WorkerPlugin

from hotich.pipeline.cluster import session, work

_ending: Final = ExitStack()


class Heeds(WorkerPlugin):
    """Who ends the kernel of a page that nobody wants any more: Dask itself lets a task run to its end."""

    def transition(self, key: Any, start: str, finish: str, **_: Any) -> None:  # noqa: ANN401 - as Dask calls it
        """End the work on a task that was released while it was executed."""
        if start == "executing" and finish == "released":
            threading.Thread(target=work.current[0].give_up, args=(key,), daemon=True).start()


async def dask_setup(worker: Worker) -> None:
    """Start a session in this worker, before it tells the scheduler what it can do."""
    # Dask marks workers so that they may have no children, who would outlive them. Ours end with their parent.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    if worker.nanny:  # a terminal sends Ctrl-C to all processes; the nanny ends this one, in order
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    work.current[:] = [_ending.enter_context(session.begun(str(worker.name)))]
    held = dict.fromkeys([work.resource()], float(worker.state.nthreads))
    worker.state.total_resources.update(held)
    worker.state.available_resources.update(held)
    await worker.plugin_add(Heeds(), name="hotich")


def dask_teardown(_worker: Worker) -> None:
    """End the session with all its processes."""
    work.current.clear()
    _ending.close()
