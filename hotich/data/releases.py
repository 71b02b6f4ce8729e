"""What has been released: the chain of an office's releases, read from their folders and manifests; nothing is judged.

Two chains never mix: `published` holds the office's own, `examples` those made from synthetic months.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from hotich import month
from hotich.errors import InputRefused
from hotich.month import Month
from hotich.storage.paths import MANIFEST, Folders

NAME: Final = re.compile(r"([0-9]{4})-(20[0-9]{2}-(?:0[1-9]|1[0-2]))", re.ASCII)
"""A release's folder: its number in its chain and its month."""
RELEASES: Final = "releases/"
"""What begins the name of an input that lies in an earlier release and not in the data folder."""


@dataclass(frozen=True)
class Release:
    """One release: its number from 1 upward, the month it is about, and its folder."""

    number: int
    month: Month
    folder: Path
    examples: bool

    @property
    def name(self) -> str:
        """Number and month: `0002-2024-10`, the name of its folder."""
        return f"{self.number:04d}-{self.month}"

    @property
    def title(self) -> str:
        """Chain and name: `examples/0002-2024-10`."""
        return f"{'examples' if self.examples else 'published'}/{self.name}"

    @cached_property
    def head(self) -> str:
        """SHA-256 of its manifest: it stands for this release and, as each names the one before, for all before it."""
        return hashlib.sha256(self._manifest).hexdigest()

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the release says of itself (docs/releases.md lists the fields). Raises InputRefused when unreadable."""
        try:
            read = json.loads(self._manifest)
        except (ValueError, RecursionError):
            read = None
        if not isinstance(read, dict):
            raise InputRefused("release.manifest", release=self.title)
        return read

    @cached_property
    def _manifest(self) -> bytes:
        try:
            return (self.folder / MANIFEST).read_bytes()
        except OSError:
            raise InputRefused("release.manifest", release=self.title) from None


def chain(folders: Folders, examples: bool) -> tuple[Release, ...]:
    """Every release of one chain, the first one first; what is not named as a release is not one."""
    folder = folders.releases(examples)
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    found = (NAME.fullmatch(name) for name in names if (folder / name).is_dir())
    return tuple(Release(int(name[1]), month.exact(name[2]), folder / name[0], examples) for name in found if name)


def every(folders: Folders) -> tuple[Release, ...]:
    """Both chains: the office's own first."""
    return (*chain(folders, examples=False), *chain(folders, examples=True))


def latest(releases: Iterable[Release], wanted: Month | None = None) -> Release | None:
    """The last release of a chain, or the last one about a month; None where there is none."""
    return max((r for r in releases if wanted in (None, r.month)), key=lambda r: r.number, default=None)


def before(releases: Iterable[Release], wanted: Month) -> Release | None:
    """The release that a report about the month follows: the last one about that month, else about the latest earlier.

    None where nothing was released about that month or an earlier one.
    """
    earlier = (release for release in releases if release.month <= wanted)
    return max(earlier, key=lambda release: (release.month, release.number), default=None)


def find(folders: Folders, wanted: Month, examples: bool | None = None) -> Release | None:
    """The last release about a month, in one chain if it is given, else the office's own before an example."""
    own = latest(chain(folders, examples=False), wanted) if examples is not True else None
    return own or (latest(chain(folders, examples=True), wanted) if examples is not False else None)


def resting_on(folders: Folders, wanted: Month) -> tuple[Release, ...]:
    """The releases that used the counts of the month, in any revision: those about it and about later months."""
    name = re.compile(rf"counts/{wanted}(?:\.r[0-9]+)?\.csv", re.ASCII)
    used = ((release, release.manifest.get("inputs", {})) for release in every(folders) if release.month >= wanted)
    return tuple(release for release, inputs in used if any(name.fullmatch(file) for file in inputs))
