"""Measure what each piece of speed buys: run copies of the program, each without one piece, beside the whole one.

Rounds alternate and medians are compared, of wall time and of processor time (all processes together): others may be
at work on this machine. The table goes to the end of docs/architecture.md.
"""

import csv
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

import watch

DOCUMENT: Final = watch.PROJECT / "docs" / "architecture.md"
HEADING: Final = "\n## What each piece of speed buys\n"
T = TypeVar("T")
WHOLE: Final = "whole"
REPORT: Final = ("report", watch.MONTH, "--force")
NOTICES: Final = ("notices", watch.MONTH, "--force")
ALL: Final = ("report", "all", "--force")


@dataclass(frozen=True)
class Piece:
    """A piece of speed: its name, the file it is in, and what makes a copy of the program go without it."""

    name: str
    file: str
    edits: tuple[tuple[str, str], ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    commands: tuple[tuple[str, ...], ...] = (REPORT, NOTICES)

    def taken_out(self, project: Path) -> None:
        """Take the piece out of a copy of the program. Raises ValueError where the code is another one by now."""
        path = project / self.file
        for old, new in self.edits:
            text = path.read_text(encoding="utf-8")
            if text.count(old) != 1:
                raise ValueError(f"{self.file} does not have this once: {old}")
            path.write_text(text.replace(old, new), encoding="utf-8")


PIECES: Final = (
    Piece(
        "a kernel client that does not wait for older outputs",
        "hotich/pipeline/notebooks.py",
        (("        kernel_manager_class=Manager,\n", ""),),
    ),
    Piece(
        "kernels forked from a preloaded process", "hotich/pipeline/kernels/", environment={"HOTICH_KERNEL": "ordinary"}
    ),
    Piece("results that processes share", "hotich/data/results.py", (("if FOLDER not in os.environ:", "if True:"),)),
    Piece(
        "Great Expectations without altair and scipy.stats",
        "hotich/checks/lazy_imports.py",
        (('("altair", "scipy.stats")', "()"),),
    ),
    Piece(
        "jsonschema without its grammar of addresses",
        "hotich/checks/lazy_imports.py",
        (("    sys.modules.setdefault(_GRAMMAR", "    {}.setdefault(_GRAMMAR"),),
    ),
    Piece(
        "loading without looking for garbage",
        "hotich/pipeline/kernels/loading.py",
        (("    gc.disable()", "    pass"), ("        gc.freeze()", "        pass")),
    ),
    Piece(
        "two months at once",
        "hotich/pipeline/build.py",
        (("AT_ONCE: Final = 2", "AT_ONCE: Final = 1"),),
        commands=(ALL,),
    ),
)


@dataclass(frozen=True)
class Took:
    """Seconds of one run: on the clock, and of all processors together."""

    wall: float
    cpu: float


def run(project: Path, command: tuple[str, ...], environment: Mapping[str, str]) -> Took:
    """Run a command of the copy, and return what it took with every process that it started."""
    python = project / ".venv" / "bin" / "python"
    words = [str(python), "-P", str(project / "start.py"), *command]
    words += ["--data", str(project / "data"), "--reports", str(project / "reports")]
    began = time.perf_counter()
    quiet = subprocess.DEVNULL
    child = subprocess.Popen(words, env=os.environ | environment, stdout=quiet, stderr=quiet)  # noqa: S603
    _, status, used = os.wait4(child.pid, 0)
    took = Took(time.perf_counter() - began, used.ru_utime + used.ru_stime)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return took


def copies(folder: Path, pieces: Sequence[Piece], command: tuple[str, ...]) -> None:
    """Copy the program whole to `0` and without each piece to `1`, `2` and so on."""
    for at in range(len(pieces) + 1):
        project = watch.copy(folder / str(at))
        if command == ALL:
            begin_of_year(project / "data")
        if at:
            pieces[at - 1].taken_out(project)


def begin_of_year(data: Path) -> None:
    """Leave the example's first two months alone: of all of them, each run would take minutes."""
    for path in sorted(data.glob("counts/*.csv"))[2:]:
        path.unlink()
    left = {path.stem for path in data.glob("counts/*.csv")}
    with (data / "deliveries.csv").open(encoding="utf-8", newline="") as source:
        head, *logged = csv.reader(source)
    with (data / "deliveries.csv").open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows([head, *(row for row in logged if row[0] in left)])


def measured(pieces: Sequence[Piece], command: tuple[str, ...], rounds: int) -> dict[str, list[Took]]:
    """Return what the command took in each round, whole and without each piece; a first round fills caches only."""
    variants = {WHOLE: Piece(WHOLE, "")} | {piece.name: piece for piece in pieces}
    took: dict[str, list[Took]] = {name: [] for name in variants}
    with tempfile.TemporaryDirectory() as folder:
        copies(Path(folder), pieces, command)
        for number in range(rounds + 1):
            for at, (name, piece) in _turned(list(enumerate(variants.items())), number):
                one = run(Path(folder) / str(at), command, piece.environment)
                print(f"{number}/{rounds} {' '.join(command)}, {name}: {one.wall:.2f} {one.cpu:.2f}", file=sys.stderr)
                took[name] += [one] * bool(number)
    return took


def _turned(each: list[T], by: int) -> list[T]:
    """Return them with another one first in each round: what else the machine does often goes in rounds, too."""
    return each[by % len(each) :] + each[: by % len(each)]


def rows(pieces: Sequence[Piece], command: tuple[str, ...], took: Mapping[str, Sequence[Took]]) -> list[str]:
    """Return a row of the table for each piece: how much longer the command takes without it."""
    return [
        f"| {piece.name} | `{piece.file}` | `{' '.join(command)}` | {len(took[piece.name])} "
        f"| {_longer([o.wall for o in took[piece.name]], [o.wall for o in took[WHOLE]])} "
        f"| {_longer([o.cpu for o in took[piece.name]], [o.cpu for o in took[WHOLE]])} |"
        for piece in pieces
    ]


def _longer(without: list[float], whole: list[float]) -> str:
    return f"{statistics.median(without) / statistics.median(whole) - 1:+.0%}"


def write(table: Sequence[str]) -> None:
    """Write the table at the end of docs/architecture.md, in place of the last one."""
    lines = [
        "`make bench-pieces` runs copies of the program, each without one piece: how much longer a command then takes, "
        "on the clock and of",
        "processor time. Medians of alternating rounds. `report all` is of two months. "
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}.",
        "",
        "| piece | where | without it | rounds | clock | processor |",
        "|---|---|---|---:|---:|---:|",
        *table,
    ]
    before, _, section = DOCUMENT.read_text(encoding="utf-8").partition(HEADING)
    remarks = section.rpartition("|\n")[2]
    DOCUMENT.write_text("\n".join([before + HEADING, *lines, ""]) + remarks, encoding="utf-8")


def main() -> None:
    """Measure every piece and write the table."""
    rounds = int(os.environ.get("ROUNDS", "5"))
    table: list[str] = []
    for command in (REPORT, NOTICES, ALL):
        pieces = [piece for piece in PIECES if command in piece.commands]
        table += rows(pieces, command, measured(pieces, command, rounds))
    write(table)
    print("\n".join(table))


if __name__ == "__main__":
    main()
