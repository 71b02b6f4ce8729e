"""Which notebooks a month's draft needs, in which order they run, and which page each becomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hotich import month
from hotich.errors import WrongUsage
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.page.spec import PageSpec
from hotich.pipeline.month_summary import MonthSummary
from hotich.pipeline.notebooks import Job
from hotich.storage import paths
from hotich.storage.paths import Folders

PAGES: Final = ("quality", "summary", "report")
"""The pages of a month, by their notebooks; the first judges the counts, the others rest on them."""


@dataclass(frozen=True)
class Wanted:
    """What a command makes: pages, named by their notebooks, and notices, of one area alone if `receiver` is given."""

    pages: tuple[str, ...] = ()
    notices: bool = False
    receiver: str = ""


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
    short = [job for job in jobs if kind(job.name) == PAGES[0]]
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
        pages = [self._page(page, language) for page in reversed(make.pages) for language in LANGUAGES]
        receivers = self.receivers(make) if make.notices else ()
        return pages + [self._notice(code, language) for code in receivers for language in LANGUAGES]

    def receivers(self, make: Wanted) -> tuple[str, ...]:
        """Return the areas that get a notice. Raises WrongUsage for an area that gets none."""
        known = self.summary.receivers
        if make.receiver and make.receiver not in known:
            asked = month.printable(make.receiver)
            raise WrongUsage("areas.no_notice", value=asked, month=self.month, allowed=", ".join(known))
        return (make.receiver,) if make.receiver else known

    def without_word(self, make: Wanted) -> tuple[str, ...]:
        """Return the areas whose Word file is wanted and not there yet."""
        wanted = self.receivers(make) if make.notices else ()
        return tuple(code for code in wanted if not (self.folder / "notices" / f"{code}.docx").is_file())

    def _page(self, page: str, language: str) -> Job:
        title, kind = self.summary.titles[page][language], page if page == "summary" else "report"
        return self._job(page, self._paper(f"{page}.{language}", language, title, kind), self.area)

    def _notice(self, code: str, language: str) -> Job:
        title = self.summary.notice_titles[code][language]
        return self._job("notice", self._paper(f"notices/{code}.{language}", language, title, "notice"), code)

    def _paper(self, name: str, language: str, title: str, kind: str) -> PageSpec:
        as_of, synthetic = self.summary.as_of[language], self.summary.synthetic
        files = paths.TABLES if kind == "report" and not self.summary.stopped else ()
        return PageSpec(name, language, title, as_of, synthetic, kind, self.summary.names, files)

    def _job(self, notebook: str, paper: PageSpec, area: str) -> Job:
        parameters = {"month": str(self.month), "language": paper.language, "area": area}
        source, output = paths.NOTEBOOKS / f"{notebook}.ipynb", self.folder / paper.notebook
        return Job(paper, source, output, parameters)
