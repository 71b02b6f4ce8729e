"""A file's sheets → its entries: every table that stands in them, one below the other or on sheets of their own."""

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
from hotich.intake.tables.subtotals import Open
from hotich.intake.tables.table import CountsTable
from hotich.intake.tables.units import Units
from hotich.month import Month

_STYLE_NAMES = {"plain": "12345", ".": "12.345", ",": "12,345", " ": "12 345"}


@dataclass
class TablesOfFile:
    """Reads the sheets of one file; the manner of writing thousands is one in all of them."""

    month: Month
    names: Names
    units: Units
    entries: list[Entry] = field(default_factory=list)
    difficulties: list[Difficulty] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    styles: dict[str, Place] = field(default_factory=dict)
    open: list[Open] = field(default_factory=list)
    tables: int = 0

    def read(self, sheets: list[Sheet], file: str) -> None:
        """Read every sheet; a file without any table of counts is a problem, and so is our template of another month.

        Such a template is read no further: the lists are those of another day, and every row would be wrong.
        """
        if other := context.other_month(sheets, self.month):
            self.problems.append(other)
            return
        known, problems = context.of_file(sheets, self.names)
        self.problems += problems
        for sheet in sheets:
            if any(words(value) for row in sheet.rows for value in row) and not context.is_about(sheet):
                self._sheet(sheet, known)
        if not self.tables and not any(each.refuses for each in self.problems):
            self.problems.append(problem("table.none", Place(file)))
        self._one_style()
        if not any(each.refuses for each in self.problems):
            self.problems += subtotals.elsewhere(self.open, self.entries, self.names)

    def _sheet(self, sheet: Sheet, known: Context) -> None:
        if sheet.hidden:
            self.problems.append(report("hidden.sheet", sheet.whole))
        texts = (value for row in sheet.rows for value in row if isinstance(value, str))
        table, found = encodings.legacy(texts, self.names.is_known)
        if table:
            self.problems.append(problem(f"text.{table}", _where(sheet, found), found))
            return
        self.problems += _look_alikes(sheet)
        self.problems += context.month_of_names(sheet, self.month)
        headings, known, start = Headings(self.names, self.month), context.of_sheet(sheet, known, self.names), 0
        header = headings.find(sheet)
        if header is None:
            self._without_table(sheet, known)
        while header:
            following = headings.find(sheet, header.bottom + 1)
            end = _end(sheet, header, following)
            self._table(sheet, header, range(start, end), known, headings)
            start, header = end, following

    def _without_table(self, sheet: Sheet, known: Context) -> None:
        """A sheet of words alone is no table; figures without headings that are understood are refused."""
        figure = next(
            ((r, c) for r, row in enumerate(sheet.rows) for c, v in enumerate(row) if words(v) and numbers.like(v)),
            None,
        )
        if figure:
            self.problems.append(problem("table.no_headings", sheet.place(*figure), words(sheet.value(*figure))))
        elif not known.ours:
            self.problems.append(report("table.words", sheet.whole))

    def _table(self, sheet: Sheet, header: Header, within: range, known: Context, headings: Headings) -> None:
        self.tables += 1
        titles = range(within.start, header.top)
        known = context.of_titles(sheet, titles, known, self.names)
        if ragged := _ragged(sheet, header, within.stop):
            self.problems += ragged
            return
        if not header.values:  # every column of counts stands under a heading that is not understood
            self.problems += headings.problems(sheet, header, within.stop - 1)
            return
        reader = Rows(sheet, header, known, self.names, self.units)
        found = reader.read(within.stop)
        last = found[-1].number if found else header.bottom
        self.problems += context.months(sheet, titles, range(last + 1, within.stop), self.month)
        wrong = headings.problems(sheet, header, last) or _missing(sheet, header, reader, known)
        self.problems += [
            *wrong,
            *rows.hidden(sheet, header, found),
            *_stray(sheet, header, titles, range(last + 1, within.stop)),
        ]
        if not found:
            self.problems.append(problem("table.no_rows", sheet.place(header.bottom, 0)))
        elif not wrong:
            self.problems += reader.problems
            self._counts(CountsTable(sheet, header, known, self.names, self.units, styles=self.styles), found)

    def _counts(self, table: CountsTable, found: list[Row]) -> None:
        table.read(found)
        self.entries += table.entries
        self.difficulties += table.difficulties
        self.problems += table.problems
        self.open += table.open

    def _one_style(self) -> None:
        """Thousands are written in one manner in a whole file, otherwise 1.234 and 1,234 could be anything."""
        first = next(iter(self.styles), "")
        for style, place in [*self.styles.items()][1:]:
            values = {"first": _STYLE_NAMES[first], "cell": self.styles[first].cell}
            self.problems.append(problem("count.style", place, _STYLE_NAMES[style], **values))


def _end(sheet: Sheet, header: Header, following: Header | None) -> int:
    """The row after a table's last: the titles of the table that follows stand directly above its headings."""
    if following is None:
        return len(sheet.rows)
    end = following.top
    while end > header.bottom + 1 and _title(sheet, end - 1):
        end -= 1
    return end


def _title(sheet: Sheet, row: int) -> bool:
    cells = [value for value in sheet.rows[row] if words(value)]
    return bool(cells) and not any(map(numbers.like, cells))


def _where(sheet: Sheet, text: str) -> Place:
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
    """Lines of a CSV file with more or fewer cells than the headings: their cells have moved."""
    if not sheet.lines:
        return []
    width = len(sheet.rows[header.bottom])
    wrong = (r for r in range(header.top, end) if any(sheet.rows[r]) and len(sheet.rows[r]) != width)
    return [problem("text.ragged", sheet.place(r, 0), len(sheet.rows[r]), expected=width) for r in wrong]


def _missing(sheet: Sheet, header: Header, reader: Rows, known: Context) -> list[Problem]:
    """Dimensions that neither headings nor titles nor rows tell."""
    at = sheet.place(header.top, 0)
    found = []
    if not header.covers("area") and not known.unit and not reader.context.unit:
        found.append(problem("heading.no_area", at))
    if not header.covers("register") and not known.register:
        found.append(problem("heading.no_register", at))
    return found


def _stray(sheet: Sheet, header: Header, above: range, below: range) -> list[Problem]:
    """Figures above a table in its columns of counts, as when headings were sorted down, and below it beside them."""
    outside = [column for column in range(sheet.width) if column not in header.columns]
    cells = [(row, column) for row in above for column in header.values]
    cells += [(row, column) for row in below for column in outside]
    held = [(at, words(value)) for at in cells if (value := sheet.value(*at)) != "" and numbers.like(value)]
    return [problem("table.stray", sheet.place(*at), found) for at, found in held if found]
