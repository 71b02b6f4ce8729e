"""Difficulties that units report: kinds of the closed list, several in a cell by semicolons or lines, and a note."""

import re
from collections.abc import Iterator
from typing import Final

from hotich.intake.files.sheet import Sheet
from hotich.intake.problems import Problem, problem, report
from hotich.intake.records import Difficulty
from hotich.intake.tables.headings import Header
from hotich.intake.tables.match_names import Names

_SEPARATOR: Final = re.compile(r"\s*[;\n]\s*")


def read(sheet: Sheet, header: Header, names: Names, row: int, area: str) -> Iterator[Difficulty | Problem]:
    """Yield the difficulties of one row of a unit, and their problems."""
    columns = header.keys("difficulty")
    for column in (*columns, *header.keys("note")):
        if (row, column) in sheet.metadata.uncalculated:
            yield problem("count.uncalculated", sheet.place(row, column))
    note, note_column = next(((t, c) for c in header.keys("note") if (t := sheet.text(row, c))), ("", 0))
    kinds = [(part, column) for column in columns for part in _SEPARATOR.split(sheet.text(row, column)) if part]
    for written, column in kinds:
        place, kind = sheet.place(row, column), names.difficulty(written)
        if not kind:
            yield problem("difficulty.unknown", place, written, allowed=names.difficulty_names)
        elif not area:
            yield problem("heading.no_area", place)
        else:
            yield Difficulty(area, kind, note, place)
    if columns and note and not kinds:
        yield report("difficulty.only_note", sheet.place(row, note_column), note)
