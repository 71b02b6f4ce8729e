"""Compare a manifest with the git commits that it names: whether they are here and hold the bytes that it seals."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from hotich.data.releases import RELEASES
from hotich.release import files, git
from hotich.release.manifest import Manifest
from hotich.storage.paths import PROJECT, Folders


def missing(fields: Manifest, folders: Folders) -> dict[str, str]:
    """Return the manifest's fields whose commit cannot be read here, each with the reason (see CommitUnavailable)."""
    found = {"commit": (PROJECT, fields["commit"]), "data_commit": (folders.data, fields["data_commit"])}
    reasons = {name: _reason(*where) for name, where in found.items()}
    return {name: reason for name, reason in reasons.items() if reason}


def _reason(folder: Path, commit: str) -> str:
    try:
        git.require(folder, commit)
    except git.CommitUnavailable as unavailable:
        return unavailable.problem
    return ""


def unlike(fields: Manifest, folders: Folders) -> Iterator[tuple[str, str]]:
    """Yield field and file for all that a commit has not, or with other bytes; commits not here are left out."""
    given: Mapping[str, object] = fields
    try:
        committed = _hashes(git.contents(PROJECT, fields["commit"], (*files.CODE, *files.SETUP)))
        made_with: dict[str, object] = {**files.code_of(committed)}
        if "setup" in fields:
            made_with["setup"] = {name: committed[name] for name in files.SETUP if name in committed}
        yield from (("commit", name) for name, hashed in made_with.items() if given[name] != hashed)
    except git.CommitUnavailable:
        pass  # `missing` says so
    yield from (("data_commit", name) for name in other_inputs(fields["inputs"], folders, fields["data_commit"]))


def other_inputs(inputs: Mapping[str, str], folders: Folders, commit: str) -> list[str]:
    """Return the inputs from the data folder that the commit has with another hash or not at all; none without it."""
    own = {name: wanted for name, wanted in inputs.items() if not name.startswith(RELEASES)}
    try:
        committed = _hashes(git.contents(folders.data, commit, own)) if own else {}
    except git.CommitUnavailable:
        return []
    return [name for name, wanted in own.items() if committed.get(name) != wanted]


def _hashes(contents: Mapping[str, bytes]) -> dict[str, str]:
    return {
        name: hashlib.sha256(content).hexdigest()
        for name, content in contents.items()
        if not set(git.CACHES) & set(Path(name).parts)
    }
