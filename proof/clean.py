"""Clean months: the illustrative series with other seeds, read once and sliced in memory."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hotich import checks, sample
from hotich.checks import suites
from hotich.checks.suites import Suite
from hotich.checks.tables import Tables
from hotich.data import dataset
from hotich.data.dataset import Dataset
from hotich.storage.paths import PROJECT, Folders

LISTS: Final = ("office.toml", "areas.csv", "registers.csv", "sample.toml")
Broken = dict[tuple[str, str, str], str]
"""The severity of every failure, by rule, area and register."""


@dataclass(frozen=True)
class Series:
    """The ten months of one seed."""

    seed: int
    whole: Dataset

    def until(self, month: int) -> Dataset:
        """Return the dataset of a month, 1 being the first, with the months before it."""
        return replace(self.whole, deliveries=self.whole.deliveries[:month])

    def months(self) -> Iterator[Dataset]:
        """Yield the dataset of each month, oldest first."""
        return (self.until(at) for at in range(1, len(self.whole.deliveries) + 1))


def series(seed: int, folder: Path) -> Series:
    """Make the series of a seed in a folder of its own and read it back; no month has published figures."""
    data = folder / str(seed) / "data"
    data.mkdir(parents=True)
    for name in LISTS:
        shutil.copy(PROJECT / "data" / name, data / name)
    folders = Folders(data, folder / str(seed) / "reports")
    return Series(seed, dataset.read(str(sample.write(folders, seed)[-1]), folders))


Book = tuple[Suite, ...]


def book() -> Book:
    """Load every suite about counts and figures."""
    return tuple(suite for suite in suites.load() if suite.name != "waivers")


def broken(data: Dataset, rules: Book) -> Broken:
    """Return the failures of a month, by the plain functions; a test compares them with Great Expectations' result."""
    tables, found = Tables(data), Broken()
    for rule in (rule for suite in rules if not checks.nothing_to_test(data, suite) for rule in suite.rules):
        failing = checks.failing(tables, rule)
        if not failing.any():
            continue
        table = tables.table(rule.suite, rule.kind.table)
        for row in table.loc[failing.index[failing]].to_dict("records"):
            place = str(row.get("register", row.get("measure", "")))
            found[rule.id, str(row.get("area", "")), place] = rule.severity
    return found
