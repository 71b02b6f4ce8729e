"""Folders to work in: a copy of the real data, and a tiny office whose figures can be worked out by hand."""

import csv
import errno
import functools
import hashlib
import io
import os
import pickle
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

from hotich.errors import CannotNow, Note
from hotich.storage import atomic
from hotich.storage.paths import PROJECT, Folders

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOTICH = Path(sys.executable).with_name("hotich")

OFFICE = """
name_vi = "Sở Tư pháp tỉnh Thử"
name_en = "Department of Justice of Test Province"
root = "1"
threshold = 90
cutoff_day = 22
paper = "thông báo"
[[targets]]
id = "country"
day = 2024-12-31
name_vi = "hạn chung"
name_en = "the deadline"
source = "test"
[letterhead]
superior = "UBND TỈNH THỬ"
body = "SỞ TƯ PHÁP"
place = "Thử"
symbol = "TB-STP"
signer = "GIÁM ĐỐC"
recipients = ["Như trên"]
"""
AREAS = """code,valid_from,valid_to,level,type,name_vi,name_en,parent,successor,note
1,2024-01-01,,province,tỉnh,Tỉnh Thử,Test Province,,,
1-STP,2024-01-01,,office,sở tư pháp,Sở Tư pháp tỉnh Thử,Department of Test Province,1,,
11,2024-01-01,,district,huyện,Huyện Một,One District,1,,
11-PTP,2024-01-01,,office,phòng tư pháp,Phòng Tư pháp huyện Một,Justice Office of One District,11,,
111,2024-01-01,,commune,xã,Xã An,An Commune,11,,
112,2024-01-01,,commune,xã,Xã Bình,Bình Commune,11,,
12,2024-01-01,,district,huyện,Huyện Hai,Two District,1,,
12-PTP,2024-01-01,,office,phòng tư pháp,Phòng Tư pháp huyện Hai,Justice Office of Two District,12,,
121,2024-01-01,,commune,xã,Xã Cát,Cát Commune,12,,
122,2024-01-01,2024-08-31,commune,xã,Xã Cũ,Old Commune,12,121,merged
"""
REGISTERS = """code,group,name_vi,name_en,levels,source
KS,population,Sổ khai sinh,Birth registers,commune district_office department,test
XN,civil_status,Sổ xác nhận,Certificate registers,commune district_office department,test
LH,civil_status,Sổ ly hôn,Divorce registers,district_office department,test
"""
UNITS = ("1-STP", "11-PTP", "111", "112", "12-PTP", "121")
START = {
    "1-STP": (100, 40),
    "11-PTP": (60, 60),
    "111": (200, 100),
    "112": (300, 300),
    "12-PTP": (80, 20),
    "121": (400, 100),
}


@dataclass(frozen=True)
class SmallOffice:
    """Three communes in two districts, three offices, three registers; counts may be changed cell by cell."""

    at: Folders

    def write(self, month: str, rows: dict[tuple[str, str], tuple[str, str, str]], origin: str = "reported") -> Path:
        """Write a month's counts and log them."""
        lines = [(*cell, *values) for cell, values in rows.items()]
        path = self.at.data / "counts" / f"{month}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(_csv([("area", "register", "required", "digitised", "status"), *lines]), encoding="utf-8")
        self.log(month, origin)
        return path

    def in_one_language(self) -> "SmallOffice":
        """Return the office with pages in Vietnamese alone: half as many, where the second language proves nothing."""
        settings = self.at.data / "office.toml"
        settings.write_text(settings.read_text().replace("[[targets]]", 'languages = ["vi"]\n[[targets]]', 1))
        return self

    def copied(self, folder: Path) -> "SmallOffice":
        """Return a copy of the office and of its reports in a folder, to be changed at will."""
        copy = SmallOffice(Folders(folder / "data", folder / "reports"))
        shutil.copytree(self.at.data, copy.at.data)
        shutil.copytree(self.at.reports, copy.at.reports)
        return copy

    def forget(self, month: str) -> None:
        """Remove a month's counts as if it had never been delivered."""
        (self.at.data / "counts" / f"{month}.csv").unlink()
        log = self.at.data / "deliveries.csv"
        log.write_text("".join(li for li in log.read_text().splitlines(keepends=True) if not li.startswith(month)))

    def log(self, month: str, origin: str = "reported") -> None:
        """Log the counts file as it is now."""
        log = self.at.data / "deliveries.csv"
        head = "month,revision,as_of,origin,sha256,reason,source\n"
        kept = [line for line in log.read_text().splitlines()[1:] if not line.startswith(month)] if log.exists() else []
        digest = hashlib.sha256((self.at.data / "counts" / f"{month}.csv").read_bytes()).hexdigest()
        log.write_text(head + "\n".join([*kept, f"{month},0,{month}-22,{origin},{digest},,test"]) + "\n")


