"""Files that offices send → entries and problems, never a guess.

Everything a file says is read as text or as a stored number, by stated rules; what no rule covers is a problem that
names its cell. Nothing here writes anything.
"""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from hotich.intake.files import accept, text, workbook
from hotich.intake.lists import Lists
from hotich.intake.problems import Place, Problem
from hotich.intake.records import Difficulty, Entry, Intake, Reading
from hotich.intake.tables import merge
from hotich.intake.tables.find import Book
from hotich.intake.tables.match_names import Names
from hotich.intake.tables.units import Units
from hotich.month import Month

__all__ = ["Difficulty", "Entry", "Intake", "Lists", "Place", "Problem", "Reading", "read"]


def read(paths: Iterable[Path], month: Month, lists: Lists, progress: Callable[[str], None] | None = None) -> Intake:
    """Read files, or folders of files, as one import of that month; `progress` hears a file's name before it is read.

    Files are read in order of their names. Raises nothing for what a file holds: that is a problem with a place.
    """
    names = Names(lists)
    units = Units(names)
    chosen, problems = accept.find(paths)
    readings = []
    for path in chosen:
        if progress:
            progress(path.name)
        readings.append(_file(path, month, names, units))
    entries, between = merge.entries(entry for reading in readings for entry in reading.entries)
    difficulties = merge.difficulties(each for reading in readings for each in reading.difficulties)
    every = (*problems, *(each for reading in readings for each in reading.problems), *between)
    return Intake(tuple(readings), entries, difficulties, every)


def _file(path: Path, month: Month, names: Names, units: Units) -> Reading:
    digest = ""
    try:
        source = accept.load(path)
        digest = hashlib.sha256(source.content).hexdigest()
        if source.kind == ".csv":
            sheet, problems = text.read(source, names.known)
            found = [sheet]
        else:
            found, problems = workbook.read(source), ()
    except accept.Refused as error:
        return Reading(path.name, digest, (), (), (error.problem,))
    book = Book(month, names, units)
    book.read(found, path.name)
    return Reading(path.name, digest, tuple(book.entries), tuple(book.difficulties), (*problems, *book.problems))
