"""Put errors of one line each into the drawing code and name the geometry test that fails: `make prove-charts`."""

import argparse
import contextlib
import io
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from multiprocessing import get_context
from pathlib import Path
from random import Random
from types import CodeType
from typing import Final

import pytest

from hotich.storage.paths import PACKAGE, PROJECT

CHARTS: Final = PACKAGE / "views" / "charts"
TESTS: Final = PROJECT / "tests" / "views" / "charts"
TABLE: Final = Path(__file__).with_name("chart_errors.toml")
PROCESSES: Final = 2


@dataclass(frozen=True)
class Error:
    """One line of `file` changed from `old` to `new`; the geometry tests of `chart` must notice that it `breaks`."""

    chart: str
    file: str
    old: str
    new: str
    breaks: str

    def source(self) -> str:
        """Return the module with the error in it. Raises LookupError unless `old` stands in it exactly once."""
        text = (CHARTS / self.file).read_text(encoding="utf-8")
        if (count := text.count(self.old)) != 1:
            raise LookupError(f"{TABLE.name}: {self.file} has {count} times, not once: {self.old}")
        return text.replace(self.old, self.new)


@dataclass(frozen=True)
class Outcome:
    """The first test that failed, with the type of its exception; both empty where all passed."""

    test: str = ""
    exception: str = ""

    @property
    def caught(self) -> bool:
        """A test compared and found a difference; a crash of the drawing code proves nothing about geometry."""
        return self.exception == AssertionError.__name__


@dataclass(frozen=True)
class _Finder(MetaPathFinder):
    """Find the module that holds the error."""

    error: Error

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> ModuleSpec | None:
        """Return the module with the error, if it is this one."""
        if fullname != f"hotich.views.charts.{self.error.file.removesuffix('.py')}":
            return None
        path = str(CHARTS / self.error.file)
        return spec_from_file_location(fullname, path, loader=_Loader(fullname, path, self.error.source()))


class _Loader(SourceFileLoader):
    """Import a module from another source than its file's."""

    def __init__(self, fullname: str, path: str, source: str) -> None:
        super().__init__(fullname, path)
        self.source = source

    def get_code(self, _fullname: str) -> CodeType:
        """Compile the source, whatever has been compiled before."""
        return self.source_to_code(self.source.encode(), self.path)


class _FirstFailure:
    """A plugin of pytest that keeps what failed first."""

    outcome = Outcome()

    def pytest_exception_interact(self, node: pytest.Item, call: pytest.CallInfo[None]) -> None:
        if call.excinfo and not self.outcome.test:
            self.outcome = Outcome(node.name, call.excinfo.typename)


def tried(chart: str, error: Error | None) -> Outcome:
    """Run the geometry tests of a chart in this process, which must not have imported the charts yet."""
    if error:
        sys.meta_path.insert(0, _Finder(error))
    first = _FirstFailure()
    arguments = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(TESTS / f"test_{chart}.py")]
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = pytest.main(arguments, plugins=[first])
    if (code == pytest.ExitCode.OK) == bool(first.outcome.test):
        raise RuntimeError(f"{chart}, {error}: pytest ended with {code}\n{said.getvalue()}")
    return first.outcome


def errors() -> list[Error]:
    """Read the table of errors. Raises LookupError for one whose line is no longer there."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    found = [Error(chart, **each) for chart, rows in table.items() for each in rows]
    for each in found:
        each.source()
    return found


def outcomes(chosen: Sequence[Error]) -> Iterator[tuple[str, Error | None, Outcome]]:
    """Try each chart without an error, then each error; every one in a fork that has the libraries and October."""
    _load()
    tasks = [
        *((chart, None) for chart in dict.fromkeys(each.chart for each in chosen)),
        *((e.chart, e) for e in chosen),
    ]
    with get_context("fork").Pool(PROCESSES, maxtasksperchild=1) as pool:
        for task, outcome in zip(tasks, pool.imap(_tried, tasks, chunksize=1), strict=True):
            yield *task, outcome


def _tried(task: tuple[str, Error | None]) -> Outcome:
    return tried(*task)


def _load() -> None:
    """Import what every fork needs except the charts, and compute the months that their tests share."""
    sys.path.insert(0, str(PROJECT / "tests"))
    import_module("months").october()
    if any(name.startswith("hotich.views.charts.") for name in sys.modules):
        raise RuntimeError("The charts are imported already: errors in them would not be seen")


def written(results: Sequence[tuple[Error, Outcome]]) -> str:
    """Return the table of the proof, as Markdown."""
    rows = (f"| {e.chart} | {e.breaks} | `{e.old.strip()}` | `{e.new.strip()}` | {o.test} |" for e, o in results)
    return "\n".join(
        [
            "# Proof of the charts",
            "",
            f"Written by `make prove-charts`; not to be edited. {len(results)} errors of one line each are put, one by",
            "one, into the code that draws the charts. Each is caught: a test that reads the drawn marks back and",
            "compares them with the facts fails. The same tests pass without the error.",
            "",
            "| chart | what it breaks | line | with the error | caught by the test |",
            "|---|---|---|---|---|",
            *(row.replace(" | |", " | – |") for row in rows),
            "",
        ]
    )


def main(arguments: Sequence[str]) -> None:
    """Prove every error, or `--some` of them; write the table; end with 1 where one is not caught."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--some", type=int, help="so many errors, drawn by a fixed seed")
    parser.add_argument("--write", type=Path)
    given = parser.parse_args(arguments)
    chosen = Random(1).sample(errors(), given.some) if given.some else errors()  # noqa: S311 - a choice, not a secret
    results, wrong = list[tuple[Error, Outcome]](), 0
    for chart, error, outcome in outcomes(chosen):
        good = outcome.caught if error else not outcome.test
        wrong += not good
        print("ok " if good else "NO ", chart, error.breaks if error else "without an error", *vars(outcome).values())
        results += [(error, outcome)] if error else []
    print(f"errors: {len(results)}, not as they must be: {wrong}")
    if given.write and not wrong:
        given.write.write_text(written(results), encoding="utf-8")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main(sys.argv[1:])
