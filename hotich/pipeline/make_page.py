"""One page from its job, in one place: the notebook run in a kernel, exported, its figures compared with the facts.

What goes in are paths and plain values, what comes out are bytes: a process on another machine, in a session of its
own (`build.session`), does the same as this one.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from hotich.month import Month
from hotich.page.spec import PageSpec
from hotich.pipeline import notebooks
from hotich.pipeline.kernels import environment
from hotich.pipeline.notebooks import Job
from hotich.storage import temporary
from hotich.storage.paths import Folders


class Exports(Protocol):
    """Who makes the page of an executed notebook, and raises as `page.write.write` does."""

    def __call__(self, page: PageSpec, folder: Path, facts: Path, /) -> None:
        """Write the page into the folder in which its executed notebook lies."""


@dataclass(frozen=True)
class MadeFile:
    """A file of a draft, by its name there, with the SHA-256 that it had when it was made."""

    name: str
    content: bytes
    sha256: str

    @classmethod
    def of(cls, name: str, content: bytes) -> "MadeFile":
        """Return the file of that content, with its hash."""
        return cls(name, content, hashlib.sha256(content).hexdigest())

    @property
    def intact(self) -> bool:
        """Whether the content is what was made: it may have come a long way since."""
        return hashlib.sha256(self.content).hexdigest() == self.sha256


@dataclass(frozen=True)
class Made:
    """What was made under a name, a job's: its files."""

    name: str
    files: tuple[MadeFile, ...]

    @classmethod
    def of(cls, name: str, files: Mapping[str, bytes]) -> "Made":
        """Return what these files, by their names in the draft, are."""
        return cls(name, tuple(MadeFile.of(*each) for each in sorted(files.items())))


class Elsewhere(Protocol):
    """Who makes pages for this machine: the workers of a cluster."""

    @property
    def at_once(self) -> int:
        """How many pages to ask for at a time."""

    def of_draft(self, month: Month, at: Folders, facts: Path) -> Callable[[Job], Made]:
        """Return who makes the pages of a draft whose month is prepared; it raises as `make_page`, and CannotNow."""


def make_page(job: Job, facts: Path, export: Exports | None = None) -> Made:
    """Return the executed notebook of a job and the page made of it, whose figures are those of the file `facts`.

    The file need not exist: a page that judges rejected counts has no facts. The page is made in this process where
    nobody else is asked to `export` it. Call it within a session: kernels take the data folder from there. Raises as
    `notebooks.execute` and `page.write.write` do.
    """
    with temporary.within(environment.home()) as folder:
        notebooks.execute(replace(job, output=folder / job.paper.notebook))
        (export or _export_here)(job.paper, folder, facts)
        names = (job.paper.page, job.paper.notebook)
        return Made.of(job.name, {name: (folder / name).read_bytes() for name in names})


def _export_here(page: PageSpec, folder: Path, facts: Path) -> None:
    from hotich.page import write

    write.write(page, folder, facts)