def cells(more: int = 0) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Each unit has required and digitised of START in births, a tenth in certificates, offices ten divorces."""
    rows: dict[tuple[str, str], tuple[str, str, str]] = {}
    for unit in UNITS:
        required, digitised = START[unit]
        done = min(required, digitised + more)
        rows[unit, "KS"] = (str(required), str(done), "")
        rows[unit, "XN"] = (str(required // 10), str(done // 10), "")
        office = not unit.isdigit()
        rows[unit, "LH"] = ("10", "10" if done == required else "5", "") if office else ("", "", "not_applicable")
    return rows


def _csv(rows: list[tuple[str, ...]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


@pytest.fixture
def office(tmp_path: Path) -> SmallOffice:
    """The small office with September and October 2024."""
    return small_office(tmp_path / "data")


def small_office(data: Path) -> SmallOffice:
    """The small office in that folder, its reports beside it."""
    data.mkdir(parents=True)
    for name, text in (("office.toml", OFFICE), ("areas.csv", AREAS), ("registers.csv", REGISTERS)):
        (data / name).write_text(text, encoding="utf-8")
    small = SmallOffice(Folders(data, data.parent / "reports"))
    small.write("2024-09", cells())
    small.write("2024-10", cells(30))
    return small


@pytest.fixture
def drafts(office: SmallOffice) -> Folders:
    """September and October of the small office as drafts, without their pages."""
    from hotich import checks, measures
    from hotich.data import dataset
    from hotich.storage.paths import MEASURES

    office.write("2024-09", cells(0))
    office.write("2024-10", cells(30))
    for month in ("2024-09", "2024-10"):
        m = measures.read(checks.run(dataset.read(month, office.at)))
        folder = office.at.draft(m.month)
        folder.mkdir(parents=True)
        measures.write(m, folder / MEASURES)
    return office.at


@pytest.fixture
def yen_bai(tmp_path: Path) -> Folders:
    """A copy of the real office's data folder, to be changed at will, and a reports folder of its own."""
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    return Folders(tmp_path / "data", tmp_path / "reports")


