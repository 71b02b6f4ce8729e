"""Correct published figures of a month, computed from the counts, as rows of a published file."""

import os
import shutil
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from hotich.data import published, totals
from hotich.data.dataset import Dataset
from hotich.data.registers import GROUPS
from hotich.storage import csv_table
from hotich.storage.paths import Folders

Printed = list[str]
"""as_of, area, scope, measure, value, source, note."""


def true(data: Dataset) -> list[Printed]:
    """Return totals, groups, percentages, completed communes by district and districts over the threshold."""
    root, day = data.office.root, data.counts.delivery.as_of.isoformat()
    numbers = totals.numbers(data.counts)
    sums = totals.summed(numbers, data.areas, root, data.registers)
    pairs = {key: (int(row["required"]), int(row["digitised"])) for key, row in sums.to_dict("index").items()}
    done = totals.completed(numbers, data.areas, root, data.registers)
    rows: list[tuple[str, str, str, object]] = []
    for scope in ("all", *GROUPS):
        required, digitised = pairs[root, scope]
        percent = (Decimal(digitised) * 100 / required).quantize(Decimal("0.1"), ROUND_HALF_UP)
        figures = {"required": required, "digitised": digitised, "percent": percent}
        rows += [(root, scope, measure, value) for measure, value in figures.items()]
    for area in (data.areas[root], *data.areas.children(root)):
        communes = data.areas.communes(area.code)
        rows.append((area.code, "all", "communes_completed", sum(unit.code in done for unit in communes)))
        rows.append((area.code, "all", "communes_total", len(communes)))
    below, threshold = data.areas.children(root), data.office.threshold
    over = [
        area.code for area in below if totals.over(pairs[area.code, "all"][1], pairs[area.code, "all"][0], threshold)
    ]
    rows += [(root, "all", "districts_over_threshold", len(over)), (root, "all", "districts_total", len(below))]
    rows += [(code, "all", "percent_over", threshold) for code in over]
    return [[day, area, scope, measure, str(value), "press", ""] for area, scope, measure, value in rows]


def publish(data: Dataset, rows: list[Printed], before: list[Printed] | None = None) -> Dataset:
    """Return the dataset with these figures published about its month, and others about the month before."""
    folder = data.folders.data / f"printed-{os.getpid()}"  # processes try kinds of fault at the same time
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "published").mkdir(parents=True)
    for each in ("areas.csv", "registers.csv"):
        shutil.copy(data.folders.data / each, folder / each)
    folders = Folders(folder, data.folders.reports)
    csv_table.write(folders.published(data.month), published.COLUMNS, rows)
    if before is not None:
        csv_table.write(folders.published(data.deliveries[-2].month), published.COLUMNS, before)
    return replace(data, folders=folders)
