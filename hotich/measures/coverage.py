"""How much of what should be reported was reported, and what the units say holds them up."""

from collections.abc import Iterator

from hotich.data import counts, difficulties
from hotich.data.difficulties import Difficulty
from hotich.measures.facts import Fact
from hotich.measures.monthly_sums import Basis, SumsTable
from hotich.month import Month


def facts(basis: Basis) -> Iterator[Fact]:
    """Yield units and cells by what came of them, in every whole and month; units by difficulty, now and before."""
    months = [basis.now] + ([basis.before] if basis.before else [])
    reported = {table.month: difficulties.read(basis.data.folders, table.month) for table in months}
    for code in basis.wholes:
        for table in basis.tables:
            if known := basis.about(table, code):
                yield from _coverage(known, code, basis.other(table))
        for table in (each for each in months if basis.same(each, basis.root)):
            named = _named(table, code, reported[table.month])
            for kind in sorted(_named(table, basis.root, reported[table.month])):
                units = len(named.get(kind, ()))
                yield Fact(code, "all", f"difficulty_{kind}", units, "units", "computed", basis.other(table))
        for period in basis.periods:
            if basis.alike(period.now, code):
                compared, month = len(period.now.units(code) & period.units), basis.other(period.now)
                yield Fact(code, "all", "units_compared", compared, "units", "computed", month)
    for unit in basis.now.units(basis.root):
        if missing := basis.now.statuses[unit, counts.NOT_REPORTED]:
            yield Fact(unit, "all", "cells_not_reported", missing, "cells", "computed")


def _coverage(table: SumsTable, code: str, month: Month | None) -> Iterator[Fact]:
    units = table.units(code)
    sent = len(units & table.reported)
    yield Fact(code, "all", "units_expected", len(units), "units", "computed", month)
    yield Fact(code, "all", "units_reported", sent, "units", "computed", month)
    yield Fact(code, "all", "units_missing", len(units) - sent, "units", "computed", month)
    if month is None:
        yield from _cells(table, code, units)


def _cells(table: SumsTable, code: str, units: frozenset[str]) -> Iterator[Fact]:
    every = sum(n for (unit, _), n in table.statuses.items() if unit in units)
    yield Fact(code, "all", "cells_total", every, "cells", "computed")
    for measure, status in (
        ("cells_reported", counts.REPORTED),
        ("cells_not_reported", counts.NOT_REPORTED),
        ("cells_not_applicable", counts.NOT_APPLICABLE),
    ):
        cells = sum(table.statuses[unit, status] for unit in units)
        yield Fact(code, "all", measure, cells, "cells", "computed")


def _named(table: SumsTable, code: str, reported: tuple[Difficulty, ...]) -> dict[str, set[str]]:
    """Return units of an area by the difficulties they named."""
    known = table.units(code) if code in table.areas else frozenset()
    named: dict[str, set[str]] = {}
    for each in reported:
        if each.area in known:
            named.setdefault(each.kind, set()).add(each.area)
    return named
