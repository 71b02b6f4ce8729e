"""A data folder and a chain that hold exactly what a release names, so that nothing else can have a part in it."""

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hotich import release
from hotich.places import Places
from hotich.release import RELEASES, Release, git
from hotich.release.files import digest


@dataclass(frozen=True)
class Astray:
    """An input that is not as the release names it: what stands in its place is used, or nothing where it is gone."""

    file: str
    wanted: str
    found: str


def data(inputs: Mapping[str, str], at: Places, commit: str, target: Path) -> tuple[Astray, ...]:
    """Copy every input into a new data folder, as it is now or as it was at `commit`, whichever has its hash.

    Returns the inputs that could not be had with their hash.
    """
    own = {name: wanted for name, wanted in inputs.items() if not name.startswith(RELEASES)}
    return tuple(astray for name, wanted in own.items() for astray in _input(name, wanted, at, commit, target / name))


def _input(name: str, wanted: str, at: Places, commit: str, target: Path) -> Iterator[Astray]:
    target.parent.mkdir(parents=True, exist_ok=True)
    now = at.data / name
    found = digest(now) if now.is_file() else ""
    if found == wanted:
        shutil.copyfile(now, target)
        return
    then = git.file(at.data, commit, name) if commit else None
    if then is not None and hashlib.sha256(then).hexdigest() == wanted:
        target.write_bytes(then)
        return
    if found:
        shutil.copyfile(now, target)
    yield Astray(name, wanted, found)


def chain(earlier: Iterable[Release], target: Places) -> None:
    """Let a new reports folder have those releases; they are linked to, for nothing writes into a release."""
    for each in earlier:
        folder = target.releases(each.examples)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / each.name).symlink_to(each.folder, target_is_directory=True)


def earlier(at: Places, sealed: Release) -> tuple[Release, ...]:
    """The releases of its chain before it."""
    return tuple(each for each in release.chain(at, sealed.examples) if each.number < sealed.number)
