"""Who has finished, since when, and which districts are over the office's threshold."""

from collections.abc import Iterator

from hotich.data import totals
from hotich.measures.facts import Fact
from hotich.measures.monthly_sums import Basis, SumsTable
from hotich.month import Month


def facts(basis: Basis) -> Iterator[Fact]:
    """Yield completed communes and offices of every whole in every month; each unit's own completion; the threshold."""
    for table in basis.tables:
        month = None if table is basis.now else table.month
        for code in basis.wholes:
            if code in table.areas:
                yield from _counted(table, code, month)
        yield from _over_threshold(basis, table, month)
    yield from _added(basis)
    for unit in basis.now.areas.units(basis.root):
        yield from _unit(basis, unit.code)
    for district in basis.districts:
        yield from _district(basis, district.code)


def _counted(table: SumsTable, code: str, month: Month | None) -> Iterator[Fact]:
    units = table.areas.units(code)
    for name, level in (("communes", "commune"), ("offices", "office")):
        of_level = [unit.code for unit in units if unit.level == level]
        done = sum(unit in table.completed for unit in of_level)
        yield Fact(code, "all", f"{name}_total", len(of_level), "areas", "computed", month)
        yield Fact(code, "all", f"{name}_completed", done, "areas", "computed", month)


def _added(basis: Basis) -> Iterator[Fact]:
    """Yield, for every month, the growth in complete communes among those that exist in it and in the month before."""
    for before, now in zip(basis.tables, basis.tables[1:], strict=False):
        same = totals.same_units(basis.data.all_areas, before.areas, now.areas)
        month = None if now is basis.now else now.month
        for code in basis.wholes:
            if code in now.areas:
                communes = {unit.code for unit in now.areas.communes(code)} & same
                added = len(communes & now.completed) - len(communes & before.completed)
                yield Fact(code, "all", "communes_completed_change", added, "areas", "computed", month)


def _over_threshold(basis: Basis, table: SumsTable, month: Month | None) -> Iterator[Fact]:
    districts = [area for area in table.areas.children(basis.root) if area.level != "commune"]
    pairs = [table.by_key.get((area.code, "all"), (0, 0)) for area in districts]
    count = sum(totals.over(digitised, required, basis.data.office.threshold) for required, digitised in pairs)
    yield Fact(basis.root, "all", "districts_total", len(districts), "areas", "computed", month)
    yield Fact(basis.root, "all", "districts_over_threshold", count, "areas", "computed", month)


def _unit(basis: Basis, code: str) -> Iterator[Fact]:
    done = code in basis.now.completed
    yield Fact(code, "all", "completed", int(done), "yes_no", "computed")
    if done:
        yield Fact(code, "all", "completed_since", _since(basis, frozenset([code])), "month", "computed")


def _district(basis: Basis, code: str) -> Iterator[Fact]:
    """Yield whether a district has finished: all its units have, its office among them."""
    units = frozenset(unit.code for unit in basis.now.areas.units(code))
    done = bool(units) and units <= basis.now.completed
    yield Fact(code, "all", "completed", int(done), "yes_no", "computed")
    if done:
        yield Fact(code, "all", "completed_since", _since(basis, units), "month", "computed")


def _since(basis: Basis, units: frozenset[str]) -> Month:
    first = basis.now.month
    for table in reversed(basis.tables):
        if not units <= table.completed:
            break
        first = table.month
    return first
