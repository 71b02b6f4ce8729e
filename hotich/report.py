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

from hotich import counts, draft, kernels, leave_out, month, places, runner
from hotich.errors import NotebookFailed, WrongUsage
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
    return _run(wanted, Wanted(PAGES), year=year, area=area, at=places.find(data, reports), force=force, tell=tell)


def validate(wanted: str, *, year: str, data: str, reports: str, tell: Tells) -> list[Outcome]:
    """The checks alone: quality pages and `validation.json`. Raises HotichError."""
    return _run(wanted, Wanted(PAGES[:1]), year=year, area="", at=places.find(data, reports), force=True, tell=tell)


def notices(wanted: str, *, year: str, area: str, data: str, reports: str, force: bool, tell: Tells) -> list[Outcome]:
    """A notice for every area directly below the office's own, or for one. Raises HotichError."""
    at = places.find(data, reports)
    months = _months(wanted, year, at)
    tell.expect(len(months))
    with session(at):
        return [_month(each, Wanted((), True, area), "", at, force, tell) for each in months]


@dataclass(frozen=True)
class Wanted:
    """What a command is to make: pages by their notebooks, and notices, of one area alone if it is given."""

    pages: tuple[str, ...]
    notices: bool = False
    receiver: str = ""


def _months(wanted: str, year: str, at: Places) -> list[Month]:
    available = counts.months(at)
    return available if wanted == "all" and available else [month.resolve(wanted, available, year)]


def _run(wanted: str, make: Wanted, *, year: str, area: str, at: Places, force: bool, tell: Tells) -> list[Outcome]:
    months = _months(wanted, year, at)
    tell.expect(len(months) * (1 + len(make.pages) * len(LANGUAGES)))
    with session(at):
        return [_month(each, make, area, at, force, tell) for each in months]


@contextmanager
def session(at: Places) -> Iterator[None]:
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


def _month(wanted: Month, make: Wanted, area: str, at: Places, force: bool, tell: Tells) -> Outcome:
    began = time.monotonic()
    target = at.draft(wanted, area)
    with draft.locked(target), draft.building(target) as new:
        prepared = _prepared(wanted, area, at, new, tell)
        if prepared.stopped:
            draft.give_up(new)
            rejected = _reject(wanted, prepared, at, area, tell)
            return _outcome(wanted, rejected, ("quality.vi.html", "quality.en.html"), 0, prepared, began)
        jobs = _jobs(wanted, make, area, new, prepared)
        kept = draft.take_over(target, new, () if not force else _made_by(jobs)) if prepared.unchanged else 0
        _pages(jobs, new, tell)
        if PAGES[1] in make.pages:
            _say_the_same(new, PAGES[1])
        if make.notices:
            _word(wanted, make, at, new, prepared)
    return _outcome(wanted, target, tuple(f"{job.name}.html" for job in jobs), kept, prepared, began)


def _made_by(jobs: Sequence[Job]) -> tuple[str, ...]:
    """What is not taken over when everything is to be made anew."""
    return tuple(name for job in jobs for name in (f"{job.name}.html", f"notebooks/{job.name}.ipynb"))


def _jobs(wanted: Month, make: Wanted, area: str, new: Path, prepared: "Prepared") -> list[Job]:
    jobs = [_job(page, language, wanted, area, new, prepared) for page in make.pages for language in LANGUAGES]
    receivers = _receivers(wanted, make, prepared) if make.notices else ()
    return jobs + [_notice(code, language, wanted, new, prepared) for code in receivers for language in LANGUAGES]


def _receivers(wanted: Month, make: Wanted, prepared: "Prepared") -> tuple[str, ...]:
    """The areas that get a notice. Raises WrongUsage for an area that gets none."""
    if not make.receiver:
        return prepared.receivers
    if make.receiver not in prepared.receivers:
        listed = ", ".join(prepared.receivers)
        raise WrongUsage("areas.no_notice", value=month.printable(make.receiver), month=wanted, allowed=listed)
    return (make.receiver,)


