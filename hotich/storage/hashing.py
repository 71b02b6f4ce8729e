"""Content hashes: of the package, the notebooks, the suites and the lock, and of a folder of data."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from hotich.storage import paths

_COMPUTES: Final = {".py", ".toml", ".json"}
"""Files of the package that figures are worked out by; its style sheets, templates and fonts are not."""
_NOT_CONTENT: Final = {"__pycache__", ".ipynb_checkpoints"}


def content() -> str:
    """One hash of everything that is not data: package, notebooks, suites and lock."""
    return tree([*files(paths.PACKAGE), *files(paths.NOTEBOOKS), *files(paths.EXPECTATIONS), paths.LOCK])


def computing() -> str:
    """One hash of everything that figures are worked out by: not of what pages are dressed with, nor of notebooks."""
    return tree([*_code(), *files(paths.EXPECTATIONS)])


def code() -> str:
    """The same without the suites: for what says itself which rules it rests on."""
    return tree(_code())


def _code() -> list[Path]:
    return [*(path for path in files(paths.PACKAGE) if path.suffix in _COMPUTES), paths.LOCK]


def parts() -> dict[str, str]:
    """The hashes of package, notebooks, suites and lock, each by itself."""
    return {
        "package": tree(files(paths.PACKAGE)),
        "notebooks": tree(files(paths.NOTEBOOKS)),
        "expectations": tree(files(paths.EXPECTATIONS)),
        "lock": tree([paths.LOCK]),
    }


def files(folder: Path) -> list[Path]:
    """Every file below a folder but what Python and Jupyter leave there."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in found if not _NOT_CONTENT & set(path.parts)]


def tree(members: Iterable[Path], base: Path = paths.PROJECT) -> str:
    """The hash of names (below `base`) and contents, in the order of the names."""
    whole = hashlib.sha256()
    for name, path in sorted((path.relative_to(base).as_posix(), path) for path in members):
        whole.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()
