"""A page that is to be made, as plain values that go from the driver of the notebooks to the process that makes it."""

from dataclasses import dataclass

from hotich.language import LANGUAGES
from hotich.storage.paths import OFFICIAL_REPORT


@dataclass(frozen=True)
class PageSpec:
    """What a page is. `name` is its path in the draft without ending: `report.vi`, `notices/138.vi`.

    `title` stands in the margin of printed pages too; `as_of` is the cut-off day as it is shown. A page whose figures
    are made up (`synthetic`) says so at its top and on every printed page; no notebook can change that. `kind` is
    `report`, or `notice` and `summary`, papers on A4 without contents list. `names` may hold digits. `files` lie
    beside it.
    """

    name: str
    language: str
    title: str
    as_of: str
    synthetic: bool
    kind: str = "report"
    names: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def has_figures(self) -> bool:
        """Whether files of figures lie beside it, which it is about."""
        return self.kind == "report" and self.name.startswith("report.") and bool(self.files)

    @property
    def beside(self) -> list[tuple[str, str]]:
        """The files beside it that it leads to, other pages in its own language: each with the key of its label."""
        if self.kind != "report" or not self.files:
            return []
        pages = [f"{page}.{self.language}.html" for page in ("report", "summary", "quality")]
        named = [(file, file.partition(".")[0]) for file in (*pages, *self.files) if file != self.file]
        return [*named, (OFFICIAL_REPORT, "official")]

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
        """The language of the same page beside it."""
        return next(each for each in LANGUAGES if each != self.language)

    @property
    def other_file(self) -> str:
        """The file name of the same page in the other language."""
        return f"{self.file.removesuffix(f'{self.language}.html')}{self.other_language}.html"
