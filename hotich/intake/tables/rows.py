"""The rows below a table's headings: counts of a unit, totals, headings of sections, or notes.

A table ends with its last unit, total or section; words below it are notes, figures below it are problems.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from hotich.intake.files import numbers
from hotich.intake.files.sheet import Sheet, words
from hotich.intake.fold_text import fold
from hotich.intake.problems import Problem, problem, report
from hotich.intake.tables.context import Context
from hotich.intake.tables.headings import Header
from hotich.intake.tables.match_names import Names
from hotich.intake.tables.units import Units, Unresolved, same_code

UNIT: Final = "unit"
TOTAL: Final = "total"
SECTION: Final = "section"
UNKNOWN: Final = "unknown"
COUNTED: Final = (UNIT, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `area` is the code of a unit, or of what a total sums (empty for the rows above it)."""

    number: int
    kind: str
    area: str = ""
    register: str = ""
    problem: Problem | None = None


@dataclass
class Rows:
    """Reads rows in order; a section applies to the rows below it."""

    sheet: Sheet
    header: Header
    context: Context
    names: Names
    units: Units
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.within = self.context.area

    def read(self, end: int) -> list[Row]:
        """Return the rows from the headings to `end`, not included, without notes and empty ones."""
        rows = [row for number in range(self.header.bottom + 1, end) if (row := self._row(number))]
        last = max((row.number for row in rows if row.kind != UNKNOWN), default=-1)
        kept = [row for row in rows if row.number <= last or (row.kind == UNKNOWN and self._figures(row.number))]
        # A merged cell gives the same problem in every row.
        distinct = {(row.problem.key, row.problem.place): row.problem for row in kept if row.problem}
        self.problems += distinct.values()
        return kept

    def filled(self, number: int) -> bool:
        """Return whether any cell for counts is not empty."""
        return any(words(self.sheet.value(number, column)) for column in self.header.values)

    def _figures(self, number: int) -> bool:
        cells = (self.sheet.value(number, column) for column in self.header.values)
        return any(value != "" and numbers.like(value) for value in cells)

    def _row(self, number: int) -> Row | None:
        labels = [text for column in self._label_columns if (text := self.sheet.text(number, column))]
        if not labels and not self.filled(number):
            return None
        try:
            self._require_names(number)
            return self._total(number, labels) or self._counts(number, labels)
        except Unresolved as error:
            return Row(number, UNKNOWN, problem=error.problem)

    def _require_names(self, number: int) -> None:
        """Raise Unresolved where a formula failed in a cell that should name the unit or the register."""
        for column in self._label_columns:
            if shown := self.sheet.metadata.errors.get((number, column)):
                raise Unresolved(problem("count.error", self.sheet.place(number, column), shown))

    @property
    def _label_columns(self) -> list[int]:
        first = min(self.header.values)
        keys = ("area", "area_code", "district", "register", "register_code", "ignored")
        return [column for column in self.header.keys(*keys) if column < first or not self._is_ignored(column)]

    def _is_ignored(self, column: int) -> bool:
        return self.header.columns[column].role == "ignored"

    def _text(self, number: int, role: str) -> tuple[str, int]:
        """Return the first text in a key column of the role, and the column; else an empty text and -1."""
        for column in self.header.keys(role):
            if text := self.sheet.text(number, column):
                return text, column
        return "", -1

    def _total(self, number: int, labels: list[str]) -> Row | None:
        named = next((area for text in labels if (area := self._sums(text)) is not None), None)
        if named is None:
            return None
        register, _ = self._register(number) if not self._sums_registers(number) else ("", -1)
        area_text, column = self._text(number, "area")
        if area_text and self._sums(area_text) is None:
            named = self._area(number, area_text, column)
        return Row(number, TOTAL, named, register)

    def _sums(self, text: str) -> str | None:
        """Return the area that a label of a total names, empty if it names none, None if it is no such label."""
        if self.names.areas(text):
            return None
        folded = fold(text.rstrip(" :"))
        if self.names.column(text).startswith("total"):
            return ""
        start = next((label for label in self.names.totals if folded.startswith(f"{label} ")), "")
        return next(iter(self.names.areas(folded[len(start) :]) - self.names.units), "") if start else None

    def _sums_registers(self, number: int) -> bool:
        text, _ = self._text(number, "register")
        return self._sums(text) is not None

    def _counts(self, number: int, labels: list[str]) -> Row | None:
        area_text, column = self._text(number, "area")
        code, code_column = self._text(number, "area_code")
        if not self.header.keys("area", "area_code"):
            return self._by_register(number)
        if not area_text and not code:
            return self._nameless(number, labels)
        if self.names.column(area_text) == "ignored" and not self.filled(number):
            return None
        if wide := self._wide(area_text, number):
            return wide
        if area_text in self.names.units or area_text.isdigit():
            area_text, code, code_column = "", area_text, column
        area = self._area(number, area_text, column, code) if area_text else self._code(number, code, code_column)
        if area_text and code:
            self._agree(number, area, code, code_column)
        register, register_column = self._register(number)
        if self.header.keys("register", "register_code") and not register:
            if not self.filled(number):
                self.context = replace(self.context, unit=area)
                return Row(number, SECTION, area)
            raise Unresolved(problem("register.missing", self.sheet.place(number, max(register_column, 0))))
        return Row(number, UNIT, area, register)

    def _wide(self, text: str, number: int) -> Row | None:
        """Return the row of a district or the province, a total or without counts a section, or None."""
        codes = self.names.areas(text)
        if not codes or codes & self.names.units:
            return None
        code = self.units.district(text, self.context.area)
        if not code:
            return None
        if self.within and not self.names.lists.areas.within(code, self.within):
            place = self.sheet.place(number, self._text(number, "area")[1])
            within = self.names.label(self.within)
            raise Unresolved(problem("area.elsewhere", place, text, names=self.names.label(code), area=within))
        if code != self.names.lists.root:
            self.context = replace(self.context, area=code)
        register, _ = self._register(number)
        return Row(number, TOTAL if self.filled(number) else SECTION, code, register)

    def _by_register(self, number: int) -> Row | None:
        """Return a row of a table whose units are named in headings, titles or sections, or None."""
        text, column = self._text(number, "register")
        codes = self.names.areas(text)
        if codes and not self.names.register(text) and not self.filled(number):
            area = self._area(number, text, column)
            self.context = replace(self.context, unit=area)
            return Row(number, SECTION, area)
        register, _ = self._register(number)
        if not register:
            return self._nameless(number, [])
        if not self.context.unit and not self.header.covers("area") and self.filled(number):
            raise Unresolved(problem("heading.no_area", self.sheet.place(number, column)))
        return Row(number, UNIT, "" if self.header.covers("area") else self.context.unit, register)

    def _nameless(self, number: int, labels: list[str]) -> Row | None:
        if not self.filled(number):
            return None
        column = next(iter(self.header.keys("area", "area_code", "register", "register_code")), 0)
        raise Unresolved(problem("row.nameless", self.sheet.place(number, column), " ".join(labels)))

    def _area(self, number: int, text: str, column: int, code: str = "") -> str:
        district, _ = self._text(number, "district")
        area = self.units.district(district, "") if district else self.context.area
        if district and not area:
            raise Unresolved(problem("area.no_district", self.sheet.place(number, column), district))
        if agreed := code and self.units.agreed(text, code, area):
            return agreed
        merged = self.sheet.merged_at(number, column)
        return self.units.named(text, area, self.sheet.place(merged.top if merged else number, column))

    def _code(self, number: int, code: str, column: int) -> str:
        place = self.sheet.place(number, column)
        unit = self.units.coded(code, place)
        if unit not in (code, fold(code).upper()):
            self.problems.append(report("area.zeros", place, code, area=self.names.label(unit)))
        return unit

    def _agree(self, number: int, area: str, code: str, column: int) -> None:
        """Raise Unresolved when the code beside a name is of another area."""
        if not same_code(code, area):
            place = self.sheet.place(number, column)
            raise Unresolved(problem("area.code_differs", place, code, area=self.names.label(area)))

    def _register(self, number: int) -> tuple[str, int]:
        """Return the code of a row's register and the column that names it. Raises Unresolved."""
        (text, column), (code, code_column) = self._text(number, "register"), self._text(number, "register_code")
        by_name, by_code = self.names.register(text), self.names.register(code)
        self._require_register(text, by_name, number, column)
        # Where the name is known the code beside it is what is wrong, known or not.
        if by_name and code and by_name != by_code and (by_code or not self.names.areas(code)):
            place, register = self.sheet.place(number, code_column), self.names.register_label(by_name)
            raise Unresolved(problem("register.code_differs", place, code, register=register))
        self._require_register(code, by_code or by_name, number, code_column)
        return by_name or by_code, column

    def _require_register(self, written: str, known: str, number: int, column: int) -> None:
        """Raise Unresolved for what should name a register and names neither one nor a unit."""
        if written and not known and not self.names.areas(written):
            place, similar = self.sheet.place(number, column), self.names.similar_registers(written)
            raise Unresolved(problem("register.unknown", place, written, similar=similar))


def hidden(sheet: Sheet, header: Header, rows: list[Row]) -> Iterator[Problem]:
    """Yield warnings about hidden rows and columns of a table, which are read like the others."""
    last = rows[-1].number if rows else header.bottom
    hidden_rows = [row for row in sorted(sheet.metadata.hidden_rows) if header.top <= row <= last]
    if hidden_rows:
        yield report("hidden.rows", sheet.place(hidden_rows[0], 0), ", ".join(str(row + 1) for row in hidden_rows))
    columns = [column for column in sorted(sheet.metadata.hidden_columns) if column in header.columns]
    if columns:
        yield report("hidden.columns", sheet.place(header.top, columns[0]), len(columns))
