"""A page that is to be made, as plain values that go from the driver of the notebooks to the process that makes it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import Markup

from hotich.language import LANGUAGES, say
from hotich.month import Month
from hotich.storage.paths import OFFICIAL_REPORT

PROSE: Final = "prose"
"""The class of what holds a notebook's own text: all of it stands in one of these, but headings."""

OUR_PAGES: Final = ("report", "summary", "quality")
"""Pages that the language files have names for."""


@dataclass(frozen=True)
class PageSpec:
    """What a page is. `name` is its path in the draft without ending: `report.vi`, `notices/138.vi`.

    `as_of` is the cut-off day as it is shown. A page whose figures are made up (`synthetic`) says so at its top and on
    every printed page; no notebook can change that. `kind` is `report`, or `notice` and `summary`, papers on A4 without
    contents list. `names` may hold digits. `files` lie beside it, and `pages` of the same report in the same language,
    each with its title or, where that is empty, known by its name. `root` is the area that it is about, `office` that
    of the office, `by` the office's name, `source` the line that says whose data it shows, `folder` where pictures of
    its prose lie; `sources` name where quoted figures were found.
    `reported` is its month where that was reported and only those before it are made up.
    """

    name: str
    language: str
    as_of: str
    synthetic: bool
    kind: str = "report"
    names: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    pages: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = LANGUAGES
    root: str = ""
    office: str = ""
    by: str = ""
    source: str = ""
    folder: Path = Path()
    sources: tuple[tuple[str, str], ...] = ()
    reported: Month | None = None

    @property
    def ours(self) -> bool:
        """Whether its notebook is one of the project's own."""
        return self.kind != "report" or self.name.partition(".")[0] in OUR_PAGES

    @property
    def has_figures(self) -> bool:
        """Whether files of figures lie beside it, which it is about."""
        return self.kind == "report" and self.name.startswith("report.") and bool(self.files)

    @property
    def beside(self) -> list[tuple[str, str]]:
        """The files beside it that it leads to, other pages in its own language: each with its label."""
        if self.kind != "report" or not self.files:
            return []
        ours = [(file, file.partition(".")[0]) for file in self.files] + [(OFFICIAL_REPORT, "official")]
        labelled = [(file, say(self.language, f"page.file.{key}")) for file, key in ours]
        return [*((file, title or self._known(file)) for file, title in self.pages if file != self.file), *labelled]

    def _known(self, file: str) -> str:
        """Return what a page of ours is called; one without title or such a name is called as its file: a name."""
        key = file.partition(".")[0]
        if key in OUR_PAGES:
            return say(self.language, f"page.file.{key}")
        return Markup('<span data-name="">{}</span>').format(key) if re.search(r"\d", key) else key

    @property
    def page(self) -> str:
        """Where its page lies in the draft."""
        return f"{self.name}.html"

    @property
    def notebook(self) -> str:
        """Where its executed notebook lies in the draft."""
        return f"notebooks/{self.name}.ipynb"

    @property
    def file(self) -> str:
        """The file name of its page."""
        return self.page.rpartition("/")[2]

    @property
    def other_language(self) -> str:
        """The language of the same page beside it; empty where it is in one alone."""
        return next((each for each in self.languages if each != self.language), "")

    @property
    def other_file(self) -> str:
        """The file name of the same page in the other language."""
        return f"{self.file.removesuffix(f'{self.language}.html')}{self.other_language}.html"
