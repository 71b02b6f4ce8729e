"""The sheets of a file → its entries: several tables may follow one another on a sheet."""

from dataclasses import dataclass, field

from hotich.intake.files import encodings, numbers
from hotich.intake.files.sheet import Sheet, words
from hotich.intake.fold_text import look_alikes
from hotich.intake.problems import Place, Problem, problem, report
from hotich.intake.records import Difficulty, Entry
from hotich.intake.tables import context, rows, subtotals
from hotich.intake.tables.context import Context
from hotich.intake.tables.headings import Header, Headings
from hotich.intake.tables.match_names import Names
from hotich.intake.tables.rows import Row, Rows
from hotich.intake.tables.subtotals import UnmatchedTotal
from hotich.intake.tables.table import CountsTable
from hotich.intake.tables.units import Units
from hotich.month import Month

_STYLE_NAMES = {"plain": "12345", ".": "12.345", ",": "12,345", " ": "12 345"}


@dataclass
class TablesOfFile:
    """Reads all tables of one file, in which thousands must be written in one style."""

    month: Month
    names: Names
    units: Units
    entries: list[Entry] = field(default_factory=list)
    difficulties: list[Difficulty] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    styles: dict[str, Place] = field(default_factory=dict)
    unmatched: list[UnmatchedTotal] = field(default_factory=list)
    tables: int = 0

    def read(self, sheets: list[Sheet], file: str) -> None:
        """Read every sheet. A file without any table of counts, and our template of another month, are problems.

        Such a template is not read: its units are those of another day, and every row would be a problem.
        """
        if other := context.other_month(sheets, self.month):
            self.problems.append(other)
            return
        of_file, problems = context.of_file(sheets, self.names)
        self.problems += problems
        for sheet in sheets:
            if any(words(value) for row in sheet.rows for value in row) and not context.is_about(sheet):
                self._sheet(sheet, of_file)
        if not self.tables and not self._refused:
            self.problems.append(problem("table.none", Place(file)))
        self._require_one_style()
        if not self._refused:
            self.problems += subtotals.across_tables(self.unmatched, self.entries, self.names)

    @property
    def _refused(self) -> bool:
        return any(problem.refuses for problem in self.problems)

    def _sheet(self, sheet: Sheet, current: Context) -> None:
        if sheet.hidden:
            self.problems.append(report("hidden.sheet", sheet.whole))
        texts = (value for row in sheet.rows for value in row if isinstance(value, str))
        encoding, example = encodings.legacy(texts, self.names.is_known)
        if encoding:
            self.problems.append(problem(f"text.{encoding}", _place_of(sheet, example), example))
            return
        self.problems += _look_alikes(sheet)
        self.problems += context.month_of_names(sheet, self.month)
        headings, current, start = Headings(self.names, self.month), context.of_sheet(sheet, current, self.names), 0
        header = headings.find(sheet)
        if header is None:
            self._without_table(sheet, current)
        while header:
            following = headings.find(sheet, header.bottom + 1)
            end = _end(sheet, header, following)
            self._table(sheet, header, range(start, end), current, headings)
            start, header = end, following

    def _without_table(self, sheet: Sheet, current: Context) -> None:
        """Report a sheet of words alone; refuse figures without headings that are understood."""
        figure = next(
            ((r, c) for r, row in enumerate(sheet.rows) for c, v in enumerate(row) if words(v) and numbers.like(v)),
            None,
        )
        if figure:
            self.problems.append(problem("table.no_headings", sheet.place(*figure), words(sheet.value(*figure))))
        elif not current.is_template:
            self.problems.append(report("table.words", sheet.whole))

    def _table(self, sheet: Sheet, header: Header, within: range, current: Context, headings: Headings) -> None:
        self.tables += 1
        titles = range(within.start, header.top)
        current = context.of_titles(sheet, titles, current, self.names)
        if ragged := _ragged(sheet, header, within.stop):
            self.problems += ragged
            return
        if not header.values:  # every column of counts stands under a heading that is not understood
            self.problems += headings.problems(sheet, header, within.stop - 1)
            return
        reader = Rows(sheet, header, current, self.names, self.units)
        table_rows = reader.read(within.stop)
        last = table_rows[-1].number if table_rows else header.bottom
        self.problems += context.months(sheet, titles, range(last + 1, within.stop), self.month)
        wrong = headings.problems(sheet, header, last) or _missing(sheet, header, reader, current)
        self.problems += [
            *wrong,
            *rows.hidden(sheet, header, table_rows),
            *_stray(sheet, header, titles, range(last + 1, within.stop)),
        ]
        if not table_rows:
            self.problems.append(problem("table.no_rows", sheet.place(header.bottom, 0)))
        elif not wrong:
            self.problems += reader.problems
            self._counts(CountsTable(sheet, header, current, self.names, self.units, styles=self.styles), table_rows)

    def _counts(self, table: CountsTable, table_rows: list[Row]) -> None:
        table.read(table_rows)
        self.entries += table.entries
        self.difficulties += table.difficulties
        self.problems += table.problems
        self.unmatched += table.unmatched

    def _require_one_style(self) -> None:
        """Refuse a second style of thousands: with both 1.234 and 1,234 in a file, either may be a fraction."""
        first = next(iter(self.styles), "")
        for style, place in [*self.styles.items()][1:]:
            values = {"first": _STYLE_NAMES[first], "cell": self.styles[first].cell}
            self.problems.append(problem("count.style", place, _STYLE_NAMES[style], **values))


