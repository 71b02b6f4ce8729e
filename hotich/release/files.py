"""Hashes of files as manifests have them."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from hotich.data.releases import RELEASES
from hotich.release.manifest import Code
from hotich.storage import hashing
from hotich.storage.paths import EXPECTATIONS, LOCK, NOTEBOOKS, PACKAGE

CODE: Final = (PACKAGE.name, NOTEBOOKS.name, EXPECTATIONS.name, LOCK.name)
"""The folders and the file of a checkout that the hashes of a release's code cover."""

SETUP: Final = (".ci/setup", ".ci/uv.txt", "pyproject.toml")
"""What makes the environment, besides the lock."""


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def code(checkout: Path) -> Code:
    """Return the hashes of a checkout's package, notebooks, suites and lock."""
    members = (path for name in CODE for path in (hashing.files(checkout / name) or [checkout / name]))
    return code_of({path.relative_to(checkout).as_posix(): digest(path) for path in members if path.is_file()})


def setup(checkout: Path) -> dict[str, str]:
    """Return the hashes of what a checkout's environment is made with, besides its lock."""
    return present(SETUP, checkout)


def code_of(hashes: Mapping[str, str]) -> Code:
    """Return the same hashes of a checkout, given the SHA-256 of its files by name."""
    package = (f"{name}\0{hashes[name]}\n" for name in sorted(hashes) if name.startswith(f"{PACKAGE.name}/"))
    return {
        "package": hashlib.sha256("".join(package).encode()).hexdigest(),
        "notebooks": _directly_in(NOTEBOOKS.name, ".ipynb", hashes),
        "suites": _directly_in(EXPECTATIONS.name, ".json", hashes),
        "lock": hashes.get(LOCK.name, ""),
    }


def code_changes(then: Code, now: Code) -> list[str]:
    """Return the names of notebooks and suites that differ, of the package as a whole, and of the lock."""
    return [
        *changes(f"{NOTEBOOKS.name}/", then["notebooks"], now["notebooks"]),
        *changes(f"{EXPECTATIONS.name}/", then["suites"], now["suites"]),
        *([PACKAGE.name] if then["package"] != now["package"] else []),
        *([LOCK.name] if then["lock"] != now["lock"] else []),
    ]


def input_changes(then: Mapping[str, str], now: Mapping[str, str], folder: Path) -> list[str]:
    """Return the inputs from the data folder that differ; those from earlier releases are left out."""
    own = [{name: each[name] for name in each if not name.startswith(RELEASES)} for each in (then, now)]
    return changes(f"{folder.name}/", *own)


def present(names: Iterable[str], folder: Path) -> dict[str, str]:
    """Return the SHA-256 of those of the files that are in the folder."""
    return {name: digest(folder / name) for name in names if (folder / name).is_file()}


def changes(folder: str, then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return the names, after `folder`, whose hashes differ or that only one of both has."""
    return [f"{folder}{name}" for name in sorted(then.keys() | now.keys()) if then.get(name) != now.get(name)]


def _directly_in(folder: str, suffix: str, hashes: Mapping[str, str]) -> dict[str, str]:
    names = (name.removeprefix(f"{folder}/") for name in sorted(hashes) if name.startswith(f"{folder}/"))
    return {name: hashes[f"{folder}/{name}"] for name in names if name.endswith(suffix) and "/" not in name}
