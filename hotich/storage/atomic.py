"""Files and folders that are replaced atomically: made beside the old one, flushed, then renamed; nobody reads half.

One rename decides. Before it a failure changes nothing; after it what fails (a replaced folder that cannot be deleted)
is a Note, for what was to be done is done. Nothing is written through a link: a folder below data or reports may come
from anybody.

A folder is exchanged with the one that it replaces in one system call. Where there is none, two renames do it: a
reader takes the folder put aside if a crash came between them (`standing`), the next writer puts it back (`recover`).
"""

import errno
import os
import shutil
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from filelock import FileLock, Timeout

from hotich.errors import CannotNow, Note
from hotich.storage import temporary
from hotich.storage.exchange import exchange

_sweeping: Final = threading.RLock()
"""Held while this process sweeps: it has the lock of each folder for a moment, and another thread may want one."""
_PATIENCE: Final = 1.0
"""Seconds in which another process that sweeps has let go of a folder; who builds one holds it longer."""


@contextmanager
def locked(target: Path, shown: Path | None = None, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold the lock of a folder, which messages name as `shown`; wait for it so many seconds.

    Raises CannotNow when another run holds it, or when the lock file cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        require_no_link(target.parent)
        lock = FileLock(target.with_name(f".{target.name}.lock"), timeout=patience)
        with _sweeping:
            lock.acquire()
    except Timeout:
        raise CannotNow("folder.busy", folder=shown or target) from None
    except OSError as error:
        raise CannotNow("folder.not_writable", folder=target.parent, reason=error.strerror) from None
    try:
        yield
    finally:
        lock.release()


def require_no_link(folder: Path) -> None:
    """Raise CannotNow if the folder, or one above it, is a link: what is written there would land elsewhere."""
    if folder.resolve() != folder.absolute():
        raise CannotNow("folder.link", folder=folder, target=folder.resolve())


def _beside(target: Path, state: str) -> Path:
    return target.with_name(f".{target.name}.{state}")


def standing(target: Path) -> Path:
    """Return the folder, or the complete one that an interrupted replacement has put aside; it need not exist."""
    old = _beside(target, "old")
    return old if old.is_dir() and not target.exists() else target


def recover(target: Path) -> None:
    """Restore the last complete folder and delete unfinished ones, after an interrupted run."""
    old, new = _beside(target, "old"), _beside(target, "new")
    if old.exists() and not target.exists():
        old.rename(target)
    for leftover in (old, new):
        delete(leftover)


def delete(path: Path) -> None:
    """Delete a folder, a file or a link, if there is one. Raises OSError."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif os.path.lexists(path):
        path.unlink()


@contextmanager
def building(target: Path, *, decided: Callable[[], bool] = lambda: False) -> Iterator[Path]:
    """Yield a new, empty folder that replaces `target` when the block ends, and is deleted when it raises.

    The caller holds the lock of `target`. Raises CannotNow when the folder cannot be written, before the block runs,
    or when the disk is full, during it. If the block has `decided` something else for good by then, a folder that
    cannot be replaced is a Note.
    """
    new = _begun(target)
    try:
        yield new
        if new.exists():
            swap(new, target)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        reason = error.strerror or error
        if decided():
            warnings.warn(Note("folder.not_replaced", folder=target, reason=reason), stacklevel=2)
        else:
            raise CannotNow("system", reason=reason, file=error.filename or target.parent) from error
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def _begun(target: Path) -> Path:
    """Return a new, empty folder beside the target, after sweeping what dead runs have left there."""
    new = _beside(target, "new")
    try:
        recover(target)
        sweep(target.parent)
        new.mkdir()
    except OSError as error:
        raise CannotNow("folder.not_writable", folder=target.parent, reason=error.strerror) from None
    return new


def sweep(folder: Path) -> None:
    """Recover every folder in this one that a run was building when it was killed."""
    with _sweeping:
        for left in folder.glob(".*.new"):
            target = left.with_name(left.name[1:].removesuffix(".new"))
            # One that is being built is nobody's to sweep.
            with suppress(CannotNow, OSError), locked(target, patience=0):
                recover(target)


def copy_missing(old: Path, new: Path, is_current: Callable[[str], bool] = lambda _name: True) -> int:
    """Copy files that only the old folder has and that `is_current`, given their relative name. Return their number."""
    names = (path.relative_to(old) for path in sorted(old.rglob("*")) if path.is_file() and not path.is_symlink())
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
    """Replace the folder `target` by `new`, flushed to disk first. Raises OSError; then `target` is as it was."""
    flush_tree(new)
    replaced = _replace(new, target)
    with noted("folder.left_over", replaced):
        flush_folder(target.parent)
        delete(replaced)


def _replace(new: Path, target: Path) -> Path:
    """Give `new` the name of `target`; return the name under which the replaced one now lies."""
    if not target.exists():
        new.rename(target)
    elif not exchange(new, target):
        old = _beside(target, "old")
        target.rename(old)
        try:
            new.rename(target)
        except OSError:
            old.rename(target)
            raise
        return old
    return new


@contextmanager
def noted(key: str, folder: Path) -> Iterator[None]:
    """Turn a failure of the system in the block into a Note: what decides has happened before it."""
    try:
        yield
    except OSError as error:
        warnings.warn(Note(key, folder=folder, reason=error.strerror or error), stacklevel=3)


def write(path: Path, content: bytes) -> None:
    """Write one file atomically, creating its folder. Raises CannotNow when the disk refuses."""
    with writing(path) as file:
        file.write(content)


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Yield a new file that replaces `path` when the block ends, creating its folder. Raises CannotNow."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        require_no_link(path.parent)
        with temporary.beside(path) as (new, descriptor):
            with open(descriptor, "wb", closefd=False) as file:
                yield file
            os.fsync(descriptor)
            new.replace(path)
        with noted("folder.not_flushed", path.parent):
            flush_folder(path.parent)
    except OSError as error:
        raise CannotNow("folder.not_writable", folder=path.parent, reason=error.strerror) from None


def flush_tree(folder: Path) -> None:
    """Wait until every file below a folder, and every name, is on the disk. Raises OSError."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            flush_folder(path)
        elif path.is_file():
            with path.open("rb") as written:
                os.fsync(written.fileno())
    flush_folder(folder)


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the file system can do that. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)
