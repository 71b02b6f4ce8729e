"""Ctrl-C and SIGTERM end a command, whatever its main thread is waiting for."""

import signal
import socket
import threading
from types import FrameType
from typing import Final, NoReturn

ENDING: Final = (signal.SIGINT, signal.SIGTERM)
by: Final[list[int]] = []
"""The signals that have asked for the end, in their order."""
_WAKE: Final = signal.SIGURG
"""Ends a wait and means nothing else: the system itself ignores it."""


def listen() -> None:
    """Let SIGINT and SIGTERM raise KeyboardInterrupt in the main thread from now on: both end in the same clean-up.

    The system may deliver a signal to any thread; Python then notes it and acts when the main thread goes on. A main
    thread that waits for others to finish would go on when all is done, so it is woken.
    """
    heard, noted = socket.socketpair()
    noted.setblocking(False)
    signal.set_wakeup_fd(noted.fileno(), warn_on_full_buffer=False)
    signal.signal(_WAKE, lambda _number, _frame: None)
    for number in ENDING:
        signal.signal(number, _stop)
    threading.Thread(target=_wake, args=(heard, noted), daemon=True).start()


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    by.append(number)
    raise KeyboardInterrupt


def _wake(heard: socket.socket, _noted: socket.socket) -> None:
    """Wake the main thread at each signal; keep both ends of the pair open to the end of the command."""
    main = threading.main_thread().ident
    while number := heard.recv(1):
        if number[0] in ENDING and main is not None:
            signal.pthread_kill(main, _WAKE)
