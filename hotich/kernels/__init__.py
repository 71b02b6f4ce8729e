"""Clean kernels for notebooks, forked from one process that has imported the libraries already.

Importing them costs seconds, a fork costs milliseconds. Where forking is impossible, or with HOTICH_KERNEL=ordinary,
kernels start the ordinary way in the same environment and give the same bytes.
"""

import importlib
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

from hotich import errors
from hotich.errors import HotichError, NotebookFailed
from hotich.kernels import environment

PRELOAD: Final = "hotich.kernels.preload"
SWITCH: Final = "HOTICH_KERNEL"
_SHARE: Final = Path(__file__).parent / "share"
_lock = threading.Lock()
_living: list[BaseProcess] = []


def forking() -> bool:
    """Whether kernels are forked: where the system can, unless the switch says otherwise."""
    return "forkserver" in multiprocessing.get_all_start_methods() and os.environ.get(SWITCH) != "ordinary"


def _context() -> BaseContext:
    return multiprocessing.get_context("forkserver" if forking() else "spawn")


@contextmanager
def running(home: Path) -> Iterator[None]:
    """Kernels can be had while the block lasts; nothing of them is left after it, however it ends.

    `home` is an empty folder that serves as HOME. The process that is forked from starts to load at once, meanwhile
    the caller goes on.
    """
    environment.use(home)
    os.environ["JUPYTER_PATH"] = str(_SHARE)
    context = _context()
    if forking():
        from multiprocessing import forkserver

        context.set_forkserver_preload([PRELOAD])
        with environment.applied():
            forkserver.ensure_running()
    try:
        yield
    finally:
        stop()


def stop() -> None:
    """End everything that was started: kernels, calls, and the process they were forked from."""
    with _lock:
        living, _living[:] = list(_living), []
    for process in living:
        if process.is_alive():
            process.kill()
        process.join(5)
    if forking():
        from multiprocessing import forkserver

        forkserver._forkserver._stop()  # type: ignore[attr-defined] # the only way to end it before the interpreter ends


def launch(target: Callable[..., None], *arguments: object) -> BaseProcess:
    """A child process that runs `target` in the fixed environment and dies with this one."""
    process = _context().Process(target=target, args=arguments, daemon=True)  # type: ignore[attr-defined]
    with _lock:
        # The process that is forked from has the fixed environment already; only a fresh start must be given it.
        with nullcontext() if forking() else environment.applied():
            process.start()
        _living[:] = [each for each in _living if each.is_alive()] + [process]
    return process  # type: ignore[no-any-return]


def call(function: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever the function returns
    """Run `package.module.function` in a child and return what it returns; its errors are raised here.

    Raises NotebookFailed when the child ended without an answer.
    """
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = launch(_answer, theirs, function, arguments)
    theirs.close()
    try:
        kind, answer = ours.recv()
    except EOFError:
        raise NotebookFailed("runner.died", name=function) from None
    finally:
        ours.close()
        process.join(5)
    if kind == "answer":
        return answer
    if kind == "refused":
        raise _restored(*answer)
    raise NotebookFailed("runner.raised", name=function, error=answer[0], message=answer[1])


def _answer(pipe: Connection, function: str, arguments: tuple[Any, ...]) -> None:
    """The child's side of a call."""
    die_with_parent()
    module, _, name = function.rpartition(".")
    try:
        answer: tuple[str, Any] = ("answer", getattr(importlib.import_module(module), name)(*arguments))
    except HotichError as error:
        answer = ("refused", packed(error))
    except Exception as error:
        answer = ("raised", (type(error).__name__, str(error)))
    pipe.send(answer)
    pipe.close()
    sys.stdout.flush()
    os._exit(0)


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
