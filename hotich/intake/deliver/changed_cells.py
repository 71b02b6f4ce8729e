"""What an import changes in existing counts, cell by cell, for those who must answer for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from hotich import formats
from hotich.data import counts
from hotich.data.counts import Counts
from hotich.intake.lists import Lists
from hotich.language import say

Cells: TypeAlias = tuple[str, str, str]
"""Required, digitised and status, as a counts file has them."""


class CountsRow(NamedTuple):
    """A line of a counts file; the fields are `counts.COLUMNS`."""

    area: str
    register: str
    required: str
    digitised: str
    status: str

    @property
    def key(self) -> tuple[str, str]:
        """Unit and register."""
        return self.area, self.register

    @property
    def cells(self) -> Cells:
        """What is given for them."""
        return self.required, self.digitised, self.status


def rows(delivered: Counts) -> tuple[CountsRow, ...]:
    """Return the rows of a counts file."""
    return tuple(CountsRow(**row.cells) for row in delivered.rows)


@dataclass(frozen=True)
class Change:
    """One unit and register whose cells differ; `old` is None where there was no row."""

    area: str
    register: str
    old: Cells | None
    new: Cells

    def words(self, lists: Lists, language: str) -> str:
        """Return the change as text: `Xã An (111), Sổ đăng ký khai sinh: 200, 100 → 200, 110`."""
        unit = f"{lists.areas[self.area].name(language)} ({self.area})"
        register = lists.register(self.register)
        old, new = (counted(cells, language) for cells in (self.old, self.new))
        return say(language, "import.change", unit=unit, register=register.name(language), old=old, new=new)


def counted(cells: Cells | None, language: str) -> str:
    """Return a row's cells as text: digitised out of required, or the status. What is no count stays as it is."""
    if cells is None:
        return "–"
    *numbers, status = cells
    if status in counts.STATUSES and status != counts.REPORTED:
        return say(language, f"import.status.{status}")
    shown = {
        name: formats.count(int(text), language) if counts.CANONICAL.fullmatch(text) else text
        for name, text in zip(counts.MEASURES, numbers, strict=True)
    }
    return say(language, "import.counted", **shown)


def between(old: Iterable[CountsRow] | None, new: Iterable[CountsRow]) -> tuple[Change, ...]:
    """Return every difference in the order of the new rows; none where there were no rows before."""
    if old is None:
        return ()
    before = {row.key: row.cells for row in old}
    return tuple(Change(*row.key, before.get(row.key), row.cells) for row in new if row.cells != before.get(row.key))


def withdrawn(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes that withdraw reported counts."""
    return tuple(c for c in changes if c.old and c.old[2] == counts.REPORTED and c.new[2] != counts.REPORTED)
