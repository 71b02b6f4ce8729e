"""How much of what should be reported was reported, and what the units say holds them up."""

from collections import Counter
from collections.abc import Collection, Iterator

from hotich.data import counts, difficulties
from hotich.measures.facts import Fact
from hotich.measures.monthly_sums import Basis, SumsTable
from hotich.month import Month


def facts(basis: Basis) -> Iterator[Fact]:
    """Yield units and cells by what came of them, in every whole and month; units by difficulty, now and before."""
    months = [basis.now] + ([basis.before] if basis.before else [])
    named = _named(months, basis)
    for code in basis.wholes:
        for table in basis.tables:
            if known := basis.about(table, code):
                yield from _coverage(known, code, basis.other(table))
        for table in (each for each in months if basis.same(each, basis.root)):
            for kind, units in named[table.month].items():
                count = len(units & table.units(code)) if code in table.areas else 0
                yield Fact(code, "all", f"difficulty_{kind}", count, "units", "computed", basis.other(table))
        for period in basis.periods:
            if basis.alike(period.now, code):
                compared, month = len(period.now.units(code) & period.units), basis.other(period.now)
                yield Fact(code, "all", "units_compared", compared, "units", "computed", month)
    for unit in basis.now.units(basis.root):
        if missing := basis.now.statuses[unit][counts.NOT_REPORTED]:
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
    cells = Counter[str]()
    for unit in units:
        cells.update(table.statuses[unit])
    yield Fact(code, "all", "cells_total", cells.total(), "cells", "computed")
    for measure, status in (
        ("cells_reported", counts.REPORTED),
        ("cells_not_reported", counts.NOT_REPORTED),
        ("cells_not_applicable", counts.NOT_APPLICABLE),
    ):
        yield Fact(code, "all", measure, cells[status], "cells", "computed")


def _named(months: Collection[SumsTable], basis: Basis) -> dict[Month, dict[str, frozenset[str]]]:
    """Return for each month the units of the root by the difficulties that they named."""
    known = {each.month: each.units(basis.root) if basis.root in each.areas else frozenset() for each in months}
    named: dict[Month, dict[str, set[str]]] = {month: {} for month in known}
    for each in difficulties.read(basis.data.folders, *known):
        if each.area in known[each.month]:
            named[each.month].setdefault(each.kind, set()).add(each.area)
    return {month: {kind: frozenset(units) for kind, units in sorted(of.items())} for month, of in named.items()}
