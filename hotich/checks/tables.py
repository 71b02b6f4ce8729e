"""The three tables that the suites look at, prepared from the dataset; nothing is judged here."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

import pandas as pd

from hotich import published, totals
from hotich.areas import Area
from hotich.counts import CANONICAL, REPORTED
from hotich.dataset import Dataset
from hotich.published import Published
from hotich.registers import GROUPS

PRINTED: Final = ("kind", "area", "scope", "measure", "printed", "expected", "parts", "line")


def counts(data: Dataset) -> pd.DataFrame:
    """Every line of the counts file, and a line 0 for each expected cell that has none."""
    table = data.text.assign(present=True)
    found = set(zip(table["area"], table["register"], strict=True))
    units = {unit.code: unit for unit in data.areas.units(data.office.root)} if data.office.root in data.areas else {}
    expected = [(u, r.code) for u in units for r in data.registers if data.applies(u, r)]
    missing = pd.DataFrame([cell for cell in expected if cell not in found], columns=["area", "register"], dtype="str")
    table = pd.concat([table, missing.assign(line=0, present=False)], ignore_index=True)
    return _judged_by_lists(table, data, units, set(expected))


def _judged_by_lists(
    table: pd.DataFrame, data: Dataset, units: dict[str, Area], expected: set[tuple[str, str]]
) -> pd.DataFrame:
    known = {area.code for area in data.all_areas.all}
    registers = {register.code for register in data.registers}
    cells = list(zip(table["area"], table["register"], strict=True))
    reported = table["present"] & (table["status"] == REPORTED)
    return table.assign(
        expected=[cell in expected for cell in cells],
        applies=[cell in expected for cell in cells],
        area_known=table["area"].isin(known),
        unit_valid=table["area"].isin(list(units)),
        register_known=table["register"].isin(registers),
        required_text=table["required"].where(reported & (table["required"] != "")),
        digitised_text=table["digitised"].where(reported & (table["digitised"] != "")),
        required_number=_numbers(table["required"].where(reported)),
        digitised_number=_numbers(table["digitised"].where(reported)),
        as_of_inside=data.month.first_day <= data.counts.delivery.as_of <= data.month.last_day,
        hash_as_logged=data.counts.sha256 == data.counts.delivery.sha256,
    )


def _numbers(column: pd.Series) -> pd.Series:
    """Canonical counts as integers; everything else is missing, and another rule's matter."""
    canonical = column.str.fullmatch(CANONICAL.pattern).eq(True)
    return pd.to_numeric(column.where(canonical)).astype("Int64")


def series(data: Dataset) -> pd.DataFrame:
    """Cells reported in the month and in the one before it, by units that are the same in both."""
    earlier, later = data.deliveries[-2], data.deliveries[-1]
    before = data.all_areas.on(earlier.delivery.as_of)
    same = totals.same_units(data.all_areas, before, data.areas)
    both = totals.in_both(totals.numbers(earlier), totals.numbers(later), same)
    lines = data.text.drop_duplicates(totals.KEY)[[*totals.KEY, "line"]]
    table = both.rename(columns={"required": "required_number", "digitised": "digitised_number"})
    return table.merge(lines, on=totals.KEY).assign(directly_after=earlier.month == later.month.previous)


def printed(data: Dataset) -> pd.DataFrame:
    """Every statement of the published figures that can be tested: what is printed and what it should be.

    `kind` says what it is tested against: part sums, their own percentages, their lists, the threshold, or the counts.
    """
    items = published.read(data.places, data.month)
    rows = [*_part_sums(items), *_percentages(items), *_lists(data, items), *_threshold(data, items),
            *_computed(data, items)]  # fmt: skip
    return pd.DataFrame(rows, columns=list(PRINTED))


def _value(items: Iterable[Published], area: str, scope: str, measure: str) -> int | Decimal | None:
    return next((i.value for i in items if (i.area, i.scope, i.measure) == (area, scope, measure)), None)


def _part_sums(items: tuple[Published, ...]) -> Iterator[tuple[object, ...]]:
    for each in items:
        if each.scope == "all" and each.measure in ("required", "digitised"):
            parts = [_value(items, each.area, group, each.measure) for group in GROUPS]
            if None not in parts:
                whole = sum(int(part) for part in parts if part is not None)
                yield (
                    f"sum_{each.measure}",
                    each.area,
                    "all",
                    each.measure,
                    each.value,
                    whole,
                    tuple(parts),
                    each.line,
                )


