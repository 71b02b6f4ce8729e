"""Which files an import reads, and what is refused before anything opens them: kind, size, packed bombs.

What a file is, its first bytes say; its name must agree.
"""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hotich.intake.problems import Place, Problem, problem, report

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_UNPACKED: Final = 64 * 1024 * 1024
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200
SUFFIXES: Final = (".xlsx", ".ods", ".csv")

_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_SPREADSHEETS: Final = (".xls", ".xlsm", ".xlsb", ".xlt", ".xltx", ".et", ".fods", ".numbers")


class Refused(Exception):
    """A file that cannot be read any further, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.key)
        self.problem = problem


@dataclass(frozen=True)
class Source:
    """A file's name and bytes; `kind` is what its name says, one of KINDS."""

    file: str
    kind: str
    content: bytes


def find(paths: Iterable[Path]) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """The files to read in order of their names, those of a folder included, and what is said about the others.

    A folder's other files, and folders in it, are reported and left; spreadsheets of other kinds, and other files named
    one by one, are refused.
    """
    found: dict[Path, None] = {}
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if each.is_file() and not _lock(each.name))
            wanted = [each for each in inside if each.suffix.lower() in (*SUFFIXES, *_SPREADSHEETS)]
            left = [
                *(each for each in inside if each not in wanted),
                *(each for each in path.iterdir() if each.is_dir()),
            ]
            problems += [report("file.left", Place(each.name)) for each in sorted(left)]
            problems += [] if wanted else [problem("file.no_files", Place(path.name or str(path)))]
        else:
            wanted = [path]
        found |= dict.fromkeys(wanted)
    return tuple(sorted(found, key=lambda each: (each.name, str(each)))), tuple(problems)


def _lock(name: str) -> bool:
    return name.startswith(("~$", "."))


def load(path: Path) -> Source:
    """A file's bytes, once its size, its name and its first bytes are in order. Raises Refused."""
    at = Place(path.name)
    kind = path.suffix.lower()
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Refused(problem("file.size", at, f"{size / 1024 / 1024:.0f}", most=MOST_BYTES // 1024 // 1024))
        content = path.read_bytes()
    except OSError as error:
        raise Refused(problem("file.unreadable", at, error.strerror or error)) from None
    if not content.strip(b"\0 \t\r\n"):
        raise Refused(problem("file.empty", at))
    _require_kind(content, kind, at)
    return Source(path.name, kind, content)


def _require_kind(content: bytes, kind: str, at: Place) -> None:
    if kind in _SPREADSHEETS or (content.startswith(_OLE) and kind in SUFFIXES):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise Refused(problem("file.password" if locked else "file.old_kind", at, kind))
    if kind not in SUFFIXES:
        raise Refused(problem("file.kind", at, kind, allowed=", ".join(SUFFIXES)))
    what = _what(content)
    if what != kind:
        raise Refused(problem(f"file.is_{what.removeprefix('.')}", at, kind))


def _what(content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        return ".ods" if _ODS in content[:200] else ".xlsx"
    if content.startswith(b"%PDF"):
        return "pdf"
    if (
        content[:512]
        .lstrip(b"\xef\xbb\xbf \t\r\n")
        .lower()
        .startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta"))
    ):
        return "html"
    return ".csv"


def unpack(source: Source) -> zipfile.ZipFile:
    """The parts of a workbook, whole and of a size that can be opened. Raises Refused."""
    at = Place(source.file)
    try:
        parts = zipfile.ZipFile(io.BytesIO(source.content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise Refused(problem("file.damaged", at)) from None
    unpacked = sum(info.file_size for info in parts.infolist())
    if unpacked > MOST_UNPACKED:
        found, most = (f"{size / 1024 / 1024:.0f}" for size in (unpacked, MOST_UNPACKED))
        raise Refused(problem("file.bomb", at, found, most=most))
    if any(info.flag_bits & 1 for info in parts.infolist()):
        raise Refused(problem("file.password", at, source.kind))
    if source.kind == ".ods" and b"manifest:encryption-data" in _part(parts, "META-INF/manifest.xml", at):
        raise Refused(problem("file.password", at, source.kind))
    _require_whole(parts, at)
    return parts


def _require_whole(parts: zipfile.ZipFile, at: Place) -> None:
    """Reading every part to its end shows cuts, and sizes that the table of contents made smaller than they are."""
    for name in parts.namelist():
        xml = name.endswith((".xml", ".rels"))
        if any(xml and (b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk) for chunk in chunks(parts, name, at)):
            raise Refused(problem("file.entities", at, name))


def _part(parts: zipfile.ZipFile, name: str, at: Place) -> bytes:
    return b"".join(chunks(parts, name, at)) if name in parts.namelist() else b""


def chunks(parts: zipfile.ZipFile, name: str, at: Place) -> Iterator[bytes]:
    """A part of a workbook, piece by piece. Raises Refused when it is damaged."""
    try:
        with parts.open(name) as part:
            while chunk := part.read(1 << 20):
                yield chunk
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error):
        raise Refused(problem("file.damaged", at)) from None
