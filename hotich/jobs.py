"""Which notebooks a month's draft needs, and what becomes of each: a page that has been compared with the facts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from hotich import month, places
from hotich.errors import WrongUsage
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.prepared import Prepared
from hotich.runner import Job

PAGES: Final = ("quality", "report")


@dataclass(frozen=True)
class Wanted:
    """What a command is to make: pages by their notebooks, and notices, of one area alone if it is given."""

    pages: tuple[str, ...] = ()
    notices: bool = False
    receiver: str = ""


def kind(file: str) -> str:
    """Which kind of paper a file of a draft belongs to: a page or its notebook, a notice, a Word file."""
    name = file.removeprefix("notebooks/")
    if name.startswith("notices/"):
        return "word" if name.endswith(".docx") else "notice"
    return name.partition(".")[0]


@dataclass(frozen=True)
class Draft:
    """What every job of one draft is about: the month, the area it is seen from, the folder it is built in."""

    month: Month
    area: str
    folder: Path
    prepared: Prepared

    def page(self, name: str) -> Path:
        """Where a page lies."""
        return self.folder / f"{name}.html"

    def jobs(self, make: Wanted) -> list[Job]:
        """A job for each page in each language: one that is short first, for whoever waits, and one at the end.

        What takes long lies between them: begun last, it would keep one core busy alone.
        """
        pages = [self._page(page, language) for page in make.pages for language in LANGUAGES]
        pages = pages[:1] + pages[2:] + pages[1:2]
        receivers = self.receivers(make) if make.notices else ()
        return pages + [self._notice(code, language) for code in receivers for language in LANGUAGES]

    def receivers(self, make: Wanted) -> tuple[str, ...]:
        """The areas that get a notice. Raises WrongUsage for an area that gets none."""
        known = self.prepared.receivers
        if make.receiver and make.receiver not in known:
            asked = month.printable(make.receiver)
            raise WrongUsage("areas.no_notice", value=asked, month=self.month, allowed=", ".join(known))
        return (make.receiver,) if make.receiver else known

    @cached_property
    def _facts(self) -> dict[str, Any]:
        """The draft's own `measures.csv`, read once for all its pages; nothing where the checks stopped the month."""
        from hotich import facts

        path = self.folder / places.MEASURES
        return facts.read(path) if path.is_file() else {}

    def _page(self, page: str, language: str) -> Job:
        title = self.prepared.titles[page][language]
        return self._job(page, f"{page}.{language}", language, self.area, title)

    def _notice(self, code: str, language: str) -> Job:
        title = self.prepared.notice_titles[code][language]
        return self._job("notice", f"notices/{code}.{language}", language, code, title)

    def _job(self, notebook: str, name: str, language: str, area: str, title: str) -> Job:
        parameters = {"month": str(self.month), "language": language, "area": area}
        output = self.folder / "notebooks" / f"{name}.ipynb"
        return Job(name, places.NOTEBOOKS / f"{notebook}.ipynb", output, parameters, self._export(notebook, title))

    def _export(self, notebook: str, title: str) -> Callable[[Job, Any], None]:
        """What is done with an executed notebook: its page is made, compared with the facts, and written."""

        def export(job: Job, executed: Any) -> None:  # noqa: ANN401 - a notebook of nbformat
            from hotich.page import About, proof
            from hotich.page import page as exported

            language = job.parameters["language"]
            other = next(each for each in LANGUAGES if each != language)
            file = Path(job.name).name
            about = About(
                language, title, f"{file}.html", f"{file.removesuffix(language)}{other}.html", self.prepared.synthetic,
                self.prepared.as_of[language], title, kind="notice" if notebook == "notice" else "report",
            )  # fmt: skip
            html = exported(executed, about)
            names = self.prepared.names if notebook == "report" else None
            proof.page(html, job.name, language, self._facts, names)
            target = self.page(job.name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(html, encoding="utf-8")

        return export
