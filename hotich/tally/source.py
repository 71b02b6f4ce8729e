"""One list of records as an engine reads it: a Parquet file with known columns, or one made of a CSV file or a sheet.

What is made holds only the columns that are read, and the row of each case; names of persons never reach it.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from hotich.intake.files import accept
from hotich.intake.files.source import Refused, unpack
from hotich.intake.problems import Place, Problem, problem
from hotich.intake.template.form import MARK as MARK_OF_COUNTS
from hotich.sample.records import MARK
from hotich.storage import duck
from hotich.tally.columns import Column, Columns, Headings
from hotich.tally.files import Listed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROW: Final = "row"
"""The column of a file that was made: the row of the case in the office's own."""
_SEPARATORS: Final = (",", ";", "\t", "|")
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HEAD: Final = 1 << 16
_TRIED: Final = 30
"""Rows of a sheet in which headings are looked for: titles stand above them."""
_LEGACY: Final = "cp1258"


@dataclass(frozen=True)
class Source:
    """A list: where it comes from, the Parquet file to read, its columns by role, and its number of rows.

    `made`: the Parquet file is ours, with a column of the row that each case has in the office's file.
    """

    listed: Listed
    place: Place
    parquet: Path
    columns: Columns
    rows: int
    made: bool = False

    @property
    def shape(self) -> tuple[object, ...]:
        """What lists have in common that an engine can read as one."""
        return (self.made, *sorted((role, column.heading, column.type, column.constant or "")
                                   for role, column in self.columns.items()))  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """Reads what kind of lists files hold; `folder` is for what is made of them."""

    connection: "DuckDBPyConnection"
    headings: Headings
    folder: Path

    def read(self, listed: Listed) -> tuple[list[Source], list[Problem]]:
        """Return the lists of a file, and problems; a file that cannot be read is a problem."""
        try:
            if listed.kind == ".parquet":
                return self._parquet(listed)
            return self._csv(listed) if listed.kind == ".csv" else self._workbook(listed)
        except Refused as refused:
            return [], [replace(refused.problem, place=replace(refused.problem.place, file=listed.name))]

    def _parquet(self, listed: Listed) -> tuple[list[Source], list[Problem]]:
        import duckdb

        file = duck.literal(listed.path)
        try:
            described = self.connection.execute(f"DESCRIBE SELECT * FROM read_parquet({file}, {_PLAIN})").fetchall()
            about = self.connection.execute(f"SELECT num_rows FROM parquet_file_metadata({file})").fetchall()
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error:
            raise Refused(problem("file.damaged", listed.place)) from None
        shape = [(name, kind) for name, kind, *_ in described if _flat(kind)]
        columns, problems = self.headings.chosen(shape, dict(listed.states), listed.place)
        problems += self.headings.left(shape, listed.place)
        source = Source(listed, listed.place, listed.path, columns, sum(n for (n,) in about))
        return ([] if any(each.refuses for each in problems) else [source]), problems

    def _csv(self, listed: Listed) -> tuple[list[Source], list[Problem]]:
        encoding, separator, heads = _head(listed, self.headings)
        chosen, problems = self._chosen(heads, listed, listed.place)
        if any(each.refuses for each in problems):
            return [], problems
        path, first = listed.path, 2
        if encoding != "utf-8":
            path = self._copied(listed, encoding, separator, chosen)
            heads, separator = [column.heading for column in _of_file(chosen).values()], ","
        source = self._made(listed, listed.place, path, heads, separator, chosen, first)
        return [source], problems

    def _workbook(self, listed: Listed) -> tuple[list[Source], list[Problem]]:
        sources, problems = list[Source](), list[Problem]()
        sheets = [*_sheets(listed)]
        if month := next((_month_of_counts(rows) for _, rows in sheets if _is_of_counts(rows)), None):
            raise Refused(problem("record.counts", listed.place, month=month, folder=listed.path.parent))
        for name, rows in sheets:
            place = Place(listed.name, name)
            top = next((at for at, row in enumerate(rows[:_TRIED]) if self._is_heading(row)), None)
            if top is None:
                problems += [problem("record.no_headings", place)] * any(map(any, rows))
                continue
            heads = [_written(value) for value in rows[top]]
            chosen, found = self._chosen(heads, listed, place)
            problems += found
            if not any(each.refuses for each in found):
                at = {heads.index(column.heading): column for column in _of_file(chosen).values()}
                path = self._typed((([_written(row[i]) for i in at]) for row in rows[top + 1 :]), at.values())
                sources.append(self._made(listed, place, path, [c.heading for c in at.values()], ",", chosen, top + 2))
        return sources, problems

    def _is_heading(self, row: Sequence[object]) -> bool:
        return len({role for value in row if (role := self.headings.role(_written(value)))}) >= 3

    def _chosen(self, heads: Sequence[str], listed: Listed, place: Place) -> tuple[dict[str, Column], list[Problem]]:
        described = [(head, "VARCHAR") for head in heads if head.strip()]
        columns, problems = self.headings.chosen(described, dict(listed.states), place)
        return columns, [*problems, *self.headings.left(described, place)]

    def _copied(self, listed: Listed, encoding: str, separator: str, columns: Columns) -> Path:
        """Write the columns that are read of a file that is not UTF-8 as one that is."""
        kept = _of_file(columns).values()
        try:
            with listed.path.open(encoding=encoding, newline="") as text:
                records = csv.reader(text, delimiter=separator)
                heads = next(records)
                at = [heads.index(column.heading) for column in kept]
                return self._typed(_picked(records, at, len(heads), listed), kept)
        except (UnicodeDecodeError, csv.Error):
            raise Refused(problem("text.cut", listed.place, encoding, line="–")) from None

    def _typed(self, rows: Iterable[Sequence[str]], columns: Iterable[Column]) -> Path:
        """Write columns as a CSV file in UTF-8, in their order."""
        path = self.folder / f"{len(list(self.folder.iterdir()))}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            written = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
            written.writerow(column.heading for column in columns)
            written.writerows(rows)
        return path

    def _made(
        self,
        listed: Listed,
        place: Place,
        path: Path,
        heads: Sequence[str],
        separator: str,
        columns: Columns,
        first: int,
    ) -> Source:
        """Write a Parquet file of the columns that are read of a CSV file in UTF-8. Raises Refused for ragged rows."""
        import duckdb

        target = self.folder / f"{len(list(self.folder.iterdir()))}.parquet"
        shape = ", ".join(f"c{at}: 'VARCHAR'" for at in range(len(heads)))
        taken = [
            f"nfc_normalize(c{heads.index(column.heading)}) AS {role}" for role, column in _of_file(columns).items()
        ]
        read = (
            f"read_csv({duck.literal(path)}, columns = {{{shape}}}, header = true, auto_detect = false, "
            f"delim = {duck.literal(separator)}, quote = '\"', escape = '\"', strict_mode = true, "
            f"max_line_size = {_LINE})"
        )
        numbered = f"SELECT {', '.join(taken)}, row_number() OVER () + {first - 1} AS {ROW} FROM {read}"
        held = ", ".join(f"nullif(trim({role}), '')" for role in _of_file(columns))
        query = f"SELECT * FROM ({numbered}) WHERE coalesce({held}) IS NOT NULL"  # empty rows are no cases
        try:
            self.connection.execute(f"COPY ({query}) TO {duck.literal(target)} (FORMAT parquet)")
        except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
            raise Refused(_unreadable(place, str(error), first)) from None
        (rows,) = self.connection.execute(f"SELECT count(*) FROM {duck.literal(target)}").fetchall()[0]
        typed = {role: Column(role) if column.constant is None else column for role, column in columns.items()}
        return Source(listed, place, target, typed, rows, made=True)


