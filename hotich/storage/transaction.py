"""Several files of the data folder that change as one: after a crash all of them are new, or none is.

A change is written into `.change.new` inside the data folder, whole and flushed, then renamed to `.change`: that one
rename decides it. Only then are the files put in their places. The rule of recovery: a `.change.new` is undone by
deleting it, a `.change` is finished by putting in place what still lies in it. `settle` does so whenever a command
looks for the data folder.
"""

import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from hotich.errors import CannotNow
from hotich.storage import atomic

_DECIDED: Final = ".change"
_UNDECIDED: Final = ".change.new"
_REMOVED: Final = "removed.json"
_FILES: Final = "files"


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the one lock of the data folder, with nothing half done in it. Raises CannotNow when it is held."""
    with atomic.locked(data / "change", shown=data):
        _finish(data)
        yield


def settle(data: Path) -> None:
    """Undo or finish what an interrupted command left. Raises CannotNow when files are half in their places."""
    if (data / _DECIDED).exists() or (data / _UNDECIDED).exists():
        try:
            with alone(data):
                pass
        except CannotNow:
            # Another command may be writing beside the files that stand: those can be read meanwhile.
            if (data / _DECIDED).exists():
                raise


def make(data: Path, files: Mapping[str, bytes], removed: Collection[str] = ()) -> None:
    """Write these files and remove those, all or nothing; names are relative to the data folder, with `/`.

    The caller is `alone`. Raises CannotNow when the disk refuses; then nothing has changed, or the next command
    finishes what was decided.
    """
    try:
        _write(data / _UNDECIDED, files, removed)
        (data / _UNDECIDED).rename(data / _DECIDED)
        _finish(data)
    except OSError as error:
        raise CannotNow("change.not_written", folder=data, reason=error.strerror or error) from None
    finally:
        shutil.rmtree(data / _UNDECIDED, ignore_errors=True)


def _write(folder: Path, files: Mapping[str, bytes], removed: Collection[str]) -> None:
    for name, content in files.items():
        _put(folder / _FILES / _inside(name), content)
    _put(folder / _REMOVED, json.dumps(sorted(_inside(name).as_posix() for name in removed)).encode())


def _inside(name: str) -> PurePosixPath:
    """The name, which must lie in the data folder: never `/etc/x`, never `../x`."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise ValueError(name)
    return path


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _finish(data: Path) -> None:
    """Settle under the lock. Each step may have been taken before; taking it again changes nothing."""
    shutil.rmtree(data / _UNDECIDED, ignore_errors=True)
    decided = data / _DECIDED
    if not decided.is_dir():
        return
    staged = decided / _FILES
    for path in sorted(staged.rglob("*")):
        if path.is_file():
            target = data / path.relative_to(staged)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
    if (decided / _REMOVED).is_file():
        for name in json.loads((decided / _REMOVED).read_bytes()):
            (data / name).unlink(missing_ok=True)
    shutil.rmtree(decided)
