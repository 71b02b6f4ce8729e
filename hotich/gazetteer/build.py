"""`make gazetteer SOURCES=folder`: pack the lists and shapes of Vietnam's areas into this room, the same to the byte.

The folder of sources holds, as NOTICE names them: `vn_units_2024-09.csv` (63 provinces, districts, communes),
`yen_bai_unit_changes_2024-12-01.csv`, and `vn_2025-07/` with `units.csv` (34 provinces, communes), `provinces.geojson`,
`communes/<province>.geojson` and `changes_2025-07-01.csv` (which commune became which). Shapes come simplified, with
borders that neighbours share; here each gets a place for its label. Where `dataset.db` of vietnamadminunits 1.0.4 is
there too, the districts of before July 2025 are put together from them (see `build_districts`).
"""

import csv
import gzip
import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
from matplotlib.path import Path as Outline

from hotich.data import outlines
from hotich.gazetteer import COLUMNS, CROSSWALK, FOLDER, LISTS, MERGERS, build_districts
from hotich.storage import csv_table

_KINDS: Final = ("Thành phố", "Thị trấn", "Thị xã", "Đặc khu", "Phường", "Huyện", "Quận", "Tỉnh", "Xã")
_GRID: Final = 24
"""Places on each side of a shape's box that are tried for its label."""

_Points: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"


def main(sources: Path) -> None:
    """Write every file of the gazetteer."""
    changes = _rows(sources / "vn_2025-07" / "changes_2025-07-01.csv")
    # the list of units lacks the districts on islands that had no communes
    old = _rows(sources / "vn_units_2024-09.csv") + [_district(row) for row in changes if not row["old_unit_code"]]
    _pack(f"{LISTS[0]}.csv.gz", _table(COLUMNS, _units(sorted(old, key=lambda row: row["province_code"]))))
    _pack(f"{LISTS[1]}.csv.gz", _table(COLUMNS, _units(_rows(sources / "vn_2025-07" / "units.csv"))))
    _pack("changes-2025-07-01.csv.gz", _table(CROSSWALK, ([row[name] for name in CROSSWALK] for row in changes)))
    changed = _rows(sources / "yen_bai_unit_changes_2024-12-01.csv")
    _pack("changes-2024-12-01.csv.gz", _table(MERGERS, ([row[name] for name in MERGERS] for row in changed)))
    for path in (
        sources / "vn_2025-07" / "provinces.geojson",
        *(sources / "vn_2025-07" / "communes").glob("*.geojson"),
    ):
        _pack(f"shapes/{path.stem}.geojson.gz", _shapes(json.loads(path.read_bytes())["features"]))
    if (points := sources / build_districts.POINTS).is_file():
        for province, districts in build_districts.features(points).items():
            _pack(f"shapes/districts-{province}.geojson.gz", _shapes(districts))
    _pack("shapes/provinces-2024.geojson.gz", _shapes(build_districts.provinces()))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {name: unicodedata.normalize("NFC", " ".join(cell.split())) for name, cell in row.items()}
            for row in csv.DictReader(file)
        ]


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    return csv_table.content(columns, list(rows))


def _district(row: Mapping[str, str]) -> dict[str, str]:
    """Return a district of the crosswalk as a line of the list of units."""
    names = ("province_code", "province_name", "district_code", "district_name")
    return {"unit_code": "", "unit_name": "", **{name: row[f"old_{name}"] for name in names}}


def _units(rows: Iterable[Mapping[str, str]]) -> list[tuple[str, ...]]:
    """Return the lines of a list of units in the order of their source; there are no districts since July 2025."""
    return [
        (
            row["province_code"],
            _named(row["province_name"]),
            row.get("district_code", ""),
            _named(row.get("district_name", "")),
            row["unit_code"],
            _named(row["unit_name"]),
        )
        for row in rows
    ]


def _named(name: str) -> str:
    """Return a name whose first words are its kind, written as the field does: `Thị Trấn X` is `Thị trấn X`."""
    kind = next((kind for kind in _KINDS if name.casefold().startswith(f"{kind} ".casefold())), "")
    if name and not kind:
        raise ValueError(name)
    return kind + name[len(kind) :]


def _shapes(source: list[dict[str, Any]]) -> bytes:
    features = []
    _untangle(source)
    for feature in source:
        longitude, latitude = _inside(outlines.rings(feature))
        properties = {"code": feature["properties"]["code"], "label_lon": longitude, "label_lat": latitude}
        features.append({"type": "Feature", "properties": properties, "geometry": feature["geometry"]})
    features.sort(key=lambda feature: str(feature["properties"]["code"]))
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")).encode()


def _untangle(features: list[dict[str, Any]]) -> None:
    """Drop the points of loops in which a ring crosses itself, from all rings: borders stay shared."""
    for feature in features:
        for ring in outlines.rings(feature):
            while sides := outlines.crossing(ring):
                loop = set(ring[sides[0] + 2 : sides[1] + 1])
                ring = [point for point in ring if point not in loop]
                for each in features:
                    each["geometry"]["coordinates"] = _without(each["geometry"]["coordinates"], loop)


def _without(coordinates: list[Any], points: set[tuple[float, float]]) -> list[Any]:
    """Return the coordinates of a geometry, however deep its rings lie, without these points."""
    if isinstance(coordinates[0], float):
        return coordinates
    kept = [each for each in coordinates if not isinstance(each[0], float) or tuple(each) not in points]
    return [_without(each, points) for each in kept]


def _inside(rings: Sequence[Sequence[tuple[float, float]]]) -> tuple[float, float]:
    """Return a place in the largest part of a shape, about as far as can be from every border."""
    parts = [np.array(ring) for ring in rings]
    largest = max(parts, key=lambda ring: abs(_area(ring)))
    (west, south), (east, north) = largest.min(axis=0), largest.max(axis=0)
    steps = (np.arange(_GRID) + 0.5) / _GRID
    places = np.stack(np.meshgrid(west + steps * (east - west), south + steps * (north - south)), axis=-1).reshape(
        -1, 2
    )
    places = places[np.sum([Outline(ring).contains_points(places) for ring in parts], axis=0) % 2 == 1]
    if not len(places):  # thinner than the grid
        places = largest[:-1].mean(axis=0, keepdims=True)
    longitude, latitude = places[int(np.argmax(_distances(places, parts)))]
    return round(float(longitude), 4), round(float(latitude), 4)


def _distances(places: "_Points", rings: Sequence["_Points"]) -> "_Points":
    """Return how far each place is from the nearest side of any ring, squared."""
    start = np.concatenate([ring[:-1] for ring in rings])
    side = np.concatenate([np.diff(ring, axis=0) for ring in rings])
    start, side = start[side.any(axis=1)], side[side.any(axis=1)]
    away = places[:, None, :] - start[None, :, :]
    along = np.clip(np.sum(away * side, axis=2) / np.sum(side**2, axis=1), 0, 1)
    nearest: _Points = np.min(np.sum((away - along[:, :, None] * side) ** 2, axis=2), axis=1)
    return nearest


def _area(ring: "_Points") -> float:
    """Return twice the signed area of a ring, in square degrees."""
    x, y = ring[:, 0], ring[:, 1]
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))


def _pack(name: str, content: bytes) -> None:
    path = FOLDER / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(content, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
