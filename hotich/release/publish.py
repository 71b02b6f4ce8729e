"""`make publish`: a month's report and notices, made twice and found equal, become a sealed release by one rename."""

import os
import platform
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from hotich import month
from hotich.data import counts, dataset, provenance, releases
from hotich.data.dataset import Dataset
from hotich.data.releases import RELEASES, Release
from hotich.errors import CannotNow, Differs, ExitCode
from hotich.language import LANGUAGES
from hotich.pipeline import build
from hotich.pipeline.build import MonthResult
from hotich.pipeline.notebooks import Tells
from hotich.release import environment, git, manifest, signing, staging, verify
from hotich.release.files import digest
from hotich.storage import atomic, hashing, paths
from hotich.storage.paths import EXPECTATIONS, LOCK, MANIFEST, NOTEBOOKS, PROJECT, Folders

CODE: Final = ("hotich", "notebooks", "expectations", "requirements.lock", "pyproject.toml", "Makefile", ".ci")
"""What a release rests on besides its data; all of it must be committed."""
LOGS: Final = ("deliveries.csv", "difficulties.csv")
"""Inputs that grow with every month, each line beginning with its month: later lines change nothing."""
LISTED: Final = 10


@dataclass(frozen=True)
class Published:
    """A release that was made, or the rejected run that stopped it."""

    release: str
    folder: str
    files: int
    head: str
    previous: str
    signer: str
    runs: tuple[MonthResult, ...]

    @property
    def exit_code(self) -> ExitCode:
        """CONTRADICTED when a critical rule is broken, else DONE."""
        return max(run.exit_code for run in self.runs)

    def record(self) -> dict[str, Any]:
        """For machines."""
        return {**asdict(self), "runs": [run.record() for run in self.runs]}


def publish(wanted: str, *, year: str, reason: str, example: bool, data: str, reports: str, tell: Tells) -> Published:
    """Seal a month. Raises CannotNow with what stands against it, Differs when the chain is not whole."""
    folders = paths.find(data, reports)
    about = month.resolve(wanted, counts.months(folders), year)
    with atomic.locked(folders.publishing):
        _sweep(folders)
        try:
            return _published(dataset.read(str(about), folders), reason, example, tell)
        finally:
            _sweep(folders)


def _sweep(folders: Folders) -> None:
    """Nothing of a run that was not finished is left; a release itself appears by one rename."""
    if folders.publishing.exists():
        shutil.rmtree(folders.publishing)


def _published(data: Dataset, reason: str, example: bool, tell: Tells) -> Published:
    at = data.folders
    _require_origin(data, example)
    commits = _require_committed(at)
    _require_logged(data)
    _require_whole(at)
    _require_changed(data, reason)
    _require_locked()
    private = _signing_key(at)
    first = _run(data, Folders(at.data, at.publishing / "first"), tell)
    if any(run.exit_code for run in first):
        return Published("", "", 0, "", "", "", first)
    second = Folders(at.publishing / "data", at.publishing / "second")
    staging.data(_inputs(data), at, "", second.data)
    _run(data, second, tell)
    made = Folders(at.data, at.publishing / "first").draft(data.month)
    _require_equal(made, second.draft(data.month))
    return _sealed(data, made, reason, commits, private, first)


def _require_locked() -> None:
    """A release names the lock as what it was made with, so that is what must be installed."""
    if unlike := environment.unlike(LOCK):
        raise CannotNow("release.not_locked", packages="; ".join(unlike[:LISTED]), count=len(unlike))


def _require_origin(data: Dataset, example: bool) -> None:
    """Made-up months go into the chain of examples, and nothing else does."""
    if data.synthetic != example:
        raise CannotNow("release.synthetic" if data.synthetic else "release.not_example", month=data.month)


def _require_committed(folders: Folders) -> tuple[str, str]:
    """The commits of package and data: what a release rests on can be had again later."""
    commits = git.commit(PROJECT), git.commit(folders.data)
    files = [*git.uncommitted(PROJECT, CODE), *(f for f in git.uncommitted(folders.data) if "/." not in f"/{f}")]
    if files := sorted(set(files)):
        more = "" if len(files) <= LISTED else f" (+{len(files) - LISTED})"
        raise CannotNow("release.uncommitted", files=", ".join(files[:LISTED]) + more)
    return commits


def _require_logged(data: Dataset) -> None:
    for delivered in data.deliveries:
        if delivered.sha256 != delivered.delivery.sha256:
            raise CannotNow("release.not_logged", file=delivered.file)


def _require_whole(folders: Folders) -> None:
    """Nothing is added to a chain that is broken; that its head is not signed yet is mended by what is added."""
    found = [finding for finding in verify.findings(folders) if finding.problem != "head_unsigned"]
    if found:
        listed = {lang: "\n".join(f"  {each.message(lang)}" for each in found[:LISTED]) for lang in LANGUAGES}
        raise Differs("release.broken", count=len(found), listed=listed)


def _inputs(data: Dataset) -> dict[str, str]:
    return {each.file: each.sha256 for each in provenance.inputs(data)}


