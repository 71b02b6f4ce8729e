"""`make verify`: the seals of every release, without executing anything: files, manifests, chains, signatures.

Hashes prove that nothing has changed since, not that it was right then: `audit` executes again. A whole chain that was
built anew, or has lost its last release, is found only with a hash that was kept outside the office (HEAD=).
"""

import json
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from hotich.data import releases
from hotich.data.releases import RELEASES, Release
from hotich.errors import ExitCode, WrongUsage
from hotich.language import LANGUAGES, say
from hotich.month import printable
from hotich.release import excerpt, manifest, signing
from hotich.release.files import digest
from hotich.storage import paths
from hotich.storage.paths import ANNEX, MANIFEST, MEASURES, PROVENANCE, SIGNATURE, VALIDATION, Folders

REQUIRED: Final = (
    *(f"{page}.{language}.html" for page in ("quality", "report") for language in LANGUAGES),
    *(f"notebooks/{page}.{language}.ipynb" for page in ("quality", "report") for language in LANGUAGES),
    ANNEX,
    MEASURES,
    VALIDATION,
    PROVENANCE,
)
"""What every release has; notices are named by the areas that there are."""
_HEAD: Final = re.compile("[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was sealed. `problem` names its sentence in `release.toml`."""

    release: str
    file: str
    problem: str
    values: dict[str, str] = field(default_factory=dict)

    def message(self, language: str) -> str:
        """Release, file and what is wrong, in one line."""
        where = "/".join(part for part in (self.release, self.file) if part)
        return f"{where}: {say(language, f'release.problem.{self.problem}', **self.values)}"

    def record(self) -> dict[str, Any]:
        """For machines."""
        said = {language: self.message(language) for language in LANGUAGES}
        return {"release": self.release, "file": self.file, "problem": self.problem, "message": said}


@dataclass(frozen=True)
class Verdict:
    """What verifying found, and what it could not look at. `anchored` is the release that HEAD stands for."""

    releases: int
    files: int
    findings: tuple[Finding, ...]
    heads: dict[str, str]
    anchored: str
    excerpt: str
    notes: tuple[str, ...]

    @property
    def exit_code(self) -> ExitCode:
        """DIFFERS when anything is not as it was sealed, else DONE."""
        return ExitCode.DIFFERS if self.findings else ExitCode.DONE

    def record(self) -> dict[str, Any]:
        """For machines."""
        return {
            "releases": self.releases,
            "files": self.files,
            "heads": self.heads,
            "anchored": self.anchored,
            "excerpt": self.excerpt,
            "notes": list(self.notes),
            "findings": [each.record() for each in self.findings],
        }


def verify(*, data: str, reports: str, head: str = "", signers: str = "") -> Verdict:
    """Look at every release of both chains. Raises WrongUsage for a HEAD that is no hash."""
    folders = paths.find(data, reports)
    if head and not _HEAD.fullmatch(head.lower()):
        raise WrongUsage("release.head", value=printable(head))
    sealed = [
        chain for chain in (releases.chain(folders, examples=False), releases.chain(folders, examples=True)) if chain
    ]
    found, anchored = findings(folders, signers), _anchored(sealed, head.lower())
    if head and not anchored:
        found.append(Finding("", "", "head_unknown", {"head": head.lower()}))
    heads = {chain[-1].title: chain[-1].head for chain in sealed if (chain[-1].folder / MANIFEST).is_file()}
    files = sum(len(_names(each)) for chain in sealed for each in chain)
    only = excerpt.of(folders)
    return Verdict(
        sum(map(len, sealed)), files, tuple(found), heads, anchored, only, _notes(sealed, _signers(folders, signers))
    )


def findings(folders: Folders, signers: str = "") -> list[Finding]:
    """Everything that is not as it was sealed, in the order of chains, releases and files."""
    allowed = _signers(folders, signers)
    look = [_Look(folders, releases.chain(folders, examples), examples, allowed) for examples in (False, True)]
    return [*_misplaced_excerpt(folders), *(finding for each in look for finding in each.findings())]


def _signers(folders: Folders, given: str) -> Path | None:
    """The auditor's own list of keys, else the office's, else none."""
    if given and not Path(given).is_file():
        raise WrongUsage("release.no_signers", file=printable(given))
    path = Path(given) if given else folders.signers
    return path if path.is_file() else None


def _misplaced_excerpt(folders: Folders) -> Iterator[Finding]:
    """An evidence file holds earlier releases in part; the office's own reports folder never may."""
    if excerpt.of(folders) and any(
        (folder / ".git").exists() for folder in (folders.reports, *folders.reports.parents)
    ):
        yield Finding("", excerpt.MARK, "excerpt")


def _anchored(chains: list[tuple[Release, ...]], head: str) -> str:
    every = (each for chain in chains for each in chain if (each.folder / MANIFEST).is_file())
    return next((each.title for each in every if head and each.head == head), "")


def _names(sealed: Release) -> list[str]:
    return [path for path, _ in walk(sealed.folder)]


def _notes(chains: list[tuple[Release, ...]], allowed: Path | None) -> tuple[str, ...]:
    """What could not be looked at here, by the names of the sentences that say so."""
    signed = any((each.folder / SIGNATURE).is_file() for chain in chains for each in chain)
    if not signed:
        return ("nothing_signed",) if chains else ()
    if not signing.available():
        return ("no_ssh_keygen",)
    return () if allowed else ("no_signers",)


def walk(folder: Path, below: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file, link and empty folder below a folder, by its name; links are named and not followed."""
    entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    if not entries and below:
        yield below.rstrip("/"), next(e for e in os.scandir(folder.parent) if e.name == folder.name)
    for entry in entries:
        name = f"{below}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from walk(Path(entry.path), f"{name}/")
        else:
            yield name, entry


@dataclass(frozen=True)
class _Look:
    """One chain under examination."""

    at: Folders
    releases: tuple[Release, ...]
    examples: bool
    allowed: Path | None

    def findings(self) -> Iterator[Finding]:
        yield from self._strays()
        yield from self._numbers()
        with ThreadPoolExecutor() as pool:
            for found in pool.map(lambda pair: list(self._one(*pair)), enumerate(self.releases)):
                yield from found
        yield from self._signed_on()

    @property
    def _name(self) -> str:
        return "examples" if self.examples else "published"

    def _strays(self) -> Iterator[Finding]:
        """What lies in the folder of the chain and is no release."""
        folder = self.at.releases(self.examples)
        if folder.is_symlink():
            yield Finding("", self._name, "link")
        elif folder.exists() and not folder.is_dir():
            yield Finding("", self._name, "stray")
        for entry in sorted(os.scandir(folder), key=lambda e: e.name) if folder.is_dir() else ():
            if entry.is_symlink():
                yield Finding(self._name, entry.name, "link")
            elif not entry.is_dir() or not releases.NAME.fullmatch(entry.name):
                yield Finding(self._name, entry.name, "stray")

    def _numbers(self) -> Iterator[Finding]:
        numbers = [each.number for each in self.releases]
        for each, number in zip(self.releases, numbers, strict=True):
            if numbers.count(number) > 1:
                yield Finding(each.title, "", "number_twice")
        for number in range(1, max(numbers, default=0)):
            if number not in numbers:
                yield Finding(f"{self._name}/{number:04d}", "", "gap")

    def _one(self, place: int, sealed: Release) -> Iterator[Finding]:
        """The manifest first: nothing that a broken one says is used."""
        path = sealed.folder / MANIFEST
        if path.is_symlink() or not path.is_file():
            yield Finding(sealed.title, MANIFEST, "link" if path.is_symlink() else "missing")
            return
        try:
            fields = manifest.read(path.read_bytes())
        except manifest.Malformed as broken:
            yield Finding(sealed.title, MANIFEST, broken.problem, {"field": broken.field})
            return
        for problem, values in self._fields(place, sealed, fields):
            yield Finding(sealed.title, MANIFEST, problem, values)
        yield from self._files(sealed, fields)
        yield from self._provenance(sealed, fields)
        yield from self._counts(sealed, fields)
        yield from self._signature(sealed, fields)

    def _fields(self, place: int, sealed: Release, fields: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
        """What the manifest says of itself, against its folder and the releases before it."""
        before = self.releases[place - 1] if place else None
        about = [each for each in self.releases[:place] if each.month == sealed.month]
        expected = {
            "number": sealed.number,
            "month": str(sealed.month),
            "origin": "synthetic" if self.examples else "reported",
            "previous": _head(before),
            "supersedes": about[-1].name if about else "",
            "counts_revision": _revision(sealed, fields["inputs"]),
        }
        for name, wanted in expected.items():
            if fields[name] != wanted:
                problem = "chain" if name == "previous" else "other"
                yield problem, {"field": name, "found": str(fields[name]) or "–", "wanted": str(wanted) or "–"}
        if bool(fields["reason"]) != bool(about):
            yield "field", {"field": "reason"}
        for name in REQUIRED:
            if name not in fields["outputs"]:
                yield "lacks", {"field": name}

    def _files(self, sealed: Release, fields: dict[str, Any]) -> Iterator[Finding]:
        """Every file is there with its hash, and nothing else is."""
        outputs: dict[str, str] = fields["outputs"]
        there = dict(walk(sealed.folder))
        partly = excerpt.partly(self.at, sealed)
        for name in sorted({*outputs, *there} - {MANIFEST, SIGNATURE}):
            if name not in there:
                if not partly:
                    yield Finding(sealed.title, name, "missing")
            elif there[name].is_symlink():
                yield Finding(sealed.title, name, "link")
            elif name not in outputs or not there[name].is_file():
                yield Finding(sealed.title, name, "extra")
            elif digest(Path(there[name].path)) != outputs[name]:
                yield Finding(sealed.title, name, "changed")

    def _provenance(self, sealed: Release, fields: dict[str, Any]) -> Iterator[Finding]:
        """The manifest and the provenance beside it name the same inputs; earlier releases are those of the chain."""
        path = sealed.folder / PROVENANCE
        if path.is_file() and not path.is_symlink():
            try:
                told = json.loads(path.read_bytes())
                named, content = told.get("inputs"), told.get("content", {})
                made_by = {"content": content.get("all"), "package": content.get("package")}
            except (ValueError, RecursionError, AttributeError):
                named, made_by = None, {}
            if named != fields["inputs"]:
                yield Finding(sealed.title, PROVENANCE, "other_inputs")
            for name, other in made_by.items():
                if other != fields[name]:
                    wanted = {"field": name, "found": fields[name], "wanted": str(other)}
                    yield Finding(sealed.title, MANIFEST, "other_provenance", wanted)
        heads = {f"{RELEASES}{each.name}/{MANIFEST}": each for each in self.releases if each.number < sealed.number}
        for name, wanted in fields["inputs"].items():
            if name.startswith(RELEASES) and name.endswith(MANIFEST) and _head(heads.get(name)) != wanted:
                yield Finding(sealed.title, name, "other_release")

    def _counts(self, sealed: Release, fields: dict[str, Any]) -> Iterator[Finding]:
        """Counts that a release rests on are frozen: a correction is a revision in a file of its own."""
        if excerpt.partly(self.at, sealed):
            return
        for name, wanted in sorted(fields["inputs"].items()):
            if name.startswith("counts/") and self._counted.get(name) != wanted:
                problem = "counts_changed" if name in self._counted else "counts_missing"
                yield Finding("", f"{self.at.data.name}/{name}", problem, {"release": sealed.title})

    @cached_property
    def _counted(self) -> dict[str, str]:
        files = (path for path in sorted((self.at.data / "counts").glob("*.csv")) if path.is_file())
        return {f"counts/{path.name}": digest(path) for path in files}

    def _signature(self, sealed: Release, fields: dict[str, Any]) -> Iterator[Finding]:
        path, signer = sealed.folder / SIGNATURE, fields["signer"]
        problem = ""
        if path.is_symlink():
            problem = "link"
        elif path.is_file() != bool(signer):
            problem = "not_signed" if signer else "extra"
        elif signer and signing.available():
            checked = signing.check(sealed.folder / MANIFEST, path, self.allowed)
            if checked is None:
                problem = "bad_signature"
            elif checked.key != signer or (self.allowed and not checked.trusted):
                problem = "other_key"
        if problem:
            yield Finding(sealed.title, SIGNATURE, problem, {"signer": signer or "–"})

    def _signed_on(self) -> Iterator[Finding]:
        """Once releases are signed they stay so; and where keys are listed the last release is signed."""
        signed = [(each, (each.folder / SIGNATURE).is_file()) for each in self.releases]
        for (_, one), (each, next_one) in pairwise(signed):
            if one and not next_one:
                yield Finding(each.title, SIGNATURE, "no_longer_signed")
        if self.allowed and signed and not signed[-1][1]:
            yield Finding(signed[-1][0].title, SIGNATURE, "head_unsigned")


def _revision(sealed: Release, inputs: dict[str, str]) -> int:
    """The revision of its month's counts, by the newest of the files it names."""
    name = re.compile(rf"counts/{sealed.month}(?:\.r([0-9]{{1,4}}))?\.csv", re.ASCII)
    return max((int(found[1] or 0) for found in map(name.fullmatch, inputs) if found), default=0)


def _head(sealed: Release | None) -> str:
    """The hash of a release that may be missing or have no manifest."""
    return sealed.head if sealed and (sealed.folder / MANIFEST).is_file() else ""
