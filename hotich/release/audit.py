"""`make audit`: execute a release again from exactly the code, data and lock it names, and compare every file.

Drafts and caches of earlier runs are not used. Everything runs in a temporary folder; only certificates are written.
"""

import platform
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from hotich import month
from hotich.data import releases
from hotich.data.releases import Release
from hotich.data.sealing import Sealing
from hotich.errors import CannotNow, Differs, InputRefused
from hotich.language.unseen import listing
from hotich.pipeline.notebooks import Tells
from hotich.release import (
    certificate,
    environment,
    excerpt,
    file_diff,
    files,
    git,
    manifest,
    received_file,
    received_notebook,
    staging,
    verify,
)
from hotich.release.audit_result import AuditResult, AuditResults
from hotich.release.file_diff import FIGURES, SAME, FileDiff
from hotich.release.manifest import Manifest
from hotich.release.received_notebook import Notebook
from hotich.storage import paths, temporary
from hotich.storage.paths import LOCK, MANIFEST, PROJECT, SIGNATURE, Folders


@dataclass(frozen=True)
class _Audit:
    """One run of the command: the office, who audits, the broken seals and, if given, a notebook to compare."""

    folders: Folders
    by: str
    seals: list[verify.Finding]
    notebook: Notebook | None
    tell: Tells


def audit(
    wanted: str,
    *,
    year: str,
    by: str,
    notebook: str,
    data: str,
    reports: str,
    trusted: Callable[[list[str]], bool],
    tell: Tells,
) -> AuditResults:
    """Audit the last release about a month, or every release, and write the certificates.

    `trusted` is asked whether to run code of other commits than the present one, given as `release (commit)`.
    Raises InputRefused when there is no such release, or when `notebook` is not a notebook executed by this package,
    CannotNow without that consent.
    """
    folders = paths.find(data, reports)
    received = received_notebook.read(paths.named(notebook)) if notebook else None
    sealed = _about(received, folders, year) if received and not wanted else _wanted(folders, wanted, year)
    if (foreign := [name for each in sealed for name in _foreign(each)]) and not trusted(foreign):
        raise CannotNow("release.untrusted", releases=listing(foreign))
    tell.expect(3 * len(sealed))
    run = _Audit(folders, by, verify.findings(folders), received, tell)
    return AuditResults(tuple(_certified(each, run) for each in sealed))


def _about(received: Notebook, folders: Folders, year: str) -> tuple[Release, ...]:
    """Return the release that has the notebook byte for byte, else the last one about its month."""
    holder = received_file.holder(received.file, folders)
    return (holder,) if holder else _wanted(folders, received.month, year)


def _wanted(folders: Folders, wanted: str, year: str) -> tuple[Release, ...]:
    every = releases.every(folders)
    complete = excerpt.title(folders)
    if wanted in ("", "all"):
        every = tuple(each for each in every if complete in ("", each.title))
        if not every:
            raise InputRefused("release.none")
        return every
    about = month.resolve(wanted, {each.month for each in every}, year)
    sealed = releases.find(folders, about)
    return (sealed,) if sealed else ()


def _foreign(sealed: Release) -> Iterator[str]:
    """Yield `release (commit)` if its audit runs the code of a commit, which may be anybody's, not the present code."""
    try:
        fields = read_manifest(sealed)
        if not _same(fields, files.code(PROJECT)):
            git.require(PROJECT, fields["commit"])
            yield f"{sealed.title} ({fields['commit']})"
    except (Differs, git.CommitUnavailable):
        return  # nothing of it will be run


def _certified(sealed: Release, run: _Audit) -> AuditResult:
    with temporary.folder() as folder:
        return certificate.write(_audited(sealed, run, folder), run.folders)


