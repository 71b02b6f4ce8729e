"""`make audit`: execute a release again from exactly the code, data and lock it names, and compare every file.

Drafts and caches of earlier runs are not used. Everything runs in a temporary folder; only certificates are written.
"""

import json
import platform
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from hotich import month
from hotich.data import releases
from hotich.data.releases import Release
from hotich.errors import Differs, InputRefused
from hotich.pipeline.notebooks import Tells
from hotich.release import certificate, environment, excerpt, file_diff, files, git, manifest, staging, verify
from hotich.release.audit_result import AuditResult, AuditResults
from hotich.release.file_diff import FIGURES, SAME, FileDiff
from hotich.release.manifest import Manifest
from hotich.storage import paths
from hotich.storage.paths import EXPECTATIONS, LOCK, MANIFEST, NOTEBOOKS, PACKAGE, PROJECT, SIGNATURE, Folders


@dataclass(frozen=True)
class _Audit:
    """One run of the command: the office, who audits, the broken seals and, if given, a notebook to compare."""

    folders: Folders
    by: str
    seals: list[verify.Finding]
    notebook: "_Notebook | None"
    tell: Tells


def audit(wanted: str, *, year: str, by: str, notebook: str, data: str, reports: str, tell: Tells) -> AuditResults:
    """Audit the last release about a month, or every release, and write the certificates.

    Raises InputRefused when there is no such release, or when `notebook` is not a notebook executed by this package.
    """
    folders = paths.find(data, reports)
    received = _read_notebook(Path(notebook)) if notebook else None
    sealed = _wanted(folders, received.month if received and not wanted else wanted, year)
    tell.expect(3 * len(sealed))
    run = _Audit(folders, by, verify.findings(folders), received, tell)
    return AuditResults(tuple(_certified(each, run) for each in sealed))


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


@dataclass(frozen=True)
class _Notebook:
    """An executed notebook, identified by its parameters and the ids of its cells."""

    file: Path
    month: str
    parameters: dict[str, str]
    cells: frozenset[str]


def _read_notebook(file: Path) -> _Notebook:
    try:
        cells = json.loads(file.read_bytes())["cells"]
        injected = next(c for c in cells if "injected-parameters" in c.get("metadata", {}).get("tags", ()))
        parameters = dict(re.findall(r'^(\w+) = "([^"]*)"', "".join(injected["source"]), re.MULTILINE))
        return _Notebook(file, parameters["month"], parameters, frozenset(cell["id"] for cell in cells))
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        raise InputRefused("release.no_notebook", file=file) from None


def _certified(sealed: Release, run: _Audit) -> AuditResult:
    folder = Path(tempfile.mkdtemp(prefix="hotich-audit-"))
    try:
        return certificate.write(_audited(sealed, run, folder), run.folders)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _audited(sealed: Release, run: _Audit, folder: Path) -> AuditResult:
    """Audit one release in a temporary folder; if a step is impossible, return the result so far with the reason."""
    result = _unexecuted(sealed, run)
    try:
        fields = read_manifest(sealed)
    except Differs:
        return replace(result, reason="manifest")
    changed = tuple(_changed(fields, run.folders))
    result = replace(result, head=sealed.head, commit=fields["commit"], changed=changed)
    try:
        code, source = checkout(fields, folder / "code")
        result = replace(result, source=source)
        interpreter, kind = environment.python(code, folder)
    except git.CommitUnavailable as missing:
        return replace(result, reason=missing.problem)
    except environment.Impossible as failed:
        return replace(result, reason="no_environment", said=str(failed))
    unlike = tuple(environment.unlike(LOCK)) if kind == "new" else ()
    result = replace(result, interpreter=kind, unlike=unlike)
    return _executed(sealed, fields, result, run, interpreter, folder)


def _unexecuted(sealed: Release, run: _Audit) -> AuditResult:
    seals = (f for f in run.seals if sealed.title in (f.release, f.values.get("release")) or not f.release)
    return AuditResult(
        release=sealed.title,
        month=str(sealed.month),
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
    staging.chain(staging.earlier(run.folders, sealed), there)
    if output := _run(interpreter, str(sealed.month), there, folder, run.tell):
        return replace(result, reason="failed", said=output)
    diffs = _compared(sealed, fields, there.draft(sealed.month), run.notebook)
    return replace(result, verdict=_verdict(diffs), files=diffs)


def read_manifest(sealed: Release) -> Manifest:
    """Return the release's manifest. Raises Differs when it is missing or malformed: then nothing in it is used."""
    try:
        return manifest.decode((sealed.folder / MANIFEST).read_bytes())
    except (OSError, manifest.Malformed):
        raise Differs("release.manifest", release=sealed.title) from None


def _changed(fields: Manifest, folders: Folders) -> Iterator[str]:
    """Yield the name of each file that differs today from the release; of the package only as a whole."""
    now = files.code(PROJECT)
    yield from _unlike(NOTEBOOKS.name, fields["notebooks"], now["notebooks"])
    yield from _unlike(EXPECTATIONS.name, fields["suites"], now["suites"])
    if fields["package"] != now["package"]:
        yield PACKAGE.name
    if fields["lock"] != now["lock"]:
        yield LOCK.name
    for name, wanted in fields["inputs"].items():
        path = folders.data / name
        if not name.startswith(releases.RELEASES) and not (path.is_file() and files.digest(path) == wanted):
            yield f"{folders.data.name}/{name}"


def _unlike(folder: str, then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{folder}/{name}" for name in sorted(then.keys() | now.keys()) if then.get(name) != now.get(name))


def checkout(fields: Manifest, folder: Path) -> tuple[Path, str]:
    """Return a checkout with the release's hashes, and its source: present, or archive (its commit, put into `folder`).

    Raises git.CommitUnavailable.
    """
    if _same(fields, files.code(PROJECT)):
        return PROJECT, "present"
    folder.mkdir()
    git.archive(PROJECT, fields["commit"], folder)
    if not _same(fields, files.code(folder)):
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


def _compared(sealed: Release, fields: Manifest, again: Path, received: _Notebook | None) -> tuple[FileDiff, ...]:
    present = {name for name, entry in verify.walk(sealed.folder) if entry.is_file(follow_symlinks=False)}
    names = ({*present, *fields["outputs"]}) - {MANIFEST, SIGNATURE}
    diffs = file_diff.compare_folders(sealed.folder, again, names)
    if received is None:
        return diffs
    name = _name_of(received, again)
    diff = file_diff.compare(name, received.file, again / name) if name else FileDiff("", file_diff.EXTRA)
    return (replace(diff, file=str(received.file)), *diffs)


def _name_of(received: _Notebook, again: Path) -> str:
    """Return the name of the notebook with the same parameters and the most cells in common, or an empty text."""
    found: list[tuple[int, str]] = []
    for path in sorted((again / "notebooks").rglob("*.ipynb")):
        own = _read_notebook(path)
        if own.parameters == received.parameters:
            found.append((len(own.cells & received.cells), path.relative_to(again).as_posix()))
    return max(found, default=(0, ""))[1]


def _verdict(diffs: tuple[FileDiff, ...]) -> str:
    kinds = {diff.result for diff in diffs}
    return SAME if kinds == {SAME} else FIGURES if kinds <= {SAME, FIGURES} else file_diff.DIFFERENT
