"""Content hashes: of the package, the notebooks, the suites and the lock, and of a folder of data."""

import hashlib
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from hotich.storage import paths, regular

_COMPUTES: Final = {".py", ".toml", ".json"}
"""Suffixes of the package's files that affect figures; its style sheets, templates and fonts do not."""
_TICK: Final = 2_000_000_000
"""Nanoseconds in which a file system may not tell two changes apart: two seconds on FAT, the coarsest in use."""
_NOT_CONTENT: Final = {"__pycache__", ".ipynb_checkpoints"}


def content() -> str:
    """Return the hash of everything but data: package, notebooks, suites and lock."""
    return tree([*files(paths.PACKAGE), *files(paths.NOTEBOOKS), *files(paths.EXPECTATIONS), paths.LOCK])


def making() -> str:
    """Return the hash of everything that makes a page of data and notebooks: package, suites and lock."""
    return tree([*files(paths.PACKAGE), *files(paths.EXPECTATIONS), paths.LOCK])


def computing() -> list[Path]:
    """Return every file that figures are computed by: code, texts, suites and lock."""
    return [*_code(), *files(paths.EXPECTATIONS)]


def code() -> str:
    """Return the hash of code, texts and lock only; callers add the rules they use to their own key."""
    return tree(_code())


def _code() -> list[Path]:
    return [*(path for path in files(paths.PACKAGE) if path.suffix in _COMPUTES), paths.LOCK]


def parts() -> dict[str, str]:
    """Return the hashes of package, notebooks, suites and lock by name."""
    return {
        "package": tree(files(paths.PACKAGE)),
        "notebooks": tree(files(paths.NOTEBOOKS)),
        "expectations": tree(files(paths.EXPECTATIONS)),
        "lock": tree([paths.LOCK]),
    }


def files(folder: Path) -> list[Path]:
    """Return every file below a folder except caches of Python and Jupyter."""
    found = []
    for at, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in _NOT_CONTENT]
        found += [path for name in names if name not in _NOT_CONTENT and (path := Path(at, name)).is_file()]
    return found


def tree(members: Iterable[Path], base: Path = paths.PROJECT) -> str:
    """Return the hash of names (relative to `base`) and contents, in the order of the names."""
    total = hashlib.sha256()
    for name, path in sorted((path.relative_to(base).as_posix(), path) for path in members):
        total.update(f"{name}\0{hashlib.sha256(regular.read(path)).hexdigest()}\n".encode())
    return total.hexdigest()


def as_they_stand(members: Iterable[Path]) -> str:
    """Return what tells these files from any later content of theirs without reading them; empty where nothing can.

    It is their names, sizes and the times of their last changes, which are too coarse for a file that was changed just
    now: it may be changed again within the same tick.
    """
    stats = [(str(path), path.stat()) for path in sorted(members)]
    if any(time.time_ns() - each.st_ctime_ns < _TICK for _, each in stats):
        return ""
    states = ((name, each.st_ino, each.st_size, each.st_ctime_ns) for name, each in stats)
    return hashlib.sha256(repr(list(states)).encode()).hexdigest()
