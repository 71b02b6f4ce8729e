"""`make publish`: make a month's report and notices twice, compare them, and seal them as a release by one rename."""

import json
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from hotich import month
from hotich.data import counts, dataset, provenance, releases
from hotich.data.dataset import Dataset
from hotich.data.releases import Release
from hotich.data.sealing import Sealing
from hotich.errors import CannotNow, Differs, ExitCode
from hotich.pipeline import build, new_notebook, pages
from hotich.pipeline.notebooks import Tells
from hotich.pipeline.open_month import MonthResult
from hotich.release import commits, environment, git, manifest, signing, staging, verify
from hotich.release.files import code, code_changes, digest, input_changes, setup
from hotich.release.manifest import Manifest
from hotich.storage import atomic, decision, hashing, paths
from hotich.storage.paths import LOCK, MANIFEST, PACKAGE, PROJECT, PROVENANCE, Folders

CODE: Final = ("hotich", "notebooks", "expectations", "requirements.lock", "pyproject.toml", "Makefile", ".ci")
"""What a release is made with besides its data; all of it must be committed."""
LOGS: Final = ("deliveries.csv", "difficulties.csv")
"""Inputs whose lines begin with their month; lines of later months do not concern a release."""
LISTED: Final = 10
_OF_HEAD: Final = ("head_unsigned", "commit_missing")
"""Problems of the last release that end with it no longer being the last."""


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
        atomic.delete(folders.publishing)  # left by a run that was interrupted
        try:
            return _publish(dataset.read(str(about), folders), reason, example, tell)
        finally:
            with atomic.noted("folder.left_over", folders.publishing):
                atomic.delete(folders.publishing)


def _publish(data: Dataset, reason: str, example: bool, tell: Tells) -> PublishResult:
    folders = data.folders
    _require_origin(data, example)
    for page in pages.monthly():
        new_notebook.require_written(page)
    named = _require_committed(data)
    _require_logged(data)
    _require_intact(folders)
    _require_changed(data, reason)
    _require_locked()
    private = _signing_key(folders)
    first = Folders(folders.data, folders.publishing / "first")
    sealing = _sealing(data, reason)
    runs = _run(data, sealing, first, tell)
    if any(run.exit_code for run in runs):
        return PublishResult("", "", 0, "", "", "", runs)
    second = Folders(folders.publishing / "data", folders.publishing / "second")
    inputs = _read(first.draft(data.month))["inputs"]
    if astray := staging.data(inputs, folders, "", second.data):
        raise CannotNow("release.changed_meanwhile", files=", ".join(each.file for each in astray))
    _run(data, sealing, second, tell)
    _require_equal(first.draft(data.month), second.draft(data.month))
    return _seal(data, first.draft(data.month), sealing, named, private, runs)


def _read(made: Path) -> dict[str, Any]:
    """Return the provenance of a draft that has just been made: what the run read."""
    provenance: dict[str, Any] = json.loads((made / PROVENANCE).read_bytes())
    return provenance


def _require_locked() -> None:
    """Raise CannotNow unless the packages of the lock are installed: the manifest names them as what was used."""
    if unlike := environment.unlike(LOCK):
        raise CannotNow("release.not_locked", packages="; ".join(unlike[:LISTED]), count=len(unlike))


def _require_origin(data: Dataset, example: bool) -> None:
    """Raise CannotNow for a made-up month outside the chain of examples, or a reported month in it."""
    if data.synthetic != example:
        months = ", ".join(str(each.month) for each in data.deliveries if each.synthetic)
        raise CannotNow("release.synthetic" if months else "release.not_example", month=data.month, months=months)


def _require_committed(data: Dataset) -> tuple[str, str]:
    """Return the commits of package and data. Raises CannotNow if a file of either is not in its commit, or with other
    bytes: git calls a file unchanged whose line ends it has converted.
    """
    folders = data.folders
    named = git.commit(PROJECT), git.commit(folders.data)
    files = [*git.uncommitted(PROJECT, CODE), *(f for f in git.uncommitted(folders.data) if "/." not in f"/{f}")]
    if files := sorted(set(files)):
        raise CannotNow("release.uncommitted", files=", ".join(files[:LISTED]) + _more(files))
    if files := commits.other_inputs(_inputs(data), folders, named[1]):
        raise CannotNow("release.other_bytes", files=", ".join(files[:LISTED]), folder=folders.data)
    return named


def _require_logged(data: Dataset) -> None:
    for delivered in data.deliveries:
        if delivered.sha256 != delivered.delivery.sha256:
            raise CannotNow("release.not_logged", file=delivered.file)


def _require_intact(folders: Folders) -> None:
    """Raise Differs if the chain is broken; what is wrong with a release only as the head is no obstacle."""
    if found := [each for each in verify.findings(folders) if each.problem not in _OF_HEAD]:
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
    changed = _changed(data, last)
    if not changed:
        raise CannotNow("release.unchanged", month=data.month, release=last.title)
    if not reason.strip():
        raise CannotNow(
            "release.no_reason",
            month=data.month,
            release=last.title,
            example=" EXAMPLE=1" if data.synthetic else "",
            changed=", ".join(changed[:LISTED]) + _more(changed),
        )


