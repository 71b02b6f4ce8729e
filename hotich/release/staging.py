"""A data folder and a chain that hold exactly what a release names, so that nothing else can have a part in it."""

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
class Astray:
    """An input that is not as the release names it: what stands in its place is used, or nothing where it is gone."""

    file: str
    wanted: str
    found: str


def data(inputs: Mapping[str, str], folders: Folders, commit: str, target: Path) -> tuple[Astray, ...]:
    """Copy every input into a new data folder, as it is now or as it was at `commit`, whichever has its hash.

    Returns the inputs that could not be had with their hash.
    """
    own = {name: wanted for name, wanted in inputs.items() if not name.startswith(RELEASES)}
    return tuple(
        astray for name, wanted in own.items() for astray in _input(name, wanted, folders, commit, target / name)
    )


def _input(name: str, wanted: str, folders: Folders, commit: str, target: Path) -> Iterator[Astray]:
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
    yield Astray(name, wanted, found)


def chain(earlier: Iterable[Release], target: Folders) -> None:
    """Let a new reports folder have those releases; they are linked to, for nothing writes into a release."""
    for each in earlier:
        folder = target.releases(each.examples)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / each.name).symlink_to(each.folder, target_is_directory=True)


def earlier(folders: Folders, sealed: Release) -> tuple[Release, ...]:
    """The releases of its chain before it."""
    return tuple(each for each in releases.chain(folders, sealed.examples) if each.number < sealed.number)
