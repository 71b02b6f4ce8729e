"""From what was read to what is accepted: one delivery's counts, difficulties, log lines and files, all or nothing.

A file replaces the rows it mentions and no others, so districts may come one after another and again. What a release
rests on is frozen: a later delivery for such a month is its next revision.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from hotich.data import counts, difficulties, releases
from hotich.data.counts import Counts
from hotich.data.office import Office
from hotich.errors import InputRefused, WrongUsage
from hotich.intake.deliver import changed_cells, incoming_log
from hotich.intake.deliver.changed_cells import Change
from hotich.intake.lists import Lists
from hotich.intake.records import Difficulty, Entry, Intake
from hotich.month import Month, printable
from hotich.storage import csv_table
from hotich.storage.paths import Folders
from hotich.views.markup import harmless

Cells = tuple[str, ...]
DELIVERIES: Final = "deliveries.csv"
DIFFICULTIES: Final = "difficulties.csv"


@dataclass(frozen=True)
class Standing:
    """What stands for a month before an import: its latest counts, if any, and the revision that may be written."""

    month: Month
    revision: int
    counts: Counts | None
    release: str

    @property
    def corrects(self) -> bool:
        """Whether what stands is frozen, and the import is a correction."""
        return bool(self.release)


@dataclass(frozen=True)
class Plan:
    """Everything an accepted import writes: `files` by their name below the data folder, and what it amounts to."""

    standing: Standing
    as_of: date
    rows: tuple[Cells, ...]
    changes: tuple[Change, ...]
    files: dict[str, bytes]

    @property
    def nothing_new(self) -> bool:
        """Whether all of it is there already."""
        return not self.files


def standing(folders: Folders, wanted: Month) -> Standing:
    """What an import of the month meets.

    Raises InputRefused when that is made up, or is not what the log says it is: neither may be mixed with reports;
    and for a log that cannot be read.
    """
    if (folders.data / DELIVERIES).is_file():
        counts.deliveries(folders)  # a log that cannot be read is told before anything rests on it
    if wanted not in counts.months(folders):
        return Standing(wanted, 0, None, "")
    last = counts.read(folders, wanted)
    if last.synthetic:
        raise InputRefused("import.synthetic", month=wanted, file=last.file)
    if last.sha256 != last.delivery.sha256:
        raise InputRefused("import.edited", file=last.file)
    resting = [each for each in releases.resting_on(folders, wanted) if last.file in each.manifest["inputs"]]
    revision = last.delivery.revision + bool(resting)
    return Standing(wanted, revision, last, resting[0].title if resting else "")


def day(text: str, wanted: Month, before: Standing, settings: Office) -> date:
    """The as-of date: the one given, else that of the counts that stand, else the office's cut-off day.

    Raises WrongUsage for anything but a day of the month.
    """
    if not text:
        return before.counts.delivery.as_of if before.counts else settings.cutoff(wanted)
    try:
        given = date.fromisoformat(text)
    except ValueError:
        given = None
    if given is None or not wanted.first_day <= given <= wanted.last_day:
        raise WrongUsage("import.as_of", value=printable(text), month=wanted, example=settings.cutoff(wanted))
    return given


def plan(
    folders: Folders,
    before: Standing,
    as_of: date,
    lists: Lists,
    found: Intake,
    contents: Sequence[bytes],
    reason: str = "",
) -> Plan:
    """What the import would write; `contents` are the bytes of the files read, in their order. Nothing is written."""
    rows = tuple(_rows(lists, before.counts, found.entries))
    changes = changed_cells.between([_cells(row) for row in before.counts.rows] if before.counts else None, rows)
    named, log = _difficulties(folders, before, lists, found.difficulties), incoming_log.read(folders)
    if before.counts and not changes and _same_day(before, as_of) and _known(folders, before, named, found, log):
        return Plan(before, as_of, rows, (), {})
    path = folders.counts(before.month, before.revision)
    content, came = csv_table.content(counts.COLUMNS, rows), _came(path, before, log, found, contents)
    deliveries = _deliveries(folders, before, as_of, content, reason, (*log, *came))
    files = {line.file: each for line, each in zip(came, contents, strict=True)} | {
        path.relative_to(folders.data).as_posix(): content,
        DIFFICULTIES: csv_table.content(difficulties.COLUMNS, named),
        incoming_log.LOG: incoming_log.added(folders, came),
        DELIVERIES: csv_table.content(counts.DELIVERY_COLUMNS, deliveries),
    }
    return Plan(before, as_of, rows, changes, files)


def _rows(lists: Lists, base: Counts | None, entries: Iterable[Entry]) -> Iterator[Cells]:
    """Every unit and register in the order of the lists; what nobody has reported is *not reported*, never zero."""
    stood = {(row["area"], row["register"]): _cells(row)[2:] for row in base.rows} if base else {}
    given = {(entry.area, entry.register): entry for entry in entries}
    missing = ("", "", counts.NOT_REPORTED)
    for unit in lists.areas.units(lists.root):
        for register in lists.registers:
            cell = (unit.code, register.code)
            if not lists.applies(unit.code, register):
                yield (*cell, "", "", counts.NOT_APPLICABLE)
            elif entry := given.get(cell):
                yield (*cell, *(_given(entry) if entry.reported else missing))
            else:
                yield (*cell, *stood.get(cell, missing))


def _given(entry: Entry) -> Cells:
    return (str(entry.required), str(entry.digitised), counts.REPORTED)


def _cells(row: csv_table.Row) -> Cells:
    return tuple(row[column] for column in counts.COLUMNS)


def _difficulties(folders: Folders, before: Standing, lists: Lists, named: Iterable[Difficulty]) -> list[Cells]:
    """The whole of `difficulties.csv`: a unit that names any replaces what it had named for the month.

    A correction is about counts: the lines of a published month, on which its release rests, stay.
    """
    path, wanted = folders.data / DIFFICULTIES, str(before.month)
    rows = csv_table.read(path, difficulties.COLUMNS) if path.is_file() else []
    if before.revision:
        return [tuple(row.cells.values()) for row in rows]
    new = _notes(named)
    again = {area for area, _ in new}
    others = [tuple(row.cells.values()) for row in rows if row["month"] != wanted]
    own = {(row["area"], row["kind"]): row["note"] for row in rows if row["month"] == wanted}
    own = {key: note for key, note in own.items() if key[0] not in again} | new
    units = {unit.code: place for place, unit in enumerate(lists.areas.units(lists.root))}
    ordered = sorted(
        own, key=lambda key: (units.get(key[0], len(units)), key[0], difficulties.DIFFICULTIES.index(key[1]))
    )
    return sorted([*others, *((wanted, *key, own[key]) for key in ordered)], key=lambda row: row[0])


def _notes(named: Iterable[Difficulty]) -> dict[tuple[str, str], str]:
    """A unit's notes on one kind in one line, as text that no spreadsheet takes for a formula."""
    notes: dict[tuple[str, str], dict[str, None]] = {}
    for each in named:
        note = " ".join(each.note.split())
        notes.setdefault((each.area, each.kind), {}).update({note: None} if note else {})
    return {key: harmless("; ".join(texts)) for key, texts in notes.items()}


