"""The three streams of a command, whatever the caller has made of them: closed, full, or read by nobody any more."""

import io
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


def settle() -> None:
    """Let the command do its work although its words cannot be written; an answer on stdout that is lost is told.

    A closed stream is opened on the null device, or the next file that is opened would get its number. An error of
    stdout is raised unless its reader has gone; one of stderr never is, for there is nowhere to tell it. Both are
    buffered whatever the caller's Python is told: unbuffered, it loses what a disk takes only in part.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    sys.stdin = sys.stdin or os.fdopen(0, closefd=False)
    sys.stdout = _text(1, sys.stdout, lambda error: isinstance(error, BrokenPipeError))
    sys.stderr = _text(2, sys.stderr, lambda _error: True)


def _text(number: int, before: TextIO | None, forgives: Callable[[OSError], bool]) -> TextIO:
    """Return a text stream on a descriptor, written as the one `before` was."""
    raw = _Stream(number, forgives)
    encoding, errors = (before.encoding, before.errors) if before else ("utf-8", "backslashreplace")
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding, errors, line_buffering=number == 2 or raw.isatty())


class _Stream(io.FileIO):
    """A stream that drops what cannot be written, where that error is forgiven."""

    def __init__(self, number: int, forgives: Callable[[OSError], bool]) -> None:
        super().__init__(number, "wb", closefd=False)
        self._forgives = forgives

    def write(self, content: "ReadableBuffer", /) -> int:
        try:
            return super().write(content)
        except OSError as error:
            if not self._forgives(error):
                raise
            return memoryview(content).nbytes
