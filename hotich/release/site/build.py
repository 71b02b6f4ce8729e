"""Write the pages of the site."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from hotich.data import releases
from hotich.errors import ExitCode
from hotich.language import LANGUAGES
from hotich.page import standalone
from hotich.pipeline.notebooks import Tells
from hotich.release.compare import Comparison, between, gate, pages
from hotich.release.compare import source as sources
from hotich.release.compare.source import Source
from hotich.release.site import index
from hotich.release.site.chain import Chain
from hotich.storage import atomic
from hotich.storage.paths import Folders


@dataclass(frozen=True)
class Site:
    """The files written: the index in each language, and how many pages of differences and releases it lists."""

    exit_code: ClassVar[ExitCode] = ExitCode.DONE

    index: tuple[Path, ...]
    comparisons: int
    releases: int

    def record(self) -> dict[str, object]:
        """Return the result as JSON values."""
        return {"index": [str(path) for path in self.index], "comparisons": self.comparisons, "releases": self.releases}


def build(folders: Folders, tell: Tells) -> Site:
    """Write the site. Raises InputRefused for an unreadable release, Contradicted for a wrong figure."""
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
    return tuple(sources.read(each) for each in releases.chain(folders, examples=examples))


def _index(folders: Folders, chains: Sequence[Chain], compared: Sequence[Comparison], language: str) -> Path:
    name = standalone.file(standalone.INDEX, language)
    html = index.rendered(folders, chains, {each.name for each in compared}, language)
    raw = {key: fact.raw for chain in chains for each in chain.releases for key, fact in each.facts.items()}
    gate.check_figures(html, raw, name)
    atomic.write(folders.reports / name, html.encode())
    return folders.reports / name
