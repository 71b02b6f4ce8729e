"""`hotich` within this process: what a person's command gives, without loading its libraries anew each time."""

import io
import warnings
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess
from unittest import mock

import pytest

from hotich.cli import commands, console


def hotich(*words, environment, folder=None, given=""):
    """Run the command with this environment alone, as `subprocess.run` does; `given` is what its stdin holds.

    What is the process's own is not proved by it: streams, signals, what it leaves behind.
    """
    line, out, err = [str(word) for word in words], _stream("strict"), _stream("backslashreplace")
    with (
        mock.patch.dict("os.environ", environment, clear=True),
        pytest.MonkeyPatch.context() as patch,
        chdir(folder or Path.cwd()),
        redirect_stdout(out),
        redirect_stderr(err),
        warnings.catch_warnings(),
    ):
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode()), "utf-8"))
        patch.setattr(console, "verbose", False)
        console.show_notes()
        code = commands._guarded(lambda: commands.app(line or ["--help"], standalone_mode=False))
    return CompletedProcess(line, code, _written(out), _written(err))


def _stream(errors):
    """A stream that encodes what is written to it, as the command's own does."""
    return io.TextIOWrapper(io.BytesIO(), "utf-8", errors, newline="", write_through=True)


def _written(stream):
    return stream.buffer.getvalue().decode("utf-8")
