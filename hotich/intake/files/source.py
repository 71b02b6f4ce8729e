"""The bytes of one file, the limits of what is read of it, and the parts of a packed one."""

import io
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from hotich.intake.files.sheet import cell
from hotich.intake.problems import Place, Problem, problem

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_UNPACKED: Final = 64 * 1024 * 1024
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200

IsKnown: TypeAlias = Callable[[str], bool]
"""Returns whether the office's lists know a text as a name."""


class Refused(Exception):
    """A file that cannot be read, and the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.key)
        self.problem = problem


@dataclass(frozen=True)
class Source:
    """A file's name and bytes; `kind` is the suffix of its name in small letters."""

    file: str
    kind: str
    content: bytes


def shown_name(path: Path) -> str:
    """Return a file's name as text: bytes of it that are no UTF-8, which Linux allows, as replacement characters."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def too_far(file: str, sheet: str, row: int, column: int) -> Refused:
    """Return the refusal of a file with a cell beyond the rows and columns that are read."""
    place = Place(file, sheet, cell(row, column))
    return Refused(problem("file.far", place, rows=MOST_ROWS, columns=MOST_COLUMNS))


def unpack(source: Source) -> zipfile.ZipFile:
    """Return the parts of a workbook, checked to be complete and of acceptable size. Raises Refused."""
    place = Place(source.file)
    try:
        parts = zipfile.ZipFile(io.BytesIO(source.content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise Refused(problem("file.damaged", place)) from None
    unpacked = sum(info.file_size for info in parts.infolist())
    if unpacked > MOST_UNPACKED:
        found, most = (f"{size / 1024 / 1024:.0f}" for size in (unpacked, MOST_UNPACKED))
        raise Refused(problem("file.bomb", place, found, most=most))
    encrypted = any(info.flag_bits & 1 for info in parts.infolist())
    if encrypted or b"manifest:encryption-data" in _part(parts, "META-INF/manifest.xml", place):
        raise Refused(problem("file.password", place, source.kind))
    _require_complete(parts, place)
    return parts


def _require_complete(parts: zipfile.ZipFile, place: Place) -> None:
    """Read every part to its end: this finds cut files, and parts larger than the zip directory declares."""
    for name in parts.namelist():
        xml = name.endswith((".xml", ".rels"))
        if any(xml and (b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk) for chunk in chunks(parts, name, place)):
            raise Refused(problem("file.entities", place, name))


def _part(parts: zipfile.ZipFile, name: str, place: Place) -> bytes:
    return b"".join(chunks(parts, name, place)) if name in parts.namelist() else b""


def chunks(parts: zipfile.ZipFile, name: str, place: Place) -> Iterator[bytes]:
    """Yield a part of a workbook in pieces of 1 MB. Raises Refused when it is damaged."""
    try:
        with parts.open(name) as part:
            while chunk := part.read(1 << 20):
                yield chunk
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error):
        raise Refused(problem("file.damaged", place)) from None
