"""Which files an import reads, by which reader, and what is refused before a reader opens them.

The first bytes of a file show its format; its name must agree.
"""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from hotich.intake.files import hidden_cells, text, workbook
from hotich.intake.files.sheet import Sheet
from hotich.intake.files.source import MOST_BYTES, IsKnown, Refused, Source, shown_name
from hotich.intake.problems import Place, Problem, problem, report
from hotich.storage import regular

Reader: TypeAlias = Callable[[Source, IsKnown], tuple[list[Sheet], tuple[Problem, ...]]]

READERS: Final[dict[str, Reader]] = {
    ".xlsx": partial(workbook.read, hidden_cells.of_xlsx),
    ".ods": partial(workbook.read, hidden_cells.of_ods),
    ".csv": text.read,
}
"""The reader of every format, by the suffix of its files."""
ALLOWED: Final = ", ".join(READERS)

_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_OTHER_SPREADSHEETS: Final = (".xls", ".xlsm", ".xlsb", ".xlt", ".xltx", ".et", ".fods", ".numbers")
STAND_INS: Final = (".icloud", ".gsheet", ".owncloud", ".nextcloud", ".part", ".partial", ".crdownload", ".download")
"""Files of cloud drives and browsers that stand for one whose contents are not on this machine, or not yet."""
_HTML: Final = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta")
_ADVICE: Final = {".csv": "file.is_csv", "pdf": "file.is_pdf", "html": "file.is_html"}
"""Problems of contents that renaming the file does not solve, or not alone."""


def find(paths: Iterable[Path]) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Return the files to read in order of their names, those of a folder included, and problems of the others.

    A folder's other files, and folders in it, are reported and not read; spreadsheets of other formats, files that only
    stand for one, and other files given by name, are refused.
    """
    chosen: dict[Path, None] = {}
    problems: list[Problem] = []
    for path in paths:
        files, others = _in_folder(path) if path.is_dir() else ([path], [])
        chosen |= dict.fromkeys(files)
        problems += others
    return tuple(sorted(chosen, key=lambda path: (path.name, str(path)))), tuple(problems)


def _in_folder(folder: Path) -> tuple[list[Path], list[Problem]]:
    entries = sorted(folder.iterdir())
    absent = [problem("file.absent", Place(shown_name(path))) for path in entries if _is_stand_in(path.name)]
    visible = [path for path in entries if path.is_dir() or not path.name.startswith(("~$", "."))]
    files = [path for path in visible if path.is_file() and path.suffix.lower() in (*READERS, *_OTHER_SPREADSHEETS)]
    left = [path for path in visible if path not in files and not _is_stand_in(path.name)]
    others = [report("file.left", Place(shown_name(path)), allowed=ALLOWED) for path in left]
    none = [] if files else [problem("file.no_files", Place(shown_name(folder) or str(folder)), allowed=ALLOWED)]
    return files, [*absent, *others, *none]


def _is_stand_in(name: str) -> bool:
    """Return whether a file of that name stands for a spreadsheet: `.a.xlsx.icloud`, `a.xlsx.part`, `a.gsheet`."""
    whole = Path(name.lower())
    spreadsheet = Path(whole.stem).suffix in (*READERS, *_OTHER_SPREADSHEETS) or whole.suffix == ".gsheet"
    return whole.suffix in STAND_INS and spreadsheet


def load(path: Path) -> Source:
    """Return a file's bytes if its size, its name and its first bytes are acceptable. Raises Refused."""
    place = Place(shown_name(path))
    kind = path.suffix.lower()
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Refused(problem("file.size", place, f"{size / 1024 / 1024:.0f}", most=MOST_BYTES // 1024 // 1024))
        content = regular.read(path)
    except OSError as error:
        raise Refused(problem("file.unreadable", place, error.strerror or error)) from None
    if not content.strip(b"\0 \t\r\n"):
        raise Refused(problem("file.empty", place))
    _require_kind(content, kind, place)
    return Source(shown_name(path), kind, content)


def _require_kind(content: bytes, kind: str, place: Place) -> None:
    if kind in _OTHER_SPREADSHEETS or (content.startswith(_OLE) and kind in READERS):
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise Refused(problem("file.password" if encrypted else "file.old_kind", place, kind, allowed=ALLOWED))
    if kind not in READERS:
        raise Refused(problem("file.kind", place, kind, allowed=ALLOWED))
    actual = _kind_of(content)
    if actual != kind:
        raise Refused(problem(_ADVICE.get(actual, "file.misnamed"), place, kind, actual=actual))


def _kind_of(content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        return ".ods" if _ODS in content[:200] else ".xlsx"
    if content.startswith(b"%PDF"):
        return "pdf"
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if start.startswith(_HTML) else ".csv"
