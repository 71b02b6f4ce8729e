"""Prepare a data folder and a chain with exactly the inputs that a release names, so that no other file is used."""

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hotich.data import releases
from hotich.data import sealing as sealings
from hotich.data.releases import RELEASES, Release
from hotich.data.sealing import Sealing
from hotich.release import git
from hotich.release.files import present
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
    now = present(own, folders.data)
    then = _committed(folders.data, commit, {name: wanted for name, wanted in own.items() if now.get(name) != wanted})
    for name in own:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        if name in then:
            (target / name).write_bytes(then[name])
        elif name in now:
            shutil.copyfile(folders.data / name, target / name)
    astray = (name for name, wanted in own.items() if name not in then and now.get(name) != wanted)
    return tuple(InputMismatch(name, own[name], now.get(name, "")) for name in astray)


def _committed(folder: Path, commit: str, wanted: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files, given with their hashes, that the commit has with that hash; none if it is not here."""
    if not commit or not wanted:
        return {}
    try:
        found = git.contents(folder, commit, wanted)
    except git.CommitUnavailable:
        return {}
    return {name: content for name, content in found.items() if hashlib.sha256(content).hexdigest() == wanted.get(name)}


def release(earlier: Iterable[Release], sealing: Sealing, target: Folders) -> None:
    """Make a new reports folder for a release's pages, linked to those before it; nobody writes into a release."""
    sealings.write(sealing, target.reports)
    for each in earlier:
        folder = target.releases(each.examples)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / each.name).symlink_to(each.folder, target_is_directory=True)


def earlier(folders: Folders, sealed: Release) -> tuple[Release, ...]:
    """Return the releases before it in its chain."""
    return tuple(each for each in releases.chain(folders, sealed.examples) if each.number < sealed.number)
