"""One sheet of one file as a grid of cells, whatever kind of file it came in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from hotich.intake.files.numbers import Value
from hotich.intake.problems import Place


@dataclass(frozen=True, order=True, slots=True)
class Range:
    """Cells from the top left to the bottom right, both included; rows and columns count from 0."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{cell(self.top, self.left)}:{cell(self.bottom, self.right)}"


@dataclass(frozen=True)
class Marks:
    """What a workbook says about cells beside their values.

    `uncalculated` are formulas without a stored value, `errors` what a cell shows whose formula failed (`#N/A`).
    """

    merged: tuple[Range, ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()
    uncalculated: frozenset[tuple[int, int]] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    percents: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """A grid: `rows` are lists of values, an empty cell is an empty text; `lines` are a CSV file's line numbers."""

    file: str
    name: str
    rows: Sequence[Sequence[Value]]
    marks: Marks = field(default_factory=Marks)
    hidden: bool = False
    lines: tuple[int, ...] = ()

    def place(self, row: int, column: int) -> Place:
        """Where a cell stands, as a person would say it."""
        return Place(self.file, self.name, cell(self.lines[row] - 1 if self.lines else row, column))

    @property
    def whole(self) -> Place:
        """The sheet itself."""
        return Place(self.file, self.name)

    @cached_property
    def width(self) -> int:
        """Columns of the widest row."""
        return max(map(len, self.rows), default=0)

    def value(self, row: int, column: int) -> Value:
        """What a cell holds, an empty text beyond the grid."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    def text(self, row: int, column: int) -> str:
        """What a cell says, that of the whole merged range if it lies in one; a stored whole number as its digits."""
        return words(self.value(*self._origin.get((row, column), (row, column))))

    def merged_at(self, row: int, column: int) -> Range | None:
        """The merged range a cell lies in."""
        return self._merged.get((row, column))

    @cached_property
    def _merged(self) -> dict[tuple[int, int], Range]:
        return {
            (row, column): each
            for each in self.marks.merged
            for row in range(each.top, min(each.bottom, len(self.rows) - 1) + 1)
            for column in range(each.left, min(each.right, self.width - 1) + 1)
        }

    @cached_property
    def _origin(self) -> dict[tuple[int, int], tuple[int, int]]:
        return {at: (each.top, each.left) for at, each in self._merged.items()}


def words(value: Value) -> str:
    """A value as a text: a stored whole number as its digits."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def cell(row: int, column: int) -> str:
    """A cell's name, `C12` for row 11 and column 2."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
