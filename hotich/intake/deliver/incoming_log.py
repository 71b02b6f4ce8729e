"""The log of imported files, `incoming.csv`, and where their unchanged copies are kept."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hotich import month
from hotich.data import counts
from hotich.errors import HotichError, InputRefused
from hotich.month import Month, printable
from hotich.storage import csv_table, regular
from hotich.storage.paths import Folders

COLUMNS: Final = ("month", "revision", "delivery", "file", "sha256", "areas")
LOG: Final = "incoming.csv"
_RESERVED: Final = re.compile(r"con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]", re.IGNORECASE)
_LONGEST: Final = 180
"""Bytes of a name without its ending: systems allow 255, and a change of the data adds some of its own."""


@dataclass(frozen=True)
class Line:
    """One file of one import. `delivery` counts the imports of a month's revision from 1; `areas` are units, sorted."""

    month: Month
    revision: int
    delivery: int
    file: str
    sha256: str
    areas: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of the line in `incoming.csv`."""
        numbers = (str(self.month), str(self.revision), str(self.delivery))
        return (*numbers, self.file, self.sha256, " ".join(self.areas))


def read(folders: Folders) -> tuple[Line, ...]:
    """Return `incoming.csv`, oldest import first. Raises InputRefused for a line that cannot be read."""
    path = folders.data / LOG
    rows = csv_table.read(path, COLUMNS) if regular.present(path) else []
    return tuple(_line(row) for row in rows)


def _line(row: csv_table.Row) -> Line:
    try:
        numbers = counts.parse(row["revision"]), counts.parse(row["delivery"])
        return Line(month.exact(row["month"]), *numbers, row["file"], row["sha256"], tuple(row["areas"].split()))
    except (ValueError, HotichError):
        raise InputRefused("import.log_line", line=row.line, value=printable(",".join(row.cells.values()))) from None


def next_delivery(lines: Iterable[Line], wanted: Month, revision: int) -> int:
    """Return the number of the next import of this month and revision."""
    return 1 + max((line.delivery for line in lines if (line.month, line.revision) == (wanted, revision)), default=0)


def stored(counts_file: Path, delivery: int, names: Sequence[str]) -> tuple[str, ...]:
    """Return unique names in the data folder for files of an import: `incoming/2024-11/1/138.xlsx`.

    They are unique also where small and capital letters are the same, and every system can hold them.
    """
    folder = f"incoming/{counts_file.stem}/{delivery}"
    used: dict[str, int] = {}
    paths = []
    for name in map(_portable, names):
        key = name.casefold()
        used[key] = used.get(key, 0) + 1
        paths.append(f"{folder}/{name}" if used[key] == 1 else f"{folder}/{used[key]}/{name}")
    return tuple(paths)


def _portable(name: str) -> str:
    """Return the name as Linux, macOS and Windows can hold it: NFC, printable, none of Windows' own names."""
    plain = unicodedata.normalize("NFC", name)
    plain = "".join(c if c.isprintable() and c not in '<>:"/\\|?*' else "_" for c in plain).rstrip(". ")
    stem, _, suffix = plain.rpartition(".")
    while len(stem.encode()) > _LONGEST:
        stem = stem[:-1]
    plain = f"{stem}.{suffix}" if stem else plain
    return f"_{plain}" if plain.startswith(".") or _RESERVED.fullmatch(plain.partition(".")[0].rstrip()) else plain


def added(folders: Folders, lines: Iterable[Line]) -> bytes:
    """Return the content of `incoming.csv` with these lines at its end; the lines before are kept to the byte."""
    path = folders.data / LOG
    before = regular.read(path) if regular.present(path) else csv_table.content(COLUMNS, [])
    ended = before if before.endswith(b"\n") else before + b"\n"
    return ended + csv_table.content(COLUMNS, [line.cells for line in lines]).partition(b"\n")[2]
