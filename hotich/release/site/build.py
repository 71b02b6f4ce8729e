"""What the site consists of, and its writing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from hotich.data import releases
from hotich.language import LANGUAGES
from hotich.page import standalone
from hotich.pipeline.notebooks import Tells
from hotich.release.compare import Comparison, between, bound, pages
from hotich.release.compare import source as sources
from hotich.release.compare.source import Source
from hotich.release.site import index
from hotich.storage import atomic
from hotich.storage.paths import Folders

RECENT: Final = 12
"""Months of a chain of which any two have a page; an older one is compared with its neighbour only."""


@dataclass(frozen=True)
class Chain:
    """The releases of one chain, the first one first."""

    examples: bool
    releases: tuple[Source, ...]

    @cached_property
    def months(self) -> tuple[Source, ...]:
        """The last release of each month, by month."""
        return tuple(each for _, each in sorted({each.month: each for each in self.releases}.items()))

    def pairs(self) -> Iterator[tuple[Source, Source]]:
        """Releases that have a page of differences: any two recent months, older neighbours, revisions of a month."""
        older = max(len(self.months) - RECENT, 0)
        yield from zip(self.months[:older], self.months[1 : older + 1], strict=True)
        yield from combinations(self.months[older:], 2)
        for number, later in enumerate(self.releases):
            earlier = [each for each in self.releases[:number] if each.month == later.month]
            yield from ((each, later) for each in earlier[-1:])


@dataclass(frozen=True)
class Site:
    """What was written."""

    index: tuple[Path, ...]
    comparisons: int
    releases: int

    @property
    def exit_code(self) -> int:
        """A site that is written is no failure."""
        return 0

    def record(self) -> dict[str, Any]:
        """For machines."""
        return {"index": [str(path) for path in self.index], "comparisons": self.comparisons, "releases": self.releases}


def build(folders: Folders, tell: Tells) -> Site:
    """Write the whole site. Raises InputRefused for a release that cannot be read, Contradicted for a false figure."""
    chains = tuple(Chain(each, _read(folders, each)) for each in (False, True))
    compared = [between(folders, *pair) for chain in chains for pair in chain.pairs()]
    tell.expect(len(compared) + 1)
    for each in compared:
        tell.started(each.name)
        pages.write(each, folders)
        tell.finished(each.name)
    files = tuple(_index(folders, chains, compared, language) for language in LANGUAGES)
    return Site(files, len(compared), sum(len(chain.releases) for chain in chains))


def _read(folders: Folders, examples: bool) -> tuple[Source, ...]:
    return tuple(sources.of(each) for each in releases.chain(folders, examples=examples))


def _index(folders: Folders, chains: Sequence[Chain], compared: Sequence[Comparison], language: str) -> Path:
    name = standalone.file(standalone.INDEX, language)
    html = index.rendered(folders, chains, {each.name for each in compared}, language)
    known = {key: fact.raw for chain in chains for each in chain.releases for key, fact in each.facts.items()}
    bound.agree(html, known, name)
    atomic.write(folders.reports / name, html.encode())
    return folders.reports / name
