"""The files of the installed libraries, compared with the RECORD that each came with.

RECORD has the hash of every file of a package (pypa: recording installed projects). Bytecode has none and is not looked
at; a RECORD that was altered together with its file is not noticed.
"""

import csv
import hashlib
import sysconfig
from base64 import urlsafe_b64encode
from functools import cache
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Final

_ALGORITHM: Final = "sha256="
_CODE: Final = (".py", ".so", ".pth", ".pyd", ".dylib")


@cache
def altered(name: str) -> tuple[str, ...]:
    """Return the files of a package that do not have the hash in its RECORD, or are gone; `RECORD` if it has none."""
    package = metadata.distribution(name)
    if not (record := package.read_text("RECORD")):
        return ("RECORD",)
    # Read here: the backport of importlib.metadata, where a library has loaded it, leaves out files that are gone.
    # Commands and shared data lie outside the folder of packages, and no code of ours reads them.
    hashes = {row[0]: row[1].removeprefix(_ALGORITHM) for row in csv.reader(record.splitlines()) if _is_hashed(row)}
    return tuple(file for file, known in hashes.items() if _hash(Path(str(package.locate_file(file)))) != known)


def _is_hashed(row: list[str]) -> bool:
    return row[1:] != [] and row[1].startswith(_ALGORITHM) and ".." not in PurePosixPath(row[0]).parts


def _hash(path: Path) -> str:
    """Return the hash of a file as RECORD writes it; an empty text if there is no such file."""
    if not path.is_file():
        return ""
    with path.open("rb") as content:
        return urlsafe_b64encode(hashlib.file_digest(content, "sha256").digest()).rstrip(b"=").decode()


@cache
def strays() -> tuple[str, ...]:
    """Return the files of code among the packages that no package has brought, such as a `sitecustomize.py`."""
    folder = Path(sysconfig.get_path("purelib"))
    known = {str(file.locate()) for package in metadata.distributions() for file in package.files or ()}
    found = (path for path in folder.rglob("*") if path.suffix in _CODE and str(path) not in known)
    return tuple(path.relative_to(folder).as_posix() for path in sorted(found))
