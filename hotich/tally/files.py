"""The files of a record list: which are read, what their folders state, and that they are the same at the end."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from hotich.errors import InputRefused, WrongUsage
from hotich.intake.files.accept import STAND_INS
from hotich.intake.problems import Place, Problem, problem, report
from hotich.month import printable
from hotich.storage import paths

KINDS: Final = (".parquet", ".csv", ".xlsx")
ALLOWED: Final = ", ".join(KINDS)
_PARQUET: Final = b"PAR1"
_BLOCK: Final = 1 << 20
_NOT_DATA: Final = ("_", ".", "~$")
"""Files of engines beside the data (`_SUCCESS`, `.crc`), and those that a program has open."""

Stamp = tuple[int, int, int, int]


@dataclass(frozen=True)
class Listed:
    """A file of records: `name` is relative to the folder given; `states` what its folders say (`province=15`)."""

    path: Path
    name: str
    kind: str
    states: tuple[tuple[str, str], ...]
    stamp: Stamp

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return self.stamp[1]

    @property
    def place(self) -> Place:
        """The file, for messages."""
        return Place(self.name)

    @property
    def province(self) -> str:
        """The province that its folders state, else an empty text."""
        return dict(self.states).get("province", "")


def find(given: str) -> tuple[list[Listed], list[Problem]]:
    """Return the files to read, in order of their names, and problems of others: links, kinds that are not read.

    Raises WrongUsage without a source, InputRefused for one that is not there or has no such file.
    """
    if not given:
        raise WrongUsage("tally.no_from")
    source = paths.named(given)
    if not source.exists():
        raise InputRefused("import.no_source", value=printable(given))
    base = source if source.is_dir() else source.parent
    found, problems = list[Listed](), list[Problem]()
    for path in sorted(_below(source)) if source.is_dir() else [source]:
        outcome = _listed(path, path.relative_to(base).as_posix(), alone=path == source)
        (found if isinstance(outcome, Listed) else problems).append(outcome)  # type: ignore[arg-type]
    if not found and not any(each.refuses for each in problems):
        raise InputRefused("tally.no_files", folder=source, allowed=ALLOWED)
    return found, problems


def _below(folder: Path) -> Iterator[Path]:
    """Yield every file in a folder and those below it; a link to a folder is yielded, not followed."""
    for at, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(_NOT_DATA)]
        links = [name for name in folders if (Path(at) / name).is_symlink()]
        yield from (Path(at) / name for name in (*files, *links) if not name.startswith(_NOT_DATA))


def _listed(path: Path, name: str, *, alone: bool) -> Listed | Problem:
    shown = os.fsencode(name).decode("utf-8", "replace")
    kind, place = path.suffix.lower(), Place(shown)
    if path.is_symlink() and not alone:
        return problem("record.link", place)
    if kind in STAND_INS:
        return problem("file.absent", place)
    if kind not in KINDS:
        return (problem if alone else report)("record.kind", place, kind or "–", allowed=ALLOWED)
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return problem("record.kind", place, "–", allowed=ALLOWED)
    if not status.st_size:
        return problem("file.empty", place)
    if kind == ".parquet" and (wrong := _broken(path)):
        return problem(wrong, place)
    states = tuple(_states(Path(name).parent.parts))
    return Listed(path, shown, kind, states, _stamp(status))


def _states(folders: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield what folders named `key=value` state, as Hive, Spark and DuckDB name partitions."""
    for folder in folders:
        key, sign, value = folder.partition("=")
        if sign and key and value:
            yield key, unquote(value)


def _broken(path: Path) -> str:
    """Return the problem of a Parquet file that does not begin and end as one, else an empty text."""
    with path.open("rb") as file:
        head = file.read(len(_PARQUET))
        file.seek(-len(_PARQUET), os.SEEK_END)
        tail = file.read()
    if head != _PARQUET:
        return "record.not_parquet"
    return "file.damaged" if tail != _PARQUET else ""


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def hashes(listed: Iterable[Listed]) -> dict[str, str]:
    """Return the SHA-256 of every file by its name. Raises InputRefused for two files of the same bytes."""
    files = list(listed)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        found = dict(zip((each.name for each in files), pool.map(_hash, files), strict=True))
    first: dict[str, str] = {}
    for name, digest in found.items():
        if first.setdefault(digest, name) != name:
            raise InputRefused("tally.same_file", file=name, other=first[digest])
    return found


def _hash(listed: Listed) -> str:
    total = hashlib.sha256()
    with listed.path.open("rb") as file:
        while block := file.read(_BLOCK):
            total.update(block)
    return total.hexdigest()


def require_unchanged(listed: Iterable[Listed]) -> None:
    """Raise InputRefused for a file that was written to, replaced or removed since it was listed."""
    for each in listed:
        try:
            same = _stamp(each.path.stat()) == each.stamp
        except OSError:
            same = False
        if not same:
            raise InputRefused("tally.changed_meanwhile", file=each.path)
