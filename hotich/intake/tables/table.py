"""One table of a sheet → entries: every cell under a heading of counts is of one unit, register and measure."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from hotich.data.counts import MEASURES
from hotich.intake.files import numbers
from hotich.intake.files.numbers import Number
from hotich.intake.files.sheet import Sheet, words
from hotich.intake.problems import Place, Problem, problem, report
from hotich.intake.records import Difficulty, Entry
from hotich.intake.tables import pairs, remarks, subtotals
from hotich.intake.tables.context import Context
from hotich.intake.tables.headings import Header, Meaning
from hotich.intake.tables.match_names import Names
from hotich.intake.tables.rows import COUNTED, SECTION, TOTAL, UNIT, UNKNOWN, Row
from hotich.intake.tables.subtotals import Figure, Total, UnmatchedTotal
from hotich.intake.tables.units import Units, Unresolved

_UNRESOLVED: Final = "?"
"""The area of a column whose name is unresolved."""
GROUPS: Final = {"total_population": "population", "total_civil_status": "civil_status"}


@dataclass
class CountsTable:
    """Reads the counts of one table, row by row."""

    sheet: Sheet
    header: Header
    context: Context
    names: Names
    units: Units
    entries: list[Entry] = field(default_factory=list)
    difficulties: list[Difficulty] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    styles: dict[str, Place] = field(default_factory=dict)
    calculated: list[Place] = field(default_factory=list)
    unreported: list[Place] = field(default_factory=list)
    unmatched: list[UnmatchedTotal] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.registers = {register.code: register for register in self.names.lists.registers}
        self.values = {column: self._of_column(column, m) for column, m in sorted(self.header.values.items())}

    def read(self, rows: list[Row]) -> None:
        """Read the rows that `Rows` has classified."""
        for row in rows:
            if row.kind in COUNTED:
                self._counts(row)
        self.problems += subtotals.problems(self.sheet, self._totals(rows))
        self.problems += self._warnings(rows)

    def _of_column(self, column: int, meaning: Meaning) -> Meaning:
        """Return a column's meaning with its unit's code in place of the name."""
        if not meaning.area:
            return meaning
        place = self.sheet.place(self.header.bottom, column)
        try:
            area = self.units.named(meaning.area, self.context.area, place)
        except Unresolved as error:
            self.problems.append(error.problem)
            area = _UNRESOLVED
        return Meaning(measure=meaning.measure, register=meaning.register, area=area, total=meaning.total)

    def _counts(self, row: Row) -> None:
        pairs_of: dict[tuple[str, str], dict[str, int]] = {}
        for column, meaning in self.values.items():
            if not meaning.total:
                key = (
                    meaning.area or row.area or self.context.unit,
                    meaning.register or row.register or self.context.register,
                )
                pairs_of.setdefault(key, {})[meaning.measure] = column
        for (area, register), columns in pairs_of.items():
            counts = {measure: self._number(row.number, column) for measure, column in columns.items()}
            unresolved = row.kind == UNKNOWN or area == _UNRESOLVED
            if not unresolved and not any(number.fault for number in counts.values()):
                self._pair(row, area, register, columns, counts)
            for measure, column in columns.items():
                faulty = unresolved or bool(counts[measure].fault)
                self.figures.append(Figure(row.number, column, area, register, measure, counts[measure].value, faulty))
        if row.kind == UNIT:
            self._remarks(row)

    def _remarks(self, row: Row) -> None:
        area = row.area or self.context.unit
        for remark in remarks.read(self.sheet, self.header, self.names, row.number, area):
            if isinstance(remark, Difficulty):
                self.difficulties.append(remark)
            else:
                self.problems.append(remark)

    def _number(self, row: int, column: int) -> Number:
        """Return the count in a cell; anything else in it becomes a problem."""
        value, place = self.sheet.value(row, column), self.sheet.place(row, column)
        number = Number(None, fault=fault) if (fault := self._cell_fault(row, column)) else numbers.parse(value)
        if number.fault:
            self.problems.append(problem(f"count.{number.fault}", place, words(value), **_meant(value, number.fault)))
        elif (row, column) in self.sheet.metadata.formulas and number.value is not None:
            self.calculated.append(place)
        if number.style:
            self.styles.setdefault(number.style, place)
        return number

    def _cell_fault(self, row: int, column: int) -> str:
        """Return the fault of a cell that its value does not show, or an empty text."""
        metadata, cell = self.sheet.metadata, (row, column)
        if cell in metadata.uncalculated:
            return "uncalculated"
        if cell in metadata.errors:
            return "error"
        if cell in metadata.percents and self.sheet.value(row, column) != "":
            return "percent"
        merged = self.sheet.merged_at(row, column)
        spread = merged and any(
            (r, c) != cell and c in self.header.values and r > self.header.bottom
            for r in range(merged.top, min(merged.bottom, merged.top + 1) + 1)
            for c in range(merged.left, min(merged.right, merged.left + 1) + 1)
        )
        return "merged" if spread and words(self.sheet.value(row, column)) else ""

    def _pair(self, row: Row, area: str, register: str, columns: dict[str, int], counts: dict[str, Number]) -> None:
        """Add the entry of a pair of counts, or its problem."""
        required, digitised = (counts[measure].value for measure in MEASURES)
        place, digitised_at = (self.sheet.place(row.number, columns[measure]) for measure in MEASURES)
        pair = Entry(area, register, required, digitised, place, digitised_at)
        keeps = self.names.lists.applies(area, self.registers[register])
        if fault := pairs.fault(pair, self.names, self.context.is_template) or self._status(row, pair, keeps):
            self.problems.append(fault)
        elif keeps and pair.digitised is None:
            self.unreported += [place] if pair.required is not None else []
            self.entries.append(replace(pair, required=None))
        elif keeps:
            self.entries.append(pair)

    def _status(self, row: Row, pair: Entry, keeps: bool) -> Problem | None:
        for column in self.header.keys("status"):
            if written := self.sheet.text(row.number, column):
                status = self.names.status(written)
                if not status or pairs.contradicts(status, pair, keeps):
                    return problem("count.status", self.sheet.place(row.number, column), written)
        return None

    def _totals(self, rows: list[Row]) -> list[Total]:
        by_row: dict[int, list[Figure]] = {}
        by_column: dict[int, list[Figure]] = {}
        for figure in self.figures:
            by_row.setdefault(figure.row, []).append(figure)
            by_column.setdefault(figure.column, []).append(figure)
        totals: list[Total] = []
        for row in rows:
            if row.kind == UNIT:
                for column, meaning in self.values.items():
                    if meaning.total:
                        totals += self._total(row, column, by_row.get(row.number, []))
            elif row.kind == TOTAL:
                scope = None if row.area else subtotals.scope(rows, row.number)
                for column, meaning in self.values.items():
                    figures = self.figures if meaning.total else by_column.get(column, [])
                    totals += self._total(row, column, [f for f in figures if self._summed(f, row, scope)])
        return totals

    def _summed(self, figure: Figure, row: Row, summed: frozenset[int] | None) -> bool:
        if row.register and figure.register != row.register:
            return False
        if summed is not None:
            return figure.row in summed
        return figure.area in ("", _UNRESOLVED) or self.names.lists.areas.within(figure.area, row.area)

    def _total(self, row: Row, column: int, figures: list[Figure]) -> list[Total]:
        """Return the total in a cell, if any, of those figures that its column's heading names."""
        value, meaning = self._number(row.number, column).value, self.values[column]
        group = GROUPS.get(meaning.total, "")
        registers = frozenset(code for code, r in self.registers.items() if group in ("", r.group))
        if register := meaning.register or row.register:
            registers &= {register}
        fitting = [f for f in figures if f.measure == meaning.measure and (f.faulty or f.register in registers)]
        fitting = [f for f in fitting if not meaning.area or f.area == meaning.area]
        if value and not fitting:
            area = meaning.area or row.area or self.names.lists.root
            self.unmatched.append(
                UnmatchedTotal(self.sheet.place(row.number, column), meaning.measure, value, area, registers)
            )
        return [] if value is None else [Total(row.number, column, meaning.measure, value, tuple(fitting))]

    def _warnings(self, rows: list[Row]) -> Iterator[Problem]:
        if self.calculated:
            yield report("formula.read", self.calculated[0], len(self.calculated))
        if self.unreported:
            yield report("count.carried", self.unreported[0], len(self.unreported))
        keys = set(self.header.keys("area", "area_code", "district", "register", "register_code"))
        numbered = {row.number for row in rows if row.kind != SECTION}
        tall = (m for m in self.sheet.metadata.merged if m.left in keys and m.bottom > m.top and m.bottom in numbered)
        if filled := sorted(tall):
            yield report("merged.filled", self.sheet.place(filled[0].top, filled[0].left), ", ".join(map(str, filled)))


def _meant(value: numbers.Value, fault: str) -> dict[str, object]:
    return {"thousands": round(value * 1000)} if fault == "fraction" and isinstance(value, float) else {}
