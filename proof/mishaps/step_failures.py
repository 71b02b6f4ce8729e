"""Every operation on files of a command fails in its turn: the old set stands, or the new one, and the words say which.

The operations are those that `conftest.Steps` counts: files opened for writing, renamed, deleted, flushed, folders made
and removed. The k-th fails alone, or it and all after it; killed is as if all after it had never been asked for.
"""

import contextlib
import gc
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest
from conftest import FAILURES, Killed, SmallOffice, Steps, cells, small_office
from filled_workbooks import filled

from hotich.errors import ExitCode
from hotich.month import Month
from hotich.release import verify
from hotich.storage import atomic, transaction
from hotich.storage.paths import Folders
from proof.mishaps import in_process

OLD: Final = "the old set"
NEW: Final = "the new set"
_KILLED: Final = "killed"
_UNTOUCHED: Final = re.compile(r"untouched|nothing was (?:changed|done|published|written)|as it was", re.IGNORECASE)
_REASONS: Final = {"full": "No space left on device", "broken": "Input/output error"}


@dataclass(frozen=True)
class Operation:
    """A command, what prepares an office for it, and which set stands afterwards: OLD, NEW or what is wrong."""

    name: str
    words: tuple[str, ...]
    prepare: Callable[[SmallOffice], None]
    stands: Callable[[Folders], str]
    fakes: Callable[[pytest.MonkeyPatch], None] = lambda _patch: None


@dataclass
class Result:
    """How many times an operation was made to fail in one manner, what stood then, and what was not right."""

    operation: str
    failure: str
    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def tried(self) -> int:
        """The number of runs of which an operation failed."""
        return self.outcomes.total()


def prove(operation: Operation, failure: str, folder: Path, stride: int = 1) -> Result:
    """Let every operation on files fail in its turn, or every `stride`-th, in an office below `folder`."""
    result, place = Result(operation.name, failure), _Place(folder, operation)
    for number in range(0, 100_000, stride):
        place.restore()
        steps, code, said = place.run(failure, number)
        if steps <= number:
            result.wrong += [] if code == ExitCode.DONE else [f"without a failure it ends with {code}: {said}"]
            return result
        stands = operation.stands(place.at)
        result.outcomes[stands] += 1
        problems = [*_wrong(failure, stands, code, said), *(place.again() if failure == _KILLED else ())]
        result.wrong += [f"operation {number + 1}: {each}" for each in problems]
    raise RuntimeError(f"{operation.name} never ends")


class _Place:
    """An office that is as it was before each run."""

    def __init__(self, folder: Path, operation: Operation) -> None:
        self._operation, self._folder, self._before = operation, folder, folder / "before"
        self.at = Folders(folder / "office" / "data", folder / "office" / "reports")
        office = small_office(self.at.data)
        operation.prepare(office)
        (folder / "office").rename(self._before)
        (folder / "temporary").mkdir()

    def restore(self) -> None:
        shutil.rmtree(self._folder / "office", ignore_errors=True)
        shutil.copytree(self._before, self._folder / "office", symlinks=True)

    def run(self, failure: str, number: int) -> tuple[int, int | None, str]:
        """Run the command, whose operations fail after that number; return how many there were, exit code and words."""
        kind, once = FAILURES[failure]
        with pytest.MonkeyPatch.context() as patch:
            self._operation.fakes(patch)
            with pytest.MonkeyPatch.context() as failing:
                steps = Steps(failing, number, kind, once=once)
                code, said = _or_killed(self._command)
            return steps.taken, code, said

    def again(self) -> Iterator[str]:
        """Run the command once more, without failures; yield what is not as it must be then."""
        stood = self._operation.stands(self.at)
        with pytest.MonkeyPatch.context() as patch:
            self._operation.fakes(patch)
            code, said = self._command()
        published = self._operation.name == "publish" and stood == NEW and code == ExitCode.CANNOT_NOW
        if code != ExitCode.DONE and not published:
            yield f"the next run ends with {code}: {said}"
        if (now := self._operation.stands(self.at)) != NEW:
            yield f"after the next run stands {now}"
        yield from (f"left: {path}" for path in _left(self.at, self._folder / "temporary"))

    def _command(self) -> tuple[int, str]:
        folders = ("--data", str(self.at.data), "--reports", str(self.at.reports))
        with in_process.own_temporary(self._folder / "temporary"), pytest.MonkeyPatch.context() as patch:
            patch.setenv("LC_ALL", "en_GB.UTF-8")
            words = (str(self._folder / "office" / word) if word == "SENT" else word for word in self._operation.words)
            return in_process.command(*words, *folders)


def _or_killed(command: Callable[[], tuple[int, str]]) -> tuple[int | None, str]:
    """Run the command; where it is killed, close what it had open, as the system does: with that go its locks."""
    before = _open()
    try:
        return command()
    except Killed:
        pass
    gc.collect()
    for descriptor in _open() - before:
        os.close(descriptor)
    return None, ""


