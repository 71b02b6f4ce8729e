"""The records read from the files of one import."""

from dataclasses import dataclass

from hotich.intake.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit's counts of one register, both given, or both None where the cells are empty.

    `area` is a reporting unit that keeps `register`. An empty entry means *not reported*, never zero; an area and
    register that no file mentions has no entry and is not reported either. `place` is the cell of `required`.
    """

    area: str
    register: str
    required: int | None
    digitised: int | None
    place: Place
    digitised_place: Place

    @property
    def reported(self) -> bool:
        """Whether the unit gave its counts."""
        return self.required is not None


@dataclass(frozen=True, slots=True)
class Difficulty:
    """A difficulty that a unit reports: a kind of `difficulties.DIFFICULTIES` and a note in its own words or empty."""

    area: str
    kind: str
    note: str
    place: Place


@dataclass(frozen=True)
class Reading:
    """One file: its name, the SHA-256 of its bytes, and its records in the order of the file."""

    file: str
    sha256: str
    entries: tuple[Entry, ...]
    difficulties: tuple[Difficulty, ...]
    problems: tuple[Problem, ...]

    @property
    def areas(self) -> tuple[str, ...]:
        """The units with entries, sorted."""
        return tuple(sorted({entry.area for entry in self.entries}))


@dataclass(frozen=True)
class Intake:
    """All files of one import, in order of their names; problems of every file and between files.

    `entries` has each unit and register once. Unless `refused`, `entries` and `difficulties` may be written.
    """

    readings: tuple[Reading, ...]
    entries: tuple[Entry, ...]
    difficulties: tuple[Difficulty, ...]
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        """Whether any problem refuses the import; then nothing may be written."""
        return any(problem.refuses for problem in self.problems)
