"""The commands `report`, `notices` and `validate`: check months, run the notebooks, put each whole draft in place."""

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Final

from hotich import month
from hotich.data import counts
from hotich.errors import HotichError
from hotich.month import Month
from hotich.pipeline import fill, kernels, open_month, pages, standing, workers
from hotich.pipeline.kernels import limits
from hotich.pipeline.make_page import Elsewhere
from hotich.pipeline.notebooks import Tells
from hotich.pipeline.open_month import MonthResult
from hotich.pipeline.plan import Wanted
from hotich.storage import atomic, paths, temporary
from hotich.storage.paths import Folders

AT_ONCE: Final = 2
"""Months that are worked on at the same time: while one's notebooks run, the next is checked."""


@dataclass(frozen=True)
class Session:
    """Who works for a command: the process that checks months, and who makes pages if not this machine."""

    checking: Executor
    elsewhere: Elsewhere | None = None


def report(
    wanted: str,
    *,
    year: str,
    area: str,
    data: str,
    reports: str,
    force: bool,
    tell: Tells,
    elsewhere: Elsewhere | None = None,
) -> list[MonthResult]:
    """Make quality and report pages in both languages, with the annex, for a month or for all. Raises HotichError."""
    folders = paths.own(data, reports)
    months, make = months_of(wanted, year, folders), Wanted(pages.monthly())
    return made(months, make, folders, area=area, force=force, tell=tell, elsewhere=elsewhere)


def page(
    wanted: str, notebook: str, *, year: str, area: str, data: str, reports: str, force: bool, tell: Tells
) -> list[MonthResult]:
    """Make the page of a notebook, beside the pages that the month's draft has. Raises HotichError."""
    folders, made_of = paths.own(data, reports), pages.named(notebook)
    months = months_of(wanted, year, folders)
    there = {
        path.name.partition(".")[0]
        for each in months
        for path in folders.draft(each, _meant(each, Wanted(), area, folders)[0]).glob("*.html")
    }
    others = (each for each in pages.monthly() if each.name in there and each.name != made_of.name)
    return made(months, Wanted((*others, made_of)), folders, area=area, force=force, tell=tell)


def _meant(wanted: Month, make: Wanted, area: str, folders: Folders) -> tuple[str, Wanted]:
    """Return the area, and what is wanted, with the codes of areas that a user may have named otherwise."""
    if not area and not make.receiver:
        return area, make
    from hotich.data import find_area

    if area:
        area = find_area.of_report(area, wanted, folders)
    if make.receiver:
        make = replace(make, receiver=find_area.of_notice(make.receiver, wanted, folders))
        area = area or find_area.sender(make.receiver, wanted, folders)
    return area, make


def validate(wanted: str, *, year: str, data: str, reports: str, tell: Tells) -> list[MonthResult]:
    """Run the checks alone: make quality pages and `validation.json`. Raises HotichError."""
    folders = paths.own(data, reports)
    return made(months_of(wanted, year, folders), Wanted(pages.judging()), folders, force=True, tell=tell)


def notices(
    wanted: str,
    *,
    year: str,
    area: str,
    data: str,
    reports: str,
    force: bool,
    tell: Tells,
    elsewhere: Elsewhere | None = None,
) -> list[MonthResult]:
    """Make a notice for every area directly below the office's own, or for one. Raises HotichError."""
    folders = paths.own(data, reports)
    months, make = months_of(wanted, year, folders), Wanted((), True, area)
    return made(months, make, folders, force=force, tell=tell, elsewhere=elsewhere)


def whole(wanted: str, *, year: str, data: str, reports: str, force: bool, tell: Tells) -> list[MonthResult]:
    """Make pages, annex and notices: everything that a release holds, in one run. Raises HotichError."""
    folders = paths.own(data, reports)
    return made(months_of(wanted, year, folders), Wanted(pages.monthly(), True), folders, force=force, tell=tell)


def months_of(wanted: str, year: str, folders: Folders) -> list[Month]:
    """Return the month that a user means, or all that have counts. Raises HotichError for what is none."""
    available = counts.months(folders)
    return available if wanted == "all" and available else [month.resolve(wanted, available, year)]


