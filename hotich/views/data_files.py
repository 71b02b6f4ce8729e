"""The figures as tidy data: `data.csv`, a row for each area, group of registers and month, and what describes it.

`measures.csv` has every figure a page may show, one a row, of many kinds. `data.csv` has those that are known of areas,
one column for each kind, so that a program reads them into the right types at once. `datapackage.json` describes both
(Frictionless Data Package, tabular).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from hotich.data.registers import GROUPS
from hotich.language import LANGUAGES, say
from hotich.measures import Measures, concerning, definitions
from hotich.measures.facts import COLUMNS, Fact
from hotich.month import Month
from hotich.storage import csv_table
from hotich.storage.paths import DATA, DESCRIPTION, MEASURES
from hotich.views import footnotes, narrative
from hotich.views.markup import what_is_made_up
from hotich.views.saved_table import harmless, origin
from hotich.views.table_cells import absent

KEYS: Final[dict[str, str]] = {
    "month": "yearmonth",
    "as_of": "date",
    "level": "string",
    "area": "string",
    "area_name_vi": "string",
    "area_name_en": "string",
    "parent": "string",
    "scope": "string",
    "scope_name_vi": "string",
    "scope_name_en": "string",
}
"""What a row is about: its columns and their types. Month, area and scope are the key."""
FIGURES: Final[dict[str, str]] = {
    "required": "integer",
    "digitised": "integer",
    "left": "integer",
    "percent": "number",
    "digitised_change": "integer",
    "percent_change": "number",
    "rank": "integer",
    "rank_in_district": "integer",
    "rank_in_country": "integer",
    "completed": "integer",
    "completed_since": "yearmonth",
    "communes_completed": "integer",
    "communes_total": "integer",
    "offices_completed": "integer",
    "offices_total": "integer",
    "units_expected": "integer",
    "units_reported": "integer",
    "days": "integer",
    "added": "integer",
    "pace": "number",
}
"""What is known of it: the measures and their types."""
_LAST: Final[dict[str, str]] = {"origin": "string", "marks": "string"}
_EXPLAINED: Final = ("required", "digitised", "percent")
"""Measures of which `marks` says why there is none."""
_OF_MEASURES: Final[dict[str, str]] = dict.fromkeys(COLUMNS, "string") | {"month": "yearmonth"}
Place = tuple[str, str, Month]


def write(m: Measures, folder: Path) -> None:
    """Write `data.csv` and the description of it and of `measures.csv`, which is there already."""
    known = _known(m)
    rows = (_row(m, place, known.get(place, {})) for place in _places(m, known))
    csv_table.write(folder / DATA, (*KEYS, *FIGURES, *_LAST), rows)
    described = json.dumps(_package(m, folder), ensure_ascii=False, indent=1)
    (folder / DESCRIPTION).write_text(described + "\n", encoding="utf-8")


def _known(m: Measures) -> dict[Place, dict[str, Fact]]:
    """Return the figures by what they are known of, and by their measures."""
    known: dict[Place, dict[str, Fact]] = {}
    for fact in concerning(m):
        if fact.measure in FIGURES:
            known.setdefault((fact.area, fact.scope, fact.month or m.month), {})[fact.measure] = fact
    return known


def _places(m: Measures, known: Iterable[Place]) -> list[Place]:
    """Return what rows are about: everything of which a figure is known, and all units of the month's own list."""
    places = {*known, *((unit.code, "all", m.month) for unit in m.checked.data.areas.units(m.root))}
    areas = {code: at for at, code in enumerate(m.checked.data.areas.by_code)}
    scopes = {scope: at for at, scope in enumerate(("all", *GROUPS, *(each.code for each in m.registers)))}
    return sorted(
        (place for place in places if place[0] in areas and place[1] in scopes),
        key=lambda place: (place[2], areas[place[0]], scopes[place[1]]),
    )


def _row(m: Measures, place: Place, known: Mapping[str, Fact]) -> list[str]:
    code, scope, month = place
    area = m.area(code)
    names = [harmless(area.name(language)) for language in LANGUAGES]
    scopes = [harmless(_scope(m, scope, language)) for language in LANGUAGES]
    about = [str(month), str(m.as_of_on(month)), area.level, code, *names, area.parent, scope, *scopes]
    values = [known[measure].raw if measure in known else "" for measure in FIGURES]
    return [*about, *values, origin(m.synthetic), "; ".join(_marks(m, place, known))]


def _scope(m: Measures, scope: str, language: str) -> str:
    register = next((register for register in m.registers if register.code == scope), None)
    return register.name(language) if register else say(language, f"tables.scope.{scope}")


def _marks(m: Measures, place: Place, known: Mapping[str, Fact]) -> Iterator[str]:
    """Yield which figures are provisional or revised, and why one that every row should have is not there."""
    code, scope, month = place
    for measure in FIGURES:
        fact = known.get(measure)
        if fact is not None and (symbols := footnotes.symbols(m, fact)):
            yield f"{measure} {''.join(symbols)}"
        elif fact is None and measure in _EXPLAINED:
            yield f"{measure} {absent(m, measure, code, scope, month if month != m.month else None)}"


def _package(m: Measures, folder: Path) -> dict[str, Any]:
    """Return the Data Package: titles in Vietnamese, descriptions in English."""
    titles = {language: str(narrative.title(m.seen_in(language)).striptags()) for language in LANGUAGES}
    vi, en = (m.seen_in(language).language for language in LANGUAGES)
    warning = (
        f" {say(en, 'page.synthetic')} {what_is_made_up(en, m.checked.data.reported_after_synthetic)}"
        if m.synthetic
        else ""
    )
    return {
        "profile": "tabular-data-package",
        "name": f"hotich-{m.root}-{m.month}",
        "title": titles["vi"],
        "description": f"{titles['en']}.{warning}",
        "resources": [
            _resource(folder / DATA, "data", KEYS | FIGURES | _LAST, ["month", "area", "scope"], (vi, en)),
            _resource(folder / MEASURES, "measures", _OF_MEASURES, ["fact"], (vi, en)),
        ],
    }


def _resource(
    path: Path, name: str, columns: dict[str, str], key: list[str], spoken: tuple[str, str]
) -> dict[str, Any]:
    content = path.read_bytes()
    return {
        "name": name,
        "path": path.name,
        "profile": "tabular-data-resource",
        "title": say("vi", f"data.package.{name}"),
        "description": say("en", f"data.package.{name}"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": [_field(*column, spoken) for column in columns.items()],
            "primaryKey": key,
            "missingValues": [""],
        },
    }


def _field(name: str, kind: str, spoken: tuple[str, str]) -> dict[str, str]:
    """Return a column's description: of a measure what it is on the page, else its own."""
    if name in FIGURES:
        title, description = (definitions.title(name, language) for language in spoken)
    else:
        title, description = (say(language, f"data.column.{name}") for language in spoken)
    return {"name": name, "type": kind, "title": title, "description": description}
