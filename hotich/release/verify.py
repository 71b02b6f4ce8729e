"""`make verify`: check files, manifests, chain and signatures of every release, without executing anything.

Hashes prove that nothing has changed since the release, not that it was right: `audit` executes it again. A chain that
was rebuilt, or has lost its last release, is detected only with a hash that was kept outside the office (HEAD=).
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Final

from hotich.data import releases
from hotich.data.releases import RELEASES, Release
from hotich.errors import ExitCode, WrongUsage
from hotich.language import LANGUAGES, say
from hotich.language.unseen import listing, one_line
from hotich.month import printable
from hotich.release import commits, evidence_check, excerpt, git, manifest, received_file, signing
from hotich.release.files import digest
from hotich.release.manifest import Manifest
from hotich.release.received_file import ReceivedFile
from hotich.storage import paths
from hotich.storage.paths import ANNEX, MANIFEST, MEASURES, PROJECT, PROVENANCE, SIGNATURE, VALIDATION, Folders

REQUIRED: Final = (
    *(f"{page}.{language}.html" for page in ("quality", "report") for language in LANGUAGES),
    *(f"notebooks/{page}.{language}.ipynb" for page in ("quality", "report") for language in LANGUAGES),
    ANNEX,
    MEASURES,
    VALIDATION,
    PROVENANCE,
)
"""The files of every release; notices come on top, one for each area."""
_ENGLISH: Final = (".en.html", ".en.ipynb")
DEEPEST: Final = 8
"""How deep folders of a release are looked into; ours have two levels, and a deeper one is an extra file."""
_HEAD: Final = re.compile("[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True)
class Finding:
    """One difference from what was sealed. `problem` is the key of its sentence in `release.toml`."""

    release: str
    file: str
    problem: str
    values: dict[str, str] = field(default_factory=dict)

    def message(self, language: str) -> str:
        """Name release, file and problem in one line."""
        where = one_line("/".join(part for part in (self.release, self.file) if part))
        return f"{where}: {say(language, f'release.problem.{self.problem}', **self.values)}"

    def concerns(self, sealed: Release) -> bool:
        """Return whether it is about that release, about data that it used, or about no release in particular."""
        return not self.release or sealed.title in (self.release, self.values.get("release"))

    def record(self) -> dict[str, object]:
        """Return the finding as JSON values."""
        messages = {language: self.message(language) for language in LANGUAGES}
        return {"release": self.release, "file": self.file, "problem": self.problem, "message": messages}


def _required(files: Iterable[str]) -> Iterator[str]:
    """Yield what a release of these files must have: English pages where it has any, for an office may have none."""
    english = any(name.endswith(_ENGLISH) for name in files)
    return (name for name in REQUIRED if english or not name.endswith(_ENGLISH))


def listed(findings: Iterable[Finding]) -> dict[str, str]:
    """Return the messages, a line each, by language."""
    return {language: listing(each.message(language) for each in findings) for language in LANGUAGES}


@dataclass(frozen=True)
class VerifyResult:
    """The findings about all releases, and `notes` on what could not be checked.

    `heads` are the hashes of the last releases, `anchored` is the release whose hash HEAD is, and `excerpt` the
    complete release of an evidence file; `received` says where a file that somebody was sent is found.
    """

    releases: int
    files: int
    heads: dict[str, str]
    anchored: str
    excerpt: str
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]
    received: ReceivedFile | None = None

    @property
    def exit_code(self) -> ExitCode:
        """Return DIFFERS if anything differs from what was sealed, a received file too, else DONE."""
        if self.findings:
            return ExitCode.DIFFERS
        return self.received.exit_code if self.received else ExitCode.DONE

    def record(self) -> dict[str, object]:
        """Return the result as JSON values."""
        return {**asdict(self), "findings": [each.record() for each in self.findings]}


def verify(*, data: str, reports: str, head: str = "", signers: str = "", file: str = "") -> VerifyResult:
    """Check every release of both chains, and find `file` among theirs if it is given.

    Raises WrongUsage if HEAD is no hash or SIGNERS no file, InputRefused if the file is none.
    """
    return _verify(paths.find(data, reports), head, signers, file)


def verify_evidence(evidence: str, *, head: str = "", signers: str = "", file: str = "") -> VerifyResult:
    """Check an evidence file in the same way, unpacked for as long as that takes.

    Raises InputRefused if it is not one, and as `verify` does.
    """
    with evidence_check.unpacked(evidence) as folders:
        result = _verify(folders, head, signers, file)
        unlike = ((each, name) for each in releases.every(folders) for name in evidence_check.unlike(folders, each))
        more = tuple(Finding(each.title, name, "evidence") for each, name in unlike)
        own_list = ("signers_inside",) if folders.signers.is_file() and not signers else ()
        return replace(result, findings=(*result.findings, *more), notes=(*result.notes, *own_list))


def _verify(folders: Folders, head: str, signers: str, file: str) -> VerifyResult:
    if head and not _HEAD.fullmatch(head.lower()):
        raise WrongUsage("release.head", value=printable(head))
    chains = [chain for examples in (False, True) if (chain := releases.chain(folders, examples))]
    found, anchored = findings(folders, signers), _anchored(chains, head.lower())
    if head and not anchored:
        found.append(Finding("", "", "head_unknown", {"head": head.lower()}))
    return VerifyResult(
        releases=sum(map(len, chains)),
        files=sum(1 for chain in chains for each in chain for _ in walk(each.folder)),
        heads={chain[-1].title: chain[-1].head for chain in chains if (chain[-1].folder / MANIFEST).is_file()},
        anchored=anchored,
        excerpt=excerpt.title(folders),
        notes=(*_notes(chains, _signers(folders, signers)), *_commits_unread(chains, folders)),
        findings=tuple(found),
        received=received_file.find(file, folders) if file else None,
    )


def findings(folders: Folders, signers: str = "") -> list[Finding]:
    """Return all differences from what was sealed, in the order of chains, releases and files."""
    allowed = _signers(folders, signers)
    checks = [_ChainCheck(folders, releases.chain(folders, examples), examples, allowed) for examples in (False, True)]
    return [*_misplaced_excerpt(folders), *(finding for check in checks for finding in check.findings())]


def before_sealing(folders: Folders, new: Release) -> list[Finding]:
    """Return what would be found in the chain if the release, whose folder lies elsewhere still, were its last one."""
    chain = (*releases.chain(folders, new.examples), new)
    found = _ChainCheck(folders, chain, new.examples, _signers(folders, "")).findings()
    return [finding for finding in found if finding.release in ("", new.title)]


def _signers(folders: Folders, given: str) -> Path | None:
    """Return the auditor's own list of keys, else the office's, else None."""
    path = paths.named(given) if given else folders.signers
    if given and not path.is_file():
        raise WrongUsage("release.no_signers", file=printable(given))
    return path if path.is_file() else None


def _misplaced_excerpt(folders: Folders) -> Iterator[Finding]:
    """Report an excerpt in a git checkout: only an evidence file may hold earlier releases in part."""
    if excerpt.title(folders) and any((up / ".git").exists() for up in (folders.reports, *folders.reports.parents)):
        yield Finding("", excerpt.FILE, "excerpt")


def _anchored(chains: list[tuple[Release, ...]], head: str) -> str:
    every = (each for chain in chains for each in chain if (each.folder / MANIFEST).is_file())
    return next((each.title for each in every if head and each.head == head), "")


def _notes(chains: list[tuple[Release, ...]], allowed: Path | None) -> tuple[str, ...]:
    """Return the keys of the sentences about what could not be checked here."""
    signed = any((each.folder / SIGNATURE).is_file() for chain in chains for each in chain)
    if not signed:
        return ("nothing_signed",) if chains else ()
    if not signing.available():
        return ("no_ssh_keygen",)
    return () if allowed else ("no_signers",)


def _commits_unread(chains: list[tuple[Release, ...]], folders: Folders) -> tuple[str, ...]:
    """Return the key of the sentence about commits that could not be read here, where there is one."""
    for sealed in (each for chain in chains for each in chain):
        with suppress(manifest.Malformed):  # a finding says so
            if commits.missing(manifest.read(sealed.folder), folders):
                return ("commits_unread",)
    return ()


def walk(folder: Path, below: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield every file, link and empty folder below a folder with its relative path; links are not followed."""
    entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    if not entries and below:
        yield below.rstrip("/"), next(e for e in os.scandir(folder.parent) if e.name == folder.name)
    for entry in entries:
        name = f"{below}{entry.name}"
        if entry.is_dir(follow_symlinks=False) and below.count("/") < DEEPEST:
            yield from walk(Path(entry.path), f"{name}/")
        else:
            yield name, entry


