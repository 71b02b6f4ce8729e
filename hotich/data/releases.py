"""The chains of an office's releases, read from their folders and manifests without verifying them.

There are two: `published` has the office's own, `examples` those made from synthetic months.
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
"""The name of a release's folder: its number in its chain and its month."""
RELEASES: Final = "releases/"
"""The prefix of inputs that are in an earlier release and not in the data folder."""


@dataclass(frozen=True)
class Release:
    """One release: its number, from 1, the reported month, and its folder."""

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
        """SHA-256 of its manifest, which identifies this release and, as each names the one before, all before it."""
        return hashlib.sha256(self._manifest).hexdigest()

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Its manifest (docs/releases.md lists the fields). Raises InputRefused when unreadable or without inputs."""
        try:
            content = json.loads(self._manifest)
            json.dumps(content, ensure_ascii=False).encode()  # a lone surrogate could be written nowhere
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict) or not isinstance(content.get("inputs"), dict):
            raise InputRefused("release.manifest", release=self.title)
        return content

    @cached_property
    def _manifest(self) -> bytes:
        path = self.folder / MANIFEST
        try:
            if path.is_file():  # not a pipe, which would never end
                return path.read_bytes()
        except OSError:
            pass
        raise InputRefused("release.manifest", release=self.title)


def chain(folders: Folders, examples: bool) -> tuple[Release, ...]:
    """Return every release of one chain, oldest first; folders with other names are ignored."""
    folder = folders.releases(examples)
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    matches = (NAME.fullmatch(name) for name in names if (folder / name).is_dir())
    return tuple(Release(int(m[1]), month.exact(m[2]), folder / m[0], examples) for m in matches if m)


def every(folders: Folders) -> tuple[Release, ...]:
    """Return the releases of both chains, the office's own first."""
    return (*chain(folders, examples=False), *chain(folders, examples=True))


def latest(releases: Iterable[Release], wanted: Month | None = None) -> Release | None:
    """Return the last release of a chain, or the last one about a month; None if there is none."""
    return max((r for r in releases if wanted in (None, r.month)), key=lambda r: r.number, default=None)


def before(releases: Iterable[Release], wanted: Month) -> Release | None:
    """Return the last release about the month, else the last about the latest earlier month, or None.

    A report about the month is compared with it.
    """
    earlier = (release for release in releases if release.month <= wanted)
    return max(earlier, key=lambda release: (release.month, release.number), default=None)


def find(folders: Folders, wanted: Month, examples: bool | None = None) -> Release | None:
    """Return the last release about a month, of one chain if it is given, else the office's own before an example."""
    own = latest(chain(folders, examples=False), wanted) if examples is not True else None
    return own or (latest(chain(folders, examples=True), wanted) if examples is not False else None)


def resting_on(folders: Folders, wanted: Month) -> tuple[Release, ...]:
    """Return the releases that used the counts of the month, in any revision: those about it and about later months."""
    name = re.compile(rf"counts/{wanted}(?:\.r[0-9]+)?\.csv", re.ASCII)
    used = ((release, release.manifest["inputs"]) for release in every(folders) if release.month >= wanted)
    return tuple(release for release, inputs in used if any(name.fullmatch(file) for file in inputs))
