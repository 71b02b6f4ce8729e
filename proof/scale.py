"""Measure the checks on a province's month and on a whole country's, each with a year before it: `make prove-scale`."""

import argparse
import csv
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from hotich import checks, sample
from hotich.checks import gx
from hotich.data import areas, dataset
from hotich.data.dataset import Dataset
from hotich.storage.paths import PROJECT, Folders

UNITS: Final = PROJECT / "data" / "areas.csv"
SAMPLE: Final = 'first = "2024-01"\nlast = "2024-12"\n'
PROVINCES, DISTRICTS, COMMUNES = 63, 11, 15
"""About as many as Vietnam had in 2024 (63 provinces, 699 districts, 10,542 communes): 10,395 communes here."""


def country(folder: Path) -> Folders:
    """Make the lists of a whole country, for twelve months of made-up counts."""
    folder.mkdir(parents=True)
    shutil.copy(PROJECT / "data" / "registers.csv", folder / "registers.csv")
    office = (PROJECT / "data" / "office.toml").read_text(encoding="utf-8").replace('root = "15"', 'root = "VN"')
    (folder / "office.toml").write_text(office, encoding="utf-8")
    (folder / "sample.toml").write_text(SAMPLE, encoding="utf-8")
    rows = [_area("VN", "country", "")]
    for province in range(PROVINCES):
        rows.append(_area(f"P{province}", "province", "VN"))
        for district in range(DISTRICTS):
            code = f"{province:02}{district:02}"
            rows.append(_area(code, "district", f"P{province}"))
            rows += [_area(f"{code}{commune:02}", "commune", code) for commune in range(COMMUNES)]
    with (folder / "areas.csv").open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows([areas.COLUMNS, *rows])
    return Folders(folder, folder.parent / "reports")


def _area(code: str, level: str, parent: str) -> tuple[str, ...]:
    return (code, date(2024, 1, 1).isoformat(), "", level, level, code, code, parent, "", "")


def province(folder: Path) -> Folders:
    """Copy the lists of the example office, for twelve months of made-up counts."""
    folder.mkdir(parents=True)
    for name in ("office.toml", "areas.csv", "registers.csv"):
        shutil.copy(PROJECT / "data" / name, folder / name)
    text = (folder / "areas.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if ",2024-12-01," not in line]
    kept = "\n".join(lines).replace("2024-11-30", "2025-06-30")
    (folder / "areas.csv").write_text(kept + "\n", encoding="utf-8")
    (folder / "sample.toml").write_text(SAMPLE, encoding="utf-8")
    return Folders(folder, folder.parent / "reports")


def measured(name: str, folders: Folders) -> str:
    """Read twelve months, run every rule once, and return the times as a row of the table."""
    gx.prepare()
    began = time.perf_counter()
    data: Dataset = dataset.read("2024-12", folders)
    read = time.perf_counter() - began
    rows = sum(each.size for each in data.deliveries)
    began, used = time.perf_counter(), time.process_time()
    rules = len(checks.run(data).outcomes)
    took, used = time.perf_counter() - began, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "linux" else 1024**3)
    size = f"| {name} | {data.counts.size:,} | {rows:,} | {rules} "
    return f"{size}| {read:.1f} | {took:.2f} | {used:.2f} | {peak:.2f} |"


def _apart(name: str, folders: Folders) -> str:
    """Measure in a new process, whose peak memory does not include making the series."""
    command = (sys.executable, "-m", "proof.scale", "--measure", name, "--data", str(folders.data))
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=PROJECT).stdout.strip()  # noqa: S603


HEAD: Final = """# Speed of the checks

Written by `make prove-scale`; not to be edited. One run each, after imports, in a process that reads twelve months and
runs the rules on the last: wall time, processor time, and the peak of its memory.

| | rows of the month | rows of the year | rules | reading, s | rules, s | rules, processor s | peak memory, GB |
|---|---:|---:|---:|---:|---:|---:|---:|"""


def main(arguments: Sequence[str]) -> None:
    """Measure both and write the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--measure")
    parser.add_argument("--data", type=Path)
    given = parser.parse_args(arguments)
    if given.measure:
        print(measured(given.measure, Folders(given.data, given.data.parent / "reports")))
        return
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, make in (("province", province), ("country", country)):
            at = make(Path(folder) / name / "data")
            sample.write(at, 1)
            rows.append(_apart(name, at))
    machine = (
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()}."
    )
    text = "\n".join([HEAD, *rows, "", machine, ""])
    print(text)
    if given.write:
        given.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
