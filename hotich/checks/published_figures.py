"""What others have printed about the month, statement by statement: each with what it should be, and why.

Figures are compared only with figures of the same source and day, and with the counts only when these are of that day
too: a paper that wrote a week earlier is not wrong because the communes went on working. Nor is it wrong because units
of an area have not reported: counts contradict only what was printed about areas that reported in full.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

import pandas as pd

from hotich import formats
from hotich.data import published, totals
from hotich.data.areas import Area, AreasOn
from hotich.data.dataset import Dataset
from hotich.data.published import Published
from hotich.data.registers import GROUPS

Evidence = tuple[tuple[str, str, object], ...]
"""What a finding rests on: (what it is, the area or scope it is about, value)."""
Kind = Literal[
    "sum_required",
    "sum_digitised",
    "percent",
    "bounds",
    "list",
    "threshold",
    "computed",
    "computed_units",
    "month_before",
    "same_day",
]
"""What a printed figure can be tested against."""
_UNITS: Final = {"communes_completed": "commune", "offices_completed": "office"}


@dataclass(frozen=True)
class Statement:
    """A printed figure and what it should be. `kind` says what it is tested against: see Kind."""

    kind: str
    area: str
    scope: str
    measure: str
    printed: object
    expected: object
    evidence: Evidence
    source: str
    line: int


@dataclass(frozen=True)
class _Reckoned:
    """What the counts give: (required, digitised) by area and scope, and the completed units."""

    data: Dataset
    sums: Mapping[tuple[str, str], tuple[int, int]]
    reported: frozenset[str]
    completed: frozenset[str]

    def within(self, code: str) -> bool:
        """Return whether the area lies below the office's root, on the day of the counts."""
        return code in self.data.areas and self.data.areas.within(code, self.data.root)

    def contradicts(self, each: Published) -> bool:
        """Return whether the counts can show that a printed figure is wrong."""
        return self.within(each.area) and comparable(each, self.data.areas, self.reported)

    def districts(self, code: str) -> list[Area]:
        """Return the areas directly below that are not communes."""
        return [area for area in self.data.areas.children(code) if area.level != "commune"]

    def percent(self, code: str, scope: str = "all") -> Decimal | None:
        """Return digitised of required, unrounded; None where nothing is required."""
        required, digitised = self.sums.get((code, scope), (0, 0))
        return Decimal(digitised) * 100 / Decimal(required) if required else None


def as_expected(table: pd.DataFrame, kind: Kind) -> pd.Series:
    """Return for each printed figure of one kind whether it is not what it should be."""
    rows = table[table["kind"] == kind]
    return rows["printed"] != rows["expected"]


def table(data: Dataset) -> pd.DataFrame:
    """Return every printed statement that can be tested, as a row."""
    reckoned = _reckoned(data)
    printings = published.printings(data.folders, data.month)
    found = [each for items in printings for each in _statements(reckoned, items)]
    rows = [asdict(each) | {"evidence": each.evidence} for each in found]
    return pd.DataFrame(rows, columns=[field.name for field in fields(Statement)], dtype="object")


def _reckoned(data: Dataset) -> _Reckoned:
    root = data.root
    if root not in data.areas:
        return _Reckoned(data, {}, frozenset(), frozenset())
    numbers = totals.numbers(data.counts)
    sums = totals.summed(numbers, data.areas, root, data.registers)
    pairs = zip(sums.index, sums["required"], sums["digitised"], strict=True)
    by_key = {(str(key[0]), str(key[1])): (int(required), int(digitised)) for key, required, digitised in pairs}
    completed = totals.completed(numbers, data.areas, root, data.registers)
    return _Reckoned(data, by_key, totals.reported_in_full(data.counts), completed)


def comparable(each: Published, areas: AreasOn, reported: frozenset[str]) -> bool:
    """Return whether a figure is about the number of areas, or about an area of which every unit has reported."""
    return each.measure.endswith("_total") or {unit.code for unit in areas.units(each.area)} <= reported


