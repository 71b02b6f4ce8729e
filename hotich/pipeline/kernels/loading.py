"""Loading many modules at once, for processes that live long or are forked from."""

import ctypes
import gc
import importlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final

_BETWEEN: Final = 100_000
"""New objects between two looks for garbage: with Python's 700 a country's month is read 1.6 times as long."""


@contextmanager
def lasting() -> Iterator[None]:
    """Keep what the block imports out of garbage collection (`gc.freeze`): forked children share its memory.

    Here and there garbage is looked for less often from then on.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(_BETWEEN)
        gc.enable()


def modules(names: Sequence[str]) -> None:
    """Import the modules in this order."""
    for name in names:
        importlib.import_module(name)


def give_back() -> None:
    """Give the system back what this process needs no more: the C library keeps what is freed, 200 MB of a country.

    Where it is not glibc (malloc_trim(3)) it keeps it.
    """
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
