"""What an import changes in counts that stood before: cell by cell, for whoever must answer for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hotich import formats
from hotich.data import counts
from hotich.intake.lists import Lists
from hotich.language import say

Cells = tuple[str, str, str]
"""Required, digitised and status, as a counts file has them."""


@dataclass(frozen=True)
class Change:
    """One unit and register whose cells differ; `old` is None where there was no row."""

    area: str
    register: str
    old: Cells | None
    new: Cells

    def words(self, lists: Lists, language: str) -> str:
        """`Xã An (111), Sổ đăng ký khai sinh: 200, 100 → 200, 110`."""
        unit = f"{lists.areas[self.area].name(language)} ({self.area})"
        register = next(each for each in lists.registers if each.code == self.register)
        old, new = (counted(cells, language) for cells in (self.old, self.new))
        return say(language, "import.change", unit=unit, register=register.name(language), old=old, new=new)


def counted(cells: Cells | None, language: str) -> str:
    """A row's cells in words: digitised out of required, or why there are none."""
    if cells is None:
        return "–"
    required, digitised, status = cells
    if status:
        return say(language, f"import.status.{status}")
    shown = (formats.count(int(each), language) for each in (digitised, required))
    return say(language, "import.counted", digitised=next(shown), required=next(shown))


def between(old: Iterable[Sequence[str]] | None, new: Iterable[Sequence[str]]) -> tuple[Change, ...]:
    """Every row that differs, in the order of the new rows; none where nothing stood before."""
    if old is None:
        return ()
    before = {(area, register): (required, digitised, status) for area, register, required, digitised, status in old}
    found = []
    for area, register, *rest in new:
        was, now = before.get((area, register)), (rest[0], rest[1], rest[2])
        if was != now:
            found.append(Change(area, register, was, now))
    return tuple(found)


def withdrawn(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Those that take back what had been reported."""
    return tuple(c for c in changes if c.old and c.old[2] == counts.REPORTED and c.new[2] != counts.REPORTED)
