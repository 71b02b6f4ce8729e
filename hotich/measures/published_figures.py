"""What others have printed about the month, and by how much it differs from its own parts and from the counts."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hotich.checks.findings import swapped
from hotich.data import published, totals
from hotich.data.published import Published
from hotich.data.registers import GROUPS
from hotich.measures.facts import Fact, cut
from hotich.measures.monthly_sums import Basis

_UNITS = {"required": "entries", "digitised": "entries", "percent": "percent", "percent_over": "percent"}
Printed = Mapping[tuple[str, str, str], Published]


def facts(basis: Basis, computed: Mapping[str, Fact]) -> Iterator[Fact]:
    """`published_X` as printed, with what follows from it.

    `difference_X` is printed minus computed, where we compute X too; `parts_X` is what the parts printed with X give,
    and `parts_difference_X` is X minus that; `discrepancies` counts the printed figures for which either is not zero.
    """
    items = published.read(basis.data.folders, basis.now.month)
    found: list[Fact] = []
    for each in items:
        found += _against_counts(each, computed)
    by_name = {(each.area, each.scope, each.measure): each for each in items}
    for each in items:
        found += [*_sum(each, by_name), *_percentage(each, by_name), *_list(basis, each, items)]
    yield from found
    off = {_figure(fact) for fact in found if "difference_" in fact.measure and fact.value}
    origin = "synthetic" if basis.data.synthetic else "computed"
    yield Fact(basis.root, "all", "discrepancies", len(off), "figures", origin)


def _figure(difference: Fact) -> tuple[str, str, str]:
    return difference.area, difference.scope, difference.measure.rpartition("difference_")[2]


def _against_counts(each: Published, computed: Mapping[str, Fact]) -> Iterator[Fact]:
    unit = _UNITS.get(each.measure, "areas")
    value = Decimal(each.value) if unit == "percent" else each.value
    yield Fact(each.area, each.scope, f"published_{each.measure}", value, unit, "published")
    ours = computed.get(f"{each.area}/{each.scope}/{each.measure}")
    if ours is not None:
        unit = "points" if unit == "percent" else unit
        difference = _difference(each.value, Decimal(ours.number))
        yield Fact(each.area, each.scope, f"difference_{each.measure}", difference, unit, ours.origin)


def _difference(printed: int | Decimal, ours: Decimal) -> int | Decimal:
    """Printed minus ours, which is rounded first to as many decimals as were printed."""
    exact = Decimal(printed)
    off = exact - ours.quantize(Decimal(1).scaleb(int(exact.as_tuple().exponent)), ROUND_HALF_UP)
    return int(off) if isinstance(printed, int) else off


def _sum(each: Published, by_name: Printed) -> Iterator[Fact]:
    """A whole against the sum of its groups; where two neighbouring digits were exchanged, which."""
    parts = [by_name.get((each.area, group, each.measure)) for group in GROUPS]
    if each.scope != "all" or each.measure not in ("required", "digitised") or None in parts:
        return
    whole = sum(int(part.value) for part in parts if part)
    yield from _parts(each, whole, int(each.value) - whole, "entries")
    if pair := swapped(each.value, whole):
        for name, digit in zip(("first", "second"), pair[1], strict=True):
            yield Fact(each.area, "all", f"swapped_{name}_{each.measure}", int(digit), "digit", "published")
        nines = abs(int(each.value) - whole) // 9
        yield Fact(each.area, "all", f"swapped_nines_{each.measure}", nines, "times", "published")


def _parts(each: Published, parts: int | Decimal, off: int | Decimal, unit: str) -> Iterator[Fact]:
    apart = "points" if unit == "percent" else unit
    yield Fact(each.area, each.scope, f"parts_{each.measure}", parts, unit, "published")
    yield Fact(each.area, each.scope, f"parts_difference_{each.measure}", off, apart, "published")


def _percentage(each: Published, by_name: Printed) -> Iterator[Fact]:
    """A percentage against the two counts printed with it."""
    required, digitised = (by_name.get((each.area, each.scope, name)) for name in ("required", "digitised"))
    if each.measure == "percent" and required and digitised and int(required.value):
        ours: Fraction = totals.percent(int(digitised.value), int(required.value))
        yield from _parts(each, cut(ours), _difference(Decimal(each.value), cut(ours)), "percent")


def _list(basis: Basis, each: Published, items: Iterable[Published]) -> Iterator[Fact]:
    """A number of completed communes against the list by district, and the offices named beside it."""
    below = {area.code for area in basis.now.areas.children(each.area)} if each.area in basis.now.areas else set()
    listed = [other for other in items if other.measure == "communes_completed" and other.area in below]
    if each.measure != "communes_completed" or not listed:
        return
    total = sum(int(other.value) for other in listed)
    yield from _parts(each, total, int(each.value) - total, "areas")
    offices = sum(int(other.value) for other in items if other.measure == "offices_completed" and other.area in below)
    yield Fact(each.area, each.scope, "parts_offices_completed", offices, "areas", "published")
