"""The lines of `areas.csv` of a province or the country, from the gazetteer: dated areas, and justice offices."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from hotich import gazetteer
from hotich.data import areas
from hotich.gazetteer import Country, Unit

_KINDS: Final = {
    "Tỉnh": "Province",
    "Thành phố": "City",
    "Thị xã": "Town",
    "Huyện": "District",
    "Quận": "District",
    "Phường": "Ward",
    "Thị trấn": "Township",
    "Xã": "Commune",
    "Đặc khu": "Special Zone",
}
"""The kind with which a name begins, and its English word, which stands behind the name."""
_ENGLISH: Final = {gazetteer.NAME: "Viet Nam"}
"""What is named without a kind."""
_MERGED: Final = ("15", date(2024, 12, 1))
"""The province of which the list before July 2025 also has the mergers, and their day."""


@dataclass(frozen=True)
class Name:
    """The name of an area: its kind as the lists write it, and the rest."""

    kind: str
    rest: str

    @classmethod
    def of(cls, name: str) -> "Name":
        """Return the parts of a name. Raises ValueError for one that begins with no kind, but for the country's."""
        if name in _ENGLISH:
            return cls("", name)
        kind = next((kind for kind in _KINDS if name.startswith(f"{kind} ")), "")
        if not kind:
            raise ValueError(name)
        return cls(kind, name.removeprefix(kind).strip())

    @property
    def english(self) -> str:
        """The English name: `Lục Yên District`, `District 1`."""
        if not self.kind:
            return _ENGLISH[self.rest]
        word = _KINDS[self.kind]
        return f"{word} {self.rest}" if self.rest.isdigit() else f"{self.rest} {word}"

    @property
    def within(self) -> str:
        """The name within a longer one: `huyện Lục Yên`; a kind that is part of the name keeps its capital letter."""
        full = f"{self.kind} {self.rest}".strip()
        return full if self.rest == areas.OF_A_PERSON else full[0].lower() + full[1:]


def rows(code: str, country: Country) -> list[tuple[str, ...]]:
    """Return the lines of `areas.csv`: each area and its office, then the areas below it with what they hold."""
    return [
        tuple(str(getattr(area, column) or "") for column in (*areas.COLUMNS, *areas.OFFICIAL))
        for area in listed(code, country)
    ]


def listed(code: str, country: Country) -> Iterator[areas.Area]:
    """Yield the areas of a province, or of the country, while the list is in force, and their justice offices."""
    if code != gazetteer.COUNTRY:
        yield from _of_province(code, country, "")
        return
    top = _area(country, code, "country", gazetteer.NAME, "")
    yield replace(top, type="quốc gia")
    for province in country.provinces:
        yield from _of_province(province, country, code)


def _of_province(province: str, country: Country, parent: str) -> Iterator[areas.Area]:
    name = country.provinces[province]
    yield _area(country, province, "province", name, parent)
    yield _office(country, f"{province}-STP", "Sở Tư pháp", "Department of Justice", name, province)
    changed = _changed(province, country)
    district = ""
    for unit in country.of(province):
        if unit.district != district:
            district = unit.district
            yield _area(country, district, "district", unit.district_name, province)
            yield _office(country, f"{district}-PTP", "Phòng Tư pháp", "Justice Office", unit.district_name, district)
        if unit.unit:
            yield from changed.get(unit.unit) or [_commune(country, unit)]


def _commune(country: Country, unit: Unit) -> areas.Area:
    return _area(country, unit.unit, "commune", unit.unit_name, unit.district or unit.province)


def _area(country: Country, code: str, level: str, name: str, parent: str) -> areas.Area:
    read, note = Name.of(name), f"list in force on {country.begins}" if not parent else ""
    kind, english = read.kind.lower(), read.english
    return areas.Area(code, country.begins, country.ends, level, kind, name, english, parent, "", note, "", "")


def _office(country: Country, code: str, office: str, english: str, area: str, parent: str) -> areas.Area:
    name = Name.of(area)
    names = f"{office} {name.within}", f"{english} of {name.english}"
    return areas.Area(code, country.begins, country.ends, "office", office.lower(), *names, parent, "", "", "", "")


def _changed(province: str, country: Country) -> dict[str, list[areas.Area]]:
    """Return the communes that merged while the list was in force, by their codes: until the merger, and after it."""
    if province != _MERGED[0] or country.ends is None:
        return {}
    changed: dict[str, list[areas.Area]] = {}
    communes = {unit.unit: _commune(country, unit) for unit in country.of(province)}
    for row in gazetteer.mergers():
        old = communes[row["old_code"]]
        ends = _MERGED[1] - timedelta(days=1)
        changed[old.code] = [replace(old, valid_to=ends, successor=row["new_code"], note=row["basis"])]
        if row["old_code"] == row["new_code"]:
            new = _area(country, old.code, "commune", row["new_name"], old.parent)
            changed[old.code].append(replace(new, valid_from=_MERGED[1]))
    return changed
