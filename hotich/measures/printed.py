"""What others have printed about the month, and by how much it differs from what the counts give."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from hotich import published
from hotich.facts import Fact
from hotich.measures.basis import Basis

_UNITS = {"required": "entries", "digitised": "entries", "percent": "percent", "percent_over": "percent"}


def facts(basis: Basis, computed: Mapping[str, Fact]) -> Iterator[Fact]:
    """`published_X` as printed and, where we compute X too, `difference_X` = printed minus computed."""
    for each in published.read(basis.data.places, basis.now.month):
        unit = _UNITS.get(each.measure, "areas")
        value = Decimal(each.value) if unit == "percent" else each.value
        yield Fact(each.area, each.scope, f"published_{each.measure}", value, unit, "published")
        ours = computed.get(f"{each.area}/{each.scope}/{each.measure}")
        if ours is not None:
            origin = ours.origin
            unit = "points" if unit == "percent" else unit
            yield Fact(each.area, each.scope, f"difference_{each.measure}", _difference(each.value, ours), unit, origin)


def _difference(printed: int | Decimal, ours: Fact) -> int | Decimal:
    """Printed minus computed, the computed figure rounded first to as many decimals as were printed."""
    if isinstance(printed, int) and isinstance(ours.number, int):
        return printed - ours.number
    exact = Decimal(printed)
    return exact - Decimal(ours.number).quantize(Decimal(1).scaleb(int(exact.as_tuple().exponent)), ROUND_HALF_UP)
