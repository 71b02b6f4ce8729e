"""The commands `report` and `validate`: check a month, run the notebooks, put the whole draft in place at once."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hotich import counts, draft, kernels, month, places, runner
from hotich.errors import NotebookFailed
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.places import Places
from hotich.runner import Job, Tells

if TYPE_CHECKING:
    from hotich.prepare import Prepared

PAGES: Final = ("quality", "report")


@dataclass(frozen=True)
class Outcome:
    """What a command did for one month."""

    month: str
    folder: str
    pages: tuple[str, ...]
    reused: int
    rejected: bool
    rows: int
    rules: dict[str, int]
    synthetic: bool
    headline: dict[str, str]
    refusal: dict[str, str]
    seconds: float

    @property
    def exit_code(self) -> int:
        """1 when a critical rule is broken, else 0."""
        return 1 if self.rejected else 0

    def record(self) -> dict[str, Any]:
        """For machines; without the time it took, so that the same work gives the same bytes."""
        return {name: value for name, value in asdict(self).items() if name != "seconds"}


def report(wanted: str, *, year: str, area: str, data: str, reports: str, force: bool, tell: Tells) -> list[Outcome]:
    """Quality and report pages in both languages, with the annex, for a month or for all. Raises HotichError."""
    return _run(wanted, PAGES, year=year, area=area, at=places.find(data, reports), force=force, tell=tell)


def validate(wanted: str, *, year: str, data: str, reports: str, tell: Tells) -> list[Outcome]:
    """The checks alone: quality pages and `validation.json`. Raises HotichError."""
    return _run(wanted, PAGES[:1], year=year, area="", at=places.find(data, reports), force=True, tell=tell)


def _run(
    wanted: str, pages: Sequence[str], *, year: str, area: str, at: Places, force: bool, tell: Tells
) -> list[Outcome]:
    available = counts.months(at)
    months = available if wanted == "all" and available else [month.resolve(wanted, available, year)]
    tell.expect(len(months) * (1 + len(pages) * len(LANGUAGES)))
    with _kernels(at):
        return [_month(each, pages, area, at, force, tell) for each in months]


@contextmanager
def _kernels(at: Places) -> Iterator[None]:
    """Kernels that know where this office's data and reports are; nothing of them is left afterwards."""
    known = {name: os.environ.get(name) for name in ("HOTICH_DATA", "HOTICH_REPORTS", "JUPYTER_PATH")}
    os.environ |= {"HOTICH_DATA": str(at.data), "HOTICH_REPORTS": str(at.reports)}
    home = Path(tempfile.mkdtemp(prefix="hotich-"))
    try:
        with kernels.running(home):
            yield
    finally:
        shutil.rmtree(home, ignore_errors=True)
        for name, value in known.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _month(wanted: Month, pages: Sequence[str], area: str, at: Places, force: bool, tell: Tells) -> Outcome:
    began = time.monotonic()
    target = at.draft(wanted, area)
    with draft.locked(target), draft.building(target) as new:
        prepared = _prepared(wanted, area, at, new, tell)
        if prepared.stopped:
            draft.give_up(new)
            rejected = _reject(wanted, prepared, at, area, tell)
            return _outcome(wanted, rejected, ("quality",), 0, prepared, began)
        kept = draft.take_over(target, new) if prepared.unchanged and not force else 0
        _pages(wanted, pages, area, new, prepared, tell)
    return _outcome(wanted, target, tuple(pages), kept, prepared, began)


def _prepared(wanted: Month, area: str, at: Places, new: Path, tell: Tells) -> "Prepared":
    """Let a child do the computing; meanwhile load here what runs and exports the notebooks."""
    name = f"{wanted}"
    tell.started(name)
    last = at.draft(wanted, area)
    arguments = (str(wanted), area, str(at.data), str(at.reports), str(new), str(last))
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(kernels.call, "hotich.prepare.prepare", *arguments)
        import nbconvert.exporters.templateexporter
        import nbconvert.filters.markdown_mistune  # noqa: F401
        import papermill  # noqa: F401

        prepared: Prepared = answer.result()
    tell.finished(name)
    return prepared


def _reject(wanted: Month, prepared: "Prepared", at: Places, area: str, tell: Tells) -> Path:
    """The quality pages of a month that no report may be built on; the draft stays as it was."""
    target = at.rejected(wanted)
    with draft.locked(target), draft.building(target) as new:
        last = str(at.draft(wanted, area))
        arguments = (str(wanted), area, str(at.data), str(at.reports), str(new), last)
        kernels.call("hotich.prepare.prepare", *arguments)
        _pages(wanted, PAGES[:1], area, new, prepared, tell)
    return target


def _pages(wanted: Month, pages: Sequence[str], area: str, new: Path, prepared: "Prepared", tell: Tells) -> None:
    """Run every notebook that has no page yet. Raises the failure, or one that names them all."""
    jobs = [_job(page, language, wanted, area, new, prepared) for page in pages for language in LANGUAGES]
    missing = [job for job in jobs if not _html(new, job.name).is_file()]
    for job in jobs:
        if job not in missing:
            tell.finished(job.name)
    failures = runner.run(missing, tell)
    if len(failures) == 1:
        raise failures[0]
    if failures:
        listed = {lang: "\n".join(f"  {failure.message(lang)}" for failure in failures) for lang in LANGUAGES}
        raise NotebookFailed("runner.several", count=len(failures), listed=listed)


def _html(folder: Path, name: str) -> Path:
    return folder / f"{name}.html"


def _job(page: str, language: str, wanted: Month, area: str, new: Path, prepared: "Prepared") -> Job:
    def export(job: Job, executed: Any) -> None:  # noqa: ANN401 - a notebook of nbformat
        from hotich.page import About, audit
        from hotich.page import page as exported

        other = next(each for each in LANGUAGES if each != language)
        about = About(
            language, prepared.titles[page][language], f"{page}.{language}.html", f"{page}.{other}.html",
            prepared.synthetic, prepared.as_of[language], prepared.titles[page][language],
        )  # fmt: skip
        html = exported(executed, about)
        audit.facts(html, job.name, prepared.facts)
        _html(new, job.name).write_text(html, encoding="utf-8")

    name = f"{page}.{language}"
    parameters = {"month": str(wanted), "language": language, "area": area}
    return Job(name, places.NOTEBOOKS / f"{page}.ipynb", new / "notebooks" / f"{name}.ipynb", parameters, export)


def _outcome(
    wanted: Month, folder: Path, pages: tuple[str, ...], reused: int, prepared: "Prepared", began: float
) -> Outcome:
    return Outcome(
        str(wanted), str(folder), tuple(f"{page}.{language}.html" for page in pages for language in LANGUAGES), reused,
        prepared.stopped, prepared.rows, prepared.rules, prepared.synthetic, prepared.headline, prepared.refusal,
        time.monotonic() - began,
    )  # fmt: skip
