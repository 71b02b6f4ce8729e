"""`make audit`: execute a release again from exactly what it names, and compare every file.

Nothing of earlier runs is used. What is executed lies in a temporary folder; only certificates are written.
"""

import json
import platform
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from hotich import month
from hotich.data import releases
from hotich.data.releases import Release
from hotich.errors import Differs, ExitCode, InputRefused
from hotich.pipeline.notebooks import Tells
from hotich.release import environment, excerpt, file_diff, git, manifest, staging, verify
from hotich.release.file_diff import FIGURES, SAME, Result
from hotich.release.files import digest
from hotich.storage import hashing, paths
from hotich.storage.paths import EXPECTATIONS, LOCK, MANIFEST, NOTEBOOKS, PACKAGE, PROJECT, SIGNATURE, Folders

NOT_EXECUTED: Final = "not_executed"
_CODE: Final = ("package", "notebooks", "suites", "lock")


@dataclass(frozen=True)
class Audited:
    """What an audit of one release found; the certificate says it to people.

    `source` is present or archive, `interpreter` present, overlay or new; `changed` names what differs now from what
    the release was made of, `astray` the inputs that could not be had with their hash.
    """

    release: str
    month: str
    head: str
    verdict: str
    at: str
    by: str
    host: str
    machine: str
    python: str
    commit: str
    source: str = ""
    interpreter: str = ""
    reason: str = ""
    said: str = ""
    changed: tuple[str, ...] = ()
    astray: tuple[staging.Astray, ...] = ()
    unlike: tuple[str, ...] = ()
    seals: tuple[verify.Finding, ...] = ()
    files: tuple[Result, ...] = ()
    certificates: tuple[str, ...] = field(default=())

    @property
    def exit_code(self) -> ExitCode:
        """DIFFERS for a broken seal, an input gone or changed, a file not the same to the byte; or CANNOT_NOW."""
        if self.seals or self.astray or self.verdict not in (SAME, NOT_EXECUTED):
            return ExitCode.DIFFERS
        return ExitCode.CANNOT_NOW if self.verdict == NOT_EXECUTED else ExitCode.DONE

    def record(self) -> dict[str, Any]:
        """For machines."""
        return {**asdict(self), "seals": [each.record() for each in self.seals]}


@dataclass(frozen=True)
class Audits:
    """The audits of one command."""

    each: tuple[Audited, ...]

    @property
    def exit_code(self) -> ExitCode:
        """DIFFERS before CANNOT_NOW before DONE."""
        codes = {audited.exit_code for audited in self.each}
        return ExitCode.DIFFERS if ExitCode.DIFFERS in codes else max(codes, default=ExitCode.DONE)

    def record(self) -> list[dict[str, Any]]:
        """For machines."""
        return [audited.record() for audited in self.each]


def audit(wanted: str, *, year: str, by: str, notebook: str, data: str, reports: str, tell: Tells) -> Audits:
    """Audit the last release about a month, or every release, and write the certificates.

    Raises InputRefused where there is no such release or the notebook is none of ours.
    """
    folders = paths.find(data, reports)
    received = _received(Path(notebook)) if notebook else None
    sealed = _wanted(folders, received.month if received and not wanted else wanted, year)
    tell.expect(3 * len(sealed))
    seals = verify.findings(folders)
    return Audits(tuple(_certified(each, folders, by, seals, received, tell) for each in sealed))


def _wanted(folders: Folders, wanted: str, year: str) -> tuple[Release, ...]:
    every = releases.every(folders)
    whole = excerpt.of(folders)
    if wanted in ("", "all"):
        every = tuple(each for each in every if whole in ("", each.title))
        if not every:
            raise InputRefused("release.none")
        return every
    about = month.resolve(wanted, {each.month for each in every}, year)
    found = releases.find(folders, about)
    return (found,) if found else ()


@dataclass(frozen=True)
class _Received:
    """An executed notebook that somebody was sent: its file, its month and what tells it from others."""

    file: Path
    month: str
    parameters: dict[str, str]
    cells: frozenset[str]


def _received(file: Path) -> _Received:
    try:
        cells = json.loads(file.read_bytes())["cells"]
        given = next(c for c in cells if "injected-parameters" in c.get("metadata", {}).get("tags", ()))
        named = dict(re.findall(r'^(\w+) = "([^"]*)"', "".join(given["source"]), re.MULTILINE))
        return _Received(file, named["month"], named, frozenset(cell["id"] for cell in cells))
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        raise InputRefused("release.no_notebook", file=file) from None


