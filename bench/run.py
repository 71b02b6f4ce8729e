"""Compare our commands with the plain tools on the same notebooks, and with the bare imports.

Rounds alternate and medians are compared, so that a slower machine slows all of them. No test asserts a time;
bench/RESULTS.md has the last results.
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

import growth
import psutil

HERE: Final = Path(__file__).resolve().parent
PROJECT: Final = HERE.parent
BIN: Final = Path(sys.executable).parent
MONTH: Final = "2024-10"
LIBRARIES: Final = ("papermill", "nbconvert", "pandas", "matplotlib", "great-expectations", "ipykernel")
IMPORTS: Final = "import pandas, matplotlib.pyplot, great_expectations"


def _run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], cwd=PROJECT, check=True, capture_output=True)  # noqa: S603


def plain(folder: Path) -> None:
    """Run papermill and nbconvert on the command line: the three notebooks of a report in two languages."""
    for name in ("quality", "summary", "report"):
        for language in ("vi", "en"):
            out = folder / f"{name}.{language}.ipynb"
            _run(BIN / "papermill", f"notebooks/{name}.ipynb", out, "-r", "month", MONTH, "-r", "language", language)
            _run(BIN / "jupyter", "nbconvert", "--to", "html", out)


def ours(folder: Path) -> None:
    """Run `make report` without reusing anything."""
    _run(BIN / "hotich", "report", MONTH, "--force", "--reports", folder)


def notices(folder: Path) -> None:
    """Run `make notices` without reusing anything: every area's notice in both languages and its Word file."""
    _run(BIN / "hotich", "notices", MONTH, "--force", "--reports", folder)


def imports(_folder: Path) -> None:
    """Import the three libraries and do nothing with them."""
    _run(sys.executable, "-c", IMPORTS)


def seconds(work: Callable[[Path], None]) -> float:
    """Return how long the work takes, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        work(Path(folder))
        return time.perf_counter() - began


def peak_memory() -> float:
    """Return the peak memory of all processes of our command together (PSS), in MB."""
    done, most = threading.Event(), [0]

    def watch() -> None:
        while not done.wait(0.2):
            most[0] = max(most[0], _pss())

    watcher = threading.Thread(target=watch)
    watcher.start()
    seconds(ours)
    done.set()
    watcher.join()
    return most[0] / 1e6


def _pss() -> int:
    total = 0
    for child in psutil.Process().children(recursive=True):
        try:
            total += child.memory_full_info().pss
        except psutil.Error:
            continue  # it ended after it was listed
    return total


def first_page() -> float:
    """Return the seconds from the start of our command to its first finished page."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as pool:
        began = time.perf_counter()
        report = pool.submit(ours, Path(folder))
        while not report.done() and not any(Path(folder).rglob("*.html")):
            time.sleep(0.01)
        took = time.perf_counter() - began
        report.result()
    return took


def growth_of_notices() -> dict[int, float]:
    """Return the seconds for each number of notices, in two languages and Word."""
    took: dict[int, float] = {}
    for size in growth.SIZES:
        with tempfile.TemporaryDirectory() as folder:
            data = growth.office(PROJECT / "data", Path(folder), size)
            began = time.perf_counter()
            _run(BIN / "hotich", "notices", MONTH, "--force", "--data", data, "--reports", Path(folder) / "reports")
            took[size] = time.perf_counter() - began
        print(f"{size} notices: {took[size]:.1f} s", file=sys.stderr)
    return took


def each_further(grown: dict[int, float], fewer: int, more: int) -> float:
    """Return the seconds of each further notice between two sizes: two notebooks, two pages and a Word file."""
    return (grown[more] - grown[fewer]) / (more - fewer)


@dataclass(frozen=True)
class Measured:
    """The measurements of one run: medians by name and other times in seconds, memory in megabytes."""

    medians: dict[str, float]
    first: float
    peak: float
    memory: growth.Memory
    grown: dict[int, float]
    rounds: int


def targets(m: Measured) -> list[tuple[str, str, str]]:
    """Return a row for each target: its name, what was measured, and the aim."""
    plain, ours, bare = (m.medians[name] for name in (PLAIN, OURS, BARE))
    page = plain / 4
    few, some, many = (each_further(m.grown, *sizes) for sizes in ((1, 4), (4, 16), (16, 64)))
    return [
        ("`make report FORCE=1`, of the plain tools", f"{ours / plain:.2f}", "≤ 0.12"),
        ("`make report FORCE=1`, of the bare imports", f"{ours / bare:.1f}", "≤ 3"),
        ("start to first page, of the plain tools for one page", f"{m.first / page:.2f}", "≤ 0.4"),
        ("each further notebook and page, of the plain tools for one", f"{many / 2 / page:.3f}", "≤ 0.05"),
        ("nine notices, two languages and Word", f"{m.medians[NOTICES]:.1f} s", "≤ 30 s"),
        ("each further notice: to 4, to 16, to 64", f"{few:.2f}, {some:.2f}, {many:.2f} s", "constant"),
        ("own memory (USS) that a kernel adds at most", f"{m.memory.kernel:.0f} MB", "≤ 90 MB"),
    ]


def table(m: Measured) -> str:
    """Return bench/RESULTS.md, with the machine and the versions that the results are of."""
    memory_size = psutil.virtual_memory().total / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    rows = [f"| {name} | {value:.1f} | {value / m.medians[PLAIN]:.2f} |" for name, value in m.medians.items()]
    aims = [f"| {' | '.join(row)} |" for row in targets(m)]
    grown = [f"| {size} | {took:.1f} |" for size, took in m.grown.items()]
    lines = [
        "# Benchmark\n",
        f"Medians of {m.rounds} alternating rounds, {os.cpu_count()} cores, {memory_size:.0f} GB, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}; {versions}.\n",
        *("| what | seconds | of the plain tools |", "|---|---:|---:|", *rows, ""),
        *("| target | measured | aim |", "|---|---:|---:|", *aims, ""),
        *("| notices, two languages and Word | seconds |", "|---:|---:|", *grown, ""),
        f"Peak memory of all processes of `make report` together (PSS): {m.peak:.0f} MB.",
        f"Own memory (USS) of the preloaded process: {m.memory.preloaded:.0f} MB, of the month's child: "
        f"{m.memory.child:.0f} MB.\n",
    ]
    return "\n".join(lines)


PLAIN: Final = "papermill + nbconvert, 3 notebooks × 2 languages"
OURS: Final = "make report FORCE=1"
NOTICES: Final = "make notices FORCE=1"
BARE: Final = "bare import of pandas, matplotlib.pyplot, great_expectations"


def main() -> None:
    """Run the rounds, print the results and write bench/RESULTS.md."""
    rounds = int(os.environ.get("ROUNDS", "3"))
    work = {PLAIN: plain, OURS: ours, NOTICES: notices, BARE: imports}
    times: dict[str, list[float]] = {name: [] for name in work}
    for number in range(rounds):
        for name, function in work.items():
            times[name].append(seconds(function))
            print(f"{number + 1}/{rounds} {name}: {times[name][-1]:.1f} s", file=sys.stderr)
    medians = {name: statistics.median(each) for name, each in times.items()}
    first = statistics.median(first_page() for _ in range(rounds))
    with tempfile.TemporaryDirectory() as folder:
        memory = growth.memory(lambda: notices(Path(folder)))
    result = table(Measured(medians, first, peak_memory(), memory, growth_of_notices(), rounds))
    (HERE / "RESULTS.md").write_text(result, encoding="utf-8")
    print(result)


if __name__ == "__main__":
    main()
