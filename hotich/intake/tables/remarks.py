"""What units say holds them up: kinds of the closed list, several in a cell by semicolons or lines, and a note."""

import re
from collections.abc import Iterator
from typing import Final

from hotich.intake.files.sheet import Sheet
from hotich.intake.problems import Problem, problem, report
from hotich.intake.records import Difficulty
from hotich.intake.tables.headings import Header
from hotich.intake.tables.match_names import Names

_BETWEEN: Final = re.compile(r"\s*[;\n]\s*")


def read(sheet: Sheet, header: Header, names: Names, row: int, area: str) -> Iterator[Difficulty | Problem]:
    """The difficulties of one row of a unit, and what is wrong with them."""
    columns = header.keys("difficulty")
    for column in (*columns, *header.keys("note")):
        if (row, column) in sheet.metadata.uncalculated:
            yield problem("count.uncalculated", sheet.place(row, column))
    note, note_column = next(((t, c) for c in header.keys("note") if (t := sheet.text(row, c))), ("", 0))
    kinds = [(part, column) for column in columns for part in _BETWEEN.split(sheet.text(row, column)) if part]
    for written, column in kinds:
        at, kind = sheet.place(row, column), names.difficulty(written)
        if not kind:
            yield problem("difficulty.unknown", at, written, allowed=names.difficulty_names)
        elif not area:
            yield problem("heading.no_area", at)
        else:
            yield Difficulty(area, kind, note, at)
    if columns and note and not kinds:
        yield report("difficulty.only_note", sheet.place(row, note_column), note)
