"""Measure what a cluster costs and wins: the same notices by this machine's own runner and by Dask's workers.

Rounds alternate, so that ratios hold where others are at work. The cluster stands before it is measured, as one that
is worth having does: scheduler and workers on loopback, each worker with one thread.
"""

import argparse
import hashlib
import os
import platform
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

PROJECT: Final = Path(__file__).resolve().parents[1]
BIN: Final = Path(sys.executable).parent
PRELOAD: Final = "hotich.pipeline.cluster.preload"
MONTH: Final = "2024-10"
ROUNDS: Final = 3
EMPTY: Final = 300
"""Tasks that do nothing, by which the cost of one is measured."""
PATIENCE: Final = 900
HALF: Final = 0.5
"""How much of a run's usual time has gone when a worker is lost."""
OWN, ONE, TWO, LOST = "own runner", "Dask, one worker", "Dask, two workers", "Dask, two workers, one lost"


@dataclass(frozen=True)
class Run:
    """Seconds on the clock and of processor time, of the command and of the workers."""

    clock: float
    processor: float


@dataclass(frozen=True)
class Result:
    """What was measured: runs by who made them, seconds of an empty task, how many pages, whether all were the same."""

    runs: Mapping[str, tuple[Run, ...]]
    empty: float
    pages: int
    same: bool

    def median(self, who: str) -> Run:
        """Return the median run."""
        runs = self.runs[who]
        return Run(statistics.median(run.clock for run in runs), statistics.median(run.processor for run in runs))

    def ratio(self, who: str, of: str = OWN) -> float:
        """Return the median of the ratios round by round: what disturbs a round disturbs both."""
        return statistics.median(a.clock / b.clock for a, b in zip(self.runs[who], self.runs[of], strict=True))


class Cluster:
    """A scheduler on loopback with so many workers of one thread."""

    def __init__(self, folder: Path, workers: int) -> None:
        self.address = f"tcp://127.0.0.1:{_free_port()}"
        self._folder = folder
        port = self.address.rpartition(":")[2]
        words = ["--host", "127.0.0.1", "--port", port, "--dashboard-address", "127.0.0.1:0"]
        self.processes = [self._start("scheduler", *words)]
        self.processes += [self._worker(str(number)) for number in range(workers)]

    def _worker(self, name: str) -> subprocess.Popen[bytes]:
        words = ["--host", "127.0.0.1", "--nthreads", "1", "--name", name, "--preload", PRELOAD]
        return self._start("worker", self.address, *words)

    def _start(self, kind: str, *words: str) -> subprocess.Popen[bytes]:
        at = self._folder / f"{kind}-{len(list(self._folder.iterdir()))}"
        at.mkdir()
        with (at / "log").open("wb") as log:
            return subprocess.Popen(  # noqa: S603
                [BIN / "dask", kind, *words], cwd=at, stdout=log, stderr=log, start_new_session=True
            )

    @property
    def processor(self) -> float:
        """Seconds of processor time of the workers and what they have started."""
        return sum(_processor(each.pid) for each in self.processes[1:])

    def lose(self) -> None:
        """Kill a worker; its nanny starts another."""
        nanny = psutil.Process(self.processes[1].pid)
        for child in nanny.children():
            if "spawn_main" in " ".join(child.cmdline()):
                child.kill()
                return
        raise RuntimeError("the nanny has no worker")

    def end(self) -> None:
        """End everything."""
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()


@contextmanager
def standing(folder: Path, workers: int) -> Iterator[Cluster]:
    """Have a cluster while the block lasts."""
    at = folder / f"cluster-{workers}"
    at.mkdir()
    cluster = Cluster(at, workers)
    try:
        yield cluster
    finally:
        cluster.end()


def measure(data: Path, month: str = MONTH, *, command: str = "notices", rounds: int = ROUNDS) -> Result:
    """Run the command in alternating rounds; return what it took, and whether every draft was the same to the byte."""
    with tempfile.TemporaryDirectory() as made, standing(Path(made), 1) as one, standing(Path(made), 2) as two:
        runner = _Runner(data, month, command, Path(made))
        ways: dict[str, Callable[[], Run]] = {
            OWN: lambda: runner.run(None),
            ONE: lambda: runner.run(one),
            TWO: lambda: runner.run(two),
            LOST: lambda: runner.run(two, lose_after=HALF * runner.usual),
        }
        for who in (OWN, ONE, TWO):
            ways[who]()  # what is loaded once, and what the system reads from the disk for the first time
        runs: dict[str, list[Run]] = {who: [] for who in ways}
        for _ in range(rounds):
            for who, measured in ways.items():
                runs[who].append(measured())
        return Result({who: tuple(each) for who, each in runs.items()}, _empty(two), runner.pages, runner.same)


