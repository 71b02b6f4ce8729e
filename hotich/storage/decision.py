"""The rename that decides what a command has done: no signal ends the command in it, or in the clearing up after it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

made: Final = threading.Event()
"""Set while the rename is being made, and after it to the end of the command."""


@contextmanager
def deciding() -> Iterator[None]:
    """Run the block, the deciding rename alone, without interruption; where it fails, the command can end again."""
    made.set()
    try:
        yield
    except BaseException:
        made.clear()
        raise
