"""Where the work of each area leads by the recent pace of every unit, and what earlier outlooks said."""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from math import ceil

from hotich.measures import pace
from hotich.measures.facts import Fact, cut
from hotich.measures.monthly_sums import MINIMUM_BASE, Basis, SumsTable
from hotich.measures.recent_pace import HORIZON, LEAST_PERIODS, Outlook, Unit

EXACT = 1_000
"""Fewer entries than this are stated as they are, more to the nearest hundred."""
AHEAD = (1, 2, 3, 6)
"""Months ahead at which earlier outlooks are held against what came."""


def facts(basis: Basis) -> Iterator[Fact]:
    """Yield what lies ahead of the root and of each district, where there are periods enough to say so."""
    every = Outlook([table.as_of for table in basis.tables], _units(basis))
    for code in basis.wholes:
        outlook = every.within([unit.code for unit in basis.now.areas.units(code)])
        speaking = [at for at, table in enumerate(basis.tables) if _speaks(basis, code, table)]
        if len(basis.tables) - 1 in speaking and outlook.open_units(len(basis.tables) - 1):
            yield from _ahead(basis, code, outlook)
        said = [fact for since in speaking for fact in _said(basis, code, outlook, since)]
        yield from (*said, *_held(basis, code, said))


def _speaks(basis: Basis, code: str, table: SumsTable) -> bool:
    """Return whether there is an outlook on an area in a month: enough of it is known, of periods enough."""
    compared = [each for each in basis.periods if each.now.month <= table.month and basis.alike(each.now, code)]
    covered = [each for each in compared if each.covers(code)]
    return len(covered) >= LEAST_PERIODS and covered[-1].now is table and table.covers(code)


def _units(basis: Basis) -> dict[str, Unit]:
    """Return each unit of the reported month with its counts of all months."""
    known = [(then.by_key, then.reported) for then in map(basis.of_units, basis.tables)]
    return {
        unit: Unit(
            part,
            tuple(sums.get((unit, "all"), (0, 0)) if unit in reported else None for sums, reported in known),
            basis.now.by_key.get((unit, "all")),
        )
        for unit, part in {unit: code for code in basis.wholes for unit in basis.now.units(code)}.items()
    }


def _ahead(basis: Basis, code: str, outlook: Outlook) -> Iterator[Fact]:
    """Yield how many units have work left, when it ends, and what is done on the last target's day."""
    at, days_left = len(basis.tables) - 1, (basis.data.office.targets[-1].day - basis.now.as_of).days
    still = outlook.open_units(at)
    counts = {"units_open": len(still), "units_endless": sum(each.days is None for each in still)}
    counts["units_borrowed"] = sum(each.borrowed for each in still)
    if days_left > 0:
        counts["units_in_time"] = sum(each.days is not None and each.days <= days_left for each in still)
        counts["units_late"] = len(still) - counts["units_in_time"]
    for measure, count in counts.items():
        yield Fact(code, "all", measure, count, "units", "computed")
    for measure, days in _ends(basis, code, outlook, at):
        if days is not None and days <= HORIZON:
            yield Fact(code, "all", measure, basis.now.as_of + timedelta(days=days), "date", "computed")
    if days_left > 0:
        yield from _at_target(basis, code, outlook, days_left)


def _ends(basis: Basis, code: str, outlook: Outlook, at: int) -> Iterator[tuple[str, int | None]]:
    """Yield the days until the last unit is done, until nine tenths of the rest are, and until all is by joint work."""
    yield "finish", outlook.days_to_end(at)
    yield "finish_most", outlook.days_to_most(at)
    required, digitised = basis.now.by_key[code, "all"]
    recent = pace.recent(basis, code)
    yield "finish_moved", ceil((required - digitised) / recent) if recent else None


def _at_target(basis: Basis, code: str, outlook: Outlook, days_left: int) -> Iterator[Fact]:
    at, (required, digitised) = len(basis.tables) - 1, basis.now.by_key[code, "all"]
    if required < MINIMUM_BASE:
        return
    gain = outlook.gain(at, days_left)
    for name, more in {"": gain, **_named(outlook.bounds(at, days_left))}.items():
        share = cut(Fraction((digitised + more) * 100, required))
        yield Fact(code, "all", f"percent_at_target{name}", share, "percent", "computed")
    short = required - digitised - gain
    about = short if short < EXACT else (short + 50) // 100 * 100
    yield Fact(code, "all", "short_at_target", about, "entries", "computed")


def _named(bounds: tuple[int, int] | None) -> dict[str, int]:
    return {"_least": bounds[0], "_most": bounds[1]} if bounds else {}


def _said(basis: Basis, code: str, outlook: Outlook, since: int) -> Iterator[Fact]:
    """Yield what the outlook of a month said of later months that have come, and the range it gave."""
    required, digitised = basis.tables[since].by_key.get((code, "all"), (0, 0))
    if required < MINIMUM_BASE or required == digitised:
        return
    for ahead in AHEAD:
        if since + ahead >= len(basis.tables):
            return
        table = basis.tables[since + ahead]
        days = (table.as_of - basis.tables[since].as_of).days
        for name, gain in {"": outlook.gain(since, days), **_named(outlook.bounds(since, days))}.items():
            share = cut(Fraction((digitised + gain) * 100, required))
            yield Fact(code, "all", f"outlook_{ahead}{name}", share, "percent", "computed", basis.other(table))


def _held(basis: Basis, code: str, said: list[Fact]) -> Iterator[Fact]:
    """Yield in how many months the share lay in the range that was said so long before, and in how many one was."""
    shares = {
        basis.other(table): table.by_key.get((code, "all"), (0, 0))
        for table in basis.tables
        if basis.same(table, code) and table.covers(code)
    }
    for ahead in AHEAD:
        names = (f"outlook_{ahead}_least", f"outlook_{ahead}_most")
        least, most = ({each.month: each.number for each in said if each.measure == name} for name in names)
        came = {month: cut(Fraction(100 * shares[month][1], shares[month][0])) for month in least if month in shares}
        if came:
            held = sum(least[month] <= share <= most[month] for month, share in came.items())
            yield Fact(code, "all", f"outlook_{ahead}_held", held, "times", "computed")
            yield Fact(code, "all", f"outlook_{ahead}_made", len(came), "times", "computed")
