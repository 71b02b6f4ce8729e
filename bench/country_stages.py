"""CPU seconds of every stage of a country's month, at several sizes: costs grow with the work and no faster.

A stage's exponent is by how much its seconds grow with the rows: 1 where twice as many rows take twice as long. All
runs in this process, one size after another, so that nothing is loaded twice.
"""

import csv
import math
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, replace
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from hotich import checks, gazetteer, measures, sample
from hotich.checks import earlier_months, gx
from hotich.data import areas, dataset, results
from hotich.data.areas import Area
from hotich.gazetteer import Country
from hotich.measures import Measures
from hotich.scaffold import list_areas
from hotich.storage import paths
from hotich.storage.paths import Folders
from hotich.views import annex_xlsx, data_files

Made = TypeVar("Made")
SIZES: Final = (4, 16, 36, 63)
"""Provinces: the first has some 10,000 rows a month, the last is the whole country."""
MONTH: Final = "2024-10"
FIRST: Final = "2023-10"
MOST: Final = 1.1
"""A stage whose exponent is larger grows faster than its work."""
_LEAST: Final = 0.2
"""Seconds below which a stage says nothing of how it grows."""


def country(folder: Path, provinces: int) -> Folders:
    """Make the data folder of a country of so many provinces with counts of thirteen months."""
    data = folder / "data"
    ignored = shutil.ignore_patterns("counts", "published", "figures", "comments", "incoming", "*.geojson", ".*")
    shutil.copytree(paths.PROJECT / "data", data, ignore=ignored)
    for name in ("aliases.csv", "difficulties.csv", "deliveries.csv"):
        head = (data / name).read_text(encoding="utf-8").splitlines()[0]
        (data / name).write_text(f"{head}\n", encoding="utf-8")
    with (data / areas.FILE).open("w", encoding="utf-8", newline="") as target:
        lines = ([cell or "" for cell in astuple(area)] for area in _areas(provinces))
        csv.writer(target, lineterminator="\n").writerows([(*areas.COLUMNS, *areas.OFFICIAL), *lines])
    settings = (data / "office.toml").read_text(encoding="utf-8")
    (data / "office.toml").write_text(settings.replace('root = "15"', 'root = "VN"'), encoding="utf-8")
    (data / "sample.toml").write_text(f'first = "{FIRST}"\nlast = "{MONTH}"\n', encoding="utf-8")
    folders = Folders(data, folder / "reports")
    sample.write(folders)
    return folders


def _areas(provinces: int) -> Iterator[Area]:
    began, listed = date(2023, 1, 1), Country(gazetteer.LISTS[0], None)
    yield Area("VN", began, None, "country", "quốc gia", "Cả nước", "Viet Nam", "", "", "", "", "")
    for province in list(listed.provinces)[:provinces]:
        for area in list_areas.listed(province, listed):
            yield replace(area, valid_from=began, parent=area.parent or "VN")


def measured(folders: Folders) -> dict[str, float]:
    """Return the CPU seconds of each stage of the month, and its `rows`."""
    seconds: dict[str, float] = {}

    def timed(stage: str, work: Callable[[], Made]) -> Made:
        began = time.process_time()
        made = work()
        seconds[stage] = time.process_time() - began
        return made

    with tempfile.TemporaryDirectory() as home:
        os.environ[results.FOLDER] = f"{home}/results"
        data = timed("read", lambda: dataset.read(MONTH, folders))
        timed("past months", lambda: earlier_months.earlier(data))
        timed("sums", lambda: measures.counted(data))
        checked = timed("rules", lambda: checks.run(data))
        m = timed("facts", lambda: measures.read(checked))
        timed("measures.csv", lambda: measures.write(m, Path(home) / paths.MEASURES))
        timed("annex", lambda: annex_xlsx.write(m, Path(home) / paths.ANNEX))
        timed("data.csv", lambda: data_files.write(m, Path(home)))
        timed("loaded again", lambda: _loaded(folders))
        del os.environ[results.FOLDER]
    return seconds | {"rows": data.counts.size}


def _loaded(folders: Folders) -> Measures:
    """Return what every notebook of a command begins with, once another process has computed it."""
    results.forget_here()
    return measures.read(checks.require(dataset.read(MONTH, folders)))


def exponents(small: Mapping[str, float], large: Mapping[str, float]) -> dict[str, float]:
    """Return by how much each stage grows with the rows between two sizes; without those too short to say."""
    grown = math.log(large["rows"] / small["rows"])
    stages = (stage for stage in small if stage != "rows" and large[stage] >= _LEAST)
    return {stage: math.log(large[stage] / max(small[stage], 0.001)) / grown for stage in stages}


def main() -> None:
    """Print a table of the seconds of every stage for the sizes given, or for SIZES, and how they grow."""
    gx.prepare()
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    found = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as home:
            found.append(measured(country(Path(home), size)))
            print(size, {name: round(value, 2) for name, value in found[-1].items()}, file=sys.stderr, flush=True)
    grown = exponents(found[0], found[-1]) if len(found) > 1 else {}
    rows = [f"{each['rows']:,.0f} rows" for each in found]
    print(f"| processor seconds | {' | '.join(rows)} | exponent (≤ {MOST}) |")
    print(f"|---|{'---:|' * (len(found) + 1)}")
    for stage in (each for each in found[0] if each != "rows"):
        seconds = " | ".join(f"{each[stage]:.2f}" for each in found)
        print(f"| {stage} | {seconds} | {f'{grown[stage]:.2f}' if stage in grown else ''} |")


if __name__ == "__main__":
    main()
