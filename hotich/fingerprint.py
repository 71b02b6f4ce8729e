"""Content hashes: of the package, the notebooks, the suites and the lock, and of a folder of data."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from hotich import places

_COMPUTES: Final = {".py", ".toml", ".json"}
"""Files of the package that figures are worked out by; its style sheets, templates and fonts are not."""
_NOT_CONTENT: Final = {"__pycache__", ".ipynb_checkpoints"}


def content() -> str:
    """One hash of everything that is not data: package, notebooks, suites and lock."""
    return tree([*files(places.PACKAGE), *files(places.NOTEBOOKS), *files(places.EXPECTATIONS), places.LOCK])


def computing() -> str:
    """One hash of everything that figures are worked out by: not of what pages are dressed with, nor of notebooks."""
    return tree([*_code(), *files(places.EXPECTATIONS)])


def code() -> str:
    """The same without the suites: for what says itself which rules it rests on."""
    return tree(_code())


def _code() -> list[Path]:
    return [*(path for path in files(places.PACKAGE) if path.suffix in _COMPUTES), places.LOCK]


def parts() -> dict[str, str]:
    """The hashes of package, notebooks, suites and lock, each by itself."""
    return {
        "package": tree(files(places.PACKAGE)),
        "notebooks": tree(files(places.NOTEBOOKS)),
        "expectations": tree(files(places.EXPECTATIONS)),
        "lock": tree([places.LOCK]),
    }


def files(folder: Path) -> list[Path]:
    """Every file below a folder but what Python and Jupyter leave there."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in found if not _NOT_CONTENT & set(path.parts)]


def tree(paths: Iterable[Path], base: Path = places.PROJECT) -> str:
    """The hash of names (below `base`) and contents, in the order of the names."""
    whole = hashlib.sha256()
    for name, path in sorted((path.relative_to(base).as_posix(), path) for path in paths):
        whole.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()
