"""Records → counts and violations: part by part, so that no more than a part's cases are held at a time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from hotich.errors import InputRefused
from hotich.tally import engine as engines
from hotich.tally import sql
from hotich.tally.columns import shown
from hotich.tally.engine import Engine
from hotich.tally.places import WIDTH, Places
from hotich.tally.source import Source
from hotich.tally.sql import Keys

TOGETHER: Final = ("repeated", "missing")
"""Kinds of violations that are seen only across the cases of a book."""
NAMED: Final = ("unknown_unit", "unknown_register", "not_kept")
"""Kinds of cases that belong to no cell of the counts."""
MOST_NAMES: Final = 200_000
"""Names of units and registers in one part: the country has eleven thousand units. More are no names of units."""

MOST_STRANGERS: Final = 1_000
"""Names that mean no unit or register which are kept apart; all others are one."""

Tell = Callable[[str], object]


@dataclass
class Violations:
    """The violations of one kind in one cell: how many, and the first, by its `loc`; or an example of a book."""

    count: int = 0
    loc: int = 0
    example: str = ""

    def add(self, count: int, loc: int = 0, example: str = "") -> None:
        """Add more of them; the example of the first stays."""
        if not self.count:
            self.loc, self.example = loc, example
        self.count += count


@dataclass
class Cell:
    """What the records say of one unit and register, or of a name that means none."""

    cases: int = 0
    digitised: int = 0
    found: dict[str, Violations] = field(default_factory=dict)

    @property
    def required(self) -> int:
        """The cases to be digitised: each once, however often it is listed."""
        return self.cases - self.count("repeated")

    def add(self, kind: str, count: int, loc: int = 0, example: str = "") -> None:
        """Add violations of a kind, if there are any."""
        if count:
            self.found.setdefault(kind, Violations()).add(count, loc, example)

    def count(self, kind: str) -> int:
        """Return how many violations of a kind there are."""
        return self.found[kind].count if kind in self.found else 0


@dataclass
class Reduced:
    """The counts of every cell, the names that mean no cell, and the kinds of violation that were looked for."""

    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    strangers: dict[tuple[str, str, str], Cell] = field(default_factory=dict)
    looked_for: set[str] = field(default_factory=set)
    cases: int = 0

    def cell(self, unit: str, register: str) -> Cell:
        """Return a cell, to add to."""
        return self.cells.setdefault((unit, register), Cell())

    def stranger(self, kind: str, unit: str, register: str) -> Cell:
        """Return the cell of what belongs to none, to add to."""
        return self.strangers.setdefault((kind, unit, register), Cell())


@dataclass(frozen=True)
class Part:
    """Lists that are reduced together: those of one province, where folders state it, else all of them.

    `first` is the number of the first list.
    """

    name: str
    first: int
    sources: tuple[Source, ...]

    @property
    def keyed(self) -> Keys:
        """Of what the keys of units and registers are made."""
        return sql.keys(source.columns for source in self.sources)


def parts(sources: Sequence[Source], *, together: bool = False) -> list[Part]:
    """Return the lists in parts: a unit belongs to one province, so no case is in two; or all of them `together`."""
    by_province: dict[str, list[Source]] = {}
    by_folder = not together and all(source.listed.province for source in sources)
    for source in engines.ordered(sources):
        by_province.setdefault(source.listed.province if by_folder else "", []).append(source)
    found, first = [], 0
    for province in sorted(by_province):
        found.append(Part(province, first, tuple(by_province[province])))
        first += len(by_province[province])
    return found


def reduce(engine: Engine, every: Iterable[Part], places: Places, as_of: date, tell: Tell) -> Reduced:
    """Return counts and violations of all parts. Raises InputRefused for names that cannot be those of units."""
    reduced = Reduced()
    for part in every:
        tell(part.name or part.sources[0].place.file)
        _part(engine, part, places, as_of, reduced)
    return reduced


def _part(engine: Engine, part: Part, places: Places, as_of: date, reduced: Reduced) -> None:
    engine.cases(part.sources, part.first)
    roles = {role for source in part.sources for role in source.columns}
    has_state, has_scan = "digitised" in roles, "scan" in roles
    kinds = sql.conditions(has_state, has_scan, bool({"registered_on", "digitised_on"} & roles), as_of)
    finished = sql.done(has_state, has_scan, as_of)
    reduced.looked_for |= {*kinds, *NAMED, *TOGETHER}
    rows = engine.ask(sql.counted(finished, kinds))
    if len(rows) > MOST_NAMES:
        raise InputRefused("tally.many_names", file=part.sources[0].place.file, count=len(rows), most=MOST_NAMES)
    units, registers = _meant(rows, part, places)
    for row in rows:
        _add(reduced, row, tuple(kinds), units.get(row[0], ""), registers.get(row[1], ""), places)
    engine.names("units", {key: places.unit_at[unit] * WIDTH for key, unit in units.items()})
    engine.names("registers", {key: places.register_at[register] for key, register in registers.items()})
    for row in engine.ask(sql.books(engine.dialect, finished)):
        _add_books(reduced, row, places)


def _meant(rows: Sequence[tuple[Any, ...]], part: Part, places: Places) -> tuple[dict[str, str], dict[str, str]]:
    """Return the units and registers that keys mean; those that mean none are left out."""
    keyed = part.keyed
    units = {key: places.unit(key, keyed) for key in dict.fromkeys(row[0] for row in rows)}
    registers = {key: places.register(key, keyed) for key in dict.fromkeys(row[1] for row in rows)}
    return ({key: unit for key, unit in units.items() if unit}, {key: reg for key, reg in registers.items() if reg})


def _add(
    reduced: Reduced, row: tuple[Any, ...], kinds: Sequence[str], unit: str, register: str, places: Places
) -> None:
    unit_key, register_key, cases, _, unread, loc, *wrong = row
    reduced.cases += cases
    if not unit or not register or (unit, register) not in places.kept:
        kind = "unknown_unit" if not unit else "unknown_register" if not register else "not_kept"
        many = len(reduced.strangers) >= MOST_STRANGERS
        stranger = reduced.stranger(
            kind,
            unit or ("…" if many else _shown(unit_key, places.unit_names)),
            register or ("…" if many else _shown(register_key, places.register_names)),
        )
        stranger.cases += cases
        stranger.add(kind, cases, loc)
        return
    cell = reduced.cell(unit, register)
    cell.cases += cases
    cell.digitised += unread
    for at, kind in enumerate(kinds):
        cell.add(kind, wrong[2 * at], wrong[2 * at + 1] or 0)


def _shown(key: str, known: Sequence[str]) -> str:
    return " / ".join(shown(part, known) for part in key.split(sql.JOINED) if part) or "–"


def _add_books(reduced: Reduced, row: tuple[Any, ...], places: Places) -> None:
    number, _, finished, repeated, twice, missing, gap = row
    unit, register = places.cell(number)
    if (unit, register) not in places.kept:
        return
    cell = reduced.cell(unit, register)
    cell.digitised += int(finished)
    loc, _, rest = (twice or "").partition("|")
    cell.add("repeated", int(repeated), int(loc or 0), rest)
    cell.add("missing", int(missing), 0, gap or "")