def _end(sheet: Sheet, header: Header, following: Header | None) -> int:
    """Return the row after a table's last: titles directly above the next headings belong to the next table."""
    if following is None:
        return len(sheet.rows)
    end = following.top
    while end > header.bottom + 1 and _title(sheet, end - 1):
        end -= 1
    return end


def _title(sheet: Sheet, row: int) -> bool:
    cells = [value for value in sheet.rows[row] if words(value)]
    return bool(cells) and not any(map(numbers.like, cells))


def _place_of(sheet: Sheet, text: str) -> Place:
    cells = ((r, c) for r, row in enumerate(sheet.rows) for c, value in enumerate(row) if value == text)
    return sheet.place(*next(cells))


def _look_alikes(sheet: Sheet) -> list[Problem]:
    """The first text with letters of another alphabet that look like ours: it is read as it looks, and reported."""
    for r, row in enumerate(sheet.rows):
        for c, value in enumerate(row):
            if isinstance(value, str) and (letters := look_alikes(value)):
                return [report("text.look_alike", sheet.place(r, c), value, letters=" ".join(letters))]
    return []


def _ragged(sheet: Sheet, header: Header, end: int) -> list[Problem]:
    """Return problems of lines of a CSV file with more or fewer cells than the headings: their cells are shifted."""
    if not sheet.lines:
        return []
    width = len(sheet.rows[header.bottom])
    wrong = (r for r in range(header.top, end) if any(sheet.rows[r]) and len(sheet.rows[r]) != width)
    return [problem("text.ragged", sheet.place(r, 0), len(sheet.rows[r]), expected=width) for r in wrong]


def _missing(sheet: Sheet, header: Header, reader: Rows, current: Context) -> list[Problem]:
    """Return problems of dimensions that neither headings nor titles nor rows give."""
    place = sheet.place(header.top, 0)
    missing = []
    if not header.covers("area") and not current.unit and not reader.context.unit:
        missing.append(problem("heading.no_area", place))
    if not header.covers("register") and not current.register:
        missing.append(problem("heading.no_register", place))
    return missing


def _stray(sheet: Sheet, header: Header, above: range, below: range) -> list[Problem]:
    """Return problems of figures above a table in its columns of counts, as after sorting, and below it beside them."""
    outside = [column for column in range(sheet.width) if column not in header.columns]
    cells = [(row, column) for row in above for column in header.values]
    cells += [(row, column) for row in below for column in outside]
    figures = [(cell, words(value)) for cell in cells if (value := sheet.value(*cell)) != "" and numbers.like(value)]
    return [problem("table.stray", sheet.place(*cell), figure) for cell, figure in figures if figure]
