"""One month's counts as they were delivered: text, exactly as it came, with the line each cell stands on."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from hotich import month
from hotich.errors import InputRefused
from hotich.month import Month
from hotich.storage import csv_table
from hotich.storage.paths import Folders

COLUMNS: Final = ("area", "register", "required", "digitised", "status")
DELIVERY_COLUMNS: Final = ("month", "revision", "as_of", "origin", "sha256", "reason", "source")
REPORTED: Final = ""
NOT_REPORTED: Final = "not_reported"
NOT_APPLICABLE: Final = "not_applicable"
STATUSES: Final = (REPORTED, NOT_REPORTED, NOT_APPLICABLE)
ORIGINS: Final = ("reported", "synthetic")
CANONICAL: Final = re.compile("[0-9]+", re.ASCII)
_FILE: Final = re.compile(r"(20[0-9]{2}-(?:0[1-9]|1[0-2]))(?:\.r([1-9][0-9]*))?\.csv", re.ASCII)


@dataclass(frozen=True)
class Delivery:
    """What came in for a month: revision 0 first, then r1, r2, …; `sha256` is the hash its counts file should have."""

    month: Month
    revision: int
    as_of: date
    origin: str
    sha256: str
    reason: str
    source: str


@dataclass(frozen=True, eq=False)
class Counts:
    """A delivery and its rows, still text; `sha256` is the hash the file has. Equal only to itself."""

    delivery: Delivery
    file: str
    sha256: str
    rows: tuple[csv_table.Row, ...]

    @property
    def month(self) -> Month:
        """The month they are about."""
        return self.delivery.month

    @property
    def synthetic(self) -> bool:
        """Whether the counts were made up."""
        return self.delivery.origin == "synthetic"


def parse(text: str) -> int:
    """A canonical count, `[0-9]+` in ASCII and nothing else. Raises ValueError."""
    if not CANONICAL.fullmatch(text):
        raise ValueError(text)
    return int(text)


def files(folders: Folders) -> Iterator[tuple[Month, int]]:
    """Month and revision of every counts file, in order."""
    folder = folders.data / "counts"
    names = (_FILE.fullmatch(path.name) for path in folder.iterdir()) if folder.is_dir() else ()
    return iter(sorted((month.exact(name[1]), int(name[2] or 0)) for name in names if name))


def months(folders: Folders) -> list[Month]:
    """The months that have counts, oldest first."""
    return sorted({found for found, _ in files(folders)})


def deliveries(folders: Folders) -> dict[tuple[Month, int], Delivery]:
    """`deliveries.csv` by month and revision. Raises InputRefused for a line that cannot be read."""
    found: dict[tuple[Month, int], Delivery] = {}
    for row in csv_table.read(folders.data / "deliveries.csv", DELIVERY_COLUMNS):
        try:
            delivery = Delivery(
                month.exact(row["month"]),
                parse(row["revision"]),
                date.fromisoformat(row["as_of"]),
                ORIGINS[ORIGINS.index(row["origin"])],
                row["sha256"],
                row["reason"],
                row["source"],
            )
        except ValueError:
            raise InputRefused("deliveries.line", line=row.line, value=",".join(row.cells.values())) from None
        found[delivery.month, delivery.revision] = delivery
    return found


def read(folders: Folders, wanted: Month) -> Counts:
    """The latest revision of a month's counts. Raises InputRefused when it is missing, unlogged or no table."""
    revisions = [revision for found, revision in files(folders) if found == wanted]
    if not revisions:
        listed = ", ".join(map(str, months(folders))) or "–"
        raise InputRefused("month.no_counts", value=str(wanted), available=listed)
    delivery = deliveries(folders).get((wanted, revisions[-1]))
    path = folders.counts(wanted, revisions[-1])
    if delivery is None:
        raise InputRefused("deliveries.none", file=path.name, month=wanted)
    rows = tuple(csv_table.read(path, COLUMNS))
    return Counts(delivery, f"counts/{path.name}", digest(path), rows)


def digest(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
