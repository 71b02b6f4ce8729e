"""One month's counts as delivered: unchanged text with its line numbers."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from hotich import formats, month
from hotich.errors import CannotNow, InputRefused, WrongUsage
from hotich.language import html, say, spoken
from hotich.month import Month, printable
from hotich.storage import csv_table, regular
from hotich.storage.csv_table import Row, Table
from hotich.storage.paths import Folders

REQUIRED, DIGITISED = MEASURES = ("required", "digitised")
KEY: Final = ("area", "register")
COLUMNS: Final = (*KEY, *MEASURES, "status")
DELIVERY_COLUMNS: Final = ("month", "revision", "as_of", "origin", "sha256", "reason", "source")
REPORTED: Final = ""
NOT_REPORTED: Final = "not_reported"
NOT_APPLICABLE: Final = "not_applicable"
STATUSES: Final = (REPORTED, NOT_REPORTED, NOT_APPLICABLE)
ORIGINS: Final = ("reported", "synthetic")
DELIVERIES: Final = "deliveries.csv"
CANONICAL: Final = re.compile("[0-9]{1,9}", re.ASCII)
"""A count: at most nine digits, for no register holds a billion entries, and sums stay exact in int64."""
_RECENT: Final = 2
_recent: Final[dict[str, pd.DataFrame]] = {}
"""The tables of the files that were read last, by their hashes."""
_FILE: Final = re.compile(r"(20[0-9]{2}-(?:0[1-9]|1[0-2]))(?:\.r([1-9][0-9]*))?\.csv", re.ASCII)


@dataclass(frozen=True)
class Delivery:
    """A line of `deliveries.csv`: revision 0 of a month, then 1, 2, …; `sha256` is the expected hash of the file."""

    month: Month
    revision: int
    as_of: date
    origin: str
    sha256: str
    reason: str
    source: str

    def _repr_html_(self) -> str:
        language = spoken()
        shown = {
            "month": formats.month(self.month, language),
            "as_of": formats.day(self.as_of, language),
            "origin": say(language, f"objects.origin.{self.origin}"),
            "sha256": self.sha256[:12],
            "reason": self.reason or "–",
            "source": self.source or "–",
        }
        return html(language, "objects.delivery", revision=self.revision, **shown)


@dataclass(frozen=True, eq=False)
class Counts:
    """A delivery; `sha256` is the actual hash of its file, `size` the number of its rows. Compared by identity.

    The rows stay in the file until somebody asks for them: most of a command asks for those of few months.
    `given` is another table than that of the file.
    """

    delivery: Delivery
    file: str
    sha256: str
    size: int
    path: Path = field(repr=False)
    given: pd.DataFrame | None = field(default=None, repr=False)

    @property
    def table(self) -> pd.DataFrame:
        """The rows as text: COLUMNS as categories, and `line`. Do not modify.

        Raises CannotNow where the file is no longer what it was.
        """
        if self.given is not None:
            return self.given
        if self.sha256 in _recent:
            return _recent[self.sha256]
        found = csv_table.read_table(self.path, COLUMNS)
        if found.sha256 != self.sha256:
            raise CannotNow("inputs.changed", month=self.month, files=self.file)
        return _kept(found)

    @property
    def rows(self) -> Iterator[Row]:
        """The rows one by one, as `table` has them."""
        lines, *cells = (self.table[name].tolist() for name in ("line", *COLUMNS))
        return (Row(line, dict(zip(COLUMNS, each, strict=True))) for line, *each in zip(lines, *cells, strict=True))

    @property
    def statuses(self) -> dict[tuple[str, str], int]:
        """How many rows of each unit have each status."""
        sizes = self.table.groupby(["area", "status"], observed=True).size()
        return dict(zip(sizes.index.tolist(), sizes.tolist(), strict=True))

    @property
    def month(self) -> Month:
        """The month of the counts."""
        return self.delivery.month

    @property
    def synthetic(self) -> bool:
        """Whether the counts are synthetic."""
        return self.delivery.origin == "synthetic"


def parse(text: str) -> int:
    """Return a canonical count, at most nine ASCII digits. Raises ValueError for anything else."""
    if not CANONICAL.fullmatch(text):
        raise ValueError(text)
    return int(text)


def files(folders: Folders) -> Iterator[tuple[Month, int]]:
    """Yield month and revision of every counts file, in order."""
    folder = folders.data / "counts"
    names = (_FILE.fullmatch(path.name) for path in folder.iterdir()) if folder.is_dir() else ()
    return iter(sorted((month.exact(name[1]), int(name[2] or 0)) for name in names if name))


def months(folders: Folders) -> list[Month]:
    """Return the months that have counts, oldest first: those with a file, and those that `deliveries.csv` has.

    To read one that has only either raises; so nothing is computed as if the month had never been delivered.
    """
    logged = deliveries(folders) if (folders.data / DELIVERIES).is_file() else {}
    return sorted({month for month, _ in (*files(folders), *logged)})


def deliveries(folders: Folders) -> dict[tuple[Month, int], Delivery]:
    """Return `deliveries.csv` by month and revision. Raises InputRefused for a line that is none or double."""
    first: dict[tuple[Month, int], int] = {}
    by_revision: dict[tuple[Month, int], Delivery] = {}
    for row in csv_table.read(folders.data / DELIVERIES, DELIVERY_COLUMNS):
        delivery = _delivery(row)
        key = delivery.month, delivery.revision
        if key in first:
            raise InputRefused("deliveries.twice", line=row.line, month=key[0], revision=key[1], first=first[key])
        first[key], by_revision[key] = row.line, delivery
    return by_revision


def _delivery(row: csv_table.Row) -> Delivery:
    try:
        return Delivery(
            month.exact(row["month"]),
            parse(row["revision"]),
            month.day(row["as_of"]),
            ORIGINS[ORIGINS.index(row["origin"])],
            row["sha256"],
            row["reason"],
            row["source"],
        )
    except (ValueError, WrongUsage):
        raise InputRefused("deliveries.line", line=row.line, value=printable(",".join(row.cells.values()))) from None


def read(folders: Folders, wanted: Month) -> Counts:
    """Return the latest revision of a month's counts.

    Raises InputRefused when there is none, when it is no table, and when `deliveries.csv` has another latest revision.
    """
    found = [revision for of, revision in files(folders) if of == wanted]
    logged = deliveries(folders) if found or (folders.data / DELIVERIES).is_file() else {}
    revisions = sorted({*found, *(revision for of, revision in logged if of == wanted)})
    if not revisions:
        raise InputRefused("month.no_counts", value=str(wanted), available=month.listed(months(folders)))
    delivery = logged.get((wanted, revisions[-1]))
    path = folders.counts(wanted, revisions[-1])
    if delivery is None:
        raise InputRefused("deliveries.none", file=path.name, month=wanted)
    if revisions[-1] not in found:
        raise InputRefused("deliveries.no_file", file=path.name, month=wanted, folder=path.parent)
    read = csv_table.read_table(path, COLUMNS)
    return Counts(delivery, f"counts/{path.name}", read.sha256, len(_kept(read)), path)


def _kept(found: Table) -> pd.DataFrame:
    """Return a file's table and keep it for those who ask next; of few files, as all months of a country are many."""
    _recent[found.sha256] = found.records
    while len(_recent) > _RECENT:
        del _recent[next(iter(_recent))]
    return found.records


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, as hexadecimal."""
    return hashlib.sha256(regular.read(path)).hexdigest()
