"""Clean kernels for notebooks, forked from one process that has imported the libraries already.

Importing them costs seconds, a fork costs milliseconds. Where forking is impossible, or with HOTICH_KERNEL=ordinary,
kernels start the ordinary way in the same environment and give the same bytes. Beside them stands one process that
has loaded Great Expectations: it checks what the notebooks then show, so that they need not load it.
"""

import importlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import LifoQueue
from types import ModuleType
from typing import Any, Final

from hotich import errors
from hotich.errors import HotichError, NotebookFailed
from hotich.pipeline.kernels import environment

PRELOAD: Final = "hotich.pipeline.kernels.preload"
CHECKS: Final = "hotich.pipeline.kernels.preload_checks"
SWITCH: Final = "HOTICH_KERNEL"
_SHARE: Final = Path(__file__).parent / "share"
_lock = threading.Lock()
_lock_of_checks = threading.Lock()
_living: list[BaseProcess] = []
_checking: list[Connection] = []
_open = threading.Event()
"""Set while children may be started: a thread that has not yet heard that all is over must not start one."""


def forking() -> bool:
    """Whether kernels are forked: where the system can, unless the switch says otherwise."""
    return "forkserver" in multiprocessing.get_all_start_methods() and os.environ.get(SWITCH) != "ordinary"


def _context() -> BaseContext:
    return multiprocessing.get_context("forkserver" if forking() else "spawn")


@contextmanager
def running(home: Path) -> Iterator[None]:
    """Kernels can be had while the block lasts; nothing of them is left after it, however it ends.

    `home` is an empty folder that serves as HOME. The process that is forked from and the one that checks start to
    load at once, meanwhile the caller goes on.
    """
    environment.use(home)
    os.environ["JUPYTER_PATH"] = str(_SHARE)
    _open.set()
    try:
        _start_to_check()  # first: everything waits for it
        if forking():
            from multiprocessing import forkserver

            forkserver.set_forkserver_preload([PRELOAD])
            with environment.applied(), _without_main(), _uninterrupted():
                forkserver.ensure_running()
        yield
    finally:
        stop()


def stop() -> None:
    """End everything that was started: kernels, calls, and the process they were forked from."""
    with _lock:
        _open.clear()
        living, _living[:] = list(_living), []
        _checking.clear()
    for process in living:
        if process.is_alive():
            process.kill()
        process.join(5)
    if forking():
        from multiprocessing import forkserver

        forkserver._forkserver._stop()  # type: ignore[attr-defined] # the only way to end it before the interpreter ends


def launch(target: Callable[..., None], *arguments: object) -> BaseProcess:
    """A child process that runs `target` in the fixed environment and dies with this one."""
    return _started(_context(), target, arguments, fresh=not forking())


def _started(
    context: BaseContext, target: Callable[..., None], arguments: tuple[object, ...], fresh: bool
) -> BaseProcess:
    process: BaseProcess = context.Process(target=target, args=arguments, daemon=True)  # type: ignore[attr-defined]
    with _lock:
        if not _open.is_set():
            raise NotebookFailed("runner.dead", name="–")
        # The process that is forked from has the fixed environment already; only a fresh start must be given it.
        with environment.applied() if fresh else nullcontext(), _without_main(), _uninterrupted():
            process.start()
        _living[:] = [each for each in _living if each.is_alive()] + [process]
    return process


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """A child started in the block is not reached by Ctrl-C, which a terminal sends to all: the driver ends it."""
    resource_tracker.ensure_running()  # starting it later, in the block, would end the block for these signals
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _without_main() -> Iterator[None]:
    """Children get nothing of the program that was started; multiprocessing would run its file again in each."""
    main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


