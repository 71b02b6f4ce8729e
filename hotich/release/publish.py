"""`make publish`: make a month's report and notices twice, compare them, and seal them as a release by one rename."""

import os
import platform
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from hotich import month
from hotich.data import counts, dataset, provenance, releases
from hotich.data.dataset import Dataset
from hotich.data.releases import RELEASES, Release
from hotich.errors import CannotNow, Differs, ExitCode
from hotich.pipeline import build
from hotich.pipeline.build import MonthResult
from hotich.pipeline.notebooks import Tells
from hotich.release import environment, git, manifest, signing, staging, verify
from hotich.release.files import code, digest
from hotich.release.manifest import Manifest
from hotich.storage import atomic, hashing, paths
from hotich.storage.paths import LOCK, MANIFEST, PROJECT, Folders

CODE: Final = ("hotich", "notebooks", "expectations", "requirements.lock", "pyproject.toml", "Makefile", ".ci")
"""What a release is made with besides its data; all of it must be committed."""
LOGS: Final = ("deliveries.csv", "difficulties.csv")
"""Inputs whose lines begin with their month; lines of later months do not concern a release."""
LISTED: Final = 10


@dataclass(frozen=True)
class PublishResult:
    """The new release, or, with empty fields, the rejected run that prevented it."""

    release: str
    folder: str
    files: int
    head: str
    previous: str
    signer: str
    runs: tuple[MonthResult, ...]

    @property
    def exit_code(self) -> ExitCode:
        """Return CONTRADICTED if a critical rule failed, else DONE."""
        return max(run.exit_code for run in self.runs)

    def record(self) -> dict[str, object]:
        """Return the result as JSON values."""
        return {**asdict(self), "runs": [run.record() for run in self.runs]}


def publish(
    wanted: str, *, year: str, reason: str, example: bool, data: str, reports: str, tell: Tells
) -> PublishResult:
    """Publish a month. Raises CannotNow naming what prevents it, Differs when the chain is broken."""
    folders = paths.own(data, reports)
    about = month.resolve(wanted, counts.months(folders), year)
    with atomic.locked(folders.publishing):
        _sweep(folders)
        try:
            return _publish(dataset.read(str(about), folders), reason, example, tell)
        finally:
            _sweep(folders)


def _sweep(folders: Folders) -> None:
    """Delete what this run or an interrupted one has made; a finished release has been renamed out of the folder."""
    if folders.publishing.exists():
        shutil.rmtree(folders.publishing)


def _publish(data: Dataset, reason: str, example: bool, tell: Tells) -> PublishResult:
    folders = data.folders
    _require_origin(data, example)
    commits = _require_committed(folders)
    _require_logged(data)
    _require_intact(folders)
    _require_changed(data, reason)
    _require_locked()
    private = _signing_key(folders)
    first = Folders(folders.data, folders.publishing / "first")
    runs = _run(data, first, tell)
    if any(run.exit_code for run in runs):
        return PublishResult("", "", 0, "", "", "", runs)
    second = Folders(folders.publishing / "data", folders.publishing / "second")
    staging.data(_inputs(data), folders, "", second.data)
    _run(data, second, tell)
    _require_equal(first.draft(data.month), second.draft(data.month))
    return _seal(data, first.draft(data.month), reason, commits, private, runs)


def _require_locked() -> None:
    """Raise CannotNow unless the packages of the lock are installed: the manifest names them as what was used."""
    if unlike := environment.unlike(LOCK):
        raise CannotNow("release.not_locked", packages="; ".join(unlike[:LISTED]), count=len(unlike))


def _require_origin(data: Dataset, example: bool) -> None:
    """Raise CannotNow for a made-up month outside the chain of examples, or a reported month in it."""
    if data.synthetic != example:
        raise CannotNow("release.synthetic" if data.synthetic else "release.not_example", month=data.month)


def _require_committed(folders: Folders) -> tuple[str, str]:
    """Return the commits of package and data. Raises CannotNow if a file of either is not in its commit."""
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


