"""The districts of before July 2025 as shapes, approximate: today's communes put together again.

A commune made of communes of one district is part of it; one that straddles districts is cut half-way between the
points of the old communes in it, so that some inner lines are straight. Needs shapely, which nothing else here does.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from hotich import gazetteer

POINTS: Final = "dataset.db"
"""The file of vietnamadminunits 1.0.4 that has a point in every commune of June 2025."""
_CHANGED_LATER: Final = {"06970": "06978"}
"""A code of July 2025 that the list of July 2026 has under another number."""
_LEAST: Final = 1e-7
"""Square degrees of a part that is left out: what remains where lines nearly meet."""
_WIDTH: Final = 0.02
"""Degrees: the side of a square by less than which the border of a province is changed (`coverage_simplify`)."""
_Place: TypeAlias = tuple[float, float]


def features(points: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the districts of each province of September 2024 as GeoJSON features."""
    from shapely import MultiPolygon, set_precision, unary_union
    from shapely.geometry import mapping

    parts = _parts(_made_of(points))
    old = {unit.district: unit.province for unit in gazetteer.countries()[0].units}
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for district, province in old.items():
        whole = set_precision(unary_union(parts[district]), 0.0001)
        kept = [each for each in getattr(whole, "geoms", [whole]) if each.geom_type == "Polygon" and each.area > _LEAST]
        geometry = _listed(mapping(MultiPolygon(kept) if len(kept) > 1 else kept[0]))
        found[province].append({"type": "Feature", "properties": {"code": district}, "geometry": geometry})
    return found


def provinces() -> list[dict[str, Any]]:
    """Return the 63 provinces of September 2024 as GeoJSON features: their packed districts put together.

    No province lies within another, so a hole is only where borders of districts nearly meet.
    """
    from shapely import MultiPolygon, Polygon, coverage_simplify, make_valid, set_precision, unary_union
    from shapely.geometry import mapping, shape

    wholes = []
    for province in (country := gazetteer.countries()[0]).provinces:
        districts = [make_valid(shape(each["geometry"])) for each in gazetteer.shapes(f"districts-{province}")]
        whole = unary_union(districts)
        wholes.append(MultiPolygon([Polygon(part.exterior) for part in getattr(whole, "geoms", [whole])]))
    simple = [set_precision(each, 0.0001) for each in coverage_simplify(wholes, _WIDTH)]
    return [
        {"type": "Feature", "properties": {"code": code}, "geometry": _listed(mapping(whole))}
        for code, whole in zip(country.provinces, simple, strict=True)
    ]


def _made_of(points: Path) -> dict[str, dict[_Place | str, str]]:
    """Return for each commune of today the districts of what it was made of, by the place of each old commune."""
    with sqlite3.connect(f"file:{points}?mode=ro", uri=True) as data:
        rows = data.execute("select wardCode, wardLon, wardLat from admin_units_legacy where wardLat is not null")
        places = {code: (longitude, latitude) for code, longitude, latitude in rows}
    districts = {unit.unit: unit.district for unit in gazetteer.countries()[0].units if unit.unit}
    made: dict[str, dict[_Place | str, str]] = defaultdict(dict)
    for row in gazetteer.crosswalk():
        district = districts.get(row["old_unit_code"]) or row["old_district_code"]
        code = _CHANGED_LATER.get(row["new_unit_code"], row["new_unit_code"])
        made[code][places.get(row["old_unit_code"], district)] = district
    return made


def _parts(made: Mapping[str, Mapping[_Place | str, str]]) -> dict[str, list[Any]]:
    """Return what each district had of every commune of today."""
    from shapely import make_valid
    from shapely.geometry import shape

    parts: dict[str, list[Any]] = defaultdict(list)
    for province in gazetteer.countries()[1].provinces:
        for feature in gazetteer.shapes(province):
            districts = made[feature["properties"]["code"]]
            for district, part in _divided(make_valid(shape(feature["geometry"])), districts):
                parts[district].append(part)
    return parts


def _divided(commune: Any, districts: Mapping[_Place | str, str]) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - shapely is untyped
    """Yield the parts of a commune, each with its district: those nearest to the place of an old commune."""
    from shapely import MultiPoint, voronoi_polygons
    from shapely.geometry import Point

    if len(set(districts.values())) == 1:
        yield next(iter(districts.values())), commune
        return
    places = {place: district for place, district in districts.items() if not isinstance(place, str)}
    cells = voronoi_polygons(MultiPoint(list(places)), extend_to=commune.envelope.buffer(1))
    for cell in cells.geoms:
        district = next(district for place, district in places.items() if cell.covers(Point(place)))
        if part := cell.intersection(commune):
            yield district, part


def _listed(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a geometry with lists for its rings, as GeoJSON is read."""

    def lists(coordinates: Any) -> Any:  # noqa: ANN401 - numbers, or lists of what this takes
        return [lists(each) for each in coordinates] if isinstance(coordinates, tuple | list) else coordinates

    return {"type": geometry["type"], "coordinates": lists(geometry["coordinates"])}
