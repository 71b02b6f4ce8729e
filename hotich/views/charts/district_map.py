"""The districts on a map in the classes of their bars, each with name or rank and percentage; for display only."""

import json
from itertools import pairwise
from typing import Any

from hotich.measures import Measures
from hotich.views.charts.canvas import INK, TRACK, Sheet, class_colour, width_of
from hotich.views.figures import format_fact

SQUEEZE = 0.93
"""A degree of longitude against one of latitude at 21.7° north."""
NEAR = ((0, 0), (0, -8), (0, 8), (8, 0), (-8, 0), (0, 16), (0, -16), (16, 8), (-16, 8), (16, -8), (-16, -8), (0, 24))
"""Where a label is tried, in pixels from the middle of an area."""
Shape = dict[str, Any]
Spot = tuple[float, float]


def shapes(m: Measures) -> list[Shape]:
    """The outlines of the districts that are shown, if the office has them."""
    path = m.checked.data.folders.data / "areas.geojson"
    if not path.is_file():
        return []
    codes = {area.code for area in m.districts}
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [feature for feature in features if feature["properties"]["code"] in codes]


def draw(m: Measures, outlines: list[Shape], sheet: Sheet) -> None:
    """Put the map on the sheet."""
    points = [point for shape in outlines for ring in _rings(shape) for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    scale = min((sheet.width - 8) / ((east - west) * SQUEEZE), (sheet.height - 8) / (north - south))

    def put(longitude: float, latitude: float) -> Spot:
        return (4 + (longitude - west) * SQUEEZE * scale, 4 + (north - latitude) * scale)

    for shape in outlines:
        percent = m.find("percent", shape["properties"]["code"])
        colour = class_colour(float(percent.number)) if percent else TRACK
        sheet.shape([[put(*point[:2]) for point in ring] for ring in _rings(shape)], colour)
    for shape in outlines:
        rings, given = [[put(*point[:2]) for point in ring[::2]] for ring in _rings(shape)], shape["properties"]
        _label(m, shape, rings, put(given["label_lon"], given["label_lat"]), sheet)


def _label(m: Measures, shape: Shape, rings: list[list[Spot]], spot: Spot, sheet: Sheet) -> None:
    """Name and percentage where the name fits into the area; where it does not, its rank stands for the name."""
    percent = m.find("percent", shape["properties"]["code"])
    rank = m.find("rank", shape["properties"]["code"])
    if percent is None or rank is None:
        return
    name, size = m.short(shape["properties"]["code"]), sheet.size - 2
    half = width_of(name, size, True) / 2 + 2
    x, y = spot
    places = [(x + dx, y + dy) for dx, dy in NEAR]
    found = next((each for each in places if _fits(rings, each, half)), None)
    dark = percent.number >= 90
    (x, y), words = (spot, format_fact(rank, m.language)) if found is None else (found, name)
    colour = "white" if dark else INK
    sheet.text(x, y, words, at="middle", colour=colour, bold=True, size=size, cased=found is None and not dark)
    shown = format_fact(percent, m.language, column=True)
    sheet.text(x, y + 15, shown, at="middle", colour=colour, size=size, cased=found is None and not dark)


def _fits(rings: list[list[Spot]], spot: Spot, half: float) -> bool:
    """Whether two lines of words about this spot lie inside the area."""
    x, y = spot
    corners = [(x + side * reach, y + dy) for reach, dy in ((half, -11), (half, 2), (20, 16)) for side in (-1, 1)]
    return all(_inside(rings, corner) for corner in corners)


def _inside(rings: list[list[Spot]], spot: Spot) -> bool:
    """Whether a spot lies in an area: a ray from it crosses the outline an odd number of times."""
    crossings = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
            if (y1 > spot[1]) != (y2 > spot[1]) and spot[0] < (x2 - x1) * (spot[1] - y1) / (y2 - y1) + x1:
                crossings += 1
    return crossings % 2 == 1


def _rings(shape: Shape) -> list[list[list[float]]]:
    geometry = shape["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]