def _certified(
    sealed: Release, folders: Folders, by: str, seals: list[verify.Finding], received: _Received | None, tell: Tells
) -> Audited:
    from hotich.release import certificate

    own = [each for each in seals if sealed.title in (each.release, each.values.get("release")) or not each.release]
    folder = Path(tempfile.mkdtemp(prefix="hotich-audit-"))
    try:
        return certificate.write(_audited(sealed, folders, by, tuple(own), received, folder, tell), folders)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _audited(
    sealed: Release,
    folders: Folders,
    by: str,
    seals: tuple[verify.Finding, ...],
    received: _Received | None,
    folder: Path,
    tell: Tells,
) -> Audited:
    known: dict[str, Any] = {
        "release": sealed.title,
        "month": str(sealed.month),
        "seals": seals,
        "by": by,
        "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "host": platform.node(),
        "machine": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }
    try:
        fields = read_manifest(sealed)
    except Differs:
        return Audited(**known, head="", commit="", verdict=NOT_EXECUTED, reason="manifest")
    known |= {"head": sealed.head, "commit": fields["commit"], "changed": tuple(_changed(fields, folders))}
    try:
        code, known["source"] = checkout(fields, folder / "code")
        interpreter, known["interpreter"] = environment.python(code, folder)
    except git.Missing as missing:
        return Audited(**known, verdict=NOT_EXECUTED, reason=missing.problem)
    except environment.Impossible as failed:
        return Audited(**known, verdict=NOT_EXECUTED, reason="no_environment", said=str(failed))
    known["unlike"] = tuple(environment.unlike(LOCK)) if known["interpreter"] == "new" else ()
    there = Folders(folder / "data", folder / "reports")
    known["astray"] = staging.data(fields["inputs"], folders, fields["data_commit"], there.data)
    staging.chain(staging.earlier(folders, sealed), there)
    if said := _run(interpreter, str(sealed.month), there, folder, tell):
        return Audited(**known, verdict=NOT_EXECUTED, reason="failed", said=said)
    results = _results(sealed, fields, there.draft(sealed.month), received)
    return Audited(**known, verdict=_verdict(results), files=results)


def read_manifest(sealed: Release) -> dict[str, Any]:
    """The manifest. Raises Differs where it is not exactly one: then nothing it says is used."""
    try:
        return manifest.read((sealed.folder / MANIFEST).read_bytes())
    except (OSError, manifest.Malformed):
        raise Differs("release.manifest", release=sealed.title) from None


def _parts(code: Path) -> dict[str, Any]:
    """Package, notebooks, suites and lock of a checkout by hash, as a manifest has them."""
    return {
        "package": hashing.tree(hashing.files(code / PACKAGE.name), code),
        "notebooks": {path.name: digest(path) for path in sorted((code / NOTEBOOKS.name).glob("*.ipynb"))},
        "suites": {path.name: digest(path) for path in sorted((code / EXPECTATIONS.name).glob("*.json"))},
        "lock": digest(code / LOCK.name),
    }


def _changed(fields: dict[str, Any], folders: Folders) -> Iterator[str]:
    """What is not now as it was when the release was made: each file by name, the package as a whole."""
    now = _parts(PROJECT)
    for part, folder in (("notebooks", NOTEBOOKS.name), ("suites", EXPECTATIONS.name)):
        for name in sorted(fields[part].keys() | now[part].keys()):
            if fields[part].get(name) != now[part].get(name):
                yield f"{folder}/{name}"
    yield from (path.name for name, path in (("package", PACKAGE), ("lock", LOCK)) if fields[name] != now[name])
    for name, wanted in fields["inputs"].items():
        if not name.startswith(releases.RELEASES):
            path = folders.data / name
            if not path.is_file() or digest(path) != wanted:
                yield f"{folders.data.name}/{name}"


def checkout(fields: dict[str, Any], folder: Path) -> tuple[Path, str]:
    """The checkout that has the release's hashes: the present one, else that of its commit. Raises git.Missing."""
    if _same(fields, _parts(PROJECT)):
        return PROJECT, "present"
    folder.mkdir()
    git.archive(PROJECT, fields["commit"], folder)
    if not _same(fields, _parts(folder)):
        raise git.Missing("other_commit")
    return folder, "archive"


def _same(fields: dict[str, Any], parts: dict[str, Any]) -> bool:
    return all(fields[name] == parts[name] for name in _CODE)


def _run(interpreter: Path, wanted: str, there: Folders, folder: Path, tell: Tells) -> str:
    """Report and notices from nothing; what was said where it went wrong, else nothing."""
    for command in ("report", "notices"):
        step = f"{command} {wanted}"
        tell.started(step)
        words = (command, wanted, "--data", str(there.data), "--reports", str(there.reports), "--force")
        code, said = environment.run(interpreter, folder, *words)
        tell.finished(step)
        if code:
            return said.strip() or f"hotich {command}: {code}"
    return ""


def _results(sealed: Release, fields: dict[str, Any], again: Path, received: _Received | None) -> tuple[Result, ...]:
    there = {name for name, entry in verify.walk(sealed.folder) if entry.is_file(follow_symlinks=False)}
    names = iter(({*there, *fields["outputs"]}) - {MANIFEST, SIGNATURE})
    results = file_diff.files(sealed.folder, again, names)
    if received is None:
        return results
    name = _name_of(received, again)
    compared = file_diff.file(name, received.file, again / name) if name else Result("", file_diff.EXTRA)
    return (Result(str(received.file), compared.result, compared.part, compared.differences), *results)


def _name_of(received: _Received, again: Path) -> str:
    """The notebook that a received copy is one of: the same parameters, and the most cells in common."""
    found: list[tuple[int, str]] = []
    for path in sorted((again / "notebooks").rglob("*.ipynb")):
        own = _received(path)
        if own.parameters == received.parameters:
            found.append((len(own.cells & received.cells), path.relative_to(again).as_posix()))
    return max(found, default=(0, ""))[1]


def _verdict(results: tuple[Result, ...]) -> str:
    kinds = {result.result for result in results}
    return SAME if kinds == {SAME} else FIGURES if kinds <= {SAME, FIGURES} else file_diff.DIFFERENT
