"""What an accepted import writes: counts, difficulties, log lines and the files themselves, all or nothing.

A file replaces the rows it mentions and no others, so districts may come one after another and again. Counts that a
release used are frozen: a later delivery for such a month is its next revision.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from hotich import month as months
from hotich.data import counts, difficulties, releases
from hotich.data.counts import Counts
from hotich.data.office import Office
from hotich.errors import InputRefused, WrongUsage
from hotich.intake.deliver import changed_cells, incoming_log
from hotich.intake.deliver.changed_cells import Cells, Change, CountsRow
from hotich.intake.fold_text import clean
from hotich.intake.lists import Lists
from hotich.intake.records import Difficulty, Entry, Intake
from hotich.month import Month, printable
from hotich.storage import csv_table, regular
from hotich.storage.paths import Folders
from hotich.views.saved_table import harmless

DELIVERIES: Final = "deliveries.csv"
DIFFICULTIES: Final = "difficulties.csv"
_MISSING: Final = ("", "", counts.NOT_REPORTED)


@dataclass(frozen=True)
class Existing:
    """A month before an import: its latest counts, if any, the revision to write and the release that used them."""

    month: Month
    revision: int
    counts: Counts | None
    release: str

    @property
    def corrects(self) -> bool:
        """Whether the counts are frozen, so that an import is a correction."""
        return bool(self.release)


@dataclass(frozen=True)
class Plan:
    """What an accepted import writes: `files` by their name relative to the data folder."""

    existing: Existing
    as_of: date
    rows: tuple[CountsRow, ...]
    changes: tuple[Change, ...]
    files: dict[str, bytes]

    @property
    def nothing_new(self) -> bool:
        """Whether everything was imported before."""
        return not self.files


def existing(folders: Folders, month: Month, *, made_up: bool = False) -> Existing:
    """Return a month's data before an import, of `made_up` counts or, as ever, of reports.

    Raises InputRefused when its counts are the other of the two or differ from their logged hash, for neither may be
    mixed, and when a log cannot be read.
    """
    if regular.present(folders.data / DELIVERIES):
        counts.deliveries(folders)  # refuses a broken log even for a month without counts
    if month not in counts.months(folders):
        return Existing(month, 0, None, "")
    last = counts.read(folders, month)
    if last.synthetic != made_up:
        raise InputRefused("import.reported" if made_up else "import.synthetic", month=month, file=last.file)
    if last.sha256 != last.delivery.sha256:
        raise InputRefused("import.edited", file=last.file)
    used_by = [release for release in releases.resting_on(folders, month) if last.file in release.manifest["inputs"]]
    revision = last.delivery.revision + bool(used_by)
    return Existing(month, revision, last, used_by[0].title if used_by else "")


def day(text: str, before: Existing, settings: Office) -> date:
    """Return the as-of date: the given one, else that of the existing counts, else the office's cut-off day.

    Raises WrongUsage for anything but a day of the month.
    """
    month = before.month
    if not text:
        return before.counts.delivery.as_of if before.counts else settings.cutoff(month)
    try:
        given = months.day(text)
    except ValueError:
        given = date.min
    if not month.first_day <= given <= month.last_day:
        raise WrongUsage("import.as_of", value=printable(text), month=month, example=settings.cutoff(month))
    return given


def plan(
    folders: Folders,
    before: Existing,
    as_of: date,
    lists: Lists,
    incoming: Intake,
    contents: Sequence[bytes],
    reason: str = "",
    origin: str = "reported",
) -> Plan:
    """Return what the import would write; `contents` are the bytes of the files read, in order. Writes nothing."""
    rows = tuple(_rows(lists, before.counts, incoming.entries))
    changes = changed_cells.between(changed_cells.rows(before.counts) if before.counts else None, rows)
    named = csv_table.content(difficulties.COLUMNS, _difficulties(folders, before, lists, incoming.difficulties))
    log = incoming_log.read(folders)
    same_day = before.counts and before.counts.delivery.as_of == as_of
    if same_day and not changes and _adds_nothing(folders, before, named, incoming, log):
        return Plan(before, as_of, rows, (), {})
    lines = _log_lines(folders, before, log, incoming)
    files = {line.file: content for line, content in zip(lines, contents, strict=True)}
    files |= _tables(folders, before, as_of, rows, (*log, *lines), reason, origin)
    logged = incoming_log.added(folders, lines)
    return Plan(before, as_of, rows, changes, files | {DIFFICULTIES: named, incoming_log.LOG: logged})


def _rows(lists: Lists, base: Counts | None, entries: Iterable[Entry]) -> Iterator[CountsRow]:
    """Yield every unit and register in the order of the lists; without a report it is *not reported*, never zero."""
    kept = {row.key: row.cells for row in changed_cells.rows(base)} if base else {}
    given = {(entry.area, entry.register): _cells(entry) for entry in entries}
    for unit in lists.areas.units(lists.root):
        for register in lists.registers:
            key = (unit.code, register.code)
            if lists.applies(unit.code, register):
                yield CountsRow(*key, *(given.get(key) or kept.get(key, _MISSING)))
            else:
                yield CountsRow(*key, "", "", counts.NOT_APPLICABLE)


def _cells(entry: Entry) -> Cells:
    return (str(entry.required), str(entry.digitised), counts.REPORTED) if entry.reported else _MISSING


def _difficulties(
    folders: Folders, before: Existing, lists: Lists, reported: Iterable[Difficulty]
) -> list[tuple[str, ...]]:
    """Return the new rows of `difficulties.csv`: a unit that reports any replaces all it had reported for the month.

    A correction is about counts: the lines of a published month, which its release used, stay.
    """
    path, month = folders.data / DIFFICULTIES, str(before.month)
    rows = csv_table.read(path, difficulties.COLUMNS) if regular.present(path) else []
    if before.revision:
        return [tuple(row.cells.values()) for row in rows]
    new = _notes(reported)
    replaced = {area for area, _ in new}
    others = [tuple(row.cells.values()) for row in rows if row["month"] != month]
    notes = {(row["area"], row["kind"]): row["note"] for row in rows if row["month"] == month}
    notes = {key: note for key, note in notes.items() if key[0] not in replaced} | new
    units = {unit.code: index for index, unit in enumerate(lists.areas.units(lists.root))}
    ordered = sorted(
        notes, key=lambda key: (units.get(key[0], len(units)), key[0], difficulties.DIFFICULTIES.index(key[1]))
    )
    return sorted([*others, *((month, *key, notes[key]) for key in ordered)], key=lambda row: row[0])


def _notes(reported: Iterable[Difficulty]) -> dict[tuple[str, str], str]:
    """Return each unit's notes on one kind in one line, as text that no spreadsheet takes for a formula."""
    notes: dict[tuple[str, str], dict[str, None]] = {}
    for difficulty in reported:
        note = clean(difficulty.note)
        notes.setdefault((difficulty.area, difficulty.kind), {}).update({note: None} if note else {})
    return {key: harmless("; ".join(texts)) for key, texts in notes.items()}


