"""Measure how long made-up cases take to be counted, by DuckDB and, where it is installed, by Spark on two cores.

Each measurement is a process of its own, to get its peak memory. `RECORDS` says how many cases (ten million, or several
sizes: `"10000000 100000000"`); the lists are made in a temporary folder (below `TO`), for 63 made-up provinces and
10,542 communes, and deleted. Without Spark its rows are left out. Up to a million cases plain pandas counts them too.
"""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import intake as offices

from hotich.checks import gx
from hotich.intake import lists
from hotich.month import Month
from hotich.sample import records
from hotich.storage import duck
from hotich.storage.paths import Folders
from hotich.tally import engine as engines
from hotich.tally import files, judge, places, reduce, sql
from hotich.tally.columns import Headings
from hotich.tally.engine import Engine
from hotich.tally.places import Places
from hotich.tally.reduce import Part
from hotich.tally.source import Reader, Source

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CASES: Final = 10_000_000
MONTH, AS_OF = Month(2024, 11), date(2024, 11, 22)
TASKS: Final = {
    "counts": "cases → counts",
    "duplicates": "counts, each case once, and gaps",
    "rules": "rules on single cases, judged",
    "everything": "all of `make tally` but the import",
}
MOST_FOR_PANDAS: Final = 1_000_000
FINISHED: Final = sql.done(True, True, AS_OF)
KINDS: Final = sql.conditions(True, True, True, AS_OF)


@dataclass(frozen=True)
class Measured:
    """One task: seconds on the clock, seconds of processor time, peak memory in MB, and the counts it came to."""

    task: str
    engine: str
    parts: str
    seconds: float
    processor: float
    peak: float
    required: int
    digitised: int


def main() -> None:
    """Make the cases and print a table of all measurements, or do the task named on the command line."""
    if len(sys.argv) > 1:
        task, engine, parts, data, folder = sys.argv[1:]
        print(json.dumps(_task(task, engine, parts == "together", Path(data), Path(folder))))
        return
    for cases in map(int, (os.environ.get("RECORDS") or str(CASES)).split()):
        with tempfile.TemporaryDirectory(dir=os.environ.get("TO") or None) as there:
            country = Path(there) / "country"
            offices.office("the country", country)
            print(table(cases, measured(country, Path(there) / "records", cases)), end="\n\n")


def measured(data: Path, folder: Path, cases: int) -> list[Measured]:
    """Return all measurements on so many cases of the office's units; their lists are made in `folder`."""
    began = time.perf_counter()
    records.write(Folders(data, data.parent / "reports"), str(cases), str(folder))
    print(f"{cases:,} cases made in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    found = []
    for task, engine, parts in _planned(cases):
        found.append(_in_its_own_process(task, engine, parts, data, folder))
        print(found[-1], file=sys.stderr)
    return found


def _planned(cases: int) -> Iterator[tuple[str, str, str]]:
    for task in TASKS:
        yield task, "duckdb", "by province"
    yield "duplicates", "duckdb", "together"
    if importlib.util.find_spec("pyspark"):
        for task in TASKS:
            yield task, "spark", "together"
    if cases <= MOST_FOR_PANDAS:
        yield "duplicates", "pandas", "together"


def _in_its_own_process(task: str, engine: str, parts: str, data: Path, folder: Path) -> Measured:
    """Return a task's measurement. Raises RuntimeError where it fails."""
    command = [sys.executable, __file__, task, engine, parts, str(data), str(folder)]
    settings = {
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_SUBMIT_ARGS": "--master local[2] --driver-memory 6g pyspark-shell",
    }
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, env={**os.environ, **settings})  # noqa: S603
        peak = _peak(process)
        if process.returncode:
            raise RuntimeError(f"{task} by {engine}: exit code {process.returncode}")
        said.seek(0)
        done = json.loads(said.read().decode().splitlines()[-1])
    return Measured(task, engine, parts, peak=peak, **done)


def _peak(process: "subprocess.Popen[bytes]") -> float:
    """Wait for a process and return the most memory that it and those it started had together, in MB (RSS)."""
    import psutil

    watched, most = psutil.Process(process.pid), 0.0
    while process.poll() is None:
        try:
            every = [watched, *watched.children(recursive=True)]
            most = max(most, sum(each.memory_info().rss for each in every) / 1e6)
        except psutil.Error:
            pass  # one of them ended meanwhile
        time.sleep(0.1)
    return most


