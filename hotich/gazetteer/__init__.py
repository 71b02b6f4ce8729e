"""The areas of Vietnam: 63 provinces with districts and communes of 01/09/2024, 34 with communes since 01/07/2025.

Packed lists and shapes (`hotich/gazetteer/build.py` makes them; NOTICE names their sources), read when they are asked
for. Names begin with their kind; names and kinds of the newer list are those of 25/07/2026.
"""

import csv
import gzip
import io
import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent
COLUMNS: Final = ("province", "province_name", "district", "district_name", "unit", "unit_name")
CROSSWALK: Final = (
    "old_province_code",
    "old_district_code",
    "old_unit_code",
    "old_unit_name",
    "new_unit_code",
    "share",
)
MERGERS: Final = ("old_code", "old_name", "new_code", "new_name", "basis")
LISTS: Final = (date(2024, 9, 1), date(2025, 7, 1))
"""The first days of the two lists: each is in force until the day before the next."""
COUNTRY: Final = "VN"
"""The code of the whole country (ISO 3166), which the lists of the statistics office have none for."""
NAME: Final = "Cả nước"


@dataclass(frozen=True)
class Unit:
    """A commune with what it lies in. `district` is empty since July 2025, `unit` on an island that was a district."""

    province: str
    province_name: str
    district: str
    district_name: str
    unit: str
    unit_name: str


@dataclass(frozen=True)
class Country:
    """The list that is in force from its first to its last day, which the newest has none of."""

    begins: date
    ends: date | None

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Every line of the list, in its order."""
        return tuple(Unit(**row) for row in _table(f"{self.begins}.csv.gz"))

    @cached_property
    def provinces(self) -> dict[str, str]:
        """Names of the provinces by their codes."""
        return {unit.province: unit.province_name for unit in self.units}

    def name(self, code: str) -> str:
        """Return the name of a province, or of the country."""
        return NAME if code == COUNTRY else self.provinces[code]

    def of(self, code: str) -> tuple[Unit, ...]:
        """Return the lines of one province, or of the country."""
        return self.units if code == COUNTRY else tuple(unit for unit in self.units if unit.province == code)

    def outlines(self, code: str) -> list[dict[str, Any]]:
        """Return the shapes of what lies below a province, or of every province and what lies below each."""
        below = "" if self.ends is None else "districts-"
        if code != COUNTRY:
            return shapes(below + code)
        provinces = shapes("provinces" if self.ends is None else "provinces-2024")
        return [*provinces, *(shape for each in self.provinces for shape in shapes(below + each))]


@cache
def countries() -> tuple[Country, ...]:
    """Return both lists, the older one first."""
    return (Country(LISTS[0], LISTS[1] - timedelta(days=1)), Country(LISTS[1], None))


def on(day: date) -> Country | None:
    """Return the list in force on a day; None before the first."""
    return next((each for each in reversed(countries()) if each.begins <= day), None)


def mergers() -> list[dict[str, str]]:
    """Return which communes of Yên Bái became which on 01/12/2024, and how sure each line is (`basis`)."""
    return _table("changes-2024-12-01.csv.gz")


@cache
def crosswalk() -> tuple[dict[str, str], ...]:
    """Return which commune of June 2025 became, wholly or in part, which of July 2025."""
    return tuple(_table("changes-2025-07-01.csv.gz"))


def shapes(name: str) -> list[dict[str, Any]]:
    """Return shapes as GeoJSON features, each with a place for its label: for display only, never for measuring.

    The name is a province's code for its communes since July 2025 (simplified to about 180 m), `districts-` and a code
    of before for its districts (approximate), `provinces` (to 1.2 km), or `provinces-2024` for the 63 of before (those
    districts put together, to 2 km).
    """
    with gzip.open(FOLDER / "shapes" / f"{name}.geojson.gz") as file:
        features: list[dict[str, Any]] = json.load(file)["features"]
    return features


def _table(name: str) -> list[dict[str, str]]:
    text = gzip.decompress((FOLDER / name).read_bytes()).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))