def made(
    months: Sequence[Month],
    make: Wanted,
    folders: Folders,
    *,
    area: str = "",
    force: bool,
    tell: Tells,
    elsewhere: Elsewhere | None = None,
) -> list[MonthResult]:
    """Make what is wanted of each month. A month that fails stops no other. Raises HotichError when all are done."""
    for page in make.pages:
        pages.note_untagged(page)
    tell.expect(len(months) * (1 + make.papers))
    standing_ones = {} if force else _standing(months, make, folders, area, tell)
    results: list[MonthResult | HotichError] = list(standing_ones.values())
    if to_make := [each for each in months if each not in standing_ones]:
        with session(folders, len(to_make), elsewhere) as who:
            results += each(to_make, make, folders, who, area=area, force=force, tell=tell)
    results.sort(key=lambda result: result.month if isinstance(result, MonthResult) else "")
    fill.raise_all([result for result in results if isinstance(result, HotichError)])
    return [result for result in results if isinstance(result, MonthResult)]


def each(
    months: Sequence[Month], make: Wanted, folders: Folders, who: Session, *, area: str = "", force: bool, tell: Tells
) -> list[MonthResult | HotichError]:
    """Make what is wanted of each month, inside a session, and return what came of it."""

    def tried(wanted: Month) -> MonthResult | HotichError:
        try:
            with workers.named(str(wanted)):
                return _one(wanted, make, folders, who, area=area, force=force, tell=tell)
        except HotichError as error:
            return error

    with ThreadPoolExecutor(_at_once(len(months))) as pool:
        try:
            return list(pool.map(tried, months))
        except BaseException:  # Ctrl-C, or an error of the program: nobody waits for the other months any more
            pool.shutdown(wait=False, cancel_futures=True)
            kernels.stop()
            raise


def _at_once(months: int) -> int:
    """Return how many of these months are worked on at the same time. Raises CannotNow as `limits.most` does."""
    return max(1, min(AT_ONCE, months, limits.most()))


@contextmanager
def session(folders: Folders, months: int = 1, elsewhere: Elsewhere | None = None) -> Iterator[Session]:
    """Let kernels know where this office's data and reports are; give whoever checks. Nothing is left afterwards.

    Raises CannotNow where the system allows too few open files.
    """
    months = _at_once(months)  # where too few files may be open, nothing is begun
    known = {name: os.environ.get(name) for name in ("HOTICH_DATA", "HOTICH_REPORTS", "JUPYTER_PATH", "IPYTHONDIR")}
    os.environ |= {"HOTICH_DATA": str(folders.data), "HOTICH_REPORTS": str(folders.reports)}
    try:
        with temporary.folder(for_sockets=True) as home, kernels.running(home, months), workers.checking() as checking:
            yield Session(checking, elsewhere)
    finally:
        for name, value in known.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _one(
    wanted: Month, make: Wanted, folders: Folders, who: Session, *, area: str, force: bool, tell: Tells
) -> MonthResult:
    """Make what is wanted of a month. Raises HotichError."""
    began = time.monotonic()
    area, make = _meant(wanted, make, area, folders)
    target = folders.draft(wanted, area)
    with (
        atomic.locked(target),
        atomic.building(target) as new,
        open_month.opened(wanted, folders, who.checking, tell, who.elsewhere, force=force) as opened,
    ):
        result = opened.draft(area, make, new, tell, force=force)
    opened.forget(area, result)
    result = replace(result, seconds=time.monotonic() - began)
    with suppress(HotichError, OSError):  # the draft is in place; without its record the next run looks for itself
        if not result.rejected:
            standing.remember(wanted, area, make, folders, opened.steady.digest, result)
    return result


def _standing(
    months: Sequence[Month], make: Wanted, folders: Folders, area: str, tell: Tells
) -> dict[Month, MonthResult]:
    """Return the months of which nothing has changed, with what came of them. Their own runs tell of others."""
    found = {}
    for wanted in months:
        with suppress(HotichError, OSError):
            if stands := standing.found(wanted, *_meant(wanted, make, area, folders), folders, tell):
                found[wanted] = stands
    return found