def _word(wanted: Month, make: Wanted, at: Places, new: Path, prepared: "Prepared") -> None:
    """The Word files, written in one child that reads and computes once."""
    missing = tuple(
        code for code in _receivers(wanted, make, prepared) if not (new / "notices" / f"{code}.docx").is_file()
    )
    if missing:
        arguments = (str(wanted), str(at.data), str(at.reports), str(new / "notices"), missing)
        kernels.call("hotich.notice.word.write_all", *arguments)


def _prepared(wanted: Month, area: str, at: Places, new: Path, tell: Tells) -> "Prepared":
    """Let a child do the computing; meanwhile load here what runs and exports the notebooks."""
    name = f"{wanted}"
    tell.started(name)
    last = at.draft(wanted, area)
    arguments = (str(wanted), area, str(at.data), str(at.reports), str(new), str(last))
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(kernels.ask, "hotich.prepare.prepare", *arguments)
        leave_out.grammar()
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
        kernels.ask("hotich.prepare.prepare", *arguments)
        _pages(_jobs(wanted, Wanted(PAGES[:1]), area, new, prepared), new, tell)
    return target


def _pages(jobs: Sequence[Job], new: Path, tell: Tells) -> None:
    """Run every notebook that has no page yet. Raises the failure, or one that names them all."""
    failures = runner.run([job for job in jobs if not _html(new, job.name).is_file()], tell)
    if len(failures) == 1:
        raise failures[0]
    if failures:
        listed = {lang: "\n".join(f"  {failure.message(lang)}" for failure in failures) for lang in LANGUAGES}
        raise NotebookFailed("runner.several", count=len(failures), listed=listed)


def _say_the_same(folder: Path, page: str) -> None:
    """Compare what the page states in its languages. Raises Contradicted."""
    from hotich.page import proof

    one, other = (_html(folder, f"{page}.{language}").read_text(encoding="utf-8") for language in LANGUAGES)
    proof.pair(one, other, page)


def _html(folder: Path, name: str) -> Path:
    return folder / f"{name}.html"


def _job(page: str, language: str, wanted: Month, area: str, new: Path, prepared: "Prepared") -> Job:
    return _exported(page, f"{page}.{language}", language, wanted, area, new, prepared, prepared.titles[page][language])


def _notice(code: str, language: str, wanted: Month, new: Path, prepared: "Prepared") -> Job:
    title = prepared.notice_titles[code][language]
    return _exported("notice", f"notices/{code}.{language}", language, wanted, code, new, prepared, title)


def _exported(
    page: str, name: str, language: str, wanted: Month, area: str, new: Path, prepared: "Prepared", title: str
) -> Job:
    """The run of a notebook whose result becomes a page, every figure of which is compared with the facts."""

    def export(job: Job, executed: Any) -> None:  # noqa: ANN401 - a notebook of nbformat
        from hotich import facts
        from hotich.page import About, proof
        from hotich.page import page as exported

        other = next(each for each in LANGUAGES if each != language)
        file = Path(name).name
        about = About(
            language, title, f"{file}.html", f"{file.removesuffix(language)}{other}.html", prepared.synthetic,
            prepared.as_of[language], title, kind="notice" if page == "notice" else "report",
        )  # fmt: skip
        html = exported(executed, about)
        known = facts.read(new / places.MEASURES) if (new / places.MEASURES).is_file() else {}
        proof.page(html, job.name, language, known, prepared.names if page == "report" else None)
        target = _html(new, job.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(html, encoding="utf-8")

    parameters = {"month": str(wanted), "language": language, "area": area}
    return Job(name, places.NOTEBOOKS / f"{page}.ipynb", new / "notebooks" / f"{name}.ipynb", parameters, export)


def _outcome(
    wanted: Month, folder: Path, pages: tuple[str, ...], reused: int, prepared: "Prepared", began: float
) -> Outcome:
    return Outcome(
        str(wanted), str(folder), pages, reused,
        prepared.stopped, prepared.rows, prepared.rules, prepared.synthetic, prepared.headline, prepared.refusal,
        time.monotonic() - began,
    )  # fmt: skip
