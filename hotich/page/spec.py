"""A page that is to be made, as plain values that go from the driver of the notebooks to the process that makes it."""

from dataclasses import dataclass

from hotich.language import LANGUAGES


@dataclass(frozen=True)
class PageSpec:
    """Its name in the draft without ending (`report.vi`, `notices/138.vi`), what stands on it, and what it is.

    `as_of` is the cut-off day as it is shown; `names` may hold digits, without them digits are not looked for.
    """

    name: str
    language: str
    title: str
    as_of: str
    synthetic: bool
    kind: str
    names: tuple[str, ...] | None

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
    def other_file(self) -> str:
        """The file name of the same page in the other language."""
        other = next(each for each in LANGUAGES if each != self.language)
        return f"{self.file.removesuffix(f'{self.language}.html')}{other}.html"
