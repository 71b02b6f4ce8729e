"""`AREAS=`: what is wanted of many areas of one month, which is checked and computed once for all of them.

Each area's draft is put in place by itself when it is whole. What fails, or is rejected, costs no other.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from hotich.data import find_area, office
from hotich.data.areas import Area
from hotich.errors import ExitCode, HotichError
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.pipeline import build, kernels, open_month, pages, tasks, workers
from hotich.pipeline.build import Session
from hotich.pipeline.make_page import Elsewhere
from hotich.pipeline.notebooks import Tells
from hotich.pipeline.open_month import MonthResult, OpenMonth
from hotich.pipeline.plan import Wanted
from hotich.storage import paths
from hotich.storage.paths import Folders

AT_ONCE: Final = 2
"""Areas that are worked on at the same time: while one's last pages are made, the next is begun."""
_PAGES: Final = 6
"""Pages that an area has at least."""
MADE, KEPT, REJECTED, FAILED = "made", "kept", "rejected", "failed"


@dataclass(frozen=True)
class AreaResult:
    """What came of one area: its `pages`, so many of them `made` now.

    `status` is MADE, KEPT where all of them were there, REJECTED for its counts, or FAILED, both with a `reason`.
    `dropped` are the pages and papers that its draft had and has no more, for what they rest on has changed.
    """

    area: str
    name: dict[str, str]
    status: str
    exit_code: ExitCode
    folder: str
    pages: int
    made: int
    reason: dict[str, str]
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True)
class AreasResult:
    """What a command did for the areas of one month; `folder` holds the drafts, each in a folder of its area's code."""

    month: str
    folder: str
    areas: tuple[AreaResult, ...]
    index: tuple[str, ...]

    @property
    def exit_code(self) -> ExitCode:
        """The worst of what came of the areas."""
        return max((each.exit_code for each in self.areas), default=ExitCode.DONE)

    def having(self, status: str) -> tuple[AreaResult, ...]:
        """Return the areas of which that came."""
        return tuple(each for each in self.areas if each.status == status)

    def record(self) -> dict[str, Any]:
        """Return it as JSON values."""
        areas = [{**vars(each), "exit_code": int(each.exit_code)} for each in self.areas]
        return {"month": self.month, "folder": self.folder, "areas": areas, "index": list(self.index)}


def report(
    wanted: str,
    areas: str,
    *,
    year: str,
    data: str,
    reports: str,
    force: bool,
    tell: Tells,
    elsewhere: Elsewhere | None = None,
) -> list[AreasResult]:
    """Make the reports of these areas, for a month or for all. Raises HotichError for what concerns all of them."""
    folders = paths.own(data, reports)
    months, make = build.months_of(wanted, year, folders), Wanted(pages.monthly())
    return _made(months, areas, make, folders, force, tell, elsewhere)


def notices(
    wanted: str,
    areas: str,
    *,
    year: str,
    data: str,
    reports: str,
    force: bool,
    tell: Tells,
    elsewhere: Elsewhere | None = None,
) -> list[AreasResult]:
    """Make the notices to the areas below each of these. Raises HotichError for what concerns all of them."""
    folders = paths.own(data, reports)
    months, make = build.months_of(wanted, year, folders), Wanted((), True)
    return _made(months, areas, make, folders, force, tell, elsewhere)


def _made(
    months: Sequence[Month],
    areas: str,
    make: Wanted,
    folders: Folders,
    force: bool,
    tell: Tells,
    elsewhere: Elsewhere | None,
) -> list[AreasResult]:
    chosen = [find_area.several(areas, month, folders, with_receivers=make.notices) for month in months]
    tell.expect(sum(1 + len(each) * max(make.papers, 1) for each in chosen))
    with build.session(folders, AT_ONCE, elsewhere) as session:
        return [
            _month(month, each, make, folders, session, force, tell) for month, each in zip(months, chosen, strict=True)
        ]


def _month(
    month: Month, chosen: Sequence[Area], make: Wanted, folders: Folders, session: Session, force: bool, tell: Tells
) -> AreasResult:
    with (
        workers.named(str(month)),
        open_month.opened(month, folders, session.checking, tell, session.elsewhere, force=force) as opened,
        ThreadPoolExecutor(_at_once(session)) as pool,
    ):
        try:
            results = list(pool.map(lambda area: _area(opened, area, make, tell, force=force), chosen))
        except BaseException:  # Ctrl-C, or an error of the program: nobody waits for the other areas any more
            pool.shutdown(wait=False, cancel_futures=True)
            kernels.stop()
            raise
        index = opened.month_workers.submit(tasks.write_areas, month, folders).result()
    return AreasResult(str(month), str(folders.areas(month)), tuple(results), index)


def _at_once(session: Session) -> int:
    """Return how many areas to work on at a time: on a large cluster as many as keep its workers busy."""
    return max(AT_ONCE, session.elsewhere.at_once // _PAGES if session.elsewhere else 0)


def _area(opened: OpenMonth, area: Area, make: Wanted, tell: Tells, *, force: bool) -> AreaResult:
    """Make what is wanted of an area, and put it in place; a failure is its result."""
    shown = _OfArea(area.code, tell)
    code = "" if area.code == office.read(opened.folders.data).root else area.code
    try:
        with workers.named(area.code):
            result = opened.put_in_place(code, make, shown, force=force)
    except HotichError as error:
        reason = {language: error.message(language) for language in LANGUAGES}
        folder = opened.folders.draft(opened.month, code)
        return AreaResult(area.code, _name(area), FAILED, error.exit_code, str(folder), 0, 0, reason)
    return _told(area, result)


def _told(area: Area, result: MonthResult) -> AreaResult:
    status = REJECTED if result.rejected else MADE if result.made else KEPT
    of_it = area.code, _name(area), status, result.exit_code, result.folder, len(result.pages), result.made
    return AreaResult(*of_it, result.refusal, result.dropped)


def _name(area: Area) -> dict[str, str]:
    return {language: area.name(language) for language in LANGUAGES}


@dataclass(frozen=True)
class _OfArea:
    """Steps of one area as they are shown among those of others: with its code."""

    code: str
    tell: Tells

    def expect(self, steps: int) -> None:
        """Announce so many steps more."""
        self.tell.expect(steps)

    def started(self, name: str) -> None:
        """Take note that a step has begun."""
        self.tell.started(f"{self.code}/{name}")

    def finished(self, name: str) -> None:
        """Take note that a step has ended."""
        self.tell.finished(f"{self.code}/{name}")
