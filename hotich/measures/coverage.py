"""How much of what should be reported was reported, and what the units say holds them up."""

from collections import Counter
from collections.abc import Iterator

from hotich.data import counts, difficulties
from hotich.data.difficulties import Difficulty
from hotich.measures.facts import Fact
from hotich.measures.monthly_sums import Basis


def facts(basis: Basis) -> Iterator[Fact]:
    """Yield units and cells by status for every whole, and the number of units that named each difficulty."""
    statuses: Counter[tuple[str, str]] = Counter()
    for row in basis.data.counts.rows:
        statuses[row["area"], row["status"]] += 1
    reported = difficulties.read(basis.data.folders, basis.now.month)
    for code in basis.wholes:
        yield from _coverage(basis, code, statuses)
        for kind, named in sorted(_named(basis, code, reported).items()):
            yield Fact(code, "all", f"difficulty_{kind}", len(named), "units", "computed")
    for unit in basis.now.areas.units(basis.root):
        if missing := statuses[unit.code, counts.NOT_REPORTED]:
            yield Fact(unit.code, "all", "cells_not_reported", missing, "cells", "computed")


def _coverage(basis: Basis, code: str, statuses: Counter[tuple[str, str]]) -> Iterator[Fact]:
    units = [unit.code for unit in basis.now.areas.units(code)]
    sent = sum(statuses[u, counts.REPORTED] > 0 and not statuses[u, counts.NOT_REPORTED] for u in units)
    yield Fact(code, "all", "units_expected", len(units), "units", "computed")
    yield Fact(code, "all", "units_reported", sent, "units", "computed")
    yield Fact(code, "all", "units_missing", len(units) - sent, "units", "computed")
    every = sum(n for (unit, _), n in statuses.items() if unit in set(units))
    yield Fact(code, "all", "cells_total", every, "cells", "computed")
    for measure, status in (
        ("cells_reported", counts.REPORTED),
        ("cells_not_reported", counts.NOT_REPORTED),
        ("cells_not_applicable", counts.NOT_APPLICABLE),
    ):
        cells = sum(statuses[unit, status] for unit in units)
        yield Fact(code, "all", measure, cells, "cells", "computed")


def _named(basis: Basis, code: str, reported: tuple[Difficulty, ...]) -> dict[str, set[str]]:
    """Return units of an area by the difficulties they named."""
    known = {unit.code for unit in basis.now.areas.units(code)}
    named: dict[str, set[str]] = {}
    for each in reported:
        if each.area in known:
            named.setdefault(each.kind, set()).add(each.area)
    return named