def _open() -> set[int]:
    """Return the descriptors that are open, without the one by which they were listed."""
    found = set()
    for number in [int(path.name) for path in Path("/dev/fd").iterdir()]:
        with contextlib.suppress(OSError):
            os.fstat(number)
            found.add(number)
    return found


def _wrong(failure: str, stands: str, code: int | None, said: str) -> Iterator[str]:
    """Yield what does not fit: a mixture; words or an exit code of the other outcome; a reason that is not told."""
    if stands not in (OLD, NEW):
        yield stands
    if failure == _KILLED:
        return
    if (code == ExitCode.DONE) != (stands == NEW):
        yield f"ends with {code} although {stands} stands: {said}"
    if code not in (ExitCode.DONE, ExitCode.CANNOT_NOW):
        yield f"ends with {code}: {said}"
    if stands == NEW and _UNTOUCHED.search(said):
        yield f"says that nothing has changed: {said}"
    reason = next(reason for word, reason in _REASONS.items() if word in failure)
    if stands == OLD and reason not in said:
        yield f"does not say “{reason}”: {said}"


def _left(at: Folders, temporary: Path) -> Iterator[Path]:
    """Yield what a run has left that no good run leaves."""
    yield from temporary.iterdir()
    for folder in (at.data, at.reports):
        for path in folder.rglob(".*"):
            if path.suffix in (".new", ".old") or path.name == ".change":
                yield path


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _done(code: int, said: str) -> None:
    if code != ExitCode.DONE:
        raise RuntimeError(said)


# --- report ---------------------------------------------------------------------------------------------------------

_OCTOBER: Final = Month(2024, 10)


def _draft(office: SmallOffice) -> None:
    """Make a draft whose every file says "old"."""
    with pytest.MonkeyPatch.context() as patch:
        in_process.fake_pages(patch, OLD)
        folders = ("--data", str(office.at.data), "--reports", str(office.at.reports))
        _done(*in_process.command("report", "10", *folders))


def _draft_stands(at: Folders) -> str:
    said = {content.decode() for content in _contents(atomic.standing(at.draft(_OCTOBER))).values()}
    return said.pop() if len(said) == 1 else f"a mixture of {sorted(said)}"


# --- import ---------------------------------------------------------------------------------------------------------

_NOVEMBER: Final = Month(2024, 11)


def _sent(office: SmallOffice) -> None:
    shutil.copytree(filled(office.at), office.at.data.parent / "SENT")


def _import_stands(at: Folders) -> str:
    transaction.recover(at.data)
    counts, log = at.counts(_NOVEMBER).is_file(), "2024-11" in (at.data / "deliveries.csv").read_text()
    incoming, kept = (at.data / "incoming.csv").is_file(), any((at.data / "incoming").rglob("*.xlsx"))
    parts = {counts, log, incoming, kept}
    return f"counts {counts}, log {log}, files {kept}, their log {incoming}" if len(parts) > 1 else _named(counts)


def _named(new: bool) -> str:
    return NEW if new else OLD


# --- publish --------------------------------------------------------------------------------------------------------


def _released(office: SmallOffice) -> None:
    """Publish September."""
    with pytest.MonkeyPatch.context() as patch:
        in_process.fake_release(patch)
        folders = ("--data", str(office.at.data), "--reports", str(office.at.reports))
        _done(*in_process.command("publish", "9", *folders))


def _chain_stands(at: Folders) -> str:
    if found := verify.findings(at):
        return "; ".join(finding.message("en") for finding in found)
    names = sorted(path.name for path in at.releases(examples=False).iterdir())
    known = {("0001-2024-09",): OLD, ("0001-2024-09", "0002-2024-10"): NEW}
    return known.get(tuple(names), f"a chain of {names}")


# --- reset-data -----------------------------------------------------------------------------------------------------


def _made_up_months(office: SmallOffice) -> None:
    for month in ("2024-07", "2024-08"):
        office.write(month, cells(), origin="synthetic")


def _reset_stands(at: Folders) -> str:
    transaction.recover(at.data)
    log = (at.data / "deliveries.csv").read_text()
    gone = {not at.counts(Month(2024, month)).exists() for month in (7, 8)} | {"synthetic" not in log}
    return f"the log says {log}" if len(gone) > 1 else _named(gone.pop())


OPERATIONS: Final[Sequence[Operation]] = (
    Operation(
        "report", ("report", "10", "--force"), _draft, _draft_stands, lambda patch: in_process.fake_pages(patch, NEW)
    ),
    Operation("import", ("import", "11", "--from", "SENT"), _sent, _import_stands),
    Operation("publish", ("publish", "10"), _released, _chain_stands, in_process.fake_release),
    Operation("reset-data", ("reset-data", "--yes"), _made_up_months, _reset_stands),
)