def _require_changed(data: Dataset, reason: str) -> None:
    """A month that was released is released again only when something of it has changed, and with the reason."""
    last = releases.latest(data.released, data.month)
    if last is None:
        if reason.strip():
            raise CannotNow("release.nothing_corrected", month=data.month)
        return
    if not _changed(data, last):
        raise CannotNow("release.unchanged", month=data.month, release=last.title)
    if not reason.strip():
        raise CannotNow("release.no_reason", month=data.month, release=last.title)


def _changed(data: Dataset, last: Release) -> bool:
    def own(inputs: dict[str, str]) -> dict[str, str]:
        return {name: digest for name, digest in inputs.items() if not name.startswith(RELEASES) and name not in LOGS}

    then, now = last.manifest["inputs"], _inputs(data)
    if hashing.content() != last.manifest["content"] or own(then) != own(now):
        return True
    return any(then.get(log) != now.get(log) and _lines_changed(data, last, log) for log in LOGS)


def _lines_changed(data: Dataset, last: Release, log: str) -> bool:
    """Whether a log tells something else about the months up to this one than it did then."""
    old = git.file(data.folders.data, last.manifest["data_commit"], log)
    new = data.folders.data / log
    return old is None or not new.is_file() or _until(old, data) != _until(new.read_bytes(), data)


def _until(log: bytes, data: Dataset) -> list[bytes]:
    return sorted(line for line in log.splitlines()[1:] if line[:7] <= str(data.month).encode())


def _run(data: Dataset, there: Folders, tell: Tells) -> tuple[MonthResult, ...]:
    """Report and notices, from nothing, in a reports folder of their own that has the same chain."""
    staging.chain(data.released, there)
    words = {"year": "", "area": "", "data": str(there.data), "reports": str(there.reports)}
    made = build.report(str(data.month), **words, force=True, tell=tell)
    if any(run.exit_code for run in made):
        return tuple(made)
    return (*made, *build.notices(str(data.month), **words, force=True, tell=tell))


def _files(folder: Path) -> dict[str, str]:
    """Every file below a folder by its name, with its SHA-256."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


def _require_equal(first: Path, second: Path) -> None:
    one, two = _files(first), _files(second)
    if unlike := sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name)):
        raise CannotNow("release.unstable", files=", ".join(unlike))


def _sealed(
    data: Dataset,
    made: Path,
    reason: str,
    commits: tuple[str, str],
    private: Path | None,
    runs: tuple[MonthResult, ...],
) -> Published:
    """Write and sign the manifest where the release is made, then let the whole folder appear at once."""
    fields = _fields(data, made, reason, commits, signing.fingerprint(private) if private else "")
    (made / MANIFEST).write_bytes(manifest.written(fields))
    if private:
        signing.sign(made / MANIFEST, private)
    chain = data.folders.releases(data.synthetic)
    chain.mkdir(parents=True, exist_ok=True)
    new = Release(fields["number"], data.month, chain / f"{fields['number']:04d}-{data.month}", data.synthetic)
    _appear(made, new.folder)
    return Published(
        new.title, str(new.folder), len(fields["outputs"]), new.head, fields["previous"], fields["signer"], runs
    )


def _signing_key(folders: Folders) -> Path | None:
    """The key that will sign, tried beforehand: a seal that nobody accepts would break the chain for good."""
    private = signing.key()
    if private is None and folders.signers.is_file():
        raise CannotNow("release.unsigned", file=folders.signers, name=signing.KEY)
    if private and not signing.accepted(private, folders.signers if folders.signers.is_file() else None):
        raise CannotNow("release.other_signer", signer=signing.fingerprint(private), file=folders.signers)
    return private


def _fields(data: Dataset, made: Path, reason: str, commits: tuple[str, str], signer: str) -> dict[str, Any]:
    previous, superseded = data.previous, releases.latest(data.released, data.month)
    return {
        "format": manifest.FORMAT,
        "number": previous.number + 1 if previous else 1,
        "month": str(data.month),
        "counts_revision": data.counts.delivery.revision,
        "origin": "synthetic" if data.synthetic else "reported",
        "supersedes": superseded.name if superseded else "",
        "reason": reason.strip(),
        "previous": previous.head if previous else "",
        "commit": commits[0],
        "data_commit": commits[1],
        "signer": signer,
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "content": hashing.content(),
        "package": hashing.parts()["package"],
        "lock": digest(LOCK),
        "notebooks": _suffixed(NOTEBOOKS, ".ipynb"),
        "suites": _suffixed(EXPECTATIONS, ".json"),
        "inputs": _inputs(data),
        "outputs": _files(made),
    }


def _suffixed(folder: Path, suffix: str) -> dict[str, str]:
    return {path.name: digest(path) for path in sorted(folder.iterdir()) if path.suffix == suffix}


def _appear(made: Path, target: Path) -> None:
    """One rename, after everything is on the disk; the folder above is flushed so that the name is too."""
    for path in sorted(made.rglob("*")):
        if path.is_file():
            path.chmod(0o644)
            atomic.flush(path)
    made.rename(target)
    with suppress(OSError):  # not every file system can flush a folder; the rename itself has happened
        folder = os.open(target.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
