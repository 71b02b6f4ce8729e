"""Ctrl-C, SIGTERM and the end of the terminal end a command, whatever its main thread is waiting for."""

import signal
import socket
import sys
import threading
import time
from types import FrameType
from typing import Final

from hotich.storage import decision

ENDING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
by: Final[list[int]] = []
"""The signals that have asked for the end, in their order."""
_WAKE: Final = signal.SIGURG
"""Ends a wait and means nothing else: the system itself ignores it."""
_PATIENCE: Final = 10.0
"""Seconds after which a command that is cleaning up can be interrupted in that, too."""
_raised: Final[list[float]] = []


def listen() -> None:
    """Let each raise KeyboardInterrupt in the main thread from now on: all end in the same clean-up.

    The system may deliver a signal to any thread; Python then notes it and acts when the main thread goes on. A main
    thread that waits for others to finish would go on when all is done, so it is woken.
    """
    heard, noted = socket.socketpair()
    noted.setblocking(False)
    signal.set_wakeup_fd(noted.fileno(), warn_on_full_buffer=False)
    signal.signal(_WAKE, lambda _number, _frame: None)
    for number in ENDING:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup: the terminal may go
            signal.signal(number, _stop)
    threading.Thread(target=_wake, args=(heard, noted), daemon=True).start()


def ignore() -> None:
    """Let none of them do anything any more: the command has ended, and only says so."""
    for number in ENDING:
        if signal.getsignal(number) == _stop:
            signal.signal(number, signal.SIG_IGN)


def _stop(number: int, _frame: FrameType | None) -> None:
    """Raise KeyboardInterrupt, unless one is being handled: a key that is held down must not end the cleaning up.

    Once a command has decided, it is done: the signal is not heard, and the outcome is told.
    """
    if decision.made.is_set():
        return
    by.append(number)
    now = time.monotonic()
    if _is_unwinding() and now - _raised[-1] < _PATIENCE:
        return
    _raised.append(now)
    raise KeyboardInterrupt


def _is_unwinding() -> bool:
    """Return whether a KeyboardInterrupt of ours is on its way through the main thread."""
    error = sys.exception() if _raised else None
    while error and not isinstance(error, KeyboardInterrupt):
        error = error.__context__
    return error is not None


def _wake(heard: socket.socket, _noted: socket.socket) -> None:
    """Wake the main thread at each signal; keep both ends of the pair open to the end of the command."""
    main = threading.main_thread().ident
    while number := heard.recv(1):
        if number[0] in ENDING and main is not None:
            signal.pthread_kill(main, _WAKE)
