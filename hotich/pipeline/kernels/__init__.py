"""Clean kernels for notebooks, forked from one process that has imported the libraries already.

Importing them costs seconds, a fork costs milliseconds. Where forking is impossible, or with HOTICH_KERNEL=ordinary,
kernels start the ordinary way in the same environment and give the same bytes.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from multiprocessing import resource_tracker
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Final

from hotich.errors import ExitCode, NotebookFailed
from hotich.pipeline.kernels import environment, limits

PRELOAD: Final = "hotich.pipeline.kernels.preload"
SWITCH: Final = "HOTICH_KERNEL"
_SHARE: Final = Path(__file__).parent / "share"
_lock = threading.Lock()
_thread = threading.local()
_source: Final[list[int]] = []
"""The process that children are forked from."""
_open = threading.Event()
"""Set while children may be started: a thread that has not yet heard that all is over must not start one."""
_allowed: Final[list[int]] = []
"""How many kernels of one month open files allow, once that is known."""


def cores() -> int:
    """Return how many cores a month may keep busy: all that this process may use, as far as open files allow it.

    macOS tells only how many cores there are.
    """
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min([found, *_allowed]))


def forking() -> bool:
    """Return whether children are forked: where the system can, unless the switch says otherwise."""
    return "forkserver" in multiprocessing.get_all_start_methods() and os.environ.get(SWITCH) != "ordinary"


def context() -> BaseContext:
    """Return how children are started."""
    return multiprocessing.get_context("forkserver" if forking() else "spawn")


@contextmanager
def running(home: Path, months: int = 1) -> Iterator[None]:
    """Allow children of so many months at once while the block lasts; nothing of them is left after it.

    `home` is an empty folder that serves as HOME. The process that is forked from starts to load at once, meanwhile
    the caller goes on.
    """
    _allowed[:] = [limits.most() // months]
    track()  # with our own environment: it does not belong to what is ended below
    environment.use(home)
    os.environ["JUPYTER_PATH"] = str(_SHARE)
    os.environ["IPYTHONDIR"] = str(home / "ipython")  # where HOME is missing jupyter_client makes one for each kernel
    # Sockets of multiprocessing: in its own folder they would stay, for the command ends without its clean-up.
    multiprocessing.process.current_process()._config["tempdir"] = str(environment.sockets())  # type: ignore[attr-defined]
    _open.set()
    try:
        if forking():
            from multiprocessing import forkserver

            forkserver.set_forkserver_preload([PRELOAD])
            with environment.applied(), _without_main(), _uninterrupted():
                forkserver.ensure_running()
            _source[:] = [forkserver._forkserver._forkserver_pid]  # type: ignore[attr-defined]
        yield
    finally:
        stop()
        multiprocessing.process.current_process()._config.pop("tempdir", None)  # type: ignore[attr-defined]


def track() -> None:
    """Start the process that removes what killed children leave in the system, which is no news to anybody."""
    own = list(sys.warnoptions)
    sys.warnoptions.append("ignore:resource_tracker:UserWarning")  # for that process only: it takes them over
    try:
        resource_tracker.ensure_running()
    finally:
        sys.warnoptions[:] = own


def has_source() -> bool:
    """Return whether the process that children are forked from is the one that was started in our environment."""
    if not forking():
        return True
    import psutil

    try:
        return psutil.Process(_source[0]).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def stop() -> None:
    """Kill every child, and the process they were forked from. Nothing can be started afterwards."""
    with _lock:
        _open.clear()
    for process in multiprocessing.active_children():
        process.kill()
        process.join(5)
    if forking():
        from multiprocessing import forkserver

        forkserver._forkserver._stop()  # type: ignore[attr-defined] # the only way to end it before the interpreter ends
    _end_strays()


def _end_strays() -> None:
    """Kill what cells have started in sessions of their own: on Linux, where the environment of a process can be read.

    A process that has been given another environment is not found.
    """
    mark = f"HOME={environment.home()}".encode()
    while found := [path for path in Path("/proc").glob("[0-9]*") if mark in _environment(path)]:
        for path in found:
            with suppress(ProcessLookupError):
                os.kill(int(path.name), signal.SIGKILL)


def _environment(process: Path) -> list[bytes]:
    """Return with which variables a process was started; none for one that has ended or is somebody else's."""
    with suppress(OSError):
        return (process / "environ").read_bytes().split(b"\0")
    return []


def launch(target: Callable[..., None], *arguments: object) -> BaseProcess:
    """Start a child that runs `target` in the fixed environment."""
    process: BaseProcess = context().Process(target=target, args=arguments, daemon=True)  # type: ignore[attr-defined]
    with starting(fresh=not forking()):
        process.start()
    if noting := getattr(_thread, "noted", None):
        noting.add(process)
    return process


class Noted:
    """The children of one thread, which another may end: those that are still to be started, too."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._children: list[BaseProcess] = []
        self._over = False

    def add(self, child: BaseProcess) -> None:
        """Take note of a child that has been started."""
        with self._lock:
            self._children.append(child)
            over = self._over
        if over:
            child.kill()

    def end(self) -> None:
        """Kill the children."""
        with self._lock:
            self._over = True
        for child in self._children:
            child.kill()


@contextmanager
def noted() -> Iterator[Noted]:
    """Have the children that this thread launches in the block, for somebody else to end them."""
    _thread.noted = Noted()
    try:
        yield _thread.noted
    finally:
        _thread.noted = None


@contextmanager
def starting(*, fresh: bool) -> Iterator[None]:
    """Let children that start in the block have the fixed environment and nothing else of this process.

    `fresh` children are not forked from the process that has this environment already. Raises NotebookFailed when all
    has been stopped.
    """
    with _lock:
        if not _open.is_set():
            raise NotebookFailed("runner.dead", name="–")
        with environment.applied() if fresh else nullcontext(), _without_main(), _uninterrupted():
            yield


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start children in the block that Ctrl-C, which a terminal sends to all, does not reach: the driver ends them."""
    resource_tracker.ensure_running()  # starting it later, in the block, would end the block for these signals
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide `__main__` from children, or multiprocessing runs the calling script again in each."""
    main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def end_group() -> None:
    """Kill this process and all that it has started, but for those in sessions of their own."""
    os.killpg(0, signal.SIGKILL)


def die_with_parent(at_last: Callable[[], None] = lambda: None) -> None:
    """End this process, and do something `at_last`, as soon as the one that asked for it has ended, even by SIGKILL."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        at_last()
        os._exit(ExitCode.PROGRAM_ERROR)

    threading.Thread(target=wait, daemon=True).start()
