"""Measure the whole country: one month of it, every area's pages, a cluster, and records: `make bench-country`.

Each part runs alone with PART=: month, areas, cluster, records, warm. What a part prints stands in its chapter of
bench/COUNTRY.md until that part is measured again, with the machine and the day.
"""

import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import country_stages
import psutil

from hotich import month as month_of
from hotich.pipeline import build, pages
from hotich.pipeline.plan import Wanted
from hotich.storage import paths
from hotich.storage.paths import Folders

HERE: Final = Path(__file__).resolve().parent
PROJECT: Final = HERE.parent
HOTICH: Final = Path(sys.executable).parent / "hotich"
RESULTS: Final = HERE / "COUNTRY.md"
ROUNDS: Final = int(os.environ.get("ROUNDS", "3"))
AS_OF: Final = "2024-10"
ALONE: Final = "--in-one-process"
"""The word by which this script is run again for `in_one_process`."""
LOOPED: Final = ("15", "96", "14", "31")
"""Provinces whose commands are also run one by one: Yên Bái, Cà Mau, Sơn La, Hải Phòng."""


@dataclass(frozen=True)
class Run:
    """How long a command took, in seconds, and the peak memory (PSS) of all its processes together, in MB."""

    seconds: float
    peak: float


def run(*words: str | Path) -> Run:
    """Run `hotich` with these words. Raises RuntimeError with what it said when it fails."""
    began, most, done = time.perf_counter(), [0.0], threading.Event()
    process = subprocess.Popen([HOTICH, *map(str, words)], cwd=PROJECT, stderr=subprocess.PIPE, text=True)  # noqa: S603

    def watch() -> None:
        while not done.wait(0.5):
            most[0] = max(most[0], _pss(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, said = process.communicate()
    took = time.perf_counter() - began
    done.set()
    watcher.join()
    if process.returncode:
        raise RuntimeError(f"{words}: {process.returncode}\n{said}")
    return Run(took, most[0] / 1e6)


def _pss(root: int) -> float:
    total = 0
    try:
        family = [psutil.Process(root), *psutil.Process(root).children(recursive=True)]
    except psutil.Error:
        return 0
    for each in family:
        try:
            total += each.memory_full_info().pss
        except psutil.Error:
            continue  # it ended after it was listed
    return total


def country(folder: Path) -> Path:
    """Make the data folder of the country of 2024 with thirteen months of counts; return it."""
    return country_stages.country(folder, country_stages.SIZES[-1]).data


def medians(work: dict[str, Callable[[], Run]]) -> dict[str, Run]:
    """Run all in alternating rounds; return the medians of each."""
    runs: dict[str, list[Run]] = {name: [] for name in work}
    for number in range(ROUNDS):
        for name, function in work.items():
            runs[name].append(function())
            print(f"{number + 1}/{ROUNDS} {name}: {runs[name][-1].seconds:.1f} s", file=sys.stderr)
    return {
        name: Run(statistics.median(r.seconds for r in each), statistics.median(r.peak for r in each))
        for name, each in runs.items()
    }


def month(folder: Path) -> list[str]:
    """Measure the national report beside the example's, the size of what it writes, and how each stage grows."""
    data, reports = country(folder), folder / "reports"
    found = medians(
        {
            "make report of Yên Bái, 1,830 rows": lambda: _report(PROJECT / "data", folder / "example"),
            "make report of the country, 113,040 rows": lambda: _report(data, reports),
        }
    )
    example, nation = found.values()
    draft = reports / "draft" / AS_OF
    page, notebook = (draft / name for name in ("report.vi.html", "notebooks/report.vi.ipynb"))
    stages = subprocess.run(  # noqa: S603
        [sys.executable, str(HERE / "country_stages.py")], cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    return [
        *_table(
            ("what", "seconds", "peak memory, MB"), [(n, f"{r.seconds:.1f}", f"{r.peak:.0f}") for n, r in found.items()]
        ),
        *_table(
            ("target", "measured", "aim"),
            [
                ("the country's report, of the example's", f"{nation.seconds / example.seconds:.1f}", "≤ 10"),
                ("its peak memory (PSS)", f"{nation.peak / 1000:.2f} GB", "≤ 2 GB"),
                ("its page", f"{page.stat().st_size / 1000:.0f} kB", "≤ 600 kB"),
                ("its executed notebook", f"{notebook.stat().st_size / 1e6:.2f} MB", "≤ 3 MB"),
            ],
        ),
        "",
        *stages.splitlines(),
    ]


def _report(data: Path, reports: Path) -> Run:
    shutil.rmtree(reports, ignore_errors=True)
    return run("report", AS_OF, "--force", "--data", data, "--reports", reports)


def areas(folder: Path) -> list[str]:
    """Measure the reports of all provinces, the notices to all districts, and the country's own; some one by one."""
    data, reports = country(folder), folder / "reports"
    places: tuple[str | Path, ...] = ("--data", data, "--reports", reports)
    whole = [
        run("report", AS_OF, *places),
        run("report", AS_OF, "--areas", "provinces", *places),
        run("notices", AS_OF, "--areas", "provinces", *places),
    ]
    some = ",".join(LOOPED)
    other = folder / "some"
    batch = run("report", AS_OF, "--areas", some, "--data", data, "--reports", other)
    alone = [run("report", AS_OF, "--area", area, "--data", data, "--reports", folder / "alone") for area in LOOPED]
    one, looped = alone[0].seconds, sum(each.seconds for each in alone)
    names = ("the country's report", "63 provinces' reports", "the notices to their districts")
    rows = [(name, f"{each.seconds:.0f}", f"{each.peak:.0f}") for name, each in zip(names, whole, strict=True)]
    total = sum(each.seconds for each in whole)
    compared = [same for area in LOOPED for same in _same(folder / "alone", reports, area)]
    pages = sum(1 for _ in reports.rglob("*.html"))
    return [
        *_table(("what, one command each", "seconds", "peak memory, MB"), rows),
        *_table(
            ("target", "measured", "aim"),
            [
                ("all of it", f"{total / 60:.1f} minutes", "≤ 15 minutes"),
                ("seconds a page, of all pages", f"{total / pages:.2f}", ""),
                (
                    f"{len(LOOPED)} provinces' reports in one command, of one by one",
                    f"{batch.seconds / looped:.2f}",
                    "≤ 0.7",
                ),
                ("seconds of one province alone", f"{one:.1f}", ""),
                ("their files that are the same to the byte", f"{sum(compared)} of {len(compared)}", "all"),
            ],
        ),
        *_paper(total),
    ]


def _same(alone: Path, together: Path, area: str) -> Iterator[bool]:
    """Yield for each file of an area's own command whether that of the command for all has the same bytes."""
    own, all_of_it = (Folders(PROJECT / "data", at).draft(month_of.exact(AS_OF), area) for at in (alone, together))
    for path in (path for path in own.rglob("*") if path.is_file()):
        other = all_of_it / path.relative_to(own)
        yield other.is_file() and path.read_bytes() == other.read_bytes()


def _paper(total: float) -> list[str]:
    """Return what the country needs each day and for years, reckoned from one month of it."""
    months = 12 * (date.today().year - 2015)
    return [
        "",
        f"On paper: a month of the whole country takes {total / 60:.0f} minutes on two cores, so every day it needs "
        f"{total / 3600:.1f} hours of such a machine, and every month since 2015 ({months} months) "
        f"{months * total / 86400:.1f} days of it.",
    ]


class Silent:
    """Nobody who wants to know how the work goes."""

    def expect(self, steps: int) -> None:
        """Take no note of more steps."""

    def started(self, name: str) -> None:
        """Take no note of a beginning."""

    def finished(self, name: str) -> None:
        """Take no note of an end."""


def in_one_process(reports: str) -> None:
    """Make a month four times in this process, and print the seconds of each."""
    folders, wanted = paths.own("", reports), [month_of.exact(AS_OF)]
    began = time.perf_counter()
    with build.session(folders) as who:
        for _ in range(4):
            build.each(wanted, Wanted(pages.monthly()), folders, who, force=True, tell=Silent())
            now = time.perf_counter()
            print(now - began, flush=True)
            began = now
    os._exit(0)


def warm(folder: Path) -> list[str]:
    """Measure a month in a process that has made it before, and one that has not changed."""
    reports = folder / "reports"
    again = [sys.executable, str(Path(__file__)), ALONE, str(reports)]
    cold, hot, forced, unchanged = [], [], [], []
    for _ in range(ROUNDS):
        done = subprocess.run(again, cwd=PROJECT, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
        first, *rest = map(float, done.stdout.split())
        cold.append(first)
        hot.append(statistics.median(rest))
        forced.append(run("report", AS_OF, "--force", "--reports", reports).seconds)
        unchanged.append(run("report", AS_OF, "--reports", reports).seconds)
    a, b, c, d = (statistics.median(each) for each in (cold, hot, forced, unchanged))
    return _table(
        ("target", "measured", "aim"),
        [
            (f"a warm process, of a cold one ({b:.2f} s of {a:.2f} s)", f"{b / a:.2f}", "≤ 0.4"),
            (f"an unchanged month, of a forced one ({d:.2f} s of {c:.2f} s)", f"{d / c:.2f}", "≤ 0.15"),
        ],
    )


def _other(name: str) -> Callable[[Path], list[str]]:
    """Return a part that another script measures."""

    def measured(_folder: Path) -> list[str]:
        words = [sys.executable, str(HERE / f"{name}.py")]
        done = subprocess.run(words, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
        return done.stdout.splitlines()

    return measured


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    rule = "|---|" + "---:|" * (len(heads) - 1)
    return ["", f"| {' | '.join(heads)} |", rule, *(f"| {' | '.join(row)} |" for row in rows), ""]


PARTS: Final[dict[str, tuple[str, Callable[[Path], list[str]]]]] = {
    "month": ("One month of the country", month),
    "areas": ("Every province and district", areas),
    "cluster": ("On a cluster", _other("cluster")),
    "records": ("Records to counts", _other("tally")),
    "warm": ("Warm and unchanged", warm),
}


def chapters(text: str) -> dict[str, str]:
    """Return the chapters of a results page by their headings."""
    parts = re.split(r"(?m)^## (.+)\n", text)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def main() -> None:
    """Measure the parts that are wanted, and write them into bench/COUNTRY.md beside those measured before."""
    known = chapters(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    memory = psutil.virtual_memory().total / 2**30
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    machine = f"{os.cpu_count()} cores, {memory:.0f} GB, {system}"
    for name in (os.environ.get("PART") or ",".join(PARTS)).split(","):
        heading, measure = PARTS[name]
        with tempfile.TemporaryDirectory() as folder:
            lines = measure(Path(folder))
        print("\n".join(lines))
        known[heading] = "\n".join([f"\n{date.today()}, {machine}, rounds: {ROUNDS}.", *lines]).rstrip() + "\n\n"
        told = ["# The whole country, measured\n", "\nWritten by `make bench-country`; not to be edited.\n\n"]
        told += [f"## {heading}\n{known[heading]}" for heading, _ in PARTS.values() if heading in known]
        RESULTS.write_text("".join(told).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    in_one_process(sys.argv[2]) if sys.argv[1:2] == [ALONE] else main()
