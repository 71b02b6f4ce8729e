"""Folders that change as a whole: built beside the old one, then swapped, so that nobody ever sees half a report.

A folder that is not empty cannot be replaced in one rename, so a swap is two renames; `settle` finishes or undoes a
pair that a crash has interrupted.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from hotich.errors import CannotNow


@contextmanager
def locked(target: Path, shown: Path | None = None) -> Iterator[None]:
    """Hold the one lock of a folder, which messages name as `shown`.

    Raises CannotNow at once when another run holds it or it cannot be made.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(target.with_name(f".{target.name}.lock"), timeout=0)
        lock.acquire()
    except Timeout:
        raise CannotNow("draft.busy", folder=shown or target) from None
    except OSError as error:
        raise CannotNow("draft.not_writable", folder=target.parent, reason=error.strerror) from None
    try:
        yield
    finally:
        lock.release()


def _beside(target: Path, state: str) -> Path:
    return target.with_name(f".{target.name}.{state}")


def settle(target: Path) -> None:
    """Clear what an interrupted run left: the last whole folder stands again, unfinished ones are gone."""
    old, new = _beside(target, "old"), _beside(target, "new")
    if old.exists() and not target.exists():
        old.rename(target)
    for leftover in (old, new):
        if leftover.exists():
            shutil.rmtree(leftover)


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """A new, empty folder that takes the place of `target` if the block ends well, and vanishes if it does not.

    The caller holds the lock of `target`. Raises CannotNow when the system refuses: before any work when the folder
    cannot be written, in the midst of it when the disk is full.
    """
    new = _beside(target, "new")
    try:
        settle(target)
        new.mkdir()
    except OSError as error:
        raise CannotNow("draft.not_writable", folder=target.parent, reason=error.strerror) from None
    try:
        yield new
        if new.exists():
            swap(new, target)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        raise CannotNow("system", reason=error.strerror or error, file=error.filename or target.parent) from error
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def take_over(old: Path, new: Path, stands: Callable[[str], bool] = lambda _name: True) -> int:
    """Copy what the old folder has, the new one lacks, and `stands` says is still right. How many files."""
    names = (path.relative_to(old) for path in sorted(old.rglob("*")) if path.is_file())
    missing = [old / name for name in names if not (new / name).exists() and stands(name.as_posix())]
    for path in missing:
        target = new / path.relative_to(old)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return len(missing)


def give_up(new: Path) -> None:
    """Leave the folder that stands as it is: `building` swaps nothing for a new one that is gone."""
    shutil.rmtree(new)


def swap(new: Path, target: Path) -> None:
    """Put `new` in the place of `target`; everything in it is on the disk first."""
    for path in sorted(new.rglob("*")):
        if path.is_file():
            flush(path)
    old = _beside(target, "old")
    if target.exists():
        target.rename(old)
    new.rename(target)
    if old.exists():
        shutil.rmtree(old)


def put(path: Path, content: bytes) -> None:
    """Write one file, whole or not at all; its folder is made. Raises CannotNow when the disk refuses."""
    new = _beside(path, "new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(content)
        flush(new)
        new.replace(path)
    except OSError as error:
        raise CannotNow("draft.not_writable", folder=path.parent, reason=error.strerror) from None
    finally:
        new.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Wait until a file is on the disk."""
    with path.open("rb") as written:
        os.fsync(written.fileno())
