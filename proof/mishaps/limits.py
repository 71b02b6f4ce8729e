"""Limits of time and memory for a piece of work in this process."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import psutil

GIGABYTE: Final = 1 << 30


class TooLong(BaseException):
    """The work took more than its time: no Exception, which the work might catch."""


@contextmanager
def seconds(most: float) -> Iterator[None]:
    """Raise TooLong in the block once it has taken so many seconds of the clock; in the main thread alone."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLong(f"more than {most:g} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, most)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def memory(most: int = GIGABYTE) -> Iterator[None]:
    """Let the block have so many bytes more than this process has now (RLIMIT_AS): more raise MemoryError."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (psutil.Process().memory_info().vms + most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