def _task(task: str, engine: str, together: bool, data: Path, folder: Path) -> dict[str, float | int]:
    """Do one task in this process, libraries loaded beforehand; return its times and the counts that it came to."""
    if engine == "pandas":
        return _pandas(folder)
    known = places.of(lists.read(data, AS_OF))
    gx.prepare()
    with (
        duck.connected() as connection,
        tempfile.TemporaryDirectory() as made,
        engines.opened(engine, connection) as asked,
    ):
        began, processor = time.perf_counter(), time.process_time()
        parts = reduce.parts(_sources(connection, known, folder, Path(made)), together=together)
        required, digitised = _ask(task, asked, parts, known)
        return _done(began, processor, required, digitised)


def _done(began: float, processor: float, required: int, digitised: int) -> dict[str, float | int]:
    times = {"seconds": time.perf_counter() - began, "processor": time.process_time() - processor}
    return {**times, "required": required, "digitised": digitised}


def _sources(connection: "DuckDBPyConnection", known: Places, folder: Path, made: Path) -> list[Source]:
    reader = Reader(connection, Headings(known.names), made)
    listed, _ = files.find(str(folder))
    return [source for each in listed for source in reader.read(each)[0]]


def _ask(task: str, engine: Engine, parts: Sequence[Part], known: Places) -> tuple[int, int]:
    """Return the sums of required and digitised that a task comes to."""
    if task in ("counts", "rules"):
        answers = []
        for part in parts:
            engine.cases(part.sources, part.first)
            answers.append(engine.ask(sql.counted(FINISHED, KINDS if task == "rules" else {})))
        if task == "rules":
            _judge(reduce.reduce(_Answered(engine, answers), parts, known, AS_OF, len), parts, known)
        return sum(row[2] for rows in answers for row in rows), sum(row[3] for rows in answers for row in rows)
    reduced = reduce.reduce(engine, parts, known, AS_OF, len)
    if task == "everything":
        files.hashes(source.listed for part in parts for source in part.sources)
        _judge(reduced, parts, known)
    cells = reduced.cells.values()
    return sum(cell.required for cell in cells), sum(cell.digitised for cell in cells)


def _judge(reduced: reduce.Reduced, parts: Sequence[Part], known: Places) -> None:
    sources = [source for part in parts for source in part.sources]
    judge.judge(reduced, sources, known.lists, MONTH)


class _Answered:
    """An engine that gives back answers that another gave: what rules take without what only duplicates need."""

    def __init__(self, engine: Engine, answers: list[list[tuple[Any, ...]]]) -> None:
        self.dialect, self._answers = engine.dialect, iter(answers)
        self._unread: list[tuple[Any, ...]] = []

    def cases(self, sources: Sequence[Source], first: int) -> None:  # noqa: ARG002 - as engines are asked
        """Take the next part, whose answer is there."""
        self._unread = next(self._answers)

    def names(self, table: str, cells: Mapping[str, int]) -> None:
        """Do nothing: no books are asked for."""

    def ask(self, query: str) -> list[tuple[Any, ...]]:  # noqa: ARG002 - as engines are asked
        """Return the part's answer at the first question, nothing at the second."""
        answer, self._unread = self._unread, []
        return answer


def _pandas(folder: Path) -> dict[str, float | int]:
    """Count the cases by plain pandas, as docs/tally.md tells it."""
    import duckdb

    with duckdb.connect() as connection:
        table = connection.execute("SELECT * FROM read_parquet(?)", [f"{folder}/*/*.parquet"]).df()
    began, processor = time.perf_counter(), time.process_time()
    late = table["digitised_on"].notna() & (table["digitised_on"] > str(AS_OF))
    table["finished"] = table["digitised"] & table["scan"] & ~late
    one = table.groupby(["area_code", "register_code", "year", "book", "number"], observed=True)["finished"].any()
    return _done(began, processor, len(one), int(one.sum()))


def table(cases: int, found: Sequence[Measured]) -> str:
    """Return the measurements as a table of Markdown."""
    lines = [
        f"{cases:,} cases, 63 provinces, {os.cpu_count()} cores.",
        "",
        "| | engine | lists | s | processor s | million cases/s | peak MB | required | digitised |",
        "|---|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for each in found:
        numbers = (
            f"{each.seconds:.1f}",
            f"{each.processor:.1f}",
            f"{cases / each.seconds / 1e6:.1f}",
            f"{each.peak:,.0f}",
        )
        counts = (f"{each.required:,}", f"{each.digitised:,}")
        lines.append("| " + " | ".join((TASKS[each.task], each.engine, each.parts, *numbers, *counts)) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
