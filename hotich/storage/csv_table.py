"""CSV tables, read strictly as text: a file that is not the expected table is refused with file and line."""

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from hotich.errors import InputRefused
from hotich.language import unseen
from hotich.month import printable
from hotich.storage import regular

if TYPE_CHECKING:
    import pandas as pd

_FOLDERS: Final = ("counts", "published", "figures", "comments")
"""Folders of the data folder that messages name with a file."""


class BrokenQuotes(Exception):
    """A record with broken quotes; `line` is the line it begins on."""

    def __init__(self, line: int, reason: csv.Error) -> None:
        super().__init__(str(reason))
        self.line = line


@dataclass(frozen=True)
class Row:
    """One record: its cells by column name and the line of the file it begins on."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def read(path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> list[Row]:
    """Return every record of a UTF-8 CSV file whose header is exactly `columns`, as text in NFC.

    After them the file may have the `optional` columns; where it has not, their cells are empty.

    Raises InputRefused naming file and line for a missing file, another encoding, another header, an unclosed quote
    or a record with too few or too many cells.
    """
    name, required, more = _name(path), list(columns), list(optional)
    absent = dict.fromkeys(more, "")
    named = [*required, *more]
    found = _records(unicodedata.normalize("NFC", text(path, name)), name, required, more)
    return [Row(line, absent | dict(zip(named, cells, strict=False))) for line, cells in found]


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}" if path.parent.name in _FOLDERS else path.name


@dataclass(frozen=True, eq=False)
class Table:
    """A large table: each record's cells as categories, for few of them differ, and the `line` that it begins on.

    `sha256` is the hash of its file.
    """

    sha256: str
    records: "pd.DataFrame"


def read_table(path: Path, columns: Sequence[str]) -> Table:
    """Return every record, as `read` does, as a DataFrame."""
    name = _name(path)
    content = _content(path, name)
    found = unicodedata.normalize("NFC", _decoded(content, name))
    table = _plain(found, columns)
    if table is None:
        known = list(_records(found, name, list(columns), []))
        table = of_text([cells for _, cells in known], [line for line, _ in known], columns)
    return Table(hashlib.sha256(content).hexdigest(), table)


def of_text(records: Sequence[Sequence[str]], lines: Sequence[int], columns: Sequence[str]) -> "pd.DataFrame":
    """Return records of text as the DataFrame that a table has."""
    import pandas as pd

    return pd.DataFrame(records, columns=list(columns), dtype="str").astype("category").assign(line=list(lines))


def _plain(text: str, columns: Sequence[str]) -> "pd.DataFrame | None":
    """Return the records of a table without quotes, empty lines or other surprises, read by pandas; None for others.

    Then every reader of CSV finds the same, and pandas takes a fourth of the time (`make bench-country PART=month`).
    """
    import pandas as pd

    record = rf"[^,\"\r\n]*(?:,[^,\"\r\n]*){{{len(columns) - 1}}}\n"
    if not re.fullmatch(rf"{re.escape(','.join(columns))}\n(?:{record})*+", text):
        return None
    table = pd.read_csv(io.StringIO(text), dtype="str", na_filter=False, quoting=csv.QUOTE_NONE, skip_blank_lines=False)
    return table.astype("category").assign(line=range(2, len(table) + 2))  # read as categories, 01 would become 1


def read_some(path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> list[Row]:
    """Return every record, as `read` does, of a table that may not be empty. Raises InputRefused if it is."""
    rows = read(path, columns, optional)
    if not rows:
        raise InputRefused("table.empty", file=path.name)
    return rows


def text(path: Path, name: str) -> str:
    """Return the text of a UTF-8 file that messages call `name`.

    Raises InputRefused for a file that is missing or cannot be read or decoded, and as `require_readable`.
    """
    return _decoded(_content(path, name), name)


def _content(path: Path, name: str) -> bytes:
    try:
        return regular.read(path)
    except FileNotFoundError:
        raise InputRefused("table.missing", file=name, folder=path.parent) from None
    except OSError as error:
        raise InputRefused("table.unreadable", file=name, reason=error.strerror) from None


def _decoded(content: bytes, name: str) -> str:
    try:
        found = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputRefused("table.encoding", file=name, line=line) from None
    require_readable(found, name)
    return found


def require_readable(text: str, name: str) -> None:
    """Raise InputRefused for an invisible character that changes what is seen: a control or a bidirectional mark."""
    if strange := unseen.FOUND.search(text):
        line = text.count("\n", 0, strange.start()) + 1
        raise InputRefused("table.unseen", file=name, line=line, code=f"U+{ord(strange[0]):04X}")


def _records(text: str, name: str, columns: list[str], optional: list[str]) -> Iterator[tuple[int, list[str]]]:
    lines = records(text)
    try:
        _, header = next(lines, (1, []))
        if header not in (columns, columns + optional):
            found, expected = printable(",".join(header), 200), ",".join(columns + optional)
            raise InputRefused("table.header", file=name, found=found, expected=expected)
        for line, cells in lines:
            if cells and len(cells) != len(header):
                raise InputRefused("table.ragged", file=name, line=line, found=len(cells), expected=len(header))
            if cells:
                yield line, cells
    except BrokenQuotes as error:
        raise InputRefused("table.quotes", file=name, line=error.line, reason=error) from None


def records(text: str, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield every record of a CSV text with the line it begins on. Raises BrokenQuotes."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise BrokenQuotes(start, error) from None


def content(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as a canonical CSV file: UTF-8, LF, quotes only where needed."""
    buffer = io.StringIO(newline="")
    _fill(buffer, columns, rows)
    return buffer.getvalue().encode("utf-8")


def write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table as a canonical CSV file, row by row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        _fill(file, columns, rows)


def _fill(file: TextIO, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
