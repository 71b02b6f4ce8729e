"""`hotich office`: write the whole data folder of an office that begins, from the name of its province or country."""

import csv
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from hotich import formats, gazetteer
from hotich.data import areas, office, outlines, registers
from hotich.data.names import slug
from hotich.errors import CannotNow, WrongUsage
from hotich.gazetteer import Country
from hotich.language import LANGUAGES, say
from hotich.month import Month
from hotich.scaffold import find_province, list_areas, settings
from hotich.scaffold.list_areas import Name
from hotich.scaffold.settings import TEMPLATE, Answers
from hotich.storage import atomic, csv_table, paths

_NOTE: Final = (
    "For display only. Shapes: thanglequoc/vietnamese-provinces-database (MIT, after sapnhap.bando.com.vn), "
    "simplified; districts of before July 2025 are approximate, put together from the communes of after it; see NOTICE."
)
NO_SHAPES: Final[dict[str, Any]] = {"type": "FeatureCollection", "note": _NOTE, "features": []}
"""An `areas.geojson` without shapes."""


@dataclass(frozen=True)
class Made:
    """The folder that was written: how many areas of each level it lists, and what comes next."""

    folder: Path
    name: str
    code: str
    day: date
    levels: Mapping[str, int]
    country: Country
    later: int
    """Communes that had ended, or had another name, when the list itself ended; 0 where it is in force."""

    @property
    def next_month(self) -> Month:
        """The month that the office collects first."""
        return Month(self.day.year, self.day.month)

    def record(self) -> dict[str, Any]:
        """Return the outcome for machines."""
        return {"folder": str(self.folder), "code": self.code, "as_of": str(self.day), "areas": dict(self.levels)}


def make(province: str, *, as_of: str = "", to: str = "", answers: Answers, today: date) -> Made:
    """Write the data folder of a province's office, or the country's, as its areas are on a day; return what is in it.

    Raises WrongUsage or InputRefused for a province, day or answer that is none, CannotNow for a folder that holds
    something; then nothing is written.
    """
    if not province.strip():
        raise WrongUsage("new_office.no_province")
    day = find_province.day_of(as_of, today)
    country = find_province.country_on(day)
    code = find_province.find(province, country)
    answers.require_allowed()
    folder = target(to, country.name(code))
    rows = list_areas.rows(code, country)
    files = _files(code, country, day, answers, rows)
    with atomic.locked(folder), atomic.building(folder) as new:
        require_free(folder)
        for name, content in files.items():
            (new / name).write_bytes(content)
    levels = Counter(area.level for area in list_areas.listed(code, country) if area.valid(day))
    counted = {level: levels[level] for level in areas.LEVELS if levels[level]}
    return Made(folder, country.name(code), code, day, counted, country, len(changed_later(code, country)))


def target(to: str, name: str) -> Path:
    """Return the folder to write, by default named after the area. Raises CannotNow unless it is free."""
    folder = paths.named(to or f"{slug(Name.of(name).rest)}/data").absolute()
    require_free(folder)
    return folder


def require_free(target: Path) -> None:
    """Raise CannotNow for a file, or a folder that holds something: nothing is ever overwritten."""
    if target.is_dir() and not target.is_symlink() and not any(target.iterdir()):
        return
    if target.exists() or target.is_symlink():
        raise CannotNow("new_office.exists", folder=target)


def changed_later(code: str, country: Country) -> list[str]:
    """Return communes that the list's last day has no more, or under another name: `code name → name`.

    They merged or were renamed on days that nobody has listed. Accents, and i for y, make no other name.
    """
    if country.ends is None:
        return []
    last = {row["old_unit_code"]: row["old_unit_name"] for row in gazetteer.crosswalk()}
    return [
        f"{area.code} {area.name_vi} → {last.get(area.code, '–')}"
        for area in list_areas.listed(code, country)
        if area.level == "commune" and area.valid_to == country.ends
        if slug(area.name_vi).replace("y", "i") != slug(last.get(area.code, "")).replace("y", "i")
    ]


def _files(code: str, country: Country, day: date, answers: Answers, rows: list[tuple[str, ...]]) -> dict[str, bytes]:
    """Return every file of the folder by its name."""
    files = {path.name: path.read_bytes() for path in sorted(TEMPLATE.glob("*.csv"))}
    files[areas.FILE] = csv_table.content((*areas.COLUMNS, *areas.OFFICIAL), rows)
    files[registers.FILE] = _registers(country)
    files[office.FILE] = settings.text(code, country, day, answers).encode()
    files["NOTICE"] = (gazetteer.FOLDER / "NOTICE").read_bytes()
    content = NO_SHAPES | {"features": country.outlines(code)}
    files[outlines.FILE] = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    files["README.md"] = _readme(code, country, day).encode()
    files["datapackage.json"] = _description(code, country, set(files))
    return files


def _registers(country: Country) -> bytes:
    """Return the types of register; without districts the communes keep what districts' offices kept."""
    with (TEMPLATE / registers.FILE).open(encoding="utf-8", newline="") as file:
        kept = list(csv.DictReader(file))
    if country.ends is None:
        kept = [row | {"levels": "commune department"} for row in kept]
    return csv_table.content(registers.COLUMNS, [[row[column] for column in registers.COLUMNS] for row in kept])


def _readme(code: str, country: Country, day: date) -> str:
    name, later = country.name(code), changed_later(code, country)
    parts = [
        say(
            language,
            "office.readme.text",
            office=Name.of(name).english if language == "en" else name,
            begins=formats.day(country.begins, language),
            month=f"{day:%Y-%m}",
        )
        + (
            say(
                language,
                "office.readme.later",
                count=len(later),
                ends=formats.day(country.ends, language),
                names="; ".join(later),
            )
            if later and country.ends
            else ""
        )
        for language in LANGUAGES
    ]
    return "\n\n".join(parts) + "\n"


def _description(code: str, country: Country, present: set[str]) -> bytes:
    """Return `datapackage.json`, which describes every file of the folder."""
    package = json.loads((TEMPLATE / "datapackage.json").read_bytes())
    name = Name.of(country.name(code))
    package["name"] = f"hotich-{slug(name.rest)}-{country.begins.year}"
    package["title"] = f"Digitising civil-status registers, {name.english}"
    package["resources"] = [each for each in package["resources"] if each["path"] in present]
    return json.dumps(package, ensure_ascii=False, indent=1).encode() + b"\n"
