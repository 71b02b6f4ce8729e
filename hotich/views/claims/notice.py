"""When sentences of notices are true: `notice.toml`."""

from typing import Final

from hotich.measures import Measures
from hotich.measures.levels import SEEN
from hotich.views.claims.ground import Predicate, Said, least, names, number, numbers, plainly, ranked, words


def _entries(m: Measures, way: int) -> bool:
    added = number(m, "digitised_change")
    return added is not None and (added > 0) - (added < 0) == way


def _points(m: Measures, way: int) -> bool:
    change = number(m, "percent_change")
    return change is not None and (change > 0) - (change < 0) == way


def _rank(m: Measures, way: int) -> bool:
    """Return whether the receiver's rank rose (1), fell (-1) or stayed."""
    before, rank = m.find("rank", month=m.previous) if m.previous else None, number(m, "rank")
    return before is not None and rank is not None and (before.number > rank) - (before.number < rank) == way


def _more(m: Measures, way: int) -> bool:
    added = number(m, "communes_completed_change")
    return added is not None and (added > 0) - (added < 0) == way


def _finished(m: Measures) -> list[str]:
    return [area.code for area in m.communes() if number(m, "completed", area.code)]


def _some(m: Measures, said: Said) -> bool:
    done = _finished(m)
    named = all(any(name in words(said, "names") for name in _addressed(m, code)) for code in done)
    return 0 < len(done) < len(m.communes()) and named


def _addressed(m: Measures, code: str) -> set[str]:
    """Return every form in which papers name an area."""
    official = m.area(code).official(m.language)
    return names(m, [code]) | {plainly(official), plainly(official[0].lower() + official[1:])}


def _slowest(m: Measures, said: Said) -> bool:
    """Return whether the first commune named as furthest behind is one that no other lies below."""
    shares = numbers(m, "percent", ranked(m, m.communes()))
    return any(words(said, "items").startswith(name) for code in least(shares) for name in _addressed(m, code))


def _office(m: Measures, said: Said, *, done: bool) -> bool:
    offices = m.checked.data.areas.offices(m.root)
    known = [unit for unit in offices if plainly(unit.official(m.language)) == words(said, "office")]
    return any(bool(number(m, "completed", unit.code)) == done for unit in known)


def _left(m: Measures, *, silent: bool) -> bool:
    return number(m, "left") == 0 and bool(number(m, "units_missing")) == silent


def _own_missing(m: Measures, *, silent: bool) -> bool:
    """Return whether the receiver is the one unit that lacks counts: all of them (`silent`), or some."""
    return m.alone and number(m, "units_missing") == 1 and (number(m, "required") is None) == silent


CLAIMS: Final[dict[str, Predicate]] = {
    "notice.result.level_all": lambda m, _: number(m, "left") == 0,
    "notice.result.none": lambda m, _: number(m, "required") is None,
    "notice.changes.none": lambda m, _: number(m, "digitised_change") is None,
    "notice.changes.none_own": lambda m, _: m.alone and number(m, "digitised_change") is None,
    "notice.changes.anew": lambda m, _: number(m, "units_merged") == 0 and number(m, "digitised_change") is None,
    "notice.changes.merged": lambda m, _: (number(m, "units_merged") or 0) > 1,
    "notice.changes.first": lambda m, _: m.previous is None,
    "notice.changes.entries_more": lambda m, _: _entries(m, 1),
    "notice.changes.entries_fewer": lambda m, _: _entries(m, -1),
    "notice.changes.entries_none": lambda m, _: _entries(m, 0),
    "notice.changes.up": lambda m, _: _points(m, 1),
    "notice.changes.down": lambda m, _: _points(m, -1),
    "notice.changes.same": lambda m, _: -SEEN < (number(m, "percent_change") or 0) < SEEN,
    "notice.changes.rank_up": lambda m, _: _rank(m, 1),
    "notice.changes.rank_down": lambda m, _: _rank(m, -1),
    "notice.changes.rank_same": lambda m, _: _rank(m, 0),
    "notice.changes.completed_more": lambda m, _: _more(m, 1),
    "notice.changes.completed_fewer": lambda m, _: _more(m, -1),
    "notice.communes.some": _some,
    "notice.communes.many": lambda m, _: 0 < len(_finished(m)) < len(m.communes()),
    "notice.communes.all": lambda m, _: len(_finished(m)) == len(m.communes()),
    "notice.communes.none": lambda m, _: not _finished(m),
    "notice.communes.slowest": _slowest,
    "notice.communes.office_done": lambda m, said: _office(m, said, done=True),
    "notice.communes.office_open": lambda m, said: _office(m, said, done=False),
    "notice.remaining.done": lambda m, _: _left(m, silent=False),
    "notice.remaining.done_reported": lambda m, _: _left(m, silent=True),
    "notice.problems.missing_own": lambda m, _: _own_missing(m, silent=False),
    "notice.problems.silent_own": lambda m, _: _own_missing(m, silent=True),
    "notice.asked.missing_own": lambda m, _: m.alone and number(m, "units_missing") == 1,
    "notice.remaining.overdue": lambda m, _: m.as_of >= m.office.targets[-1].day and bool(number(m, "left")),
}
