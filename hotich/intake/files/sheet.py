"""One sheet of one file as a grid of cells, whatever the format of the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from hotich.intake.files.numbers import Value
from hotich.intake.problems import Place


@dataclass(frozen=True, order=True, slots=True)
class Range:
    """Cells from top left to bottom right, both included; rows and columns count from 0."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{cell(self.top, self.left)}:{cell(self.bottom, self.right)}"


@dataclass(frozen=True)
class CellMetadata:
    """What a workbook records of its cells beside values.

    `uncalculated` are formulas without a stored value, `errors` the texts of cells whose formula failed (`#N/A`).
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
    """A grid: `rows` are lists of values, an empty cell is an empty text; `lines` are the rows' lines in a CSV file."""

    file: str
    name: str
    rows: Sequence[Sequence[Value]]
    metadata: CellMetadata = field(default_factory=CellMetadata)
    hidden: bool = False
    lines: tuple[int, ...] = ()

    def place(self, row: int, column: int) -> Place:
        """Return the place of a cell, for messages."""
        return Place(self.file, self.name, cell(self.lines[row] - 1 if self.lines else row, column))

    @property
    def whole(self) -> Place:
        """The place of the sheet itself."""
        return Place(self.file, self.name)

    @cached_property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max(map(len, self.rows), default=0)

    def value(self, row: int, column: int) -> Value:
        """Return the value of a cell; beyond the grid an empty text."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    def text(self, row: int, column: int) -> str:
        """Return a cell, or the merged range it is in, as text; a stored whole number as its digits."""
        merged = self._merged.get((row, column))
        return words(self.value(merged.top, merged.left) if merged else self.value(row, column))

    def merged_at(self, row: int, column: int) -> Range | None:
        """Return the merged range that a cell is in, or None."""
        return self._merged.get((row, column))

    @cached_property
    def _merged(self) -> dict[tuple[int, int], Range]:
        return {
            (row, column): merged
            for merged in self.metadata.merged
            for row in range(merged.top, min(merged.bottom, len(self.rows) - 1) + 1)
            for column in range(merged.left, min(merged.right, self.width - 1) + 1)
        }


def words(value: Value) -> str:
    """Return a value as text; a stored whole number as its digits."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def cell(row: int, column: int) -> str:
    """Return a cell's name: `C12` for row 11 and column 2."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