@dataclass(frozen=True)
class _ChainCheck:
    """The check of one chain; `allowed` is the file of allowed signers."""

    folders: Folders
    releases: tuple[Release, ...]
    examples: bool
    allowed: Path | None

    def findings(self) -> Iterator[Finding]:
        yield from self._strays()
        yield from self._numbers()
        with ThreadPoolExecutor() as pool:
            for found in pool.map(lambda pair: list(self._release(*pair)), enumerate(self.releases)):
                yield from found
        yield from self._unsigned_again()

    @property
    def _name(self) -> str:
        return "examples" if self.examples else "published"

    def _strays(self) -> Iterator[Finding]:
        """Report what lies in the folder of the chain and is not a release."""
        folder = self.folders.releases(self.examples)
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

    def _release(self, place: int, sealed: Release) -> Iterator[Finding]:
        """Check the manifest first: nothing in a malformed one is used."""
        if (sealed.folder / MANIFEST).is_symlink():
            yield Finding(sealed.title, MANIFEST, "link")
            return
        try:
            fields = manifest.read(sealed.folder)
        except manifest.Malformed as broken:
            yield Finding(sealed.title, MANIFEST, broken.problem, {"field": broken.field})
            return
        for problem, values in self._fields(place, sealed, fields):
            yield Finding(sealed.title, MANIFEST, problem, values)
        yield from self._files(sealed, fields)
        yield from self._provenance(sealed, fields)
        yield from self._earlier_releases(sealed, fields["inputs"])
        yield from self._counts(sealed, fields["inputs"])
        yield from self._commits(place, sealed, fields)
        if problem := self._signature(sealed.folder, fields):
            sealed_at = fields.get("sealed", "–")
            yield Finding(sealed.title, SIGNATURE, problem, {"signer": fields["signer"] or "–", "sealed": sealed_at})

    def _fields(self, place: int, sealed: Release, fields: Manifest) -> Iterator[tuple[str, dict[str, str]]]:
        """Compare the manifest's fields with its folder and the releases before it."""
        given: Mapping[str, object] = fields
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
            if given[name] != wanted:
                problem = "chain" if name == "previous" else "other"
                yield problem, {"field": name, "found": str(given[name]) or "–", "wanted": str(wanted) or "–"}
        if bool(fields["reason"]) != bool(about):
            yield "field", {"field": "reason"}
        if earlier := self._sealed_before(place, fields):
            yield "earlier", {"field": "sealed", "found": fields.get("sealed", "–"), "wanted": earlier}
        for name in _required(fields["outputs"]):
            if name not in fields["outputs"]:
                yield "lacks", {"field": name}

    def _sealed_before(self, place: int, fields: Manifest) -> str:
        """Return the time of the release before if this one says that it was sealed earlier, else an empty text."""
        with suppress(manifest.Malformed, IndexError):
            before = manifest.read(self.releases[place - 1].folder).get("sealed", "") if place else ""
            return before if fields.get("sealed", "9") < before else ""
        return ""

    def _files(self, sealed: Release, fields: Manifest) -> Iterator[Finding]:
        """Report files that are missing, changed or not in the manifest."""
        outputs, present = fields["outputs"], dict(walk(sealed.folder))
        partial = excerpt.is_partial(self.folders, sealed)
        for name in sorted({*outputs, *present} - {MANIFEST, SIGNATURE}):
            # Earlier releases of an evidence file are there in part: that part alone, or all is expected of them.
            problem = "" if partial and name not in present else _problem(present.get(name), outputs.get(name))
            if partial and name in present and name not in excerpt.PART:
                problem = "extra"
            if problem:
                yield Finding(sealed.title, name, problem)

    def _provenance(self, sealed: Release, fields: Manifest) -> Iterator[Finding]:
        """Compare the manifest with the provenance beside it: the same inputs, the same code."""
        path = sealed.folder / PROVENANCE
        if path.is_symlink() or not path.is_file():
            return
        try:
            provenance = json.loads(path.read_bytes())
            inputs, content = provenance.get("inputs"), provenance.get("content", {})
            made_with = {"content": content.get("all"), "package": content.get("package")}
        except (ValueError, RecursionError, AttributeError):
            inputs, made_with = None, {}
        if inputs != fields["inputs"]:
            yield Finding(sealed.title, PROVENANCE, "other_inputs")
        given: Mapping[str, object] = fields
        for name, other in made_with.items():
            if other != given[name]:
                values = {"field": name, "found": str(given[name]), "wanted": str(other)}
                yield Finding(sealed.title, MANIFEST, "other_provenance", values)

    def _earlier_releases(self, sealed: Release, inputs: Mapping[str, str]) -> Iterator[Finding]:
        """Report inputs from earlier releases that are not those of the chain."""
        earlier = {f"{RELEASES}{each.name}/{MANIFEST}": each for each in self.releases if each.number < sealed.number}
        for name, wanted in inputs.items():
            if name.startswith(RELEASES) and name.endswith(MANIFEST) and _head(earlier.get(name)) != wanted:
                yield Finding(sealed.title, name, "other_release")

    def _counts(self, sealed: Release, inputs: Mapping[str, str]) -> Iterator[Finding]:
        """Report counts changed since a release used them: a correction must be a revision in a file of its own."""
        if excerpt.is_partial(self.folders, sealed):
            return
        for name, wanted in sorted(inputs.items()):
            if name.startswith("counts/") and self._counts_now.get(name) != wanted:
                problem = "counts_changed" if name in self._counts_now else "counts_missing"
                yield Finding("", f"{self.folders.data.name}/{name}", problem, {"release": sealed.title})

    def _commits(self, place: int, sealed: Release, fields: Manifest) -> Iterator[Finding]:
        """Compare the manifest with its commits.

        A commit that is not in the history kept with the releases is reported of an unsigned last release only: no
        later release and no key vouches for what its manifest says, and older ones may have lost their history.
        """
        unlike: dict[str, list[str]] = {}
        for name, file in commits.unlike(fields, self.folders):
            unlike.setdefault(name, []).append(file)
        given: Mapping[str, object] = fields
        for name, files in unlike.items():
            values = {"field": name, "commit": str(given[name]), "files": ", ".join(files)}
            yield Finding(sealed.title, MANIFEST, "commit_unlike", values)
        if place < len(self.releases) - 1 or fields["signer"]:
            return
        for name, reason in commits.missing(fields, self.folders).items():
            repository = PROJECT if name == "commit" else self.folders.data
            if reason == "no_commit" and git.holds(repository, self.folders.reports):
                yield Finding(sealed.title, MANIFEST, "commit_missing", {"field": name, "commit": str(given[name])})

    @cached_property
    def _counts_now(self) -> dict[str, str]:
        files = (path for path in sorted((self.folders.data / "counts").glob("*.csv")) if path.is_file())
        return {f"counts/{path.name}": digest(path) for path in files}

    def _signature(self, folder: Path, fields: Manifest) -> str:
        """Name the problem of a release's signature, whose key must have been valid when it was sealed, or nothing."""
        path, signer = folder / SIGNATURE, fields["signer"]
        if path.is_symlink():
            return "link"
        if path.is_file() != bool(signer):
            return "not_signed" if signer else "extra"
        if not signer or not signing.available():
            return ""
        signature = signing.check(folder / MANIFEST, path, self.allowed, fields.get("sealed", ""))
        if signature is None:
            return "bad_signature"
        return "" if signature.key == signer and (signature.trusted or not self.allowed) else "other_key"

    def _unsigned_again(self) -> Iterator[Finding]:
        """Report an unsigned release after a signed one, and an unsigned last release where signers are listed."""
        signed = [(each, (each.folder / SIGNATURE).is_file()) for each in self.releases]
        for (_, one), (each, next_one) in pairwise(signed):
            if one and not next_one:
                yield Finding(each.title, SIGNATURE, "no_longer_signed")
        if self.allowed and signed and not signed[-1][1]:
            yield Finding(signed[-1][0].title, SIGNATURE, "head_unsigned")


def _problem(entry: os.DirEntry[str] | None, sealed: str | None) -> str:
    """Name the problem of a file, given its hash in the manifest, or return an empty text."""
    if entry is None:
        return "missing"
    if entry.is_symlink():
        return "link"
    if sealed is None or not entry.is_file():
        return "extra"
    if entry.stat().st_mode & 0o7000:
        return "mode"
    return "" if digest(Path(entry.path)) == sealed else "changed"


def _revision(sealed: Release, inputs: Mapping[str, str]) -> int:
    """Return the highest revision of its month's counts among the inputs."""
    name = re.compile(rf"counts/{sealed.month}(?:\.r([0-9]{{1,4}}))?\.csv", re.ASCII)
    return max((int(found[1] or 0) for found in map(name.fullmatch, inputs) if found), default=0)


def _head(sealed: Release | None) -> str:
    """Return the release's hash, or an empty text if there is no release or it has no manifest."""
    return sealed.head if sealed and (sealed.folder / MANIFEST).is_file() else ""
