"""Temporary folders and files that the next run deletes if the run that made them was killed.

Whoever makes one holds a lock on it (flock), which ends with the process whatever ends it: what nobody holds is left
over. Names are unpredictable, and made so that nothing that already has the name, a link neither, is opened.
"""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import Final

_PREFIX: Final = "hotich-run-"
_LONGEST: Final = 60
"""Bytes of a folder's path below which sockets in it still have a name that the system takes (104 on macOS)."""


@contextmanager
def folder(*, for_sockets: bool = False) -> Iterator[Path]:
    """Have an empty folder of our own in the system's temporary folder; it is deleted afterwards. Raises OSError.

    One `for_sockets` is in /tmp where the path of the system's own (TMPDIR) is too long for them.
    """
    parent = Path(tempfile.gettempdir())
    if for_sockets and len(os.fsencode(parent)) > _LONGEST:
        parent = Path("/tmp")  # noqa: S108 - the name below it is unpredictable, and its owner's alone
    _sweep(parent, f"{_PREFIX}*")
    while True:
        made = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        descriptor = os.open(made, os.O_RDONLY)
        if _hold(descriptor, made):
            break
        os.close(descriptor)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        os.close(descriptor)


@contextmanager
def within(parent: Path) -> Iterator[Path]:
    """Have an empty folder in one that is temporary itself, and is made if need be. Raises OSError."""
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent, prefix=_PREFIX, ignore_cleanup_errors=True) as made:
        yield Path(made)


@contextmanager
def beside(path: Path) -> Iterator[tuple[Path, int]]:
    """Have a new file in the folder of `path`, by its name and open for writing; what is not renamed is deleted.

    Raises OSError.
    """
    _sweep(path.parent, f".{escape(path.name)}.*.new")
    while True:
        made = path.with_name(f".{path.name}.{os.urandom(8).hex()}.new")
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        if _hold(descriptor, made):
            break
        os.close(descriptor)
    try:
        yield made, descriptor
    finally:
        os.close(descriptor)
        with suppress(OSError):
            made.unlink()


def _hold(descriptor: int, made: Path) -> bool:
    """Lock it; return whether it still has its name, for another run may have taken it for left over before."""
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(descriptor), made.lstat())
    return False


def _sweep(parent: Path, pattern: str) -> None:
    """Delete what runs that were killed have left; what cannot be deleted now is left to the next run."""
    for left in parent.glob(pattern):
        with suppress(OSError):
            status = left.lstat()
            if status.st_uid == os.geteuid() and (stat.S_ISDIR(status.st_mode) or stat.S_ISREG(status.st_mode)):
                _delete_if_dead(left)


def _delete_if_dead(left: Path) -> None:
    descriptor = os.open(left, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # BlockingIOError: its run is alive
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink()
    finally:
        os.close(descriptor)