def _require_intact(folders: Folders) -> None:
    """Raise Differs if the chain is broken; an unsigned head is no obstacle, for the new release becomes the head."""
    if found := [finding for finding in verify.findings(folders) if finding.problem != "head_unsigned"]:
        raise Differs("release.broken", count=len(found), listed=verify.listed(found[:LISTED]))


def _inputs(data: Dataset) -> dict[str, str]:
    return {each.file: each.sha256 for each in provenance.inputs(data)}


def _require_changed(data: Dataset, reason: str) -> None:
    """Raise CannotNow if the month is released already and nothing has changed since, or no reason is given."""
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
    def compared(inputs: dict[str, str]) -> dict[str, str]:
        return {name: digest for name, digest in inputs.items() if not name.startswith(RELEASES) and name not in LOGS}

    then, now = last.manifest["inputs"], _inputs(data)
    if hashing.content() != last.manifest["content"] or compared(then) != compared(now):
        return True
    return any(then.get(log) != now.get(log) and _lines_changed(data, last, log) for log in LOGS)


def _lines_changed(data: Dataset, last: Release, log: str) -> bool:
    """Return whether a log's lines about the months up to this one have changed since the last release."""
    old = git.file(data.folders.data, last.manifest["data_commit"], log)
    new = data.folders.data / log
    return old is None or not new.is_file() or _until(old, data) != _until(new.read_bytes(), data)


def _until(log: bytes, data: Dataset) -> list[bytes]:
    return sorted(line for line in log.splitlines()[1:] if line[:7] <= str(data.month).encode())


def _run(data: Dataset, there: Folders, tell: Tells) -> tuple[MonthResult, ...]:
    """Make report and notices anew, in a reports folder of their own with links to the earlier releases."""
    staging.chain(data.released, there)
    words = {"year": "", "area": "", "data": str(there.data), "reports": str(there.reports)}
    made = build.report(str(data.month), **words, force=True, tell=tell)
    if any(run.exit_code for run in made):
        return tuple(made)
    return (*made, *build.notices(str(data.month), **words, force=True, tell=tell))


def _files(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder, by its name."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


def _require_equal(first: Path, second: Path) -> None:
    one, two = _files(first), _files(second)
    if unlike := sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name)):
        raise CannotNow("release.unstable", files=", ".join(unlike))


def _seal(
    data: Dataset,
    made: Path,
    reason: str,
    commits: tuple[str, str],
    private: Path | None,
    runs: tuple[MonthResult, ...],
) -> PublishResult:
    """Write and sign the manifest beside the files, then move the folder into the chain."""
    fields = _fields(data, made, reason, commits, signing.fingerprint(private) if private else "")
    (made / MANIFEST).write_bytes(manifest.encode(fields))
    if private:
        signing.sign(made / MANIFEST, private)
    chain = data.folders.releases(data.synthetic)
    chain.mkdir(parents=True, exist_ok=True)
    new = Release(fields["number"], data.month, chain / f"{fields['number']:04d}-{data.month}", data.synthetic)
    _move(made, new.folder)
    return PublishResult(
        new.title, str(new.folder), len(fields["outputs"]), new.head, fields["previous"], fields["signer"], runs
    )


def _signing_key(folders: Folders) -> Path | None:
    """Return the signing key after trying it: a signature that is not accepted would break the chain for good."""
    private = signing.key()
    if private is None and folders.signers.is_file():
        raise CannotNow("release.unsigned", file=folders.signers, name=signing.KEY)
    if private and not signing.accepted(private, folders.signers if folders.signers.is_file() else None):
        raise CannotNow("release.other_signer", signer=signing.fingerprint(private), file=folders.signers)
    return private


def _fields(data: Dataset, made: Path, reason: str, commits: tuple[str, str], signer: str) -> Manifest:
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
        **code(PROJECT),
        "inputs": _inputs(data),
        "outputs": _files(made),
    }


def _move(made: Path, target: Path) -> None:
    """Rename the folder after all its files are on the disk, then flush its parent so that the name is too."""
    for path in sorted(made.rglob("*")):
        if path.is_file():
            path.chmod(0o644)
            atomic.flush(path)
    made.rename(target)
    with suppress(OSError):  # not every file system can flush a folder; the rename itself has happened
        folder = os.open(target.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
