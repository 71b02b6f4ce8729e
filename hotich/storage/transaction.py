"""Several files of the data folder that change as one: after a crash all of them are new, or none is.

A change is written into `.change.new` inside the data folder, whole and flushed, then renamed to `.change`: that one
rename decides it. Only then are the files put in their places. The rule of recovery: a `.change.new` is undone by
deleting it, a `.change` is finished by putting in place what still lies in it. `settle` does so for the commands of
the office itself (`paths.own`); a command that only reads somebody's folder settles nothing in it (`paths.find`).

A folder may come from anybody, so what lies in a `.change` is looked at before any of it is done: names that lead out
of the folder, hidden names, and links are refused, and nothing is done at all.
"""

import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from hotich.errors import CannotNow, InputRefused
from hotich.month import printable
from hotich.storage import atomic

_DECIDED: Final = ".change"
_UNDECIDED: Final = ".change.new"
_REMOVED: Final = "removed.json"
_FILES: Final = "files"


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the one lock of the data folder, with nothing half done in it.

    Raises CannotNow when it is held, InputRefused when what lies there is no change of ours.
    """
    with atomic.locked(data / "change", shown=data):
        _finish(data)
        yield


def unsettled(data: Path) -> bool:
    """Return whether a change has been decided whose files are not all in their places."""
    return os.path.lexists(data / _DECIDED)


def settle(data: Path) -> None:
    """Undo or finish what an interrupted command left.

    Raises CannotNow when files are half in their places, InputRefused when what was left is no change of ours.
    """
    if unsettled(data) or os.path.lexists(data / _UNDECIDED):
        try:
            with alone(data):
                pass
        except CannotNow:
            # Another command may be writing beside the files that stand: those can be read meanwhile.
            if unsettled(data):
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
    folder.mkdir()
    for name, content in files.items():
        _put(folder / _FILES / _inside(name), content)
    _put(folder / _REMOVED, json.dumps(sorted(_inside(name).as_posix() for name in removed)).encode())


def _inside(name: str) -> PurePosixPath:
    """Return the name, which must lie in the data folder and be no hidden one: never `/etc/x`, `../x`, `.git/x`."""
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or "\0" in name or any(part.startswith(".") for part in path.parts):
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
    _discard(data / _UNDECIDED)
    decided = data / _DECIDED
    if not unsettled(data):
        return
    staged, removed = _planned(data)
    for name in staged:
        target = data / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (decided / _FILES / name).replace(target)
    for name in removed:
        (data / name).unlink(missing_ok=True)
    shutil.rmtree(decided)


def _discard(undecided: Path) -> None:
    if undecided.is_symlink() or undecided.is_file():
        undecided.unlink()
    shutil.rmtree(undecided, ignore_errors=True)


def _planned(data: Path) -> tuple[list[PurePosixPath], list[PurePosixPath]]:
    """Return what a decided change puts in place and what it removes. Raises InputRefused when it leads elsewhere."""
    decided = data / _DECIDED
    try:
        if decided.is_symlink() or not decided.is_dir():
            raise ValueError(_DECIDED)
        if strange := sorted({each.name for each in decided.iterdir()} - {_FILES, _REMOVED}):
            raise ValueError(strange[0])
        staged = list(_staged(decided / _FILES)) if os.path.lexists(decided / _FILES) else []
        listed = json.loads((decided / _REMOVED).read_bytes()) if (decided / _REMOVED).is_file() else []
        if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
            raise ValueError(_REMOVED)
        removed = [_inside(name) for name in listed]
        for name in (*staged, *removed):
            _no_link_above(data, name)
    except (ValueError, RecursionError) as error:
        raise InputRefused("change.foreign", folder=decided, name=printable(str(error))) from None
    return staged, removed


def _staged(folder: Path) -> Iterator[PurePosixPath]:
    if folder.is_symlink():
        raise ValueError(folder.name)
    for path in sorted(folder.rglob("*")):
        name = _inside(path.relative_to(folder).as_posix())
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            raise ValueError(name.as_posix())
        if path.is_file():
            yield name


def _no_link_above(data: Path, name: PurePosixPath) -> None:
    if any((data / folder).is_symlink() for folder in name.parents):
        raise ValueError(name.as_posix())
