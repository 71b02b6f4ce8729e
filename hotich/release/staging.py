"""Prepare a data folder and a chain with exactly the inputs that a release names, so that no other file is used."""

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hotich.data import releases
from hotich.data.releases import RELEASES, Release
from hotich.release import git
from hotich.release.files import digest
from hotich.storage.paths import Folders


@dataclass(frozen=True)
class InputMismatch:
    """An input that is not available with the hash the release names; `found` is the hash used instead, if any."""

    file: str
    wanted: str
    found: str


def data(inputs: Mapping[str, str], folders: Folders, commit: str, target: Path) -> tuple[InputMismatch, ...]:
    """Copy every input into a new data folder, as it is now or as it was at `commit`, whichever has its hash.

    Returns the inputs of which neither has.
    """
    own = {name: wanted for name, wanted in inputs.items() if not name.startswith(RELEASES)}
    return tuple(
        other for name, wanted in own.items() for other in _input(name, wanted, folders, commit, target / name)
    )


def _input(name: str, wanted: str, folders: Folders, commit: str, target: Path) -> Iterator[InputMismatch]:
    target.parent.mkdir(parents=True, exist_ok=True)
    now = folders.data / name
    found = digest(now) if now.is_file() else ""
    if found == wanted:
        shutil.copyfile(now, target)
        return
    then = git.file(folders.data, commit, name) if commit else None
    if then is not None and hashlib.sha256(then).hexdigest() == wanted:
        target.write_bytes(then)
        return
    if found:
        shutil.copyfile(now, target)
    yield InputMismatch(name, wanted, found)


def chain(earlier: Iterable[Release], target: Folders) -> None:
    """Link to those releases from a new reports folder; no command writes into a release."""
    for each in earlier:
        folder = target.releases(each.examples)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / each.name).symlink_to(each.folder, target_is_directory=True)


def earlier(folders: Folders, sealed: Release) -> tuple[Release, ...]:
    """Return the releases before it in its chain."""
    return tuple(each for each in releases.chain(folders, sealed.examples) if each.number < sealed.number)
