"""`make tally`: record lists → the counts of a month, through the same door as everything that offices send.

What is kept of the records are two small files beside the counts: tally.csv, how many cases each unit and register has
and how many are wrong in which way, and tally.json, which record files they were, by their hashes. Neither can hold the
name of a person, for no column of names is read.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hotich.checks import records
from hotich.errors import InputRefused
from hotich.intake.deliver import import_month
from hotich.intake.deliver.import_month import Consent, Delivered, Received
from hotich.intake.lists import Lists
from hotich.intake.problems import Place, Problem, problem
from hotich.intake.records import Entry, Intake, Reading
from hotich.month import Month
from hotich.storage import csv_table, duck, temporary
from hotich.storage.paths import Folders
from hotich.tally import engine as engines
from hotich.tally import files, judge, places, reduce
from hotich.tally.columns import Headings
from hotich.tally.files import Listed
from hotich.tally.judge import Judged
from hotich.tally.places import Places
from hotich.tally.reduce import Reduced, Tell
from hotich.tally.source import Reader, Source, made_up

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COUNTED, ABOUT = "tally.csv", "tally.json"


@dataclass
class Tallied:
    """What a tally did, filled in as it goes: for its summary."""

    engine: str
    files: int = 0
    size: int = 0
    cases: int = 0
    seconds: float = 0.0
    made_up: bool = False
    judged: list[Judged] = field(default_factory=list)
    received: Received | None = None


def tally(
    folders: Folders,
    month: Month,
    source: str,
    *,
    engine: str = "",
    as_of: str = "",
    reason: str = "",
    agreed: Consent,
    tell: Tell,
    record: Callable[[str], object] | None = None,
) -> Tallied:
    """Count the record lists in a file or a folder into a month.

    Raises WrongUsage without a source or for an unknown engine, InputRefused for lists that cannot be read or that a
    critical rule refuses, CannotNow without consent, memory or Spark; then nothing but the report is written.
    """
    began = time.monotonic()
    done = Tallied(engines.require(engine))
    listed, problems = files.find(source)
    with duck.connected() as connection, temporary.folder() as folder:
        done.made_up = _made_up(connection, listed)

        def read(lists: Lists) -> Delivered:
            return _Run(done, lists, month, connection, tell).read(listed, problems, folder)

        done.received = import_month.settle(
            folders, month, read, as_of=as_of, reason=reason, agreed=agreed, record=record, made_up=done.made_up
        )
    done.seconds = time.monotonic() - began
    return done


@dataclass(frozen=True)
class _Run:
    """One tally, from the files listed to what an import takes."""

    done: Tallied
    lists: Lists
    month: Month
    connection: "DuckDBPyConnection"
    tell: Tell

    def read(self, listed: Sequence[Listed], problems: Iterable[Problem], folder: Path) -> Delivered:
        """Return the counts and the two files that are kept of the records, or the problems alone."""
        known = places.of(self.lists)
        reader = Reader(self.connection, Headings(known.names), folder)
        sources, found = list[Source](), list(problems)
        for each in listed:
            self.tell(each.name)
            lists, wrong = reader.read(each)
            sources += lists
            found += wrong
        if any(each.refuses for each in found):
            return Delivered(Intake((), (), (), tuple(found)), [])
        hashes = files.hashes(listed)
        every = reduce.parts(sources, together=self.done.engine == "spark")
        with engines.opened(self.done.engine, self.connection) as engine:
            reduced = reduce.reduce(engine, every, known, self.lists.areas.day, self.tell)
        self.tell(ABOUT)
        found += self._judged(reduced, [source for part in every for source in part.sources])
        files.require_unchanged(listed)
        self._counted(listed, reduced)
        return self._delivered(reduced, known, sources, hashes, found)

    def _judged(self, reduced: Reduced, sources: Sequence[Source]) -> list[Problem]:
        if not reduced.cases:
            return [problem("record.no_cases", Place(judge.NOTHING))]
        self.done.judged, problems = judge.judge(reduced, sources, self.lists, self.month)
        return problems

    def _counted(self, listed: Sequence[Listed], reduced: Reduced) -> None:
        self.done.files, self.done.size = len(listed), sum(each.size for each in listed)
        self.done.cases = reduced.cases

    def _delivered(
        self,
        reduced: Reduced,
        known: Places,
        sources: Iterable[Source],
        hashes: Mapping[str, str],
        problems: Sequence[Problem],
    ) -> Delivered:
        cells = sorted(reduced.cells, key=lambda cell: (known.unit_at[cell[0]], known.register_at[cell[1]]))
        contents = (_table(reduced, cells), self._about(sources, hashes))
        place = Place(COUNTED)
        entries = tuple(
            Entry(*cell, reduced.cells[cell].required, reduced.cells[cell].digitised, place, place) for cell in cells
        )
        readings = tuple(
            Reading(name, hashlib.sha256(content).hexdigest(), of, (), ())
            for name, content, of in zip((COUNTED, ABOUT), contents, (entries, ()), strict=True)
        )
        return Delivered(Intake(readings, entries, (), tuple(problems)), contents)

    def _about(self, sources: Iterable[Source], hashes: Mapping[str, str]) -> bytes:
        """Return which files the counts come from, what was read of them, and the outcome of every rule."""
        read = sorted(sources, key=lambda source: (source.place.file, source.place.sheet))
        about: dict[str, Any] = {
            "month": str(self.month),
            "as_of": self.lists.areas.day.isoformat(),
            "made_up": self.done.made_up,
            "files": [
                {
                    "file": source.place.file,
                    **({"sheet": source.place.sheet} if source.place.sheet else {}),
                    "sha256": hashes[source.listed.name],
                    "bytes": source.listed.size,
                    "rows": source.rows,
                    "columns": {role: column.heading for role, column in sorted(source.columns.items())},
                }
                for source in read
            ],
            "rules": [each.record() for each in self.done.judged],
        }
        return (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode()


def _table(reduced: Reduced, cells: Iterable[tuple[str, str]]) -> bytes:
    """Return tally.csv: of each unit and register the cases, the counts, and how many cases are wrong in which way."""
    kinds = [kind for kind in records.KINDS if kind in reduced.looked_for and kind not in reduce.NAMED]
    rows = []
    for cell in cells:
        found = reduced.cells[cell]
        numbers = (found.cases, found.required, found.digitised, *(found.count(kind) for kind in kinds))
        rows.append((*cell, *map(str, numbers)))
    return csv_table.content(("area", "register", "cases", "required", "digitised", *kinds), rows)


def _made_up(connection: "DuckDBPyConnection", listed: Iterable[Listed]) -> bool:
    """Return whether the records are made up. Raises InputRefused where some are and some are not."""
    marked = {each.name: made_up(connection, each) for each in listed}
    if len({*marked.values()}) > 1:
        one, other = (next(name for name, mark in marked.items() if mark is wanted) for wanted in (True, False))
        raise InputRefused("tally.some_made_up", made_up=one, other=other)
    return any(marked.values())
