"""Loading many modules at once, for processes that live long or are forked from."""

import gc
import importlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


@contextmanager
def lasting() -> Iterator[None]:
    """Keep what is loaded in the block to the end: it is not searched for garbage, here or in forked children."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def modules(names: Sequence[str]) -> None:
    """Import them in this order."""
    for name in names:
        importlib.import_module(name)