@pytest.fixture(scope="session", autouse=True)
def judged_once() -> Iterator[None]:
    """Let Great Expectations judge a table once for all tests of a worker: half their time went into the same again.

    The same rules on the same table come out the same; tests of `checks` ask it each time.
    """
    from hotich.checks import gx

    known: dict[bytes, dict[str, gx.Ran]] = {}

    @functools.wraps(gx.run)
    def run(*given: Any) -> dict[str, gx.Ran]:
        key = hashlib.sha256(pickle.dumps(given)).digest()
        if key not in known:
            known[key] = run.__wrapped__(*given)
        return dict(known[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gx, "run", run)
        yield


@pytest.fixture(scope="session")
def october(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> tuple[subprocess.CompletedProcess[str], Path]:
    """The real October, rendered once for all tests and all workers, and what the command said. Read only."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "october"
    shared.mkdir(exist_ok=True)
    reports, said = shared / "Báo cáo", (shared / "stdout", shared / "stderr")
    with FileLock(shared / "lock"):
        if not said[1].exists():
            done = subprocess.run([HOTICH, "report", "10", "--reports", reports], capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            said[0].write_text(done.stdout)
            said[1].write_text(done.stderr)
    told = [path.read_text() for path in said]
    return subprocess.CompletedProcess([], 0, *told), reports / "draft" / "2024-10"


def needed(*names: str) -> str:
    """The first of these programs that the machine has.

    Without any of them a test is skipped, named at the end of the run; on a CI machine that is a failure.
    """
    found = next((path for name in names if (path := shutil.which(name))), "")
    if not found and os.environ.get("CI") == "true":
        pytest.fail(f"{names[0]} is not installed, and CI may not do without it")
    if not found:
        pytest.skip(f"{MISSING}: {names[0]}")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """The system's Chromium."""
    from playwright.sync_api import sync_playwright

    path = needed("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        own = ["--no-sandbox"] if os.getuid() == 0 else []
        started = playwright.chromium.launch(executable_path=path, args=[*own, "--disable-gpu"])
        yield started
        started.close()


MISSING = "not installed on this machine"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly what was not tested because a program is missing."""
    skipped = [each for each in terminalreporter.getreports("skipped") if MISSING in str(each.longrepr)]
    files = {each.nodeid.partition("::")[0] for each in skipped}
    if skipped:
        programs = ", ".join(sorted({str(each.longrepr).partition(f"{MISSING}: ")[2].rstrip("')") for each in skipped}))
        terminalreporter.write_line(
            f"NOT TESTED: {len(skipped)} tests of {', '.join(sorted(files))} need {programs}, "
            "which is not installed here. On Debian: apt-get install chromium poppler-utils",
            yellow=True,
            bold=True,
        )


class Killed(BaseException):
    """As SIGKILL: nothing that would clean up gets anything done either."""


class Steps:
    """The one seam of file operations: from the k-th on every one of them fails, or only that one (`once`)."""

    CHANGES = (
        *((os, name) for name in ("rename", "replace", "unlink", "mkdir", "rmdir", "fsync")),
        (atomic, "exchange"),
    )

    def __init__(self, patch, last, failure=Killed, *, once=False):
        self.taken, self.last, self.failure, self.once = 0, last, failure, once
        for module, name in self.CHANGES:
            patch.setattr(module, name, self.counted(getattr(module, name)))
        patch.setattr(io, "open", self.counted(io.open, lambda mode="r", *_: set("wax") & set(mode)))
        patch.setattr(os, "open", self.counted(os.open, lambda flags, *_: flags & os.O_CREAT))

    def counted(self, real, changes=lambda *_: True):
        def step(*args, **kwargs):
            if changes(*args[1:], *([kwargs["mode"]] if isinstance(kwargs.get("mode"), str) else [])):
                self.taken += 1
                if self.taken > self.last and not (self.once and self.taken > self.last + 1):
                    raise self.failure("stopped here")
            return real(*args, **kwargs)

        return step


FAILURES = {
    "killed": (Killed, False),
    "disk full": (lambda _: OSError(errno.ENOSPC, "No space left on device"), False),
    "disk full for a moment": (lambda _: OSError(errno.ENOSPC, "No space left on device"), True),
    "disk broken": (lambda _: OSError(errno.EIO, "Input/output error"), False),
    "disk broken for a moment": (lambda _: OSError(errno.EIO, "Input/output error"), True),
}
"""What can happen to an operation on files, and whether only once."""
SPREAD = [len(FAILURES), pytest.param(1, marks=pytest.mark.slow)]
"""How far apart the steps are at which a long operation fails: the short version of the proof, and the whole one."""


def failing(monkeypatch, failure, operation, every=1):
    """Yield after each run of the operation, whose k-th step on files fails, whether it ended well; k counts up.

    With `every` 5, each kind of failure strikes the first step, the last, and every fifth between: all five, all steps.
    """
    start = list(FAILURES).index(failure) % every or every
    for last in chain([0], count(start, every)):
        ended, taken = _struck(monkeypatch, failure, operation, last)
        whole = taken <= last
        assert ended or not whole, "without a failure it ends well"
        yield ended
        if whole:
            break
    assert taken > 4, "operations were counted"
    if (taken - 1 - start) % every:
        yield _struck(monkeypatch, failure, operation, taken - 1)[0]


def _struck(monkeypatch, failure, operation, last):
    """Run the operation, whose steps on files fail after the last; return whether it ended well, and its steps."""
    kind, once = FAILURES[failure]
    with monkeypatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore", Note)
        steps = Steps(patch, last, kind, once=once)
        try:
            operation()
            ended = True
        except (Killed, CannotNow, OSError):  # the command says an OSError as it does CannotNow
            ended = False
    return ended, steps.taken