def _changed(data: Dataset, last: Release) -> list[str]:
    """Return the names of code and inputs that have changed since, of a log if lines that concern the month have."""
    then = manifest.read(last.folder)  # its chain has just been verified
    code_now = code_changes(then, code(PROJECT))
    if not code_now and hashing.content() != then["content"]:
        code_now = [PACKAGE.name]
    inputs = input_changes(then["inputs"], _inputs(data), data.folders.data)
    quiet = {f"{data.folders.data.name}/{log}" for log in LOGS if not _lines_changed(data, last, log)}
    return [*code_now, *(name for name in inputs if name not in quiet)]


def _more(names: list[str]) -> str:
    return "" if len(names) <= LISTED else f" (+{len(names) - LISTED})"


def _lines_changed(data: Dataset, last: Release, log: str) -> bool:
    """Return whether a log's lines about the months up to this one have changed since the last release."""
    old = git.file(data.folders.data, last.manifest["data_commit"], log)
    new = data.folders.data / log
    return old is None or not new.is_file() or _until(old, data) != _until(new.read_bytes(), data)


def _until(log: bytes, data: Dataset) -> list[bytes]:
    return sorted(line for line in log.splitlines()[1:] if line[:7] <= str(data.month).encode())


def _next(data: Dataset, folder: Path) -> Release:
    """Return the release that comes next in the chain, as long as it lies in this folder."""
    return Release(data.previous.number + 1 if data.previous else 1, data.month, folder, data.synthetic)


def _sealing(data: Dataset, reason: str) -> Sealing:
    """Return what the release says of itself, on its pages and in its manifest."""
    superseded = releases.latest(data.released, data.month)
    title = _next(data, data.folders.publishing).title
    return Sealing(title, superseded.name if superseded else "", reason.strip())


def _run(data: Dataset, sealing: Sealing, there: Folders, tell: Tells) -> tuple[MonthResult, ...]:
    """Make report and notices anew, in a reports folder of their own with links to the earlier releases."""
    staging.release(data.released, sealing, there)
    words = {"year": "", "area": "", "data": str(there.data), "reports": str(there.reports)}
    made = build.report(str(data.month), **words, force=True, tell=tell, elsewhere=None)
    if any(run.exit_code for run in made):
        return tuple(made)
    return (*made, *build.notices(str(data.month), **words, force=True, tell=tell, elsewhere=None))


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
    sealing: Sealing,
    named: tuple[str, str],
    private: Path | None,
    runs: tuple[MonthResult, ...],
) -> PublishResult:
    """Write and sign the manifest beside the files, then move the folder into the chain."""
    new = _next(data, made)
    fields = _fields(data, new, sealing, named, signing.fingerprint(private) if private else "")
    (made / MANIFEST).write_bytes(manifest.encode(fields))
    if private:
        signing.sign(made / MANIFEST, private)
    chain = data.folders.releases(data.synthetic)
    chain.mkdir(parents=True, exist_ok=True)
    if found := verify.before_sealing(data.folders, new):
        raise CannotNow("release.not_right", count=len(found), listed=verify.listed(found[:LISTED]))
    target = chain / new.name
    outputs, previous, signer = len(fields["outputs"]), fields["previous"], fields["signer"]
    result = PublishResult(new.title, str(target), outputs, new.head, previous, signer, runs)
    _move(made, target)  # from here on it is published: nothing may fail any more
    return result


def _signing_key(folders: Folders) -> Path | None:
    """Return the signing key after trying it: a signature that is not accepted would break the chain for good."""
    private = signing.key()
    if private is None and folders.signers.is_file():
        raise CannotNow("release.unsigned", file=folders.signers, name=signing.KEY)
    if private and not signing.accepted(private, folders.signers if folders.signers.is_file() else None):
        raise CannotNow("release.other_signer", signer=signing.fingerprint(private), file=folders.signers)
    return private


def _fields(data: Dataset, new: Release, sealing: Sealing, named: tuple[str, str], signer: str) -> Manifest:
    provenance = _read(new.folder)
    return {
        "format": manifest.FORMAT,
        "setup": setup(PROJECT),
        "number": new.number,
        "month": str(data.month),
        "counts_revision": data.counts.delivery.revision,
        "origin": "synthetic" if data.synthetic else "reported",
        "supersedes": sealing.supersedes,
        "reason": sealing.reason,
        "previous": data.previous.head if data.previous else "",
        "commit": named[0],
        "data_commit": named[1],
        "sealed": datetime.now(UTC).strftime(signing.TIME),
        "signer": signer,
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "content": provenance["content"]["all"],
        **code(PROJECT),
        "inputs": provenance["inputs"],
        "outputs": _files(new.folder),
    }


def _move(made: Path, target: Path) -> None:
    """Rename the folder after all its files are on the disk, then flush its parent so that the name is too."""
    for path in made.rglob("*"):
        if path.is_file():
            path.chmod(0o644)
    atomic.flush_tree(made)
    with decision.deciding():
        made.rename(target)
    with atomic.noted("folder.not_flushed", target.parent):
        atomic.flush_folder(target.parent)
