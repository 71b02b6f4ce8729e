"""Files that offices send → entries and problems, never a guess.

Everything a file says is read as text or as a stored number, by stated rules; what no rule covers is a problem that
names its cell. Nothing here writes anything.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from hotich.intake.lists import Lists
from hotich.intake.problems import Place, Problem
from hotich.intake.reading import Difficulty, Entry, Intake, Reading
from hotich.month import Month

__all__ = ["Difficulty", "Entry", "Intake", "Lists", "Place", "Problem", "Reading", "read"]


def read(paths: Iterable[Path], month: Month, lists: Lists, progress: Callable[[str], None] | None = None) -> Intake:
    """Read files, or folders of files, as one import of that month; `progress` hears a file's name before it is read.

    Files are read in order of their names. Raises nothing for what a file holds: that is a problem with a place.
    """
    raise NotImplementedError
