"""Outlines of areas for the map, `areas.geojson`: for display only, nothing is computed from them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from hotich.errors import InputRefused
from hotich.storage import csv_table, regular

FILE: Final = "areas.geojson"
LARGEST: Final = 10_000_000
"""Bytes that are read: the shapes of any province have less than half a million."""
_FEWEST: Final = 4
"""Points of a ring, whose last is its first (RFC 7946, 3.1.6)."""


def read(data: Path) -> list[dict[str, Any]]:
    """Return the features of `areas.geojson`, each with a code, rings, and a place for its label; none without a file.

    Where a feature names no place for its label (`label_lon`, `label_lat`) it is the middle of its corners. Raises
    InputRefused for a file that is no GeoJSON and for a feature that is no outline of an area.
    """
    path = data / FILE
    if not regular.present(path):
        return []
    if (size := path.stat().st_size) > LARGEST:
        raise InputRefused("outlines.large", file=FILE, size=size // 10**6, most=LARGEST // 10**6)
    try:
        features = json.loads(csv_table.text(path, FILE))["features"]
    except json.JSONDecodeError as error:
        raise InputRefused("outlines.json", file=FILE, line=error.lineno) from None
    except (ValueError, RecursionError, KeyError, TypeError):
        features = None
    if not isinstance(features, list):
        raise InputRefused("outlines.features", file=FILE)
    for number, feature in enumerate(features, 1):
        try:
            _settle(feature)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise InputRefused("outlines.feature", file=FILE, number=number) from None
    return features


def rings(feature: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Return the rings of all polygons of a feature, as longitudes and latitudes."""
    geometry = feature["geometry"]
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}[geometry["type"]]
    return [[(point[0], point[1]) for point in ring] for polygon in polygons for ring in polygon]


def crossing(ring: Sequence[tuple[float, float]]) -> tuple[int, int] | None:
    """Return which two sides of a ring cross, by the numbers of their first points; sides that only touch do not."""
    import numpy as np

    points = np.array(ring)
    start, side = points[:-1], np.diff(points, axis=0)
    away = points[None, :, :] - start[:, None, :]
    turns = np.sign(side[:, None, 0] * away[:, :, 1] - side[:, None, 1] * away[:, :, 0])
    apart = turns[:, :-1] * turns[:, 1:] < 0  # whether the ends of a side lie on two sides of another, rows first
    pairs = np.argwhere(np.triu(apart & apart.T))
    return (int(pairs[0][0]), int(pairs[0][1])) if len(pairs) else None


def _settle(feature: dict[str, Any]) -> None:
    """Give a feature a place for its label. Raises one of four errors of Python for what is no outline of an area."""
    properties, found = feature["properties"], rings(feature)
    corners = [corner for ring in found for corner in ring]
    west, east = (choose(longitude for longitude, _ in corners) for choose in (min, max))
    south, north = (choose(latitude for _, latitude in corners) for choose in (min, max))
    properties.setdefault("label_lon", (west + east) / 2)
    properties.setdefault("label_lat", (south + north) / 2)
    corners.append((properties["label_lon"], properties["label_lat"]))
    right = all(-180 <= longitude <= 180 and -90 <= latitude <= 90 for longitude, latitude in corners)
    if not right or not isinstance(properties["code"], str) or min(map(len, found)) < _FEWEST:
        raise ValueError(feature)
