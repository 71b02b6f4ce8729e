"""What others have printed about the month, and by how much it differs from its own parts and from the counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from hotich.checks.findings import swapped
from hotich.checks.published_figures import Statement, against_parts, as_printed, comparable, completed_units
from hotich.data import published, totals
from hotich.data.published import Published
from hotich.measures.facts import Fact, cut
from hotich.measures.monthly_sums import Basis

_UNITS = {"required": "entries", "digitised": "entries", "percent": "percent", "percent_over": "percent"}


def facts(basis: Basis, computed: Mapping[str, Fact]) -> Iterator[Fact]:
    """Yield `published_X` as each source printed it, with what follows from it; see `Published.fact` for the names.

    `besides_X` is the computed X without the areas that the source means it besides (column `besides`).
    `difference_X` is printed minus that, else minus the computed X, where we compute X too, the source is about
    the day of the counts, and all of the area has reported; `parts_X` is what the parts printed with X give, and
    `parts_difference_X` is X minus that; `discrepancies` counts the printed figures for which either is not zero,
    `discrepancies_parts` those of them that their own parts contradict.
    """
    printings = published.printings(basis.data.folders, basis.now.month)
    found = [fact for items in printings for fact in _printing(basis, items, computed)]
    yield from found
    off = {_figure(fact) for fact in found if "difference_" in fact.measure and fact.value}
    origin = "synthetic" if basis.data.synthetic else "computed"
    parts = {_figure(fact) for fact in found if fact.measure.startswith("parts_difference_") and fact.value}
    yield Fact(basis.root, "all", "discrepancies", len(off), "figures", origin)
    yield Fact(basis.root, "all", "discrepancies_parts", len(parts), "figures", origin)


def _figure(difference: Fact) -> tuple[str, str, str]:
    return difference.area, difference.scope, difference.measure.rpartition("difference_")[2]


def _printing(basis: Basis, items: Sequence[Published], computed: Mapping[str, Fact]) -> Iterator[Fact]:
    """Yield the facts about all that one source printed."""
    for each in items:
        unit = _unit(each)
        value = Decimal(each.value) if unit == "percent" else each.value
        yield Fact(each.area, each.scope, each.fact("published"), value, unit, "published")
        ours = computed.get(f"{each.area}/{each.scope}/{each.measure}")
        same_day = each.as_of == basis.now.as_of
        if ours is not None and same_day and comparable(each, basis.now.areas, basis.now.reported):
            if each.besides:
                ours = replace(ours, measure=each.fact("besides"), value=_meant(basis, each, int(ours.number)))
                yield ours
            off = each.value - as_printed(Decimal(ours.number), each.value)
            yield _difference(each, "difference", off, ours.origin)
    by_line = {each.line: each for each in items}
    for statement in against_parts(basis.now.areas, items):
        yield from _against_parts(by_line[statement.line], statement)


def _meant(basis: Basis, each: Published, all_of_them: int) -> int:
    """Return the computed number of areas without those that the printed one is meant besides."""
    if each.measure != "districts_over_threshold":
        return completed_units(each, basis.now.areas, basis.now.completed)
    pairs = (basis.now.by_key.get((code, "all"), (0, 0)) for code in each.besides)
    return all_of_them - sum(totals.over(done, required, basis.data.office.threshold) for required, done in pairs)


def _unit(each: Published) -> str:
    return _UNITS.get(each.measure, "areas")


def _difference(each: Published, what: str, off: Decimal | int, origin: str) -> Fact:
    value = int(off) if isinstance(each.value, int) else off
    unit = "points" if _unit(each) == "percent" else _unit(each)
    return Fact(each.area, each.scope, each.fact(what), value, unit, origin)


def _against_parts(each: Published, statement: Statement) -> Iterator[Fact]:
    """Yield what its parts give and the difference; which digits were exchanged; the offices listed beside communes."""
    told = [(what, int(str(value))) for what, _, value in statement.evidence]
    parts: Decimal | int = int(str(statement.expected)) if isinstance(each.value, int) else _percent(dict(told))
    yield Fact(each.area, each.scope, each.fact("parts"), parts, _unit(each), "published")
    off = each.value - Decimal(str(statement.expected))
    yield _difference(each, "parts_difference", off, "published")
    if statement.kind == "list":
        offices = sum(value for what, value in told if what == "office")
        yield Fact(each.area, each.scope, each.fact("parts", "offices_completed"), offices, "areas", "published")
    elif pair := swapped(each.value, statement.expected):
        for name, digit in zip(("first", "second"), pair[1], strict=True):
            yield Fact(each.area, "all", each.fact(f"swapped_{name}"), int(digit), "digit", "published")
        yield Fact(each.area, "all", each.fact("swapped_nines"), abs(int(off)) // 9, "times", "published")


def _percent(counts: Mapping[str, int]) -> Decimal:
    return cut(totals.percent(counts["digitised"], counts["required"]))
