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
    line, out, err = [str(word) for word in words], io.StringIO(), io.StringIO()
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
    return CompletedProcess(line, code, out.getvalue(), err.getvalue())
