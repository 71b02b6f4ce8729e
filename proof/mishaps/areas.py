"""`AREAS=` is killed at seeded points, by its driver, a worker or a kernel: the next run makes only what is missing.

What it leaves is the same to the byte as what a run does that nobody disturbs, and no process outlives a kill.
"""

import argparse
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

import psutil
from conftest import HOTICH, SmallOffice
from countries import PROVINCES, country

from hotich.errors import ExitCode
from hotich.month import Month

MONTH: Final = Month(2024, 10)
VICTIMS: Final = ("driver", "worker", "kernel")
PAGES: Final = len(PROVINCES) * 4
"""Notices to two districts in two languages from each province."""
PATIENCE: Final = 10.0
"""Seconds after a kill in which every process that the command has started must have ended."""
_PULSE: Final = 0.005


@dataclass(frozen=True)
class Point:
    """A kill: of whom, and after how many pages are kept."""

    victim: str
    after: int


def points(seed: int, count: int) -> list[Point]:
    """Return so many seeded points, each kind of victim in turn."""
    chance = Random(seed)  # noqa: S311 - not for secrets
    return [Point(VICTIMS[at % len(VICTIMS)], chance.randrange(PAGES - 1)) for at in range(count)]


def undisturbed(folder: Path) -> dict[str, bytes]:
    """Return the files of a run that nobody disturbs."""
    office = country(folder / "data")
    _run(office)
    return files(office)


def prove(folder: Path, point: Point, expected: dict[str, bytes]) -> list[str]:
    """Kill a run at a point, and run it again; return what is not right then."""
    office = country(folder / "data")
    wrong = [f"{point}: {problem}" for problem in _killed(office, point)]
    kept = _kept(office)
    made = _run(office)
    if made != PAGES - kept:
        wrong.append(f"{point}: {kept} of {PAGES} pages were kept, {made} were made")
    if files(office) != expected:
        wrong.append(f"{point}: other bytes than of a run that nobody disturbs")
    if left := [path for path in office.at.reports.rglob("*") if path.suffix in (".made", ".new")]:
        wrong.append(f"{point}: left over: {left}")
    return wrong


def files(office: SmallOffice) -> dict[str, bytes]:
    """Return every file below the drafts, but locks."""
    found = (path for path in (office.at.reports / "draft").rglob("*") if path.is_file() and path.suffix != ".lock")
    return {path.relative_to(office.at.reports).as_posix(): path.read_bytes() for path in sorted(found)}


def _command(office: SmallOffice) -> list[str]:
    folders = ["--data", str(office.at.data), "--reports", str(office.at.reports)]
    return [str(HOTICH), "notices", str(MONTH), "--areas", "provinces", "--json", *folders]


def _run(office: SmallOffice) -> int:
    """Run the command to its end; return how many notebooks were run. Raises RuntimeError with what it said."""
    done = subprocess.run(_command(office), capture_output=True, text=True)  # noqa: S603 - our own command
    if done.returncode:
        raise RuntimeError(f"ended with {done.returncode}: {done.stderr}")
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return sum(int(area["made"]) for area in told[0]["areas"])


def _killed(office: SmallOffice, point: Point) -> Iterator[str]:
    """Start the command and kill the victim at the point; yield what is not right."""
    driver = subprocess.Popen(  # noqa: S603 - our own command
        _command(office), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    started: set[psutil.Process] = set()
    while driver.poll() is None:
        found = _processes(driver.pid)
        started |= set(found)
        victim = _victim(driver.pid, found, point.victim)
        if victim and _kept(office) >= point.after:
            with suppress(psutil.NoSuchProcess):
                victim.kill()
                break
        time.sleep(_PULSE)
    code = driver.wait()
    if code not in (-signal.SIGKILL, ExitCode.NOTEBOOK_FAILED, ExitCode.DONE):
        yield f"ended with {code}"
    _, alive = psutil.wait_procs(list(started), timeout=PATIENCE)
    yield from (f"still runs: {process}" for process in alive)


def _processes(driver: int) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(driver).children(recursive=True)
    return []


def _victim(driver: int, found: list[psutil.Process], kind: str) -> psutil.Process | None:
    """Return a process of that kind, if one is there: a kernel leads a session of its own, a worker is forked, too."""
    with suppress(psutil.NoSuchProcess, ProcessLookupError, FileNotFoundError):  # ended meanwhile
        if kind == "driver":
            return psutil.Process(driver)
        grown = [each for each in found if each.ppid() != driver]
        fitting = [each for each in grown if (_leads(each)) == (kind == "kernel")]
        return fitting[-1] if fitting else None
    return None


def _leads(process: psutil.Process) -> bool:
    """Return whether it leads a session, as the fifth field after the name in its status says."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(fields[3]) == process.pid


def _kept(office: SmallOffice) -> int:
    """Return how many pages are in place or kept."""
    draft = office.at.reports / "draft"
    kept = sum(1 for path in draft.glob(".work/**/notices/*.made") if not path.name.endswith(".docx.made"))
    return kept + sum(1 for _ in draft.glob(f"{MONTH}.areas/[!.]*/notices/*.html"))


def main() -> int:
    """Prove it at many points; print what is not right. Return how many that are."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--points", type=int, default=20)
    asked.add_argument("--seed", type=int, default=19)
    given = asked.parse_args()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        expected = undisturbed(Path(folder) / "undisturbed")
        for number, point in enumerate(points(given.seed, given.points), 1):
            at = Path(folder) / str(number)
            found = prove(at, point, expected)
            sys.stdout.write(f"{number}: {point.victim} after {point.after} pages: {'; '.join(found) or 'right'}\n")
            sys.stdout.flush()
            wrong += found
            shutil.rmtree(at)
    return len(wrong)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
