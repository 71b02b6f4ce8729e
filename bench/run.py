"""Side by side in one run: the plain tools on the same notebooks, our command, and the bare imports.

Rounds alternate and medians are compared, so that a machine that slows down slows all of them. Times are never
asserted anywhere; bench/RESULTS.md holds what this prints.
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
    """Papermill and nbconvert on the command line: two notebooks in two languages."""
    for name in ("quality", "report"):
        for language in ("vi", "en"):
            out = folder / f"{name}.{language}.ipynb"
            _run(BIN / "papermill", f"notebooks/{name}.ipynb", out, "-r", "month", MONTH, "-r", "language", language)
            _run(BIN / "jupyter", "nbconvert", "--to", "html", out)


def ours(folder: Path) -> None:
    """The whole of `make report`, nothing reused."""
    _run(BIN / "hotich", "report", MONTH, "--force", "--reports", folder)


def notices(folder: Path) -> None:
    """The whole of `make notices`: every area's notice in both languages and its Word file, nothing reused."""
    _run(BIN / "hotich", "notices", MONTH, "--force", "--reports", folder)


def imports(_folder: Path) -> None:
    """What three libraries cost before anything is done with them."""
    _run(sys.executable, "-c", IMPORTS)


def seconds(work: Callable[[Path], None]) -> float:
    """How long the work takes, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        work(Path(folder))
        return time.perf_counter() - began


def peak_memory() -> float:
    """Most memory of all processes of our command together (PSS), in MB."""
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
            continue  # it ended between being listed and being asked
    return total


def growth_of_notices() -> list[str]:
    """How the time grows with the number of notices, as a table."""
    lines = ["", "| notices, two languages and Word | seconds | each further one |", "|---:|---:|---:|"]
    last, before = 0, 0.0
    for size in growth.SIZES:
        with tempfile.TemporaryDirectory() as folder:
            data = growth.office(PROJECT / "data", Path(folder), size)
            began = time.perf_counter()
            _run(BIN / "hotich", "notices", MONTH, "--force", "--data", data, "--reports", Path(folder) / "reports")
            took = time.perf_counter() - began
        print(f"{size} notices: {took:.1f} s", file=sys.stderr)
        lines.append(
            f"| {size} | {took:.1f} | {(took - before) / (size - last):.2f} |" if last else f"| {size} | {took:.1f} | |"
        )
        last, before = size, took
    return lines


def table(medians: dict[str, float], memory: float, rounds: int) -> str:
    """The results with the machine and the versions they hold for."""
    memory_size = psutil.virtual_memory().total / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    lines = [
        "# Benchmark", "", f"Medians of {rounds} alternating rounds, {os.cpu_count()} cores, {memory_size:.0f} GB, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}; {versions}.", "",
        "| what | seconds | of the plain tools |", "|---|---:|---:|",
    ]  # fmt: skip
    lines += [f"| {name} | {value:.1f} | {value / medians[PLAIN]:.2f} |" for name, value in medians.items()]
    ratio = medians[OURS] / medians[BARE]
    return "\n".join([*lines, "", f"`make report` takes {ratio:.1f} times the bare imports.",
                      f"Peak memory of all its processes together (PSS): {memory:.0f} MB.", ""])  # fmt: skip


PLAIN: Final = "papermill + nbconvert, 2 notebooks × 2 languages"
OURS: Final = "make report FORCE=1"
NOTICES: Final = "make notices FORCE=1"
BARE: Final = "bare import of pandas, matplotlib.pyplot, great_expectations"


def main() -> None:
    """Run the rounds, print the table, write it down."""
    rounds = int(os.environ.get("ROUNDS", "3"))
    work = {PLAIN: plain, OURS: ours, NOTICES: notices, BARE: imports}
    times: dict[str, list[float]] = {name: [] for name in work}
    for number in range(rounds):
        for name, function in work.items():
            times[name].append(seconds(function))
            print(f"{number + 1}/{rounds} {name}: {times[name][-1]:.1f} s", file=sys.stderr)
    result = table({name: statistics.median(each) for name, each in times.items()}, peak_memory(), rounds)
    with tempfile.TemporaryDirectory() as folder:
        preloaded, kernel = growth.memory(lambda: notices(Path(folder)))
    result += f"Own memory (USS): preloaded process {preloaded:.0f} MB, a kernel of a notice at most {kernel:.0f} MB.\n"
    result += "\n".join([*growth_of_notices(), ""])
    (HERE / "RESULTS.md").write_text(result, encoding="utf-8")
    print(result)


if __name__ == "__main__":
    main()