class _Runner:
    """Runs the command and remembers what its drafts were."""

    def __init__(self, data: Path, month: str, command: str, folder: Path) -> None:
        self._words: list[str | Path] = [BIN / "hotich", command, month, "--force", "--data", data]
        self._month, self._folder = month, folder
        self._drafts: set[str] = set()
        self.usual = 0.0
        self.pages = 0

    @property
    def same(self) -> bool:
        return len(self._drafts) == 1

    def run(self, cluster: Cluster | None, lose_after: float = 0) -> Run:
        """Run it once. Raises CalledProcessError when it fails."""
        reports = self._folder / "reports"
        words = [*self._words, "--reports", reports, *(["--cluster", cluster.address] if cluster else [])]
        before, began = cluster.processor if cluster else 0.0, time.monotonic()
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # noqa: S603
        timer = threading.Timer(lose_after, cluster.lose) if cluster and lose_after else None
        if timer:
            timer.start()
        _, said = process.communicate(timeout=PATIENCE)
        clock = time.monotonic() - began
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, words, stderr=said)
        if timer:
            timer.cancel()
        self._take_in(reports / "draft" / self._month)
        self.usual = clock
        return Run(clock, _spent() + (max(0.0, cluster.processor - before) if cluster else 0.0))

    def _take_in(self, draft: Path) -> None:
        files = sorted(path for path in draft.rglob("*") if path.is_file())
        self.pages = sum(path.suffix == ".html" for path in files)
        lines = [f"{path.relative_to(draft)} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files]
        self._drafts.add(hashlib.sha256("\n".join(lines).encode()).hexdigest())


_last = [0.0]


def _spent() -> float:
    """Return the processor time of the child processes that have ended since it was last asked for."""
    times = os.times()
    now = times.children_user + times.children_system
    before, _last[0] = _last[0], now
    return now - before


def _processor(process: int) -> float:
    total = 0.0
    with suppress(psutil.NoSuchProcess):
        for each in (psutil.Process(process), *psutil.Process(process).children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                times = each.cpu_times()
                total += times.user + times.system
    return total


def _empty(cluster: Cluster) -> float:
    """Return the seconds that one task takes in which nothing is done."""
    from distributed import Client

    with Client(cluster.address, set_as_default=False) as client:
        client.gather(client.map(abs, range(EMPTY), pure=False))
        began = time.monotonic()
        client.gather(client.map(abs, range(EMPTY), pure=False))
        return (time.monotonic() - began) / EMPTY


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def table(result: Result) -> str:
    """Return the measurement as a table in Markdown."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    own = result.median(OWN)
    lines = [
        f"{result.pages} pages, {cores} cores, {platform.system()} {platform.machine()}, Python "
        f"{platform.python_version()}, load {os.getloadavg()[0]:.1f}; medians of {len(result.runs[OWN])} rounds.",
        "",
        "| who makes the pages | clock | ratio | a page more | processor |",
        "|---|---:|---:|---:|---:|",
    ]
    for who in result.runs:
        run = result.median(who)
        more = (run.clock - own.clock) / result.pages
        lines.append(
            f"| {who} | {run.clock:.2f} s | {result.ratio(who):.2f} | {more * 1000:+.0f} ms | {run.processor:.1f} s |"
        )
    same = "every draft was the same to the byte" if result.same else "DRAFTS DIFFERED"
    return "\n".join([*lines, "", f"An empty task takes {result.empty * 1000:.1f} ms; {same}."])


def main() -> None:
    """Print the table for the example's notices, or for another folder's."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--data", type=Path, default=PROJECT / "data")
    words.add_argument("--month", default=MONTH)
    words.add_argument("--command", default="notices", choices=("report", "notices"))
    words.add_argument("--rounds", type=int, default=ROUNDS)
    given = words.parse_args()
    result = measure(given.data, given.month, command=given.command, rounds=given.rounds)
    print(table(result))
    if not result.same:
        sys.exit(1)


if __name__ == "__main__":
    main()
