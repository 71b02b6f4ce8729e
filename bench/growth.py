"""Offices of 1, 4, 16 and 64 notices, and the memory that a kernel adds.

The office is the example without its districts: its communes are directly below the province, as in the whole country
since 01/07/2025, and each of them gets a notice.
"""

import csv
import hashlib
import os
import shutil
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

SIZES: Final = (1, 4, 16, 64)
ROOT: Final = "15"
OFFICE: Final = "15-STP"


def office(example: Path, folder: Path, size: int) -> Path:
    """Make a data folder with so many communes directly below the province, with their counts of every month."""
    data = folder / "data"
    shutil.copytree(example, data, ignore=shutil.ignore_patterns("published", "comments", "incoming"))
    areas = _rows(data / "areas.csv")
    communes = [row for row in areas if row["level"] == "commune"][:size]
    kept = {row["code"] for row in communes} | {OFFICE}
    flat = [row | {"parent": ROOT} if row["level"] == "commune" else row for row in areas]
    _write(data / "areas.csv", [row for row in flat if row["code"] in kept | {ROOT}])
    _write(data / "aliases.csv", [row for row in _rows(data / "aliases.csv") if row["kind"] != "area"])
    _write(data / "difficulties.csv", [row for row in _rows(data / "difficulties.csv") if row["area"] in kept])
    deliveries = _rows(data / "deliveries.csv")
    for row in deliveries:
        counts = data / "counts" / f"{row['month']}.csv"
        _write(counts, [_kept_now(cells) for cells in _rows(counts) if cells["area"] in kept])
        row["sha256"] = hashlib.sha256(counts.read_bytes()).hexdigest()
    _write(data / "deliveries.csv", deliveries)
    return data


def _kept_now(cells: dict[str, str]) -> dict[str, str]:
    """Return a row of counts; a commune below no district keeps the registers that its district's office kept."""
    none = {"required": "0", "digitised": "0", "status": ""}
    return cells | none if cells["status"] == "not_applicable" else cells


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _write(path: Path, rows: Iterable[dict[str, str]]) -> None:
    names = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@dataclass(frozen=True)
class Memory:
    """Own memory (USS, MB) of the process that others are forked from, the largest kernel and the month's child."""

    preloaded: float
    kernel: float
    child: float


def memory(work: Callable[[], object]) -> Memory:
    """Do the work and return the most memory that each kind of process had of its own."""
    done, most = threading.Event(), {"preloaded": 0.0, "kernel": 0.0, "child": 0.0}

    def watch() -> None:
        while not done.wait(0.1):
            for process in psutil.Process().children(recursive=True):
                _measure(process, most)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        work()
    finally:
        done.set()
        watcher.join()
    return Memory(**most)


def _measure(process: psutil.Process, most: dict[str, float]) -> None:
    """Update `most` with one process: a fork has the command line of its parent, and a kernel leads its own session."""
    try:
        command, parent = process.cmdline(), process.parent()
        if not any("forkserver" in word for word in command):
            return
        forked, leads = parent and parent.cmdline() == command, os.getsid(process.pid) == process.pid
        kind = "preloaded" if not forked else "kernel" if leads else "child"
        most[kind] = max(most[kind], process.memory_full_info().uss / 1e6)
    except (psutil.Error, ProcessLookupError):
        return  # it ended after it was listed