def _statements(reckoned: _Reckoned, items: Sequence[Published]) -> Iterator[Statement]:
    parts = list(against_parts(reckoned.data.areas, items))
    yield from parts
    yield from _bounds(items)
    yield from _since_last_month(reckoned.data, items)
    day, counted = items[0].as_of, reckoned.data.counts.delivery.as_of
    yield _statement("same_day", items[0], counted, printed=day)
    if day == counted:
        tested = {(each.area, each.scope, each.measure) for each in parts if each.kind != "percent"}
        yield from _threshold(reckoned, items)
        yield from _computed(reckoned, [i for i in items if (i.area, i.scope, i.measure) not in tested])


def _statement(
    kind: str, item: Published, expected: object, *evidence: tuple[str, str, object], printed: object = None
) -> Statement:
    value = item.value if printed is None else printed
    return Statement(
        kind, item.area, item.scope, item.measure, value, expected, tuple(evidence), item.source, item.line
    )


def _value(items: Sequence[Published], area: str, scope: str, measure: str) -> int | Decimal | None:
    return next((i.value for i in items if (i.area, i.scope, i.measure) == (area, scope, measure)), None)


def against_parts(areas: AreasOn, items: Sequence[Published]) -> Iterator[Statement]:
    """Yield each figure of one source beside what the figures printed with it give: sum, list or percentage."""
    yield from _part_sums(items)
    yield from _lists(areas, items)
    yield from _percentages(items)


def _part_sums(items: Sequence[Published]) -> Iterator[Statement]:
    """Yield each whole beside the sum of the two groups printed with it."""
    for each in items:
        if each.scope == "all" and each.measure in ("required", "digitised"):
            parts = {group: _value(items, each.area, group, each.measure) for group in GROUPS}
            known = [("part", group, int(value)) for group, value in parts.items() if value is not None]
            if len(known) == len(GROUPS):
                yield _statement(f"sum_{each.measure}", each, sum(part[2] for part in known), *known)


def _lists(areas: AreasOn, items: Sequence[Published]) -> Iterator[Statement]:
    """Yield each printed number of completed communes beside the printed numbers of the areas below."""
    for each in (item for item in items if item.measure == "communes_completed"):
        below = [i for i in items if i.area in areas and areas[i.area].parent == each.area]
        below = [i for i in below if i.area not in each.besides]
        listed = [("listed", i.area, int(i.value)) for i in below if i.measure == each.measure]
        offices = [("office", i.area, int(i.value)) for i in below if i.measure == "offices_completed"]
        if listed:
            yield _statement("list", each, sum(part[2] for part in listed), *listed, *offices)


def _percentages(items: Sequence[Published]) -> Iterator[Statement]:
    """Yield each printed percentage beside that of the two counts printed with it."""
    for each in (item for item in items if item.measure == "percent"):
        required = _value(items, each.area, each.scope, "required")
        digitised = _value(items, each.area, each.scope, "digitised")
        if required and digitised is not None:
            exact = Decimal(digitised) * 100 / Decimal(required)
            evidence = (("digitised", each.area, int(digitised)), ("required", each.area, int(required)))
            yield _statement("percent", each, as_printed(exact, each.value), *evidence)


def as_printed(exact: Decimal, printed: int | Decimal) -> Decimal:
    """Return the exact figure rounded to as many decimals as were printed."""
    return exact.quantize(Decimal(1).scaleb(int(Decimal(printed).as_tuple().exponent)), ROUND_HALF_UP)


_WHOLES: Final = {
    "digitised": "required",
    "communes_completed": "communes_total",
    "districts_over_threshold": "districts_total",
}
"""Measures that cannot be larger than another one printed with them."""
_GROWING: Final = ("digitised", "communes_completed", "offices_completed")
"""Measures that only grow from month to month."""
_DECIMALS: Final = 9
"""Fewer than these tell a percentage of up to 10 million entries from any bound."""


def _bounds(items: Sequence[Published]) -> Iterator[Statement]:
    """Yield each printed part beside the whole printed with it, each percentage beside 100."""
    for each in items:
        whole: int | Decimal | None = Decimal(100) if each.measure.startswith("percent") else None
        if each.measure in _WHOLES:
            whole = _value(items, each.area, each.scope, _WHOLES[each.measure])
        if whole is not None:
            yield _statement("bounds", each, min(each.value, whole))


