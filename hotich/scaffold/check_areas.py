"""What in `areas.csv` contradicts itself, or the list of areas that was in force."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from hotich import gazetteer
from hotich.data.areas import Area, Areas
from hotich.scaffold import list_areas
from hotich.scaffold.findings import Finding, codes


def findings(listed: Areas, root: str, day: date) -> Iterator[Finding]:
    """Yield gaps in the dates, areas without a name in English or a successor, and what the country's list denies."""
    areas_on = listed.on(day)
    yield from _gaps(listed)
    if root not in areas_on:
        yield Finding("contradicting", "root", {"code": root, "day": day})
        return
    last = areas_on[root].valid_to
    ended = [area for area in listed.all if area.level == "commune" and area.valid_to and area.valid_to != last]
    if lost := [_named(area) for area in ended if not area.successor]:
        yield Finding("missing", "successor", {"names": codes(lost)})
    if nameless := [area.code for area in listed.all if area.name_en == area.name_vi]:
        yield Finding("missing", "english", {"count": len(nameless), "codes": codes(nameless)})
    empty = [
        _named(area) for area in areas_on.children(root) if area.level != "commune" and not areas_on.units(area.code)
    ]
    if empty:
        yield Finding("contradicting", "empty", {"names": codes(empty)})
    if areas_on[root].level in ("country", "province"):
        yield from _against_the_list(listed, root, day)


def _gaps(listed: Areas) -> Iterator[Finding]:
    """Yield each code that stands for nothing between two of its areas."""
    for code in dict.fromkeys(area.code for area in listed.all):
        for before, after in pairwise(listed.ever(code)):
            begins = before.valid_to + timedelta(days=1) if before.valid_to else after.valid_from
            if begins < after.valid_from:
                values = {"code": code, "first": begins, "last": after.valid_from - timedelta(days=1)}
                yield Finding("contradicting", "gap", values)


def _against_the_list(listed: Areas, root: str, day: date) -> Iterator[Finding]:
    """Yield how the communes and districts differ from those of the list in force, where it has the province."""
    country, areas_on = gazetteer.on(day), listed.on(day)
    known = country.provinces | {gazetteer.COUNTRY: gazetteer.NAME} if country else {}
    if country is None or known.get(root) != areas_on[root].name_vi:
        return
    theirs = {area.code: area for area in list_areas.listed(root, country) if area.valid(day)}
    ours = {area.code: area for area in areas_on.by_code.values() if areas_on.within(area.code, root)}
    for key, some, others in (("lacking", theirs, ours), ("strange", ours, theirs)):
        names = [_named(area) for code, area in some.items() if code not in others and area.level != "office"]
        if names:
            yield Finding("contradicting", key, {"names": codes(names), "begins": country.begins})


def _named(area: Area) -> str:
    return f"{area.name_vi} ({area.code})"
