"""Write the pages of the site."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from hotich.data import areas, office, releases
from hotich.errors import ExitCode
from hotich.language import LANGUAGES
from hotich.page import names_with_digits, standalone
from hotich.pipeline.notebooks import Tells
from hotich.release import verify
from hotich.release.compare import between, gate, pages
from hotich.release.compare import source as sources
from hotich.release.compare.source import Source
from hotich.release.site import index
from hotich.release.site.chain import Chain
from hotich.storage import atomic
from hotich.storage.paths import Folders


@dataclass(frozen=True)
class Site:
    """The files written: the index in each language, and how many pages of differences and releases it lists.

    `broken` are the titles of releases that are not as they were sealed, which the index says and does not link.
    """

    index: tuple[Path, ...]
    comparisons: int
    releases: int
    broken: tuple[str, ...]

    @property
    def exit_code(self) -> ExitCode:
        """Return DIFFERS if a release is not as it was sealed, else DONE."""
        return ExitCode.DIFFERS if self.broken else ExitCode.DONE

    def record(self) -> dict[str, object]:
        """Return the result as JSON values."""
        return {**asdict(self), "index": [str(path) for path in self.index]}


def build(folders: Folders, tell: Tells) -> Site:
    """Write the site. Raises InputRefused for an unreadable release, Contradicted for a wrong figure."""
    chains = tuple(Chain(each, _read(folders, each)) for each in (False, True))
    compared = [between(folders, *pair) for chain in chains for pair in chain.pairs()]
    tell.expect(len(compared) + 1)
    for each in compared:
        tell.started(each.name)
        pages.write(each, folders)
        tell.finished(each.name)
    broken = _broken(folders)
    names = {each.name for each in compared}
    files = tuple(_index(folders, chains, names, broken, language) for language in LANGUAGES)
    return Site(files, len(compared), sum(len(chain.releases) for chain in chains), broken)


def _broken(folders: Folders) -> tuple[str, ...]:
    """Return the titles of releases about which verify has a finding; one about no release in particular is not held
    against every release.
    """
    found = [finding for finding in verify.findings(folders) if finding.release or "release" in finding.values]
    return tuple(each.title for each in releases.every(folders) if any(finding.concerns(each) for finding in found))


def _read(folders: Folders, examples: bool) -> tuple[Source, ...]:
    return tuple(sources.read(each) for each in releases.chain(folders, examples=examples))


def _names(folders: Folders) -> tuple[str, ...]:
    return names_with_digits.of_areas(areas.read(folders.data).all, office.read(folders.data))


def _index(
    folders: Folders, chains: Sequence[Chain], compared: Collection[str], broken: Collection[str], language: str
) -> Path:
    name = standalone.file(standalone.INDEX, language)
    html = index.rendered(folders, chains, compared, broken, language)
    raw = {key: fact.raw for chain in chains for each in chain.releases for key, fact in each.facts.items()}
    gate.check_figures(html, raw, name, _names(folders))
    atomic.write(folders.reports / name, html.encode())
    return folders.reports / name
