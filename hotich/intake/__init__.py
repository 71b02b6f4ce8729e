"""Files that offices send → entries and problems, without guessing.

Every cell is read as text or as a stored number by documented rules; what no rule covers is a problem that names its
cell. Nothing here writes anything.
"""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from hotich.intake.files import accept
from hotich.intake.files.source import Refused, shown_name
from hotich.intake.lists import Lists
from hotich.intake.problems import Place, Problem
from hotich.intake.records import Difficulty, Entry, Intake, Reading
from hotich.intake.tables import merge
from hotich.intake.tables.find import TablesOfFile
from hotich.intake.tables.match_names import Names
from hotich.intake.tables.units import Units
from hotich.month import Month

__all__ = ["Difficulty", "Entry", "Intake", "Lists", "Place", "Problem", "Reading", "read"]


def read(paths: Iterable[Path], month: Month, lists: Lists, progress: Callable[[str], None] | None = None) -> Intake:
    """Read files, or folders of files, as one import of a month; `progress` gets each file's name before it is read.

    Files are read in order of their names. Faults of a file are not raised: they are problems with a place.
    """
    names = Names(lists)
    units = Units(names)
    chosen, problems = accept.find(paths)
    readings = []
    for path in chosen:
        if progress:
            progress(shown_name(path))
        readings.append(_file(path, month, names, units))
    entries, between = merge.entries(entry for reading in readings for entry in reading.entries)
    difficulties = merge.difficulties(difficulty for reading in readings for difficulty in reading.difficulties)
    within = (problem for reading in readings for problem in reading.problems)
    return Intake(tuple(readings), entries, difficulties, (*problems, *within, *between))


def _file(path: Path, month: Month, names: Names, units: Units) -> Reading:
    name, digest = shown_name(path), ""
    try:
        source = accept.load(path)
        digest = hashlib.sha256(source.content).hexdigest()
        sheets, problems = accept.READERS[source.kind](source, names.is_known)
    except Refused as error:
        return Reading(name, digest, (), (), (error.problem,))
    tables = TablesOfFile(month, names, units)
    tables.read(sheets, name)
    return Reading(name, digest, tuple(tables.entries), tuple(tables.difficulties), (*problems, *tables.problems))
