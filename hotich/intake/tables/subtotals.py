"""Totals of tables, which are not data: each is checked against the counts it sums.

A total column sums its row. A total row that names an area sums that area's rows. One that names none sums the rows
above it up to the last such total or section; the table where there are none between, or where it is the only one
and above or below all others.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hotich import formats
from hotich.data.counts import REQUIRED
from hotich.intake.files.sheet import Sheet
from hotich.intake.problems import Place, Problem, problem
from hotich.intake.records import Entry
from hotich.intake.tables.match_names import Names
from hotich.intake.tables.rows import COUNTED, SECTION, TOTAL, Row
from hotich.language import LANGUAGES


@dataclass(frozen=True, slots=True)
class Figure:
    """A count in a cell, None if the cell is empty; `faulty` if the cell or its row has a problem."""

    row: int
    column: int
    area: str
    register: str
    measure: str
    value: int | None
    faulty: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """A cell that sums others, and the figures it sums."""

    row: int
    column: int
    measure: str
    value: int
    figures: tuple[Figure, ...]

    @property
    def sum(self) -> int:
        """The sum of its figures."""
        return sum(figure.value or 0 for figure in self.figures)

    @property
    def certain(self) -> bool:
        """Whether it has figures, and none of them is faulty."""
        return bool(self.figures) and not any(figure.faulty for figure in self.figures)


@dataclass(frozen=True, slots=True)
class UnmatchedTotal:
    """A total without figures in its own table, as on a summary sheet: its value, area and registers."""

    place: Place
    measure: str
    value: int
    area: str
    registers: frozenset[str]


def across_tables(totals: Iterable[UnmatchedTotal], entries: Sequence[Entry], names: Names) -> Iterator[Problem]:
    """Yield a problem for each total that differs from the counts of the file, or has none there either."""
    for total in totals:
        summed = [
            entry
            for entry in entries
            if entry.register in total.registers and names.lists.areas.within(entry.area, total.area)
        ]
        added = sum((entry.required if total.measure == REQUIRED else entry.digitised) or 0 for entry in summed)
        if not summed:
            yield problem("total.nothing", total.place, total.value, area=names.label(total.area))
        elif added != total.value:
            yield problem("total.apart", total.place, total.value, area=names.label(total.area), sum=_count(added))


def scope(rows: list[Row], number: int) -> frozenset[int]:
    """Return the numbers of the rows that a total row without an area sums."""
    counted = [row.number for row in rows if row.kind in COUNTED]
    nameless = [row.number for row in rows if row.kind == TOTAL and not row.area]
    if len(nameless) == 1 and not min(counted, default=0) < number < max(counted, default=0):
        return frozenset(counted)
    above: list[int] = []
    for row in rows:
        if row.number == number:
            break
        if row.kind in COUNTED:
            above.append(row.number)
        elif row.kind == SECTION or not row.area:
            above = []
    return frozenset(above or counted)


def problems(sheet: Sheet, totals: Iterable[Total]) -> Iterator[Problem]:
    """Yield problems of totals that differ from their sums.

    Where several differ by the same amount and share one count that no agreeing total sums, that count is named.
    """
    certain = [total for total in totals if total.certain]
    agreeing = {(f.row, f.column) for total in certain if total.sum == total.value for f in total.figures}
    differing: dict[tuple[str, int], list[Total]] = {}
    for total in certain:
        if total.sum != total.value:
            differing.setdefault((total.measure, total.sum - total.value), []).append(total)
    for (_, difference), same_difference in differing.items():
        suspects = frozenset.intersection(*(frozenset(t.figures) for t in same_difference))
        suspects = frozenset(figure for figure in suspects if (figure.row, figure.column) not in agreeing)
        if len(suspects) == 1 and len(same_difference) > 1:
            yield _suspect(sheet, next(iter(suspects)), difference, same_difference)
        else:
            yield from (_differs(sheet, total) for total in same_difference)


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