def _same_day(before: Standing, as_of: date) -> bool:
    return before.counts is not None and before.counts.delivery.as_of == as_of


def _known(
    folders: Folders, before: Standing, named: list[Cells], found: Intake, log: Iterable[incoming_log.Line]
) -> bool:
    """Whether these very files came before and said nothing else; a correction that changes no count says nothing."""
    if before.corrects:
        return True
    path = folders.data / DIFFICULTIES
    same = path.is_file() and path.read_bytes() == csv_table.content(difficulties.COLUMNS, named)
    came = {line.sha256 for line in log if (line.month, line.revision) == (before.month, before.revision)}
    return same and all(reading.sha256 in came for reading in found.readings)


def _came(
    path: Path, before: Standing, log: Iterable[incoming_log.Line], found: Intake, contents: Sequence[bytes]
) -> list[incoming_log.Line]:
    delivery = incoming_log.next_delivery(log, before.month, before.revision)
    names = incoming_log.stored(path, delivery, [reading.file for reading in found.readings])
    return [
        incoming_log.Line(
            before.month,
            before.revision,
            delivery,
            name,
            hashlib.sha256(content).hexdigest(),
            tuple(sorted({entry.area for entry in reading.entries})),
        )
        for name, reading, content in zip(names, found.readings, contents, strict=True)
    ]


def _deliveries(
    folders: Folders, before: Standing, as_of: date, content: bytes, reason: str, log: Sequence[incoming_log.Line]
) -> list[Cells]:
    """The whole of `deliveries.csv` with this delivery's line in its place."""
    path, key = folders.data / DELIVERIES, (str(before.month), before.revision)
    rows = csv_table.read(path, counts.DELIVERY_COLUMNS) if path.is_file() else []
    others = {(row["month"], int(row["revision"])): tuple(row.cells.values()) for row in rows}
    kept = harmless(" ".join(reason.split())) or (others[key][5] if key in others else "")
    files = sum((str(line.month), line.revision) == key for line in log)
    digest = hashlib.sha256(content).hexdigest()
    source = f"hotich import, files in incoming.csv: {files}"
    line = (key[0], str(key[1]), as_of.isoformat(), "reported", digest, kept, source)
    return [row for _, row in sorted((others | {key: line}).items())]
