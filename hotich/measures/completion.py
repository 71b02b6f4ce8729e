"""Who has finished, since when, and which districts are over the office's threshold."""

from collections.abc import Iterator

from hotich.data import totals
from hotich.measures.facts import Fact
from hotich.measures.monthly_sums import Basis, SumsTable
from hotich.month import Month


def facts(basis: Basis) -> Iterator[Fact]:
    """Yield completed communes and offices of every whole in every month; each unit's own completion; the threshold."""
    for table in basis.tables:
        month = basis.other(table)
        for code in basis.wholes:
            if known := basis.about(table, code):
                yield from _counted(known, code, month)
            yield from _over_threshold(basis, table, code, month)
    yield from _added(basis)
    for unit in basis.now.areas.units(basis.root):
        yield from _unit(basis, unit.code)
    for code in basis.districts:
        yield from _district(basis, code)
    for code in basis.wholes:
        yield from _first(basis, code)


def _counted(table: SumsTable, code: str, month: Month | None) -> Iterator[Fact]:
    units = table.areas.units(code)
    for name, level in (("communes", "commune"), ("offices", "office")):
        of_level = [unit.code for unit in units if unit.level == level]
        done = sum(unit in table.completed for unit in of_level)
        yield Fact(code, "all", f"{name}_total", len(of_level), "areas", "computed", month)
        yield Fact(code, "all", f"{name}_completed", done, "areas", "computed", month)


def _added(basis: Basis) -> Iterator[Fact]:
    """Yield, for every month, the growth in complete communes among those that reported in full then and before."""
    for period in basis.periods:
        for code in basis.wholes:
            if basis.same(period.now, code):
                communes = {unit.code for unit in period.now.areas.communes(code)} & period.units
                added = len(communes & period.completed) - len(communes & period.completed_before)
                month = basis.other(period.now)
                yield Fact(code, "all", "communes_completed_change", added, "areas", "computed", month)


def _over_threshold(basis: Basis, table: SumsTable, code: str, month: Month | None) -> Iterator[Fact]:
    """Yield how many parts of a whole are over the threshold: areas above the communes, or communes of the root.

    Where they were other areas than today, it is how many of today's would have been, if all of them can be followed.
    """
    today = basis.parts[code]
    if not today or not basis.same(table, code):
        return
    below = basis.parts_in(table, code)
    if below != today:
        if any(basis.about(table, area.code) is None for area in today):
            return
        table, below = basis.of_units(table), today
    districts = [area for area in below if area.level != "commune"]
    known = [area.code for area in districts or below if table.covers(area.code)]
    pairs = [table.by_key.get((part, "all"), (0, 0)) for part in known]
    count = sum(totals.over(digitised, required, basis.data.office.threshold) for required, digitised in pairs)
    if districts:
        yield Fact(code, "all", "districts_total", len(districts), "areas", "computed", month)
    level = "districts" if districts else "communes"
    yield Fact(code, "all", f"{level}_over_threshold", count, "areas", "computed", month)


def _unit(basis: Basis, code: str) -> Iterator[Fact]:
    done = code in basis.now.completed
    yield Fact(code, "all", "completed", int(done), "yes_no", "computed")
    if done:
        yield from _since(basis, code)


def _district(basis: Basis, code: str) -> Iterator[Fact]:
    """Yield whether a district has finished: all its units have, its office among them."""
    units = basis.now.units(code)
    done = bool(units) and units <= basis.now.completed
    yield Fact(code, "all", "completed", int(done), "yes_no", "computed")
    if done:
        yield from _since(basis, code)


def _since(basis: Basis, code: str) -> Iterator[Fact]:
    """Yield the first month of the present unbroken completion, where the counts show it.

    They do where some unit of the area was reported incomplete in the month before. An area that was complete in the
    first month it has counts of, or that was silent just before, finished on a day that nobody can name.
    """
    units, first = basis.now.units(code), None
    for table in map(basis.of_units, reversed(basis.tables)):
        if units <= table.completed:
            first = table.month
        elif (units & table.reported) - table.completed:
            if first:
                yield Fact(code, "all", "completed_since", first, "month", "computed")
            return
        else:
            first = None


def _first(basis: Basis, code: str) -> Iterator[Fact]:
    """Yield when the first communes of an area finished and how many did, where that is known of all communes."""
    communes = {area.code for area in basis.now.areas.communes(code)}
    if not communes <= basis.now.reported:
        return
    done = sorted(communes & basis.now.completed)
    since = [fact.value for commune in done for fact in _since(basis, commune) if isinstance(fact.value, Month)]
    if since and len(since) == len(done):
        first = min(since)
        yield Fact(code, "all", "first_completed", first, "month", "computed")
        yield Fact(code, "all", "communes_first_completed", since.count(first), "areas", "computed")