def _audited(sealed: Release, run: _Audit, folder: Path) -> AuditResult:
    """Audit one release in a temporary folder; if a step is impossible, return the result so far with the reason."""
    result = _unexecuted(sealed, run)
    try:
        fields = read_manifest(sealed)
    except Differs:
        return replace(result, reason="manifest")
    now = files.present(fields["inputs"], run.folders.data)
    inputs = files.input_changes(fields["inputs"], now, run.folders.data)
    changed = (*files.code_changes(fields, files.code(PROJECT)), *inputs)
    result = replace(result, head=sealed.head, commit=fields["commit"], changed=changed)
    try:
        code, source = checkout(fields, folder / "code")
        result = replace(result, source=source)
        interpreter, kind = environment.python(code, folder, sealed_setup="setup" in fields)
    except git.CommitUnavailable as missing:
        return replace(result, reason=missing.problem)
    except environment.Impossible as failed:
        return replace(result, reason="no_environment", said=str(failed))
    unlike = tuple(environment.unlike(LOCK)) if kind == "new" else ()
    result = replace(result, interpreter=kind, unlike=unlike)
    return _executed(sealed, fields, result, run, interpreter, folder)


def _unexecuted(sealed: Release, run: _Audit) -> AuditResult:
    seals = (finding for finding in run.seals if finding.concerns(sealed))
    return AuditResult(
        release=sealed.title,
        month=str(sealed.month),
        file=files.digest(run.notebook.file) if run.notebook else "",
        seals=tuple(seals),
        by=run.by,
        at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        host=platform.node(),
        machine=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
    )


def _executed(
    sealed: Release, fields: Manifest, result: AuditResult, run: _Audit, interpreter: Path, folder: Path
) -> AuditResult:
    there = Folders(folder / "data", folder / "reports")
    result = replace(result, astray=staging.data(fields["inputs"], run.folders, fields["data_commit"], there.data))
    sealing = Sealing(sealed.title, fields["supersedes"], fields["reason"])
    staging.release(staging.earlier(run.folders, sealed), sealing, there)
    if output := _run(interpreter, str(sealed.month), there, folder, run.tell):
        return replace(result, reason="failed", said=output)
    again = there.draft(sealed.month)
    diffs = _compared(sealed, fields, again)
    received = received_notebook.compare(run.notebook, again) if run.notebook else None
    return replace(result, verdict=_verdict(diffs), files=diffs, received=received)


def read_manifest(sealed: Release) -> Manifest:
    """Return the release's manifest. Raises Differs when it is missing or malformed: then nothing in it is used."""
    try:
        return manifest.read(sealed.folder)
    except manifest.Malformed:
        raise Differs("release.manifest", release=sealed.title) from None


def checkout(fields: Manifest, folder: Path) -> tuple[Path, str]:
    """Return a checkout with the release's hashes, and its source: present, or archive (its commit, put into `folder`).

    Raises git.CommitUnavailable.
    """
    if _same(fields, files.code(PROJECT)):
        return PROJECT, "present"
    folder.mkdir()
    git.archive(PROJECT, fields["commit"], folder)
    setup = {"setup": files.setup(folder)} if "setup" in fields else {}
    if not _same(fields, {**files.code(folder), **setup}):
        raise git.CommitUnavailable("other_commit")
    return folder, "archive"


def _same(fields: Mapping[str, object], code: Mapping[str, object]) -> bool:
    return all(fields[name] == hashed for name, hashed in code.items())


def _run(interpreter: Path, wanted: str, there: Folders, folder: Path, tell: Tells) -> str:
    """Make report and notices anew. Returns the output of the command that failed, else an empty text."""
    for command in ("report", "notices"):
        step = f"{command} {wanted}"
        tell.started(step)
        words = (command, wanted, "--data", str(there.data), "--reports", str(there.reports), "--force")
        code, output = environment.run(interpreter, folder, *words)
        tell.finished(step)
        if code:
            return output.strip() or f"hotich {command}: {code}"
    return ""


def _compared(sealed: Release, fields: Manifest, again: Path) -> tuple[FileDiff, ...]:
    present = {name for name, entry in verify.walk(sealed.folder) if entry.is_file(follow_symlinks=False)}
    names = ({*present, *fields["outputs"]}) - {MANIFEST, SIGNATURE}
    return file_diff.compare_folders(sealed.folder, again, names)


def _verdict(diffs: tuple[FileDiff, ...]) -> str:
    kinds = {diff.result for diff in diffs}
    return SAME if kinds == {SAME} else FIGURES if kinds <= {SAME, FIGURES} else file_diff.DIFFERENT
