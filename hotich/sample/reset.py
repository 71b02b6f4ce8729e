"""`hotich reset-data`: remove the made-up months and the rest of the example, so that an office can begin its own."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from hotich.data import counts, difficulties, releases
from hotich.errors import CannotNow, InputRefused
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.storage import atomic, csv_table, transaction
from hotich.storage.paths import Folders

DESCRIPTION: Final = "datapackage.json"
CONTROLS: Final = "sample.toml"


@dataclass(frozen=True)
class Removal:
    """What would be removed: months, files (relative to the data folder), and how many lines of files that stay."""

    months: tuple[Month, ...]
    files: tuple[str, ...]
    deliveries: int
    difficulties: int

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to remove."""
        return not self.files and not self.deliveries

    @property
    def next(self) -> Month:
        """The month that follows those that go; today's where none does."""
        today = date.today()
        return self.months[-1].plus(1) if self.months else Month(today.year, today.month)


def removal(folders: Folders) -> Removal:
    """Return what `remove` would delete. Raises CannotNow naming the releases that used made-up months."""
    log = counts.deliveries(folders) if (folders.data / "deliveries.csv").is_file() else {}
    made_up = [key for key, delivery in log.items() if delivery.origin == "synthetic"]
    months = tuple(sorted({month for month, _ in made_up}))
    resting = {found.title: found for month in months for found in releases.resting_on(folders, month)}
    if resting:
        raise CannotNow("sample.rests", releases=", ".join(sorted(resting)), folder=folders.releases(examples=True))
    wanted = [folders.counts(*key) for key in made_up]
    wanted += [folders.published(month) for month in months]
    wanted += [folders.comment(month, language) for month in months for language in LANGUAGES]
    wanted += [folders.data / CONTROLS]
    files = tuple(path.relative_to(folders.data).as_posix() for path in wanted if path.is_file())
    named = len(difficulties_without(folders, ())) - len(difficulties_without(folders, months))
    return Removal(months, files, len(made_up), named)


def remove(folders: Folders, going: Removal) -> None:
    """Delete all of it in one transaction. Raises CannotNow if the disk refuses."""
    months = set(map(str, going.months))
    log = csv_table.read(folders.data / "deliveries.csv", counts.DELIVERY_COLUMNS) if going.deliveries else []
    kept = [tuple(row.cells.values()) for row in log if not (row["month"] in months and row["origin"] == "synthetic")]
    files = {"deliveries.csv": csv_table.content(counts.DELIVERY_COLUMNS, kept)} if going.deliveries else {}
    if going.difficulties:
        files["difficulties.csv"] = csv_table.content(difficulties.COLUMNS, difficulties_without(folders, going.months))
    with atomic.locked(folders.publishing, shown=folders.reports), transaction.locked(folders.data):
        transaction.commit(folders.data, files | _description(folders, going.files), going.files)


def difficulties_without(folders: Folders, months: Collection[Month]) -> list[tuple[str, ...]]:
    """Return the lines of difficulties.csv about other months."""
    path, dropped = folders.data / "difficulties.csv", set(map(str, months))
    rows = csv_table.read(path, difficulties.COLUMNS) if path.is_file() else []
    return [tuple(row.cells.values()) for row in rows if row["month"] not in dropped]


def _description(folders: Folders, gone: Collection[str]) -> dict[str, bytes]:
    """Return datapackage.json without the files that go, by its name; empty if it lists none of them."""
    path = folders.data / DESCRIPTION
    if not path.is_file():
        return {}
    try:
        package = json.loads(path.read_bytes())
        left = [kept for resource in package["resources"] if (kept := _without(resource, gone))]
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        raise InputRefused("sample.description", file=DESCRIPTION) from None
    if left == package["resources"]:
        return {}
    text = json.dumps(package | {"resources": left}, ensure_ascii=False, indent=1)
    return {DESCRIPTION: (text + "\n").encode()}


def _without(resource: dict[str, Any], gone: Collection[str]) -> dict[str, Any] | None:
    """Return a resource with those of its files that stay, or None."""
    if not isinstance(resource["path"], list):
        return None if resource["path"] in gone else resource
    paths = [path for path in resource["path"] if path not in gone]
    return resource | {"path": paths} if paths else None