class Child:
    """A process that starts when it is first asked something and keeps what it has read; one question at a time."""

    def __init__(self) -> None:
        self._running: tuple[BaseProcess, Connection] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """What was asked has been answered; or something has gone wrong and nobody waits for the answer any more."""
        if self._running:
            process, pipe = self._running
            if kind:
                process.kill()
            pipe.close()
            process.join(5)

    def ask(self, function: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever the function returns
        """Run `package.module.function` there and return what it returns; its errors are raised here.

        Raises NotebookFailed when the child ended without an answer, OSError when the system refused it something.
        """
        with self._lock:
            return _asked(self.start(), function, arguments)

    def start(self) -> Connection:
        """Start it, if it is not running: that takes until what it is forked from has loaded the libraries."""
        if not self._running:
            ours, theirs = multiprocessing.Pipe()
            self._running = launch(_serve, theirs, ""), ours
            theirs.close()
        return self._running[1]


@contextmanager
def helped(child: Child) -> Iterator[Callable[..., Any]]:
    """Questions for whichever is free: this child, or others that are started when it is busy, one for each core."""
    free = LifoQueue[Child]()
    with ExitStack() as others:
        for _ in range(len(os.sched_getaffinity(0)) - 1):
            free.put(others.enter_context(Child()))
        free.put(child)

        def ask(function: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever the function returns
            asked = free.get()
            try:
                return asked.ask(function, *arguments)
            finally:
                free.put(asked)

        yield ask


def ask(function: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever the function returns
    """As a child is asked, but in the process that has loaded Great Expectations; one question at a time."""
    with _lock_of_checks:
        if not _checking:
            raise NotebookFailed("runner.died", name=function)
        return _asked(_checking[0], function, arguments)


def _start_to_check() -> None:
    ours, theirs = multiprocessing.Pipe()
    _started(multiprocessing.get_context("spawn"), _serve, (theirs, CHECKS), fresh=True)
    theirs.close()
    _checking[:] = [ours]


def _asked(pipe: Connection, function: str, arguments: tuple[object, ...]) -> Any:  # noqa: ANN401
    try:
        pipe.send((function, arguments))
        kind, answer = pipe.recv()
    except (EOFError, OSError):
        raise NotebookFailed("runner.died", name=function) from None
    if kind == "answer":
        return answer
    if kind == "refused":
        raise _restored(*answer)
    if kind == "system":
        raise OSError(*answer)
    raise NotebookFailed("runner.raised", name=function, error=answer[0], message=answer[1])


def _serve(pipe: Connection, preload: str) -> None:
    """The child's side: what comes through the pipe is answered in turn until nobody asks any more."""
    die_with_parent()
    if preload:
        importlib.import_module(preload)
    while True:
        try:
            function, arguments = pipe.recv()
        except EOFError:
            sys.stdout.flush()
            os._exit(0)
        answer = _answer(function, arguments)
        try:
            pipe.send(answer)
        except OSError:  # who asked has gone
            os._exit(0)


def _answer(function: str, arguments: tuple[Any, ...]) -> tuple[str, Any]:
    module, _, name = function.rpartition(".")
    try:
        return "answer", getattr(importlib.import_module(module), name)(*arguments)
    except HotichError as error:
        return "refused", packed(error)
    except OSError as error:  # no space, no permission: the caller knows what was to be written
        return "system", (error.errno, error.strerror or str(error), error.filename)
    except Exception as error:
        return "raised", (type(error).__name__, str(error))


def packed(error: HotichError) -> tuple[str, str, dict[str, Any]]:
    """A failure as plain values: its kind, its key and its values as text."""
    kind = next(base.__name__ for base in type(error).__mro__ if base.__module__ == "hotich.errors")
    values = {name: value if isinstance(value, dict) else str(value) for name, value in error.values.items()}
    return kind, error.key, values


def _restored(kind: str, key: str, values: dict[str, Any]) -> HotichError:
    restored: HotichError = getattr(errors, kind)(key, **values)
    return restored


def die_with_parent() -> None:
    """End this process as soon as the one that asked for it has ended, even by SIGKILL."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
