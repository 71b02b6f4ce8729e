"""Facts in a file that the processes of a command share: a page reads those of the areas that it shows, and no others.

A country has half a million facts, a page of one of its districts shows a few thousand.
"""

import errno
import os
import sqlite3
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, ValuesView
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from hotich.data.areas import AreasOn
from hotich.measures.facts import Fact, Value
from hotich.month import exact

_TABLES: Final = """
create table facts (block integer, at integer, area text, scope text, measure text, kind text, value text, unit text,
    origin text, month text, primary key (block, at)) without rowid;
create table areas (area text primary key, block integer) without rowid;
"""
_FACT: Final = "area, scope, measure, kind, value, unit, origin, month"
_PARSED: Final[dict[str, Callable[[str], Value]]] = {
    "int": int,
    "Decimal": Decimal,
    "date": date.fromisoformat,
    "Month": exact,
    "str": str,
}


def write(path: Path, facts: Mapping[str, Fact], areas: AreasOn) -> None:
    """Write the facts, whole or not at all: those of the units directly below one area together, as they are read.

    Raises OSError where the system refuses, as other files do.
    """
    blocks: dict[str, int] = {}
    known = dict.fromkeys(fact.area for fact in facts.values())
    of_area = {area: blocks.setdefault(_block(area, areas), len(blocks)) for area in known}
    ordered = sorted(enumerate(facts.values()), key=lambda each: of_area[each[1].area])
    rows = ((of_area[fact.area], at, *_row(fact)) for at, fact in ordered)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}")
    try:
        with closing(sqlite3.connect(new, isolation_level=None)) as database:
            database.executescript(f"pragma journal_mode = off; pragma synchronous = off; {_TABLES} begin;")
            database.executemany("insert into facts values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
            database.executemany("insert into areas values (?, ?)", of_area.items())
            database.execute("commit")
    except sqlite3.OperationalError as error:
        raise OSError(errno.EIO, str(error), str(path)) from error
    new.replace(path)


def _block(area: str, areas: AreasOn) -> str:
    return areas[area].parent if area in areas and areas[area].level in ("commune", "office") else f"{area} itself"


def _row(fact: Fact) -> tuple[str | None, ...]:
    kind, month = type(fact.value).__name__, str(fact.month) if fact.month else None
    return fact.area, fact.scope, fact.measure, kind, str(fact.value), fact.unit, fact.origin, month


def _fact(row: tuple[str, ...]) -> Fact:
    area, scope, measure, kind, value, unit, origin, month = row
    area, scope, measure, unit, origin = map(sys.intern, (area, scope, measure, unit, origin))
    return Fact(area, scope, measure, _PARSED[kind](value), unit, origin, exact(month) if month else None)


class InFile(Mapping[str, Fact]):
    """The facts of such a file by their names, in their order; what has been read of an area is kept."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._opened() as database:
            self._blocks = dict(database.execute("select area, block from areas"))
            self._length: int = database.execute("select count(*) from facts").fetchone()[0]
        self._read: dict[int, dict[str, Fact]] = {}

    def _opened(self) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro&immutable=1", uri=True))

    def __getitem__(self, name: str) -> Fact:
        block = self._blocks.get(name.partition("/")[0])
        if block is None:
            raise KeyError(name)
        return self._block(block)[name]

    def _block(self, block: int) -> dict[str, Fact]:
        if block not in self._read:
            with self._opened() as database:
                rows = database.execute(f"select {_FACT} from facts where block = ? order by at", (block,))  # noqa: S608
                self._read[block] = {fact.key: fact for fact in map(_fact, rows)}
        return self._read[block]

    def of(self, areas: Collection[str]) -> Iterator[Fact]:
        """Yield the facts of these areas, each area's in their order."""
        for area in areas:
            start = f"{area}/"
            if area in self._blocks:
                yield from (fact for fact in self._block(self._blocks[area]).values() if fact.key.startswith(start))

    def __iter__(self) -> Iterator[str]:
        return (fact.key for fact in self.each())

    def __len__(self) -> int:
        return self._length

    def values(self) -> ValuesView[Fact]:
        """Return all facts, which are read as they are gone through and not kept."""
        return _Each(self)

    def each(self) -> Iterator[Fact]:
        """Yield all facts in their order."""
        with self._opened() as database:
            yield from map(_fact, database.execute(f"select {_FACT} from facts order by at"))  # noqa: S608


class _Each(ValuesView[Fact]):
    _mapping: InFile

    def __iter__(self) -> Iterator[Fact]:
        return self._mapping.each()


class Facts(Mapping[str, Fact]):
    """All facts of a month: those that follow from its counts, between what the report says of itself and the rest.

    The `rest` is what others have printed or said, and what releases have stated before.
    """

    def __init__(self, own: Mapping[str, Fact], counted: Mapping[str, Fact], rest: Mapping[str, Fact]) -> None:
        self.rest = rest
        self.parts = (own, counted, rest)

    def __getitem__(self, name: str) -> Fact:
        for part in (self.rest, *self.parts):
            if (fact := part.get(name)) is not None:
                return fact
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (name for part in self.parts for name in part)

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def values(self) -> ValuesView[Fact]:
        """Return all facts; those of a file are read as they are gone through."""
        return _InParts(self)

    def each(self) -> Iterator[Fact]:
        """Yield all facts in their order."""
        return (fact for part in self.parts for fact in part.values())


class _InParts(ValuesView[Fact]):
    _mapping: Facts

    def __iter__(self) -> Iterator[Fact]:
        return self._mapping.each()


def of(facts: Mapping[str, Fact], areas: Collection[str]) -> Iterator[Fact]:
    """Yield the facts of these areas, each area's in their order."""
    for part in facts.parts if isinstance(facts, Facts) else (facts,):
        yield from part.of(areas) if isinstance(part, InFile) else (f for f in part.values() if f.area in areas)


def rest(facts: Mapping[str, Fact]) -> Mapping[str, Fact]:
    """Return the facts that do not follow from the counts; of a mapping that does not tell them apart, all."""
    return facts.rest if isinstance(facts, Facts) else facts
