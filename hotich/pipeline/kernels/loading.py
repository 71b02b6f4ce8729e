"""Loading many modules at once, for processes that live long or are forked from."""

import gc
import importlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


@contextmanager
def lasting() -> Iterator[None]:
    """Keep what the block imports out of garbage collection (`gc.freeze`): forked children share its memory."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def modules(names: Sequence[str]) -> None:
    """Import the modules in this order."""
    for name in names:
        importlib.import_module(name)