def _since_last_month(data: Dataset, items: Sequence[Published]) -> Iterator[Statement]:
    """Yield each printed figure that can only grow beside the latest one printed in an earlier month."""
    earlier: dict[tuple[str, str, str], Published] = {}
    for delivered in data.deliveries[:-1]:
        earlier |= {(i.area, i.scope, i.measure): i for i in published.read(data.folders, delivered.month)}
    for each in (item for item in items if item.measure in _GROWING):
        last = earlier.get((each.area, each.scope, each.measure))
        if last is not None:
            yield _statement("month_before", each, max(each.value, last.value))


def _threshold(reckoned: _Reckoned, items: Sequence[Published]) -> Iterator[Statement]:
    """Yield each printed number of districts over the threshold beside the number that the counts give."""
    named = {item.area for item in items if item.measure == "percent_over"}
    for each in (item for item in items if item.measure == "districts_over_threshold"):
        if not reckoned.contradicts(each):
            continue
        meant = [area.code for area in reckoned.districts(each.area) if area.code not in each.besides]
        over = [code for code in meant if _over(reckoned, code)]
        evidence = [("named" if code in named else "left_out", code, _shown(reckoned, code)) for code in over]
        evidence += [("not_over", code, _shown(reckoned, code)) for code in sorted((named & set(meant)) - set(over))]
        yield _statement("threshold", each, len(over), *evidence)


def _over(reckoned: _Reckoned, code: str) -> bool:
    required, digitised = reckoned.sums.get((code, "all"), (0, 0))
    return totals.over(digitised, required, reckoned.data.office.threshold)


def _shown(reckoned: _Reckoned, code: str) -> Decimal:
    return formats.tenth(reckoned.percent(code) or Decimal(0))


def _not_over(exact: Decimal, bound: int | Decimal) -> Decimal:
    """Return the figure with as few decimals as show it below the bound: 89.97 for a bound of 90, never 90.0."""
    rounded = (exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) for places in range(1, _DECIMALS))
    return next((each for each in rounded if each < bound), exact)


def _computed(reckoned: _Reckoned, items: Sequence[Published]) -> Iterator[Statement]:
    """Yield the figures of groups, districts and units beside those that the counts give."""
    for each in (item for item in items if reckoned.contradicts(item)):
        if each.measure.startswith("percent") or each.measure in ("required", "digitised"):
            kind, ours = "computed", _entries(reckoned, each)
        else:
            kind, ours = "computed_units", _units(reckoned, each)
        if ours is not None:
            yield _statement(kind, each, ours)


def _units(reckoned: _Reckoned, each: Published) -> int | None:
    areas = reckoned.data.areas
    if each.measure in _UNITS:
        return completed_units(each, areas, reckoned.completed)
    if each.measure == "communes_total":
        return len(areas.communes(each.area))
    return len(reckoned.districts(each.area)) if each.measure == "districts_total" else None


def completed_units(each: Published, areas: AreasOn, completed: frozenset[str]) -> int:
    """Count the completed communes or offices that a printed number means: not those of areas it stands besides."""
    besides = {unit.code for code in each.besides if code in areas for unit in areas.units(code)}
    meant = [unit for unit in areas.units(each.area) if unit.code not in besides]
    return sum(unit.level == _UNITS[each.measure] and unit.code in completed for unit in meant)


def _entries(reckoned: _Reckoned, each: Published) -> int | Decimal | None:
    """Return what should be printed, by the counts: a percentage rounded as it was printed, or a bound that holds."""
    if (each.area, each.scope) not in reckoned.sums:
        return None
    required, digitised = reckoned.sums[each.area, each.scope]
    exact = reckoned.percent(each.area, each.scope)
    if not each.measure.startswith("percent"):
        return required if each.measure == "required" else digitised
    if exact is None:
        return None
    if each.measure == "percent_over":
        return each.value if exact > each.value else _not_over(exact, each.value)
    return as_printed(exact, each.value)
