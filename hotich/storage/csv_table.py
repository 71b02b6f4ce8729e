"""Reading CSV tables as text, strictly: a file that is not the expected table is refused with file and line."""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hotich.errors import InputRefused

_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Control characters, and marks that turn the order of the text around them (Unicode TR 36, 2.7)."""


@dataclass(frozen=True)
class Row:
    """One record: its cells by column name and the line of the file it begins on."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def read(path: Path, columns: Sequence[str]) -> list[Row]:
    """Every record of a UTF-8 CSV file whose header is exactly `columns`; all text comes back in NFC.

    Raises InputRefused naming file and line for a missing file, another encoding, another header, an unclosed quote
    or a record with too few or too many cells.
    """
    name = path.name if path.parent.name in ("data", "") else f"{path.parent.name}/{path.name}"
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise InputRefused("table.missing", file=name, folder=path.parent) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputRefused("table.encoding", file=name, line=line) from None
    except OSError as error:
        raise InputRefused("table.unreadable", file=name, reason=error.strerror) from None
    require_readable(text, name)
    return list(_records(unicodedata.normalize("NFC", text), name, list(columns)))


def require_readable(text: str, name: str) -> None:
    """Raise InputRefused where a text holds a character that nobody sees and that changes what is seen."""
    if strange := _UNSEEN.search(text):
        line = text.count("\n", 0, strange.start()) + 1
        raise InputRefused("table.unseen", file=name, line=line, code=f"U+{ord(strange[0]):04X}")


def _records(text: str, name: str, columns: list[str]) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    start = 1
    try:
        for cells in reader:
            if start == 1:
                _require_header(cells, name, columns)
            elif cells and len(cells) != len(columns):
                raise InputRefused("table.ragged", file=name, line=start, found=len(cells), expected=len(columns))
            elif cells:
                rows.append(Row(start, dict(zip(columns, cells, strict=True))))
            start = reader.line_num + 1
    except csv.Error as error:
        raise InputRefused("table.quotes", file=name, line=start, reason=error) from None
    if start == 1:
        raise InputRefused("table.header", file=name, found="", expected=",".join(columns))
    return rows


def _require_header(cells: list[str], name: str, columns: list[str]) -> None:
    if cells != columns:
        raise InputRefused("table.header", file=name, found=",".join(cells), expected=",".join(columns))


def content(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A table in its one canonical form: UTF-8, LF, quotes only where needed."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return buffer.getvalue().encode("utf-8")


def write(path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a table in its canonical form."""
    path.write_bytes(content(columns, rows))
