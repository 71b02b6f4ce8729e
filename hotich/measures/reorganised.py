"""What a change of areas since the month before leaves to compare: how many units and entries, and which not."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from hotich.measures.facts import Fact
from hotich.measures.monthly_sums import Basis, Period, SumsTable


def facts(basis: Basis) -> Iterator[Fact]:
    """Yield what can be followed and what cannot, where units merged, were divided, ended or began since last month.

    `…_followed` is what both months have of units that can be followed, `…_ended` what was reported of those that
    cannot, `…_anew` what is reported now by units that have no counts of before.
    """
    if not basis.periods:
        return
    period = basis.periods[-1]
    then, now = period.before.units(period.before.root), basis.now.units(basis.root)
    followed = {unit: parts for unit, parts in period.succession.parts.items() if unit in now}
    before = frozenset(part for parts in followed.values() for part in parts)
    if all(parts == {unit} for unit, parts in followed.items()) and then == now == before:
        return
    yield Fact(basis.root, "all", "changed_on", _day(period), "date", "computed")
    counts = {"before": then, "followed_before": before, "followed": followed, "ended": then - before}
    for name, units in (counts | {"anew": now - followed.keys()}).items():
        yield Fact(basis.root, "all", f"units_{name}", len(units), "units", "computed")
    for measure in ("required", "digitised"):
        for name, column in (("followed_before", f"{measure}_before"), ("followed", measure)):
            entries = int(period.sums[column].get((basis.root, "all"), 0))
            yield Fact(basis.root, "all", f"{measure}_{name}", entries, "entries", "computed")
    yield from _entries(basis, "ended", period.before, then - before)
    yield from _entries(basis, "anew", basis.now, now - followed.keys())
    for unit in sorted(now):
        merged = len(followed.get(unit, ()))
        if merged != 1:
            yield Fact(unit, "all", "units_merged", merged, "units", "computed")


def _entries(basis: Basis, name: str, table: SumsTable, units: Iterable[str]) -> Iterator[Fact]:
    known = [table.by_key.get((unit, "all"), (0, 0)) for unit in units]
    for measure, entries in (("required", sum(r for r, _ in known)), ("digitised", sum(d for _, d in known))):
        yield Fact(basis.root, "all", f"{measure}_{name}", entries, "entries", "computed")


def _day(period: Period) -> date:
    """Return the last day on which an area began or the day after one ended, between the two months."""
    then, now = period.before.areas, period.now.areas
    began = [area.valid_from for area in now.by_code.values() if area.valid_from > then.day]
    ends = (area.valid_to for area in then.by_code.values())
    return max([*began, *(end + timedelta(days=1) for end in ends if end and end < now.day)])
