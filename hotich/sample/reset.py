"""The command `reset-data`: the made-up months and what belongs to the example leave, so that an office can begin."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from hotich import change, counts, csv_table, difficulties, draft, release
from hotich.errors import CannotNow
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.places import Places

DESCRIPTION: Final = "datapackage.json"
CONTROLS: Final = "sample.toml"


@dataclass(frozen=True)
class Removal:
    """What would go: months, files by name below the data folder, and lines of tables that stay."""

    months: tuple[Month, ...]
    files: tuple[str, ...]
    deliveries: int
    difficulties: int

    @property
    def nothing(self) -> bool:
        """Whether there is nothing made up in the folder."""
        return not self.files and not self.deliveries


def removal(at: Places) -> Removal:
    """What `remove` would take away. Raises CannotNow naming the releases that rest on made-up months."""
    log = counts.deliveries(at) if (at.data / "deliveries.csv").is_file() else {}
    made_up = [key for key, delivery in log.items() if delivery.origin == "synthetic"]
    months = tuple(sorted({month for month, _ in made_up}))
    resting = {found.title: found for month in months for found in release.resting_on(at, month)}
    if resting:
        raise CannotNow("sample.rests", releases=", ".join(sorted(resting)), folder=at.reports)
    wanted = [at.counts(*key) for key in made_up]
    wanted += [at.published(month) for month in months]
    wanted += [at.comment(month, language) for month in months for language in LANGUAGES]
    wanted += [at.data / CONTROLS]
    files = tuple(path.relative_to(at.data).as_posix() for path in wanted if path.is_file())
    return Removal(months, files, len(made_up), len(_difficulties(at)) - len(_difficulties(at, months)))


def remove(at: Places, going: Removal) -> None:
    """Take it all away at once. Raises CannotNow when the disk refuses."""
    months = set(map(str, going.months))
    log = csv_table.read(at.data / "deliveries.csv", counts.DELIVERY_COLUMNS) if going.deliveries else []
    kept = [tuple(row.cells.values()) for row in log if not (row["month"] in months and row["origin"] == "synthetic")]
    files = {"deliveries.csv": csv_table.content(counts.DELIVERY_COLUMNS, kept)} if going.deliveries else {}
    if going.difficulties:
        files["difficulties.csv"] = csv_table.content(difficulties.COLUMNS, _difficulties(at, going.months))
    with draft.locked(at.publishing, shown=at.reports), change.alone(at.data):
        change.make(at.data, files | _description(at, going.files), going.files)


def _difficulties(at: Places, but: Collection[Month] = ()) -> list[tuple[str, ...]]:
    path, months = at.data / "difficulties.csv", set(map(str, but))
    rows = csv_table.read(path, difficulties.COLUMNS) if path.is_file() else []
    return [tuple(row.cells.values()) for row in rows if row["month"] not in months]


def _description(at: Places, gone: Collection[str]) -> dict[str, bytes]:
    """The description of the folder without the files that go; none where it names none of them."""
    path = at.data / DESCRIPTION
    if not path.is_file():
        return {}
    package = json.loads(path.read_bytes())
    left = [kept for resource in package["resources"] if (kept := _left(resource, gone))]
    if left == package["resources"]:
        return {}
    text = json.dumps(package | {"resources": left}, ensure_ascii=False, indent=1)
    return {DESCRIPTION: (text + "\n").encode()}


def _left(resource: dict[str, Any], gone: Collection[str]) -> dict[str, Any] | None:
    """A resource with those of its files that stay, or None."""
    if not isinstance(resource["path"], list):
        return None if resource["path"] in gone else resource
    paths = [path for path in resource["path"] if path not in gone]
    return resource | {"path": paths} if paths else None
