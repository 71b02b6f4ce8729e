"""Folders and files that are replaced atomically: built beside the old one, then swapped; nobody reads half a report.

A folder that is not empty cannot be replaced in one rename, so a swap is two renames; `recover` finishes or undoes a
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
    """Hold the lock of a folder, which messages name as `shown`.

    Raises CannotNow without waiting when another run holds it or the lock file cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(target.with_name(f".{target.name}.lock"), timeout=0)
        lock.acquire()
    except Timeout:
        raise CannotNow("folder.busy", folder=shown or target) from None
    except OSError as error:
        raise CannotNow("folder.not_writable", folder=target.parent, reason=error.strerror) from None
    try:
        yield
    finally:
        lock.release()


def _beside(target: Path, state: str) -> Path:
    return target.with_name(f".{target.name}.{state}")


def recover(target: Path) -> None:
    """Restore the last complete folder and delete unfinished ones, after an interrupted run."""
    old, new = _beside(target, "old"), _beside(target, "new")
    if old.exists() and not target.exists():
        old.rename(target)
    for leftover in (old, new):
        if leftover.exists():
            shutil.rmtree(leftover)


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """Yield a new, empty folder that replaces `target` when the block ends, and is deleted when it raises.

    The caller holds the lock of `target`. Raises CannotNow when the folder cannot be written, before the block runs,
    or when the disk is full, during it.
    """
    new = _beside(target, "new")
    try:
        recover(target)
        new.mkdir()
    except OSError as error:
        raise CannotNow("folder.not_writable", folder=target.parent, reason=error.strerror) from None
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


def copy_missing(old: Path, new: Path, is_current: Callable[[str], bool] = lambda _name: True) -> int:
    """Copy files that only the old folder has and that `is_current`, given their relative name. Return their number."""
    names = (path.relative_to(old) for path in sorted(old.rglob("*")) if path.is_file())
    missing = [old / name for name in names if not (new / name).exists() and is_current(name.as_posix())]
    for path in missing:
        target = new / path.relative_to(old)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return len(missing)


def discard(new: Path) -> None:
    """Delete the folder that `building` yielded: the block then ends without replacing anything."""
    shutil.rmtree(new)


def swap(new: Path, target: Path) -> None:
    """Replace the folder `target` by `new`, whose files are flushed to disk first."""
    for path in sorted(new.rglob("*")):
        if path.is_file():
            flush(path)
    old = _beside(target, "old")
    if target.exists():
        target.rename(old)
    new.rename(target)
    if old.exists():
        shutil.rmtree(old)


def write(path: Path, content: bytes) -> None:
    """Write one file atomically, creating its folder. Raises CannotNow when the disk refuses."""
    new = _beside(path, "new")
    try:
        write_flushed(new, content)
        new.replace(path)
    except OSError as error:
        raise CannotNow("folder.not_writable", folder=path.parent, reason=error.strerror) from None
    finally:
        new.unlink(missing_ok=True)


def write_flushed(path: Path, content: bytes) -> None:
    """Write a file, creating its folder, and wait until it is on the disk. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    flush(path)


def flush(path: Path) -> None:
    """Wait until a file is on the disk (fsync). Raises OSError."""
    with path.open("rb") as written:
        os.fsync(written.fileno())
