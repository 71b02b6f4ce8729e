"""Work that is done once for a month and not once for each of its pages.

A command reads, checks and computes in one process and keeps the result in its own private folder, under the hash of
everything that went into it; the notebooks it runs take the result from there. A notebook that is run by hand finds
no such folder, works everything out itself and shows the same.
"""

import gc
import hashlib
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

from hotich.month import Month
from hotich.storage import hashing
from hotich.storage.paths import MANIFEST, MEASURES, Folders

FOLDER: Final = "HOTICH_ONCE"
"""The variable that names the folder, in the environment of kernels."""
SHOWN_ONLY: Final = ("comments/", "areas.geojson", "notice.docx")
"""Inputs, or folders of them, that pages take as they are: nothing is checked by them or computed from them."""
_NOT_READ: Final = ("incoming/", *SHOWN_ONLY)
_OF_MONTHS: Final = ("counts/", "deliveries.csv")
_SEALED: Final = (MANIFEST, MEASURES)
_taken: dict[str, dict[str, Any]] = {}
Made = TypeVar("Made")


def key(folders: Folders, month: Month) -> str:
    """The hash of all that a month's results depend on: data folder, releases, code; after the month itself."""
    return f"{month}-{_hash(folders, _data(folders), hashing.computing())}"


def _data(folders: Folders) -> list[Path]:
    return [p for p in hashing.files(folders.data) if not p.relative_to(folders.data).as_posix().startswith(_NOT_READ)]


def _hash(folders: Folders, data: list[Path], code: str) -> str:
    sealed = [path for chain in (False, True) for name in _SEALED for path in folders.releases(chain).glob(f"*/{name}")]
    whole = (hashing.tree(data, folders.data), hashing.tree(sealed, folders.reports), code)
    return hashlib.sha256("".join(whole).encode()).hexdigest()


def remember(under: str, **parts: object) -> None:
    """Let this process find these parts again; what it knew of the same month with other inputs is forgotten."""
    for outdated in [name for name in _taken if name != under and _month(name) == _month(under)]:
        del _taken[outdated]
    _taken.setdefault(under, {}).update(parts)


def lists(folders: Folders) -> str:
    """The hash of what the months have in common: the office's lists, releases, code; no month's counts, no suites."""
    data = [path for path in _data(folders) if not path.relative_to(folders.data).as_posix().startswith(_OF_MONTHS)]
    return _hash(folders, data, hashing.code())


def keep(under: str, *names: str) -> None:
    """Let the command's notebooks find these of the parts; they refer to one another, so they are kept together."""
    if FOLDER in os.environ:
        path = Path(os.environ[FOLDER]) / under
        if path.is_file():
            return
        path.parent.mkdir(exist_ok=True)
        for outdated in path.parent.glob(f"{_month(under)}-*"):
            outdated.unlink()
        parts = {name: _taken[under][name] for name in names}
        _write(path, parts)


def _month(under: str) -> str:
    return under.rpartition("-")[0]


def made(of: str, make: Callable[[], Made]) -> Made:
    """What `make` makes of exactly this description: made once in a command, whichever of its processes asks."""
    if FOLDER not in os.environ:
        return make()
    path = Path(os.environ[FOLDER]) / "made" / hashlib.sha256(of.encode()).hexdigest()
    if path.is_file():
        found: Made = pickle.loads(path.read_bytes())  # noqa: S301 - we wrote it, in a private folder
        return found
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, result := make())
    return result


def _write(path: Path, content: object) -> None:
    """Whole or not at all: others may be reading it, or writing the same."""
    new = path.with_suffix(f".{os.getpid()}")
    new.write_bytes(pickle.dumps(content, pickle.HIGHEST_PROTOCOL))
    new.replace(path)


def dataset(folders: Folders, month: Month) -> Any:  # noqa: ANN401
    """The dataset that is known of the month, None where there is none or an input has changed since."""
    if FOLDER not in os.environ:
        return None
    under = key(folders, month)
    path = Path(os.environ[FOLDER]) / under
    if under not in _taken and path.is_file():
        remember(under, **_loaded(path))
    return _taken.get(under, {}).get("data")


def _loaded(path: Path) -> dict[str, Any]:
    gc.disable()  # all of it is kept: looking for garbage among it would take most of the time
    try:
        parts: dict[str, Any] = pickle.loads(path.read_bytes())  # noqa: S301 - we wrote it, in a private folder
    finally:
        gc.enable()
    return parts


def part(data: object, name: str) -> Any:  # noqa: ANN401 - whatever was kept under that name
    """What is known beside exactly this dataset, else None."""
    return next((parts.get(name) for parts in _taken.values() if parts["data"] is data), None)
