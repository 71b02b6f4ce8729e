"""When sentences about pace, deadline and end are true: `report.toml` and `charts.toml`."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from hotich.measures import Measures
from hotich.measures.pace import ABOUT, YEAR
from hotich.views.claims.ground import Number, Predicate, Said, fact, number


def _before_target(m: Measures) -> bool:
    return m.as_of < m.office.targets[-1].day


def _ends_late(m: Measures) -> bool:
    """Return whether an end after the deadline is foreseen, or none at all of some unit."""
    finish = m.find("finish")
    return bool(number(m, "units_endless")) or (finish is not None and str(finish.value) > str(m.get("target").value))


def _late(m: Measures, *, endless: bool) -> bool:
    return _before_target(m) and _ends_late(m) and bool(number(m, "units_endless")) == endless


def _on_time(m: Measures) -> bool:
    return _before_target(m) and m.find("finish") is not None and not _ends_late(m)


def _overdue(m: Measures, *, endless: bool) -> bool:
    return not _before_target(m) and bool(number(m, "units_endless")) == endless


def _needs(low: Decimal | None, high: Decimal | None) -> Predicate:
    """Return whether the pace needed lies so in relation to the recent one."""

    def holds(m: Measures, _: Said) -> bool:
        ratio = number(m, "pace_ratio")
        return ratio is not None and (low is None or ratio >= low) and (high is None or ratio <= high)

    return holds


def _uneven(m: Measures, said: Said) -> bool:
    """Return whether the pace of the whole is enough and that of some unit is not."""
    return _ends_late(m) and _needs(None, Decimal(1))(m, said)


def _paces(m: Measures) -> tuple[Number, list[Number]]:
    """Return the pace of this period and those of the periods before it in which all units are compared."""
    found = [pace.number for month in m.months[1:] if m.compares(month) and (pace := m.find("pace", month=month))]
    return found[-1], found[:-1]


def _against_paces(holds: Callable[[Number, list[Number]], bool]) -> Predicate:
    return lambda m, _: holds(*_paces(m))


def _within(m: Measures, said: Said) -> bool:
    """Return whether the outlook lies in its own range, which is that of this area and day."""
    least, most = (number(m, f"percent_at_target_{name}") for name in ("least", "most"))
    foreseen = number(m, "percent_at_target")
    if least is None or most is None or foreseen is None:
        return False
    return (fact(said, "least").number, fact(said, "most").number) == (least, most) and least <= foreseen <= most


def _passed(m: Measures, said: Said) -> bool:
    return str(fact(said, "day").value) < str(m.as_of)


def _partial(m: Measures, _: Said) -> bool:
    return not m.covers()


def _done(m: Measures, *, reported: bool) -> bool:
    return number(m, "left") == 0 and bool(number(m, "units_missing")) == reported


def _reached(m: Measures, said: Said) -> bool:
    """Return whether so many of the last twelve periods were as fast as the rest of the time needs."""
    needed = m.get("pace_needed").number
    paces = [pace.number for month in m.months[1:][-YEAR:] if (pace := m.find("pace", month=month))]
    return fact(said, "count").number == sum(pace >= needed for pace in paces)


def _held(m: Measures, said: Said) -> bool:
    """Return whether the share lay in the range foreseen one month before in so many months, of so many."""
    lay = []
    for month in m.months:
        share, *bounds = (m.find(name, month=month) for name in ("percent", "outlook_1_least", "outlook_1_most"))
        if share and bounds[0] and bounds[1]:
            lay.append(bounds[0].number <= share.number <= bounds[1].number)
    return (fact(said, "held").number, fact(said, "made").number) == (sum(lay), len(lay))


def _sooner(m: Measures) -> bool:
    """Return whether joint work on what is left would end before the last unit alone does."""
    moved, finish = m.find("finish_moved"), m.find("finish")
    return moved is not None and (finish is None or str(moved.value) < str(finish.value))


CLAIMS: Final[dict[str, Predicate]] = {
    "charts.pace.never": lambda m, said: fact(said, "count").number == 0 and _reached(m, said),
    "charts.pace.reached": lambda m, said: fact(said, "count").number > 0 and _reached(m, said),
    "charts.progress.late": lambda m, _: _before_target(m) and _ends_late(m),
    "charts.progress.on_time": lambda m, _: _on_time(m),
    "charts.earlier.headline": _held,
    "report.outlook.record": _held,
    "report.outlook.moved": lambda m, _: _sooner(m),
    "report.outlook.late": lambda m, _: _late(m, endless=False),
    "report.outlook.late_one": lambda m, _: _late(m, endless=False),
    "report.outlook.late_small": lambda m, _: _late(m, endless=False),
    "report.outlook.late_small_one": lambda m, _: _late(m, endless=False),
    "report.outlook.late_endless": lambda m, _: _late(m, endless=True),
    "report.outlook.late_endless_one": lambda m, _: _late(m, endless=True),
    "report.outlook.late_small_endless": lambda m, _: _late(m, endless=True),
    "report.outlook.late_small_endless_one": lambda m, _: _late(m, endless=True),
    "report.outlook.on_time": lambda m, _: _on_time(m),
    "report.outlook.on_time_one": lambda m, _: _on_time(m),
    "report.outlook.overdue": lambda m, _: _overdue(m, endless=False),
    "report.outlook.overdue_one": lambda m, _: _overdue(m, endless=False),
    "report.outlook.overdue_endless": lambda m, _: _overdue(m, endless=True),
    "report.outlook.overdue_endless_one": lambda m, _: _overdue(m, endless=True),
    "report.outlook.few": lambda m, _: m.find("finish") is None and bool(number(m, "left")),
    "report.outlook.bounds": _within,
    "report.outlook.units_none": lambda m, _: number(m, "units_in_time") == 0,
    "report.districts.units_none": lambda m, _: number(m, "units_in_time") == 0,
    "report.points.enough": lambda m, _: _on_time(m),
    "report.points.needed_more": _needs(ABOUT[1], None),
    "report.points.needed_same": _needs(*ABOUT),
    "report.points.needed_less": _needs(None, ABOUT[0]),
    "report.points.uneven": _uneven,
    "report.points.stalled": lambda m, _: number(m, "pace_recent") == 0 and bool(number(m, "left")),
    "report.points.shrunk": lambda m, _: (number(m, "pace_recent") or 0) < 0,
    "report.key.needed_more": _needs(ABOUT[1], None),
    "report.key.needed_same": _needs(*ABOUT),
    "report.key.needed_less": _needs(None, ABOUT[0]),
    "report.points.pace_slowest": _against_paces(lambda now, before: now < min(before)),
    "report.points.pace_fastest": _against_paces(lambda now, before: now > max(before)),
    "report.points.pace_up": _against_paces(lambda now, before: now > before[-1]),
    "report.points.pace_down": _against_paces(lambda now, before: now < before[-1]),
    "report.progress.heading_more": _needs(ABOUT[1], None),
    "report.progress.heading_same": _needs(*ABOUT),
    "report.progress.heading_uneven": _uneven,
    "report.progress.heading_overdue": lambda m, _: not _before_target(m) and bool(number(m, "left")),
    "report.progress.heading_still": lambda m, _: (number(m, "pace_recent") or 0) <= 0 and bool(number(m, "left")),
    "report.progress.heading_done": lambda m, _: _done(m, reported=False),
    "report.progress.done": lambda m, _: _done(m, reported=False),
    "report.progress.done_reported": lambda m, _: _done(m, reported=True),
    "report.progress.first": lambda m, _: m.previous is None,
    "report.progress.no_pace": lambda m, _: m.previous is not None and m.find("pace_recent") is None,
    "report.progress.partial": _partial,
    "report.progress.aim_passed": _passed,
    "report.progress.aim_ahead": lambda m, said: not _passed(m, said),
}