def made_up(connection: "DuckDBPyConnection", listed: Listed) -> bool:
    """Return whether a file says of itself that it is made up, as those of `hotich sample --records` do."""
    import duckdb

    if listed.kind != ".parquet":
        return False
    try:
        marks = connection.execute(f"SELECT key FROM parquet_kv_metadata({duck.literal(listed.path)})").fetchall()
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:
        return False  # it cannot be read at all, as is found when its columns are looked at
    return (MARK.encode(),) in marks


_PLAIN: Final = "hive_partitioning = false, union_by_name = false"
_LINE: Final = 1 << 20


def _flat(kind: str) -> bool:
    """Return whether a Parquet column has one value a row: lists and structures are never what is read."""
    return not re.search(r"[\[(]|STRUCT|MAP", kind.replace("DECIMAL(", ""))


def _of_file(columns: Columns) -> dict[str, Column]:
    return {role: column for role, column in columns.items() if column.constant is None}


def _head(listed: Listed, headings: Headings) -> tuple[str, str, list[str]]:
    """Return encoding, separator and headings of a CSV file: those that make most headings known. Raises Refused."""
    with listed.path.open("rb") as file:
        start = file.read(_HEAD)
    if start.startswith(b"PK\x03\x04") or (b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff"))):
        raise Refused(problem("file.misnamed", listed.place, listed.kind, actual=".xlsx / .parquet"))
    encodings = [name for bom, name in _BOMS if start.startswith(bom)] or ["utf-8", _LEGACY]
    tried = [(encoding, separator) for encoding in encodings for separator in _SEPARATORS]
    known = {pair: _known(_first_line(start, *pair), headings) for pair in tried}
    encoding, separator = max(known, key=lambda pair: known[pair])
    heads = _first_line(start, encoding, separator)
    if not heads:
        raise Refused(problem("text.encoding", listed.place, line=1))
    return encoding.removesuffix("-sig") if encoding == "utf-8-sig" else encoding, separator, heads


def _first_line(start: bytes, encoding: str, separator: str) -> list[str]:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(start)
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
    except (UnicodeDecodeError, csv.Error):
        return []


def _known(heads: Sequence[str], headings: Headings) -> int:
    return sum(bool(headings.role(unicodedata.normalize("NFC", head))) for head in heads)


def _picked(records: Iterable[list[str]], at: Sequence[int], width: int, listed: Listed) -> Iterator[list[str]]:
    for number, row in enumerate(records, 2):
        if len(row) != width:
            raise Refused(problem("record.ragged", listed.place, len(row), row=number, expected=width))
        yield [unicodedata.normalize("NFC", row[i]) for i in at]


def _unreadable(place: Place, message: str, first: int) -> Problem:
    """Return the problem of a CSV file that DuckDB stops at; its message quotes the line, which may name persons."""
    line = re.search(r"Line: (\d+)", message)
    row = str(int(line[1])) if line and not first > 2 else "–"
    if "nicode" in message or "UTF-8" in message:
        return problem("text.encoding", place, line=row)
    return problem("record.broken_row", place, row=row)


def _sheets(listed: Listed) -> Iterator[tuple[str, list[list[object]]]]:
    """Yield name and rows of every sheet of a workbook. Raises Refused as an import does, at the same limits."""
    content = accept.load(listed.path)
    unpack(content).close()
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content.content)) as book:
            for sheet in book.sheets_metadata:
                if sheet.typ is SheetTypeEnum.WorkSheet:
                    yield (
                        sheet.name,
                        [[*row] for row in book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)],
                    )
    except (CalamineError, OSError, ValueError, KeyError):
        raise Refused(problem("file.damaged", listed.place)) from None


def _is_of_counts(rows: Sequence[Sequence[object]]) -> bool:
    """Return whether a sheet is the one that identifies our own template, in which counts come back."""
    return bool(rows and rows[0]) and _written(rows[0][0]) == MARK_OF_COUNTS


def _month_of_counts(rows: Sequence[Sequence[object]]) -> str:
    """Return the month that such a sheet states; an ellipsis where it states none."""
    said = next((_written(row[1]) for row in rows if len(row) > 1 and _written(row[0]) == "month"), "")
    return said if re.fullmatch(r"\d{4}-\d{2}", said) else "…"


def _written(value: object) -> str:
    """Return a cell's value as a text that is read like that of a CSV file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unicodedata.normalize("NFC", str(value)).strip()