def _adds_nothing(
    folders: Folders, before: Existing, named: bytes, incoming: Intake, log: Iterable[incoming_log.Line]
) -> bool:
    """Return whether these files were imported before with the same difficulties, or only correct no count."""
    if before.corrects:
        return True
    path = folders.data / DIFFICULTIES
    imported = {line.sha256 for line in log if (line.month, line.revision) == (before.month, before.revision)}
    same = path.is_file() and path.read_bytes() == named
    return same and all(reading.sha256 in imported for reading in incoming.readings)


def _log_lines(
    folders: Folders, before: Existing, log: Iterable[incoming_log.Line], incoming: Intake
) -> list[incoming_log.Line]:
    """Return the lines of this import for `incoming.csv`."""
    number = incoming_log.next_delivery(log, before.month, before.revision)
    path = folders.counts(before.month, before.revision)
    names = incoming_log.stored(path, number, [reading.file for reading in incoming.readings])
    return [
        incoming_log.Line(before.month, before.revision, number, name, reading.sha256, reading.areas)
        for name, reading in zip(names, incoming.readings, strict=True)
    ]


def _tables(
    folders: Folders,
    before: Existing,
    as_of: date,
    rows: Sequence[CountsRow],
    log: Sequence[incoming_log.Line],
    reason: str,
    origin: str,
) -> dict[str, bytes]:
    """Return the counts file and `deliveries.csv` by name."""
    path = folders.counts(before.month, before.revision)
    content = csv_table.content(counts.COLUMNS, rows)
    deliveries = _deliveries(folders, before, as_of, content, reason, origin, log)
    return {
        path.relative_to(folders.data).as_posix(): content,
        DELIVERIES: csv_table.content(counts.DELIVERY_COLUMNS, deliveries),
    }


def _deliveries(
    folders: Folders,
    before: Existing,
    as_of: date,
    content: bytes,
    reason: str,
    origin: str,
    log: Sequence[incoming_log.Line],
) -> list[tuple[str, ...]]:
    """Return the new rows of `deliveries.csv`, with the line of this delivery in its place."""
    path, key = folders.data / DELIVERIES, (str(before.month), before.revision)
    rows = csv_table.read(path, counts.DELIVERY_COLUMNS) if regular.present(path) else []
    others = {(row["month"], int(row["revision"])): row for row in rows}
    kept = harmless(clean(reason)) or (others[key]["reason"] if key in others else "")
    files = sum((str(line.month), line.revision) == key for line in log)
    digest = hashlib.sha256(content).hexdigest()
    source = f"hotich import, files in incoming.csv: {files}"
    line = (key[0], str(key[1]), as_of.isoformat(), origin, digest, kept, source)
    lines = {other: tuple(row.cells.values()) for other, row in others.items()} | {key: line}
    return [cells for _, cells in sorted(lines.items())]
