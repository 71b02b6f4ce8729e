"""Transactions on the data folder: several files change together, and after a crash all of them are new, or none is.

The new files are written to the journal `.change.new` inside the data folder and flushed; renaming it to `.change`
commits the transaction. Only then do the files replace the old ones. Recovery deletes a `.change.new` and applies a
`.change`; `recover` does so for the commands of the office itself (`paths.own`); a command that only reads somebody's
folder recovers nothing in it (`paths.find`).

A folder may come from anybody, so a journal is checked before any of it is applied: names that lead out of the folder,
hidden names, and links are refused, and nothing is applied at all.
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
from hotich.storage import atomic, decision

_COMMITTED: Final = ".change"
_PENDING: Final = ".change.new"
_REMOVED: Final = "removed.json"
_FILES: Final = "files"


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Hold the lock of the data folder, once recovered.

    Raises CannotNow when another command holds it, InputRefused for a journal that this program did not write.
    """
    with atomic.locked(data / "change", shown=data):
        _finish(data)
        yield


def is_interrupted(data: Path) -> bool:
    """Return whether a committed transaction has not been applied completely."""
    return os.path.lexists(data / _COMMITTED)


def recover(data: Path) -> None:
    """Undo or finish an interrupted transaction.

    Raises CannotNow while another command is applying one, InputRefused for a journal this program did not write.
    """
    if is_interrupted(data) or os.path.lexists(data / _PENDING):
        try:
            with locked(data):
                pass
        except CannotNow:
            # While another command only writes its journal, the old files can be read.
            if is_interrupted(data):
                raise


def commit(data: Path, files: Mapping[str, bytes], removed: Collection[str] = ()) -> None:
    """Write `files` and delete `removed`, all or nothing; names are relative to the data folder, with `/`.

    The caller holds `locked`. Raises CannotNow when the disk refuses or a folder is a link; then nothing has changed.
    What fails once the transaction is committed is a Note: the next command finishes it. Raises ValueError for a name
    outside the data folder.
    """
    for name in (*files, *removed):
        atomic.require_no_link((data / _inside(name)).parent)
    try:
        _write(data / _PENDING, files, removed)
        with decision.deciding():
            (data / _PENDING).rename(data / _COMMITTED)
    except OSError as error:
        raise CannotNow("change.not_written", folder=data, reason=error.strerror or error) from None
    finally:
        shutil.rmtree(data / _PENDING, ignore_errors=True)
    with atomic.noted("change.unfinished", data):
        _finish(data)


def _write(folder: Path, files: Mapping[str, bytes], removed: Collection[str]) -> None:
    folder.mkdir()
    for name, content in files.items():
        path = folder / _FILES / _inside(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    names = sorted(_inside(name).as_posix() for name in removed)
    (folder / _REMOVED).write_bytes(json.dumps(names).encode())
    atomic.flush_tree(folder)


def _inside(name: str) -> PurePosixPath:
    """Return the name as a path. Raises ValueError for one outside the data folder or hidden (`/etc/x`, `.git/x`)."""
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or "\0" in name or any(part.startswith(".") for part in path.parts):
        raise ValueError(name)
    return path


def _finish(data: Path) -> None:
    """Recover under the lock. Every step is idempotent: a crash may have interrupted any of them."""
    atomic.delete(data / _PENDING)
    committed = data / _COMMITTED
    if not is_interrupted(data):
        return
    staged, removed = _journal(data)
    atomic.flush_folder(data)  # the name that commits is on the disk before anything is applied
    for name in staged:
        target = data / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (committed / _FILES / name).replace(target)
    for name in removed:
        (data / name).unlink(missing_ok=True)
    for folder in {(data / name).parent for name in (*staged, *removed)}:
        if folder.is_dir():
            atomic.flush_folder(folder)
    shutil.rmtree(committed)


def _journal(data: Path) -> tuple[list[PurePosixPath], list[PurePosixPath]]:
    """Return the files a committed transaction writes and deletes. Raises InputRefused when it leads elsewhere."""
    committed = data / _COMMITTED
    try:
        if committed.is_symlink() or not committed.is_dir():
            raise ValueError(_COMMITTED)
        if strange := sorted({each.name for each in committed.iterdir()} - {_FILES, _REMOVED}):
            raise ValueError(strange[0])
        staged = list(_staged(committed / _FILES)) if os.path.lexists(committed / _FILES) else []
        listed = json.loads((committed / _REMOVED).read_bytes()) if (committed / _REMOVED).is_file() else []
        if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
            raise ValueError(_REMOVED)
        removed = [_inside(name) for name in listed]
        for name in (*staged, *removed):
            _no_link_above(data, name)
    except (ValueError, RecursionError) as error:
        raise InputRefused("change.foreign", folder=committed, name=printable(str(error))) from None
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
