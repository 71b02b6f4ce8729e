"""The inputs of a month as they were when work on it began: what is made while they change is not put in place."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
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


@contextmanager
def steady(month: Month, folders: Folders) -> Iterator[Callable[[], str]]:
    """Raise CannotNow when the block has failed and an input has changed meanwhile: the change may be why it failed.

    Yield the function that raises it when an input has changed, and else returns what `digest` does; to be called
    before anything is put in place.
    """
    before = _state(month, folders)

    def require_unchanged() -> str:
        now = _state(month, folders)
        if changed := sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name)):
            listed = ", ".join(changed[:LISTED])
            raise CannotNow("inputs.changed", month=month, files=listed + (", …" if len(changed) > LISTED else ""))
        return _digest(before)

    try:
        yield require_unchanged
    except Exception:
        require_unchanged()
        raise


def digest(month: Month, folders: Folders) -> str:
    """Return the hash of the names and contents of all that the month's pages may rest on, the program included."""
    return _digest(_state(month, folders))


def _digest(state: Mapping[str, tuple[int, str]]) -> str:
    lines = sorted(f"{name}\0{content}\n" for name, (_, content) in state.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _state(month: Month, folders: Folders) -> dict[str, tuple[int, str]]:
    """Return time of the last change and hash of every file that the month's pages may rest on, by name.

    The time tells of a change that was taken back, too: what was read in between rests on it.
    """
    data = (path for path in _visible(folders.data) if _concerns(path.relative_to(folders.data), month))
    sealed = (path for chain in (False, True) for path in folders.releases(chain).glob("*/*"))
    program = (paths.PACKAGE, paths.NOTEBOOKS, paths.EXPECTATIONS)
    state = {
        **_read(data, folders.data),
        **_read((path for path in sealed if path.name in (MANIFEST, MEASURES)), folders.reports),
        **_read([paths.LOCK], paths.PROJECT),
    }
    for folder in program:
        state |= _read(hashing.files(folder), folder.parent)
    return state


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


def _read(files: Iterable[Path], base: Path) -> dict[str, tuple[int, str]]:
    found = {}
    for path in files:
        try:
            state = path.stat().st_ctime_ns, hashlib.sha256(regular.read(path)).hexdigest()
        except FileNotFoundError:  # removed since it was listed
            continue
        found[path.relative_to(base).as_posix()] = state
    return found
