"""Commands are killed at random times: what was accepted stays, nothing is half done, and the next run succeeds."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

import psutil
from checkouts import code_copy
from conftest import HOTICH, SmallOffice, cells, small_office
from filled_workbooks import filled

from hotich.errors import ExitCode
from hotich.month import Month
from hotich.release import verify
from hotich.storage import atomic, transaction
from hotich.storage.paths import Folders
from proof.mishaps.step_failures import NEW, OLD

Files = Mapping[str, bytes]
PATIENCE: Final = 10.0
"""Seconds after a kill in which every process that the command has started must have ended."""
_OCTOBER: Final = Month(2024, 10)
_LOCKS: Final = ".lock"
_NOT_COMMITTED: Final = ("/reports/", "/states/", "/recovered/", "/sent/", "/said")


@dataclass(frozen=True)
class Command:
    """A command, the part of the office that it changes, and how many of 200 kills are of it."""

    words: tuple[str, ...]
    changes: str
    share: int

    @property
    def name(self) -> str:
        """The command's own name."""
        return self.words[0]


COMMANDS: Final = (
    Command(("report", "10", "--force"), "draft", 26),
    Command(("notices", "10", "--force"), "draft", 24),
    Command(("import", "11", "--from", "sent"), "data", 80),
    Command(("publish", "10"), "published", 10),
    Command(("reset-data", "--yes"), "data", 60),
)


@dataclass
class Result:
    """How many runs were killed, by command and by what stood afterwards, and what was not right."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        """The number of runs that were killed."""
        return self.outcomes.total()

    def add(self, other: "Result") -> None:
        """Add what another worker has found."""
        self.outcomes += other.outcomes
        self.wrong += other.wrong


class Office:
    """An office in a folder of its own, put back as it was before each run."""

    def __init__(self, folder: Path, program: Sequence[str] = (str(HOTICH),)) -> None:
        self.folder, self._program = folder, program
        self.at = Folders(folder / "data", folder / "reports")
        self._short = tempfile.TemporaryDirectory()  # the path of a socket in it has some 100 bytes at most
        self.temporary = Path(self._short.name)

    def keep(self, name: str) -> None:
        """Take the state of the office under a name."""
        for part in (self.at.data, self.at.reports):
            if part.exists():
                shutil.copytree(part, self.folder / "states" / name / part.name)

    def restore(self, name: str) -> None:
        """Have the state of that name again, and no temporary folder of an earlier run."""
        for part in (self.at.data, self.at.reports, *self.temporary.iterdir()):
            shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(self.folder / "states" / name, self.folder, dirs_exist_ok=True)

    def start(self, command: Command) -> "subprocess.Popen[bytes]":
        """Start the command, as the leader of a session of its own."""
        folders = ("--data", str(self.at.data), "--reports", str(self.at.reports))
        own = {"TMPDIR": str(self.temporary), "LC_ALL": "C.UTF-8"}
        with (self.folder / "said").open("wb") as said:
            return subprocess.Popen(  # noqa: S603 - our own command
                [*self._program, *command.words, *folders],
                cwd=self.folder,
                env=os.environ | own,
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )

    def run(self, command: Command) -> tuple[int, str]:
        """Run the command to its end; return its exit code and what it said."""
        process = self.start(command)
        return process.wait(), (self.folder / "said").read_text(errors="replace")

    def stands(self) -> dict[str, Files]:
        """Return the files of each part as the next command takes them: an interrupted change undone or finished."""
        data = self.folder / "recovered"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(self.at.data, data, symlinks=True)
        transaction.recover(data)
        chain = self.at.releases(examples=False)
        return {
            "data": _files(data),
            "draft": _files(atomic.standing(self.at.draft(_OCTOBER))),
            "published": _files(chain),
        }

    def left(self) -> Iterator[str]:
        """Yield what lies there that no good run leaves."""
        yield from (str(path) for path in self.temporary.iterdir())
        for folder in (self.at.data, self.at.reports):
            hidden = (path for path in folder.rglob(".*") if path.suffix in (".new", ".old") or path.name == ".change")
            yield from map(str, hidden)
        if self.at.publishing.exists():
            yield str(self.at.publishing)


def _files(folder: Path) -> Files:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(_LOCKS))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def state_of(command: Command) -> str:
    """Return the name of the state in which a command finds the office."""
    return "made up" if command.name == "reset-data" else "office"


def prepare(folder: Path) -> None:
    """Write the office with workbooks that were sent to it; the caller keeps its states."""
    made = small_office(folder / "data")
    shutil.copytree(filled(made.at), folder / "sent")
    shutil.rmtree(made.at.reports)


def keep_states(office: Office) -> None:
    """Keep the office as it is now, and with two made-up months before its own."""
    office.keep("office")
    for month in ("2024-07", "2024-08"):
        SmallOffice(office.at).write(month, cells(), origin="synthetic")
    office.keep("made up")


@dataclass(frozen=True)
class Whole:
    """A command that nobody has killed: what stood before and afterwards, and the seconds that it took."""

    before: dict[str, Files]
    after: dict[str, Files]
    seconds: float


def whole(office: Office, command: Command) -> Whole:
    """Run the command once as a measure for the others. Raises RuntimeError when it fails or leaves something."""
    office.restore(state_of(command))
    before, began = office.stands(), time.monotonic()
    code, said = office.run(command)
    seconds = time.monotonic() - began
    if code != ExitCode.DONE or (left := [*office.left()]):
        raise RuntimeError(f"{command.name} ends with {code} and leaves {left if not code else ''}: {said}")
    return Whole(before, office.stands(), seconds)


def prove(office: Office, command: Command, kills: int, seed: int) -> Result:
    """Kill the command so many times at random moments of its run, and look what came of it each time."""
    result, chance, measure = Result(), Random(f"{seed} {command.name}"), whole(office, command)  # noqa: S311 - a choice, not a secret
    while result.kills < kills:
        moment = chance.triangular(0, measure.seconds, 0.9 * measure.seconds)  # most of the writing is at the end
        office.restore(state_of(command))
        process = office.start(command)
        if not _killed(process, moment):
            continue
        found = _problems(office, command, measure, result)
        result.wrong += [f"{command.name}, killed after {moment:.3f} s: {each}" for each in found]
    return result


def _killed(process: "subprocess.Popen[bytes]", moment: float) -> bool:
    """Kill the process at the moment; return whether it had not ended before."""
    try:
        process.wait(moment)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def _problems(office: Office, command: Command, measure: Whole, result: Result) -> list[str]:
    """Count which set stands after a kill; return what is not right then, and after the next run."""
    found = [f"still running after {PATIENCE:.0f} s: {each}" for each in _running(office)]
    now, part = office.stands(), command.changes
    found += [f"{name} is not as it was" for name in now if name != part and now[name] != measure.before[name]]
    old, new = (_same(part, now[part], other[part]) for other in (measure.before, measure.after))
    result.outcomes[command.name, NEW if new else OLD] += 1
    found += [] if old or new else [f"{part} is neither the old set nor the new one: {sorted(now[part])}"]
    found += [finding.message("en") for finding in verify.findings(office.at)]
    code, said = office.run(command)
    done = {ExitCode.DONE, ExitCode.CANNOT_NOW} if part == "published" and new else {ExitCode.DONE}
    found += [] if code in done else [f"the next run ends with {code}: {said}"]
    found += (
        [] if _same(part, office.stands()[part], measure.after[part]) else [f"{part} is another after the next run"]
    )
    return [*found, *(f"left after the next run: {each}" for each in office.left())]


def _same(part: str, one: Files, other: Files) -> bool:
    """Return whether both are the same set; releases, which carry the time of sealing, have the same names."""
    return one.keys() == other.keys() if part == "published" else one == other


def _running(office: Office) -> list[str]:
    """Return the processes of the last run that are alive after the time that they have."""
    until = time.monotonic() + PATIENCE
    while (alive := list(_alive(office))) and time.monotonic() < until:
        time.sleep(0.1)
    return alive


def _alive(office: Office) -> Iterator[str]:
    """Yield the command line of every process whose environment names the office's folder, as that of each does."""
    for process in psutil.process_iter():
        try:
            named = any(str(office.folder) in value for value in process.environ().values())
            if named and process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
                yield " ".join(process.cmdline())
        except psutil.Error:
            continue


