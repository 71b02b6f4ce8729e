"""Measure how long a saved change takes to show: watch a month, save one file after the other, wait for the page.

The files to save are those of the program itself, so it runs from a copy with an environment of its own.
"""

import csv
import hashlib
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sysconfig
import tempfile
import time
import venv
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[1]
FOLDERS: Final = ("hotich", "notebooks", "expectations", "data")
MONTH: Final = "2024-10"
TIMES: Final = 5
PATIENCE: Final = 120
QUIET: Final = 1.0
"""Seconds to wait between a new page and the next save, while the other pages of that save are made."""


def copy(folder: Path) -> Path:
    """Copy the program and the example's data, with an environment that finds them and every installed package."""
    for name in FOLDERS:
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "requirements.lock", folder)
    (folder / "start.py").write_text("from hotich.cli.commands import main\n\nmain()\n", encoding="utf-8")
    venv.create(folder / ".venv", symlinks=True)
    (packages,) = folder.glob(".venv/lib/*/site-packages")
    (packages / "own.pth").write_text(f"{folder}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return folder


def _edited(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def comment(project: Path) -> None:
    """Add a sentence to the office's comment, before its signature."""
    path = project / "data" / "comments" / f"{MONTH}.vi.md"
    text, dash, name = path.read_text(encoding="utf-8").rpartition("\n—")
    path.write_text(f"{text.rstrip()} Thêm một câu.\n{dash}{name}", encoding="utf-8")


def style(project: Path) -> None:
    """Add a rule to the style sheet of pages."""
    _edited(project / "hotich" / "page" / "page.css", lambda text: f"{text}\n.later {{ color: red }}\n")


def notebook(project: Path) -> None:
    """Add a word to the title of the report's notebook."""
    _edited(
        project / "notebooks" / "report.ipynb", lambda text: text.replace("# Báo cáo tháng", "# Báo cáo tháng này", 1)
    )


def suite(project: Path) -> None:
    """Turn the next warning of the suite into a note."""
    _edited(project / "expectations" / "series.json", lambda text: text.replace('"warning"', '"info"', 1))


def counts(project: Path) -> None:
    """Add a digitised entry to one cell, and log the delivery again."""
    path, log = project / "data" / "counts" / f"{MONTH}.csv", project / "data" / "deliveries.csv"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with path.open(encoding="utf-8", newline="") as source:
        head, *rows = csv.reader(source)
    row = next(row for row in rows if row[2].isdigit() and int(row[2]) > int(row[3]) + 10)
    row[3] = str(int(row[3]) + 1)
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows([head, *rows])
    _edited(log, lambda text: text.replace(before, hashlib.sha256(path.read_bytes()).hexdigest()))


SAVED: Final[dict[str, Callable[[Path], None]]] = {
    "a comment": comment,
    "a style sheet": style,
    "a notebook": notebook,
    "counts": counts,
    "a suite": suite,
}


def shown(page: Path, save: Callable[[], None]) -> float:
    """Return the seconds from a save until the page has changed. Raises TimeoutError."""
    before = page.read_bytes()
    save()
    began = time.perf_counter()
    while time.perf_counter() < began + PATIENCE:
        if page.is_file() and page.read_bytes() != before:
            return time.perf_counter() - began
        time.sleep(0.01)
    raise TimeoutError(page)


def measured(project: Path) -> dict[str, list[float]]:
    """Watch a month and return the seconds of each save, by what was saved."""
    reports = project / "reports"
    page = reports / "draft" / MONTH / "report.vi.html"
    words = ("watch", MONTH, "--data", project / "data", "--reports", reports)
    python = project / ".venv" / "bin" / "python"
    watching = subprocess.Popen([python, "-P", project / "start.py", *words], stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        while not page.is_file():
            time.sleep(0.1)
        time.sleep(QUIET)
        took: dict[str, list[float]] = {name: [] for name in SAVED}
        for name, change in SAVED.items():
            for _ in range(TIMES):
                took[name].append(shown(page, partial(change, project)))
                time.sleep(QUIET)
        return took
    finally:
        watching.send_signal(signal.SIGINT)
        watching.wait(PATIENCE)


def main() -> None:
    """Measure, print the table and write bench/WATCH.md."""
    with tempfile.TemporaryDirectory() as folder:
        took = measured(copy(Path(folder) / "project"))
    lines = [
        "# From a save to the page",
        "",
        f"`make watch MONTH=10` with the example's data, seconds from the save until the report's page is another one, "
        f"{TIMES} times each; {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}. The aim is 2.5 s.",
        "",
        "| saved | median | fastest | slowest |",
        "|---|---:|---:|---:|",
    ]
    lines += [
        f"| {name} | {statistics.median(each):.1f} | {min(each):.1f} | {max(each):.1f} |" for name, each in took.items()
    ]
    result = "\n".join([*lines, ""])
    (Path(__file__).parent / "WATCH.md").write_text(result, encoding="utf-8")
    print(result)


if __name__ == "__main__":
    main()
