"""Which notebooks a month's draft needs, in which order they run, and which page each becomes."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hotich import month
from hotich.errors import WrongUsage
from hotich.month import Month
from hotich.page.spec import PageSpec
from hotich.pipeline import pages
from hotich.pipeline.month_summary import MonthSummary
from hotich.pipeline.notebooks import Job
from hotich.pipeline.pages import Page
from hotich.storage import paths, regular
from hotich.storage.paths import Folders


@dataclass(frozen=True)
class Wanted:
    """What a command makes: pages, and notices, of one area alone if `receiver` is given."""

    pages: tuple[Page, ...] = ()
    notices: bool = False
    receiver: str = ""

    @property
    def from_elsewhere(self) -> dict[str, str]:
        """The hashes of notebooks that do not lie with those of the project, by the names of their pages."""
        others = (page for page in self.pages if page.notebook.parent != paths.NOTEBOOKS)
        return {page.name: hashlib.sha256(regular.read(page.notebook)).hexdigest() for page in others}

    @property
    def papers(self) -> int:
        """How many files of pages there will be, without notices."""
        return sum(len(page.languages) for page in self.pages)


def kind(file: str) -> str:
    """Return what a file of a draft belongs to: `quality`, `report`, `notice` or `word`."""
    name = file.removeprefix("notebooks/")
    if name.startswith("notices/"):
        return "word" if name.endswith(".docx") else "notice"
    return name.partition(".")[0]


def in_turn(jobs: Sequence[Job]) -> list[Job]:
    """Order the jobs: one quality page first, so that a first page appears early; the other short ones last.

    Long jobs lie between them: begun last, one would keep a single core busy alone.
    """
    short = [job for job in jobs if job.short]
    return [*short[:1], *(job for job in jobs if job not in short), *short[1:]]


@dataclass(frozen=True)
class Draft:
    """A draft in the making: its month, the area it is seen from, and the folder it is built in."""

    month: Month
    area: str
    folders: Folders
    folder: Path
    summary: MonthSummary

    def page(self, name: str) -> Path:
        """Return the path of a page."""
        return self.folder / f"{name}.html"

    def jobs(self, make: Wanted) -> list[Job]:
        """Return a job for each page in each language, in the order in which people are told of them."""
        jobs = [self._job(page, language) for page in reversed(make.pages) for language in self.languages(page)]
        if make.notices:
            letter = pages.notice()
            languages = self.languages(letter)
            jobs += [self._job(letter, language, code) for code in self.receivers(make) for language in languages]
        return jobs

    def would_make(self, files: Iterable[str]) -> tuple[str, ...]:
        """Return those of these files of a draft whose notebook, or whose receiver, is still there."""
        names = {page.name for page in pages.monthly()}

        def is_made(file: str) -> bool:
            folder, _, name = file.rpartition("/")
            about = name.partition(".")[0]
            return about in (self.summary.receivers if folder else names) or not (folder or name.endswith(".html"))

        return tuple(file for file in files if is_made(file))

    def languages(self, page: Page) -> tuple[str, ...]:
        """Return the languages of a page that are the office's too."""
        return tuple(language for language in page.languages if language in self.summary.languages)

    def receivers(self, make: Wanted) -> tuple[str, ...]:
        """Return the areas that get a notice. Raises WrongUsage for an area that gets none."""
        if make.receiver and make.receiver not in self.summary.receivers:
            from hotich.data import find_area

            asked = month.printable(make.receiver)
            allowed = find_area.near_notices(make.receiver, self.month, self.folders)
            raise WrongUsage("areas.no_notice", value=asked, month=self.month, allowed=allowed)
        return (make.receiver,) if make.receiver else self.summary.receivers

    def without_word(self, make: Wanted) -> tuple[str, ...]:
        """Return the areas whose Word file is wanted and not there yet."""
        wanted = self.receivers(make) if make.notices else ()
        return tuple(code for code in wanted if not (self.folder / "notices" / f"{code}.docx").is_file())

    def _job(self, page: Page, language: str, receiver: str = "") -> Job:
        """Return the run of a page's notebook, or of the notices' for one receiver."""
        name = f"notices/{receiver}.{language}" if receiver else f"{page.name}.{language}"
        given = {"month": str(self.month), "language": language, "area": receiver or self.area}
        parameters = {name: value for name, value in given.items() if name in page.parameters}
        paper = self._paper(page, name, language, receiver or self.area)
        return Job(paper, page.notebook, self.folder / paper.notebook, parameters, short=page.judges)

    def _paper(self, page: Page, name: str, language: str, area: str) -> PageSpec:
        summary = self.summary
        with_tables = page.layout == "report" and not summary.stopped
        return PageSpec(
            name,
            language,
            summary.as_of[language],
            summary.synthetic,
            page.layout,
            summary.names,
            paths.TABLES if with_tables else (),
            pages=self._beside(language) if with_tables else (),
            languages=self.languages(page),
            root=area or summary.office,
            office=summary.office,
            by=summary.by[language],
            source=summary.source[language],
            folder=page.notebook.parent,
            sources=summary.sources[language],
            reported=summary.reported,
        )

    def _beside(self, language: str) -> tuple[tuple[str, str], ...]:
        """Return the other pages of the draft in that language, with the titles of those that have one of their own."""
        return tuple(
            (f"{each.name}.{language}.html", dict(each.titles).get(language, ""))
            for each in reversed(pages.monthly())
            if language in each.languages
        )
