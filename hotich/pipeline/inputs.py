"""The inputs of a month as they were when work on it began: what is made while they change is not put in place."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from hotich.errors import CannotNow
from hotich.month import Month
from hotich.storage import hashing, paths, regular
from hotich.storage.paths import MANIFEST, MEASURES, Folders

LISTED: Final = 10
_DATED: Final = ("counts", "published", "figures")
_OF_THE_MONTH: Final = "comments"
_ORIGINALS: Final = "incoming"


class Steady:
    """What the inputs of a month were at first. To be called before anything is put in place: raises CannotNow then
    where one has changed since.
    """

    def __init__(self, month: Month, folders: Folders) -> None:
        self._month, self._folders = month, folders
        self._before = _state(month, folders)
        files = _files(month, folders).values()
        self._places = {*files, *(path.parent for path in files)}
        self._looked = self._times()

    def __call__(self) -> None:
        """Raise CannotNow naming the inputs that have changed, if only for a while."""
        before, now = self._before, _state(self._month, self._folders)
        if changed := sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name)):
            listed = ", ".join(changed[:LISTED])
            more = ", …" if len(changed) > LISTED else ""
            raise CannotNow("inputs.changed", month=self._month, files=listed + more)

    def holds(self) -> bool:
        """Return whether nothing has changed. Cheap while nothing has: it asks only for the times of changes."""
        now = self._times()
        if now == self._looked:
            return True
        try:
            self()
        except CannotNow:
            return False
        self._looked = now
        return True

    def _times(self) -> dict[Path, int]:
        """Return when each input, and each folder that one could be put into, was last changed."""
        return {path: _changed(path) for path in self._places}


@contextmanager
def steady(month: Month, folders: Folders) -> Iterator[Steady]:
    """Raise CannotNow when the block has failed and an input has changed meanwhile: the change may be why it failed.

    Yield what raises it when an input has changed.
    """
    state = Steady(month, folders)
    try:
        yield state
    except Exception:
        state()
        raise


def _state(month: Month, folders: Folders) -> dict[str, tuple[int, str]]:
    """Return time of the last change and hash of every file that the month's pages may rest on, by name.

    The time tells of a change that was taken back, too: what was read in between rests on it.
    """
    found = {}
    for name, path in _files(month, folders).items():
        with suppress(FileNotFoundError):  # removed since it was listed
            found[name] = path.stat().st_ctime_ns, hashlib.sha256(regular.read(path)).hexdigest()
    return found


def _files(month: Month, folders: Folders) -> dict[str, Path]:
    """Return every file that the month's pages may rest on, by its name."""
    data = (path for path in _visible(folders.data) if _concerns(path.relative_to(folders.data), month))
    sealed = (path for chain in (False, True) for path in folders.releases(chain).glob("*/*"))
    bases = {
        folders.data: data,
        folders.reports: (path for path in sealed if path.name in (MANIFEST, MEASURES)),
        paths.PROJECT: [paths.LOCK],
    }
    named = {path.relative_to(base).as_posix(): path for base, files in bases.items() for path in files}
    for folder in (paths.PACKAGE, paths.NOTEBOOKS, paths.EXPECTATIONS):
        named |= {path.relative_to(folder.parent).as_posix(): path for path in hashing.files(folder)}
    return named


def _changed(path: Path) -> int:
    try:
        return path.stat().st_ctime_ns
    except OSError:  # removed since it was listed
        return 0


def _visible(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and not path.name.startswith(".") and path.name != _ORIGINALS:
            yield from hashing.files(path)
        elif path.is_file() and not path.name.startswith(("~$", ".")):
            yield path


def _concerns(name: Path, month: Month) -> bool:
    """Return whether the month's pages may rest on a file of the data folder: not on those of later months."""
    if name.parts[0] == _OF_THE_MONTH:
        return name.name.startswith(str(month))
    return name.parts[0] not in _DATED or name.name[: len(str(month))] <= str(month)
