"""Transactions on the data folder: several files change together, and after a crash all of them are new, or none is.

The new files are written to the journal `.change.new` inside the data folder and flushed; renaming it to `.change`
commits the transaction. Only then do the files replace the old ones. Recovery deletes a `.change.new` and applies a
`.change`; `recover` does so whenever a command looks for the data folder.
"""

import json
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from hotich.errors import CannotNow
from hotich.storage import atomic

_COMMITTED: Final = ".change"
_PENDING: Final = ".change.new"
_REMOVED: Final = "removed.json"
_FILES: Final = "files"


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Hold the lock of the data folder, once recovered. Raises CannotNow when another command holds it."""
    with atomic.locked(data / "change", shown=data):
        _finish(data)
        yield


def recover(data: Path) -> None:
    """Undo or finish an interrupted transaction. Raises CannotNow while another command is applying one."""
    if (data / _COMMITTED).exists() or (data / _PENDING).exists():
        try:
            with locked(data):
                pass
        except CannotNow:
            # While another command only writes its journal, the old files can be read.
            if (data / _COMMITTED).exists():
                raise


def commit(data: Path, files: Mapping[str, bytes], removed: Collection[str] = ()) -> None:
    """Write `files` and delete `removed`, all or nothing; names are relative to the data folder, with `/`.

    The caller holds `locked`. Raises CannotNow when the disk refuses; then nothing has changed, or the next command
    finishes the transaction. Raises ValueError for a name outside the data folder.
    """
    try:
        _write(data / _PENDING, files, removed)
        (data / _PENDING).rename(data / _COMMITTED)
        _finish(data)
    except OSError as error:
        raise CannotNow("change.not_written", folder=data, reason=error.strerror or error) from None
    finally:
        shutil.rmtree(data / _PENDING, ignore_errors=True)


def _write(folder: Path, files: Mapping[str, bytes], removed: Collection[str]) -> None:
    for name, content in files.items():
        atomic.write_flushed(folder / _FILES / _inside(name), content)
    names = sorted(_inside(name).as_posix() for name in removed)
    atomic.write_flushed(folder / _REMOVED, json.dumps(names).encode())


def _inside(name: str) -> PurePosixPath:
    """Return the name as a path. Raises ValueError for one outside the data folder (`/etc/x`, `../x`)."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise ValueError(name)
    return path


def _finish(data: Path) -> None:
    """Recover under the lock. Every step is idempotent: a crash may have interrupted any of them."""
    shutil.rmtree(data / _PENDING, ignore_errors=True)
    committed = data / _COMMITTED
    if not committed.is_dir():
        return
    staged = committed / _FILES
    for path in sorted(staged.rglob("*")):
        if path.is_file():
            target = data / path.relative_to(staged)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
    if (committed / _REMOVED).is_file():
        for name in json.loads((committed / _REMOVED).read_bytes()):
            (data / name).unlink(missing_ok=True)
    shutil.rmtree(committed)
