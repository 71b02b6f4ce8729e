"""One table of a sheet → entries: every cell under a heading of counts belongs to one unit, register and measure."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from hotich.intake import numbers, remarks, subtotals
from hotich.intake.context import Context
from hotich.intake.headings import MEASURES, Header, Meaning
from hotich.intake.names import Names
from hotich.intake.numbers import Number
from hotich.intake.problems import Place, Problem, problem, report
from hotich.intake.reading import Difficulty, Entry
from hotich.intake.rows import COUNTED, SECTION, TOTAL, UNIT, UNKNOWN, Row
from hotich.intake.sheet import Sheet, words
from hotich.intake.subtotals import Figure, Total
from hotich.intake.units import Units, Unresolved
from hotich.registers import Register

GROUPS = {"total_population": "population", "total_civil_status": "civil_status"}


@dataclass
class Table:
    """Reads the counts of one table, row by row, and gathers what it finds."""

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

    def __post_init__(self) -> None:
        self.registers = {register.code: register for register in self.names.lists.registers}
        self.values = {column: self._of_column(column, m) for column, m in sorted(self.header.values.items())}

    def read(self, rows: list[Row]) -> None:
        """Read rows that `Rows` has told apart."""
        for row in rows:
            if row.kind in COUNTED:
                self._counts(row)
        self.problems += subtotals.problems(self.sheet, self._totals(rows))
        self.problems += self._reports(rows)

    def _of_column(self, column: int, meaning: Meaning) -> Meaning:
        """A column's meaning with its unit's code in place of the name."""
        if not meaning.area:
            return meaning
        at = self.sheet.place(self.header.bottom, column)
        try:
            area = self.units.named(meaning.area, self.context.area, at)
        except Unresolved as error:
            self.problems.append(error.problem)
            area = "?"
        return Meaning(measure=meaning.measure, register=meaning.register, area=area, total=meaning.total)

    def _counts(self, row: Row) -> None:
        pairs: dict[tuple[str, str], dict[str, int]] = {}
        for column, meaning in self.values.items():
            if not meaning.total:
                key = (
                    row.area or meaning.area or self.context.unit,
                    row.register or meaning.register or self.context.register,
                )
                pairs.setdefault(key, {})[meaning.measure] = column
        for (area, register), columns in pairs.items():
            found = {measure: self._number(row.number, column) for measure, column in columns.items()}
            nowhere = row.kind == UNKNOWN or area == "?"
            if not nowhere and not any(number.fault for number in found.values()):
                self._pair(row, area, register, columns, found)
            for measure, column in columns.items():
                faulty = nowhere or bool(found[measure].fault)
                self.figures.append(Figure(row.number, column, area, register, measure, found[measure].value, faulty))
        if row.kind == UNIT:
            for each in remarks.read(self.sheet, self.header, self.names, row.number, row.area or self.context.unit):
                if isinstance(each, Difficulty):
                    self.difficulties.append(each)
                else:
                    self.problems.append(each)

    def _number(self, row: int, column: int) -> Number:
        """The count in a cell; anything else in it becomes a problem."""
        value, marks, at = self.sheet.value(row, column), self.sheet.marks, (row, column)
        number = Number(None, fault=fault) if (fault := self._marked(row, column)) else numbers.parse(value)
        if number.fault:
            place = self.sheet.place(row, column)
            self.problems.append(problem(f"count.{number.fault}", place, words(value), **_meant(value, number.fault)))
        elif at in marks.formulas and number.value is not None:
            self.calculated.append(self.sheet.place(row, column))
        if number.style:
            self.styles.setdefault(number.style, self.sheet.place(row, column))
        return number

    def _marked(self, row: int, column: int) -> str:
        marks, at = self.sheet.marks, (row, column)
        if at in marks.uncalculated:
            return "uncalculated"
        if at in marks.errors:
            return "error"
        if at in marks.percents and self.sheet.value(row, column) != "":
            return "percent"
        merged = self.sheet.merged_at(row, column)
        spread = merged and any(
            (r, c) != at and c in self.header.values and r > self.header.bottom
            for r in range(merged.top, min(merged.bottom, merged.top + 1) + 1)
            for c in range(merged.left, min(merged.right, merged.left + 1) + 1)
        )
        return "merged" if spread and words(self.sheet.value(row, column)) else ""

    def _pair(self, row: Row, area: str, register: str, columns: dict[str, int], found: dict[str, Number]) -> None:
        """Make an entry of a pair of counts, or a problem."""
        required, digitised = (found[measure].value for measure in MEASURES)
        at, digitised_at = (self.sheet.place(row.number, columns[measure]) for measure in MEASURES)
        if fault := self._fault(row, area, register, required, digitised, at, digitised_at):
            self.problems.append(fault)
        elif self.names.lists.applies(area, self.registers[register]):
            if digitised is None and required is not None:
                self.unreported.append(at)
                required = None
            self.entries.append(Entry(area, register, required, digitised, at, digitised_at))

    def _fault(
        self,
        row: Row,
        area: str,
        register: str,
        required: int | None,
        digitised: int | None,
        at: Place,
        digitised_at: Place,
    ) -> Problem | None:
        empty = required is None and digitised is None
        keeps = self.names.lists.applies(area, self.registers[register])
        values = {"area": self.names.own(area), "register": self.registers[register].name_vi}
        status = self._status(row.number)
        if not keeps and not empty:
            return problem(
                "count.not_kept",
                at if required is not None else digitised_at,
                required if required is not None else digitised,
                **values,
            )
        if status == "?" or (status and not empty) or (status == "not_applicable" and keeps):
            column = self.header.keys("status")[0]
            return problem(
                "count.status", self.sheet.place(row.number, column), words(self.sheet.value(row.number, column))
            )
        if required is None and digitised is not None:
            return problem("count.half", at, "", other=digitised, **values)
        if digitised is None and required is not None and not self.context.ours:
            return problem("count.half", digitised_at, "", other=required, **values)
        if required is not None and digitised is not None and digitised > required:
            return problem("count.over", digitised_at, digitised, required=required, cell=at.cell, **values)
        return None

    def _status(self, row: int) -> str:
        for column in self.header.keys("status"):
            if text := self.sheet.text(row, column):
                return self.names.status(text) or "?"
        return ""

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
                        totals += self._total(
                            row.number, column, _fitting(by_row.get(row.number, []), meaning, self.registers)
                        )
            elif row.kind == TOTAL:
                summed = None if row.area else subtotals.scope(rows, row.number)
                for column, meaning in self.values.items():
                    figures = self.figures if meaning.total else by_column.get(column, [])
                    inside = [f for f in figures if self._summed(f, row, summed)]
                    totals += self._total(row.number, column, _fitting(inside, meaning, self.registers))
        return totals

    def _summed(self, figure: Figure, row: Row, summed: frozenset[int] | None) -> bool:
        if row.register and figure.register != row.register:
            return False
        if summed is not None:
            return figure.row in summed
        return figure.area in ("", "?") or self.names.lists.areas.within(figure.area, row.area)

    def _total(self, row: int, column: int, figures: list[Figure]) -> list[Total]:
        number = self._number(row, column)
        if number.value is None:
            return []
        return [Total(row, column, self.values[column].measure, number.value, tuple(figures))]

    def _reports(self, rows: list[Row]) -> Iterator[Problem]:
        if self.calculated:
            yield report("formula.read", self.calculated[0], len(self.calculated))
        if self.unreported:
            yield report("count.carried", self.unreported[0], len(self.unreported))
        keys = set(self.header.keys("area", "area_code", "district", "register", "register_code"))
        numbered = {row.number for row in rows if row.kind != SECTION}
        tall = (m for m in self.sheet.marks.merged if m.left in keys and m.bottom > m.top and m.bottom in numbered)
        if filled := sorted(tall):
            yield report("merged.filled", self.sheet.place(filled[0].top, filled[0].left), ", ".join(map(str, filled)))


def _fitting(figures: list[Figure], meaning: Meaning, registers: dict[str, Register]) -> list[Figure]:
    """Those of the measure, the area and the group that a column's heading names."""
    group = GROUPS.get(meaning.total, "")
    return [
        f
        for f in figures
        if f.measure == meaning.measure
        and (not meaning.area or f.area == meaning.area)
        and (not meaning.register or f.register == meaning.register)
        and (not group or f.register not in registers or registers[f.register].group == group)
    ]


def _meant(value: numbers.Value, fault: str) -> dict[str, object]:
    return {"thousands": round(value * 1000)} if fault == "fraction" and isinstance(value, float) else {}