def _percentages(items: tuple[Published, ...]) -> Iterator[tuple[object, ...]]:
    for each in items:
        if each.measure != "percent":
            continue
        required = _value(items, each.area, each.scope, "required")
        digitised = _value(items, each.area, each.scope, "digitised")
        if required and digitised is not None:
            exact = Decimal(digitised) * 100 / Decimal(required)
            places = Decimal(1).scaleb(int(Decimal(each.value).as_tuple().exponent))
            ours = exact.quantize(places, ROUND_HALF_UP)
            yield ("percent", each.area, each.scope, "percent", each.value, ours, (digitised, required), each.line)


def _lists(data: Dataset, items: tuple[Published, ...]) -> Iterator[tuple[object, ...]]:
    """A printed number of completed communes against the printed list by district."""
    for each in items:
        listed = [
            i for i in items if i.measure == each.measure == "communes_completed" and _parent(data, i) == each.area
        ]
        if listed:
            offices = sum(int(i.value) for i in items if i.measure == "offices_completed")
            total = sum(int(i.value) for i in listed)
            yield ("list", each.area, each.scope, each.measure, each.value, total, (total, offices), each.line)


def _parent(data: Dataset, item: Published) -> str:
    return data.areas[item.area].parent if item.area in data.areas else ""


def _threshold(data: Dataset, items: tuple[Published, ...]) -> Iterator[tuple[object, ...]]:
    """A printed number of districts over the threshold against the districts that the counts show over it."""
    over = _over_threshold(data)
    named = {i.area for i in items if i.measure == "percent_over"}
    for each in items:
        if each.measure == "districts_over_threshold":
            left_out = tuple(sorted(set(over) - named))
            yield ("threshold", each.area, each.scope, each.measure, each.value, len(over), (over, left_out), each.line)


def _by_key(data: Dataset) -> dict[tuple[str, str], tuple[int, int]]:
    """(area, scope) → (required, digitised)."""
    sums = totals.summed(totals.numbers(data.counts), data.areas, data.office.root, data.registers)
    pairs = zip(sums.index, sums["required"], sums["digitised"], strict=True)
    return {(str(key[0]), str(key[1])): (int(required), int(digitised)) for key, required, digitised in pairs}


def _over_threshold(data: Dataset) -> tuple[str, ...]:
    sums = _by_key(data)
    districts = [a.code for a in data.areas.children(data.office.root) if a.level != "commune"]
    known = [(code, *sums[code, "all"]) for code in districts if (code, "all") in sums]
    return tuple(code for code, required, digitised in known if totals.over(digitised, required, data.office.threshold))


def _computed(data: Dataset, items: tuple[Published, ...]) -> Iterator[tuple[object, ...]]:
    """Parts, lists and totals of areas as printed against the counts; wholes that are sums are tested as sums."""
    table = totals.numbers(data.counts)
    sums = _by_key(data)
    done = totals.completed(table, data.areas, data.office.root, data.registers)
    wholes = {row[1:4] for row in (*_part_sums(items), *_lists(data, items))}
    for each in items:
        if (each.area, each.scope, each.measure) in wholes or each.area not in data.areas:
            continue
        ours = _ours(data, each, sums, done)
        if ours is not None:
            kind = "computed_units" if each.measure.startswith(("communes", "offices", "districts")) else "computed"
            yield (kind, each.area, each.scope, each.measure, each.value, ours, (), each.line)


def _ours(data: Dataset, each: Published, sums: dict[tuple[str, str], tuple[int, int]], done: frozenset[str]) -> object:
    units = data.areas.units(each.area)
    if each.measure in ("communes_completed", "offices_completed"):
        level = "commune" if each.measure.startswith("commune") else "office"
        return sum(unit.level == level and unit.code in done for unit in units)
    if each.measure == "communes_total":
        return len(data.areas.communes(each.area))
    if each.measure == "districts_over_threshold":
        return None  # the threshold rule's matter
    if each.measure == "districts_total":
        return sum(area.level != "commune" for area in data.areas.children(each.area))
    if (each.area, each.scope) not in sums:
        return None
    required, digitised = sums[each.area, each.scope]
    if each.measure in ("required", "digitised"):
        return required if each.measure == "required" else digitised
    return _share(each, digitised, required)


def _share(each: Published, digitised: int, required: int) -> object:
    """A printed percentage should be the computed one, rounded as printed; a printed bound should hold."""
    if not required:
        return None
    exact = Decimal(digitised) * 100 / Decimal(required)
    if each.measure == "percent_over":
        return each.value if exact > each.value else exact
    return exact.quantize(Decimal(1).scaleb(int(Decimal(each.value).as_tuple().exponent)), ROUND_HALF_UP)
