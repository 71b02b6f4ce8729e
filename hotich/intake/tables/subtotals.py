"""Subtotals and totals are not data: each is checked against the counts it sums.

A total column sums its row. A total row that names an area sums that area's rows. One that names none sums the rows
above it up to the last such total or section; the whole table where there are none between, or where it is the only one
and stands above or below all others.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hotich import formats
from hotich.intake.files.sheet import Sheet
from hotich.intake.problems import Place, Problem, problem
from hotich.intake.records import Entry
from hotich.intake.tables.match_names import Names
from hotich.intake.tables.rows import COUNTED, SECTION, TOTAL, Row
from hotich.language import LANGUAGES


@dataclass(frozen=True, slots=True)
class Figure:
    """A count in a cell, None if the cell is empty; `faulty` if something is wrong with it or its row."""

    row: int
    column: int
    area: str
    register: str
    measure: str
    value: int | None
    faulty: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """A cell that sums others. `area` and `register` narrow what it sums; `rows` are those it may sum."""

    row: int
    column: int
    measure: str
    value: int
    figures: tuple[Figure, ...]

    @property
    def sum(self) -> int:
        """What its figures add up to."""
        return sum(figure.value or 0 for figure in self.figures)

    @property
    def certain(self) -> bool:
        """Whether nothing is wrong with any of its figures, and there are some."""
        return bool(self.figures) and not any(figure.faulty for figure in self.figures)


@dataclass(frozen=True, slots=True)
class Open:
    """A total that sums nothing of its own table, as on a sheet that gathers the others: what it says and of what."""

    at: Place
    measure: str
    value: int
    area: str
    registers: frozenset[str]


def elsewhere(totals: Iterable[Open], entries: Sequence[Entry], names: Names) -> Iterator[Problem]:
    """Totals checked against the counts of the whole file; one that sums nothing there, either, is no count."""
    for total in totals:
        summed = [
            entry
            for entry in entries
            if entry.register in total.registers and names.lists.areas.within(entry.area, total.area)
        ]
        found = sum((entry.required if total.measure == "required" else entry.digitised) or 0 for entry in summed)
        if not summed:
            yield problem("total.nothing", total.at, total.value, area=names.own(total.area))
        elif found != total.value:
            yield problem("total.apart", total.at, total.value, area=names.own(total.area), sum=_count(found))


def scope(rows: list[Row], number: int) -> frozenset[int]:
    """Numbers of the rows that a total row without a name sums."""
    whole = [row.number for row in rows if row.kind in COUNTED]
    nameless = [row.number for row in rows if row.kind == TOTAL and not row.area]
    if len(nameless) == 1 and not min(whole, default=0) < number < max(whole, default=0):
        return frozenset(whole)
    above: list[int] = []
    for row in rows:
        if row.number == number:
            break
        if row.kind in COUNTED:
            above.append(row.number)
        elif row.kind == SECTION or not row.area:
            above = []
    return frozenset(above or whole)


def problems(sheet: Sheet, totals: Iterable[Total]) -> Iterator[Problem]:
    """Totals that differ from their sums. Where they point at a single count, that count's cell is named."""
    certain = [total for total in totals if total.certain]
    agreeing = {(f.row, f.column) for total in certain if total.sum == total.value for f in total.figures}
    apart: dict[tuple[str, int], list[Total]] = {}
    for total in certain:
        if total.sum != total.value:
            apart.setdefault((total.measure, total.sum - total.value), []).append(total)
    for (_, difference), together in apart.items():
        suspects = frozenset.intersection(*(frozenset(t.figures) for t in together))
        suspects = frozenset(figure for figure in suspects if (figure.row, figure.column) not in agreeing)
        if len(suspects) == 1 and len(together) > 1:
            yield _suspect(sheet, next(iter(suspects)), difference, together)
        else:
            yield from (_differs(sheet, total) for total in together)


def _suspect(sheet: Sheet, figure: Figure, difference: int, totals: list[Total]) -> Problem:
    listed = ", ".join(sheet.place(total.row, total.column).cell for total in totals)
    found = formats.count(figure.value or 0, "vi")
    expected = _count((figure.value or 0) - difference)
    return problem("total.suspect", sheet.place(figure.row, figure.column), found, totals=listed, expected=expected)


def _differs(sheet: Sheet, total: Total) -> Problem:
    first, last = total.figures[0], total.figures[-1]
    cells = f"{sheet.place(first.row, first.column).cell}–{sheet.place(last.row, last.column).cell}"
    return problem(
        "total.differs",
        sheet.place(total.row, total.column),
        total.value,
        sum=_count(total.sum),
        difference=_count(abs(total.sum - total.value)),
        count=len(total.figures),
        cells=cells,
    )


def _count(value: int) -> dict[str, str]:
    return {language: formats.count(value, language) for language in LANGUAGES}
