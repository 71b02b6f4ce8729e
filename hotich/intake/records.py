"""What was read from the files of one import."""

from dataclasses import dataclass

from hotich.intake.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit's counts of one register, both given, or both None where the cells are there but were left empty.

    `area` is a reporting unit that keeps `register`. An empty entry means *not reported*, never zero; an area and
    register that no file mentions has no entry and was not reported either. `at` is the cell of `required`.
    """

    area: str
    register: str
    required: int | None
    digitised: int | None
    at: Place
    digitised_at: Place

    @property
    def reported(self) -> bool:
        """Whether the unit gave its counts."""
        return self.required is not None


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What a unit says holds it up: a kind of `difficulties.KINDS` and a note in its own words, maybe empty."""

    area: str
    kind: str
    note: str
    at: Place


@dataclass(frozen=True)
class Reading:
    """One file: its name, the SHA-256 of its bytes, and what was read in the order of the file."""

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

    `entries` holds each unit and register once; together with `difficulties` it is what may be written, unless
    `refused`.
    """

    readings: tuple[Reading, ...]
    entries: tuple[Entry, ...]
    difficulties: tuple[Difficulty, ...]
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        """Whether anything stands in the way of accepting these files; then nothing of them may be written."""
        return any(problem.refuses for problem in self.problems)