def in_checkout(folder: Path) -> Office:
    """Return an office that has released September and drafted October, whose comment has changed since."""
    made = code_copy(folder / "office", folder / "environment")
    subprocess.run(["git", "init", "-q", made.root], check=True)  # noqa: S603, S607 - our own command
    (made.root / ".gitignore").write_text("\n".join(["__pycache__/", *_NOT_COMMITTED]))
    prepare(made.root)
    made.commit()
    office = Office(made.root, (str(made.python), "-P", "-m", "hotich"))
    for words in (("publish", "9"), ("report", "10"), ("notices", "10")):
        code, said = office.run(Command(words, "", 0))
        if code != ExitCode.DONE:
            raise RuntimeError(said)
    comment = office.at.comment(_OCTOBER, "vi")
    comment.parent.mkdir()
    comment.write_text("## Đánh giá\n\nSố liệu nộp đúng hạn.\n\n— Trưởng phòng\n", encoding="utf-8")
    made.commit()
    keep_states(office)
    return office


def prove_all(folder: Path, kills: int, seed: int, workers: int = 2) -> Result:
    """Kill commands so often in all, by their shares of 200, in so many offices at the same time."""

    def work(number: int) -> Result:
        found, office = Result(), in_checkout(folder / str(number))
        for command in COMMANDS:
            found.add(prove(office, command, command.share * kills // 200 // workers, seed * workers + number))
        return found

    result = Result()
    with ThreadPoolExecutor(workers) as pool:
        for found in pool.map(work, range(workers)):
            result.add(found)
    return result
