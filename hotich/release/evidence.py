"""`hotich evidence`: pack a release with its code and inputs into one zip, in which verify and audit work without git.

The same release and certificate give the same bytes.
"""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ClassVar, Final

from hotich import month
from hotich.data import releases
from hotich.data.releases import Release
from hotich.errors import CannotNow, Differs, ExitCode, InputRefused
from hotich.language import LANGUAGES, say
from hotich.release import audit, excerpt, git, staging, verify
from hotich.release.files import digest
from hotich.storage import hashing, paths
from hotich.storage.paths import EXPECTATIONS, LOCK, MANIFEST, MEASURES, NOTEBOOKS, PACKAGE, SIGNATURE, Folders

FILES: Final = ("pyproject.toml", "Makefile", "LICENSE", ".ci/setup", ".ci/uv.txt", LOCK.name)
"""What the environment is made from, and the Makefile that runs it."""
_THEN: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class EvidenceFile:
    """The zip that was written: its release, path, number of files and hash, and whether it holds a certificate."""

    release: str
    path: str
    files: int
    sha256: str
    certificate: bool
    exit_code: ClassVar[ExitCode] = ExitCode.DONE

    def record(self) -> dict[str, object]:
        """Return the fields as JSON values."""
        return asdict(self)


def evidence(wanted: str, *, year: str, wheels: bool, data: str, reports: str) -> EvidenceFile:
    """Pack the last release about a month, with the libraries too if `wheels`.

    Raises InputRefused if there is none, Differs if it or an input is not as it was sealed, CannotNow if its code or
    the libraries are not available.
    """
    folders = paths.find(data, reports)
    about = month.resolve(wanted, {each.month for each in releases.every(folders)}, year)
    sealed = releases.find(folders, about)
    if sealed is None:
        raise InputRefused("release.none")
    _require_intact(folders, sealed)
    folder = Path(tempfile.mkdtemp(prefix="hotich-evidence-"))
    try:
        inside = folder / f"hotich-{sealed.title.replace('/', '-')}"
        _fill(sealed, folders, inside, folder / "code", wheels)
        return _pack(sealed, folders, inside)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _require_intact(folders: Folders, sealed: Release) -> None:
    if found := [each for each in verify.findings(folders) if each.release in ("", sealed.title)]:
        raise Differs("release.not_whole", release=sealed.title, listed=verify.listed(found))


def _fill(sealed: Release, folders: Folders, inside: Path, archived: Path, wheels: bool) -> None:
    fields = audit.read_manifest(sealed)
    try:
        code, _ = audit.checkout(fields, archived)
    except git.CommitUnavailable as missing:
        key = f"release.certificate.reason.{missing.problem}"
        reason = {language: say(language, key, commit=fields["commit"]) for language in LANGUAGES}
        raise CannotNow("release.no_code", release=sealed.title, reason=reason) from None
    for name in _code(code):
        _copy(code / name, inside / name)
    if astray := staging.data(fields["inputs"], folders, fields["data_commit"], inside / "data"):
        raise Differs("release.astray", release=sealed.title, files=", ".join(each.file for each in astray))
    if folders.signers.is_file():
        _copy(folders.signers, inside / "data" / folders.signers.name)
    _reports(sealed, folders, Folders(inside / "data", inside / "reports"))
    (inside / "README.md").write_text(_readme(sealed), encoding="utf-8")
    if wheels:
        _wheels(inside)


def _code(code: Path) -> Iterator[str]:
    folders = (PACKAGE.name, NOTEBOOKS.name, EXPECTATIONS.name)
    yield from (path.relative_to(code).as_posix() for each in folders for path in hashing.files(code / each))
    yield from (name for name in FILES if (code / name).is_file())


def _reports(sealed: Release, folders: Folders, there: Folders) -> None:
    """Copy the release, what it needs of earlier ones, and its certificate; write the excerpt."""
    for each in (*staging.earlier(folders, sealed), sealed):
        names = [name for name, _ in verify.walk(each.folder)] if each == sealed else [MANIFEST, SIGNATURE, MEASURES]
        for name in names:
            if (each.folder / name).is_file():
                _copy(each.folder / name, there.releases(each.examples) / each.name / name)
    for path in sorted(folders.certificates.glob(f"{sealed.title.replace('/', '-')}.*")):
        _copy(path, there.certificates / path.name)
    (there.reports / excerpt.FILE).write_bytes(excerpt.content(sealed))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _readme(sealed: Release) -> str:
    values = {"release": sealed.title, "month": sealed.month, "head": sealed.head}
    return "\n".join(say(language, "release.evidence.readme", **values) for language in LANGUAGES)


def _wheels(inside: Path) -> None:
    """Download every package of the lock, for the day when the index no longer has it."""
    words = ("download", "--quiet", "--no-deps", "--require-hashes", "--requirement", LOCK.name, "--dest", "wheels")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *words],
        cwd=inside,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotNow("release.no_wheels", reason="\n".join(done.stderr.strip().splitlines()[-3:]))


def _pack(sealed: Release, folders: Folders, inside: Path) -> EvidenceFile:
    folder = folders.reports / "evidence"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{inside.name}.zip"
    beside = target.with_name(f".{target.name}.new")
    files = sorted(path for path in inside.rglob("*") if path.is_file())
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in files:
            entry = zipfile.ZipInfo(path.relative_to(inside.parent).as_posix(), _THEN)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, path.read_bytes())
    beside.replace(target)
    certificate = any((inside / "reports" / folders.certificates.name).glob("*.json"))
    return EvidenceFile(sealed.title, str(target), len(files), digest(target), certificate)
