"""`hotich office --from data`: the folder of an office continued over the reorganisation of July 2025.

The folder itself stays as it is, for the months that it reported; a new one has its counts and the areas of both times.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from hotich import formats, gazetteer
from hotich.data import areas, office, outlines, succession
from hotich.data.areas import Area, Areas, AreasOn
from hotich.errors import InputRefused
from hotich.language import LANGUAGES, say
from hotich.month import Month, printable
from hotich.scaffold import find_province, list_areas, make, settings
from hotich.storage import atomic, csv_table, paths

BEGINS: Final = gazetteer.LISTS[1]
LAST: Final = BEGINS - timedelta(days=1)
NOTE_FILE: Final = "REORGANISATION.md"


@dataclass(frozen=True)
class Continued:
    """The folder that was written: what can be followed from the units of before, and what cannot."""

    folder: Path
    source: Path
    name: str
    code: str
    day: date
    before: int
    followed: int
    into: int
    anew: int
    divided: tuple[str, ...]
    unknown: tuple[str, ...]
    offices: int

    @property
    def next_month(self) -> Month:
        """The month that is collected first."""
        return Month(self.day.year, self.day.month)

    def record(self) -> dict[str, Any]:
        """Return the outcome for machines."""
        counted = {name: getattr(self, name) for name in ("before", "followed", "into", "anew", "offices")}
        lists = {"divided": list(self.divided), "unknown": list(self.unknown)}
        return {"folder": str(self.folder), "code": self.code, "as_of": str(self.day), **counted, **lists}


def go_on(source: str, *, province: str = "", as_of: str = "", to: str = "", today: date) -> Continued:
    """Write a new folder with all that the old one has, its areas continued, and return what became of them.

    Raises InputRefused for a folder that cannot be continued, a day before July 2025 and another province than the one
    that the office's own became part of; CannotNow for a folder that holds something. Then nothing is written.
    """
    old_folder, day = paths.named(source).absolute(), find_province.day_of(as_of, today)
    if day < BEGINS:
        raise InputRefused("go_on.early", day=day, first=BEGINS)
    listed, own, _ = areas.read(old_folder), office.read(old_folder), outlines.read(old_folder)
    code = _becomes(listed, own.root)
    if province.strip() and find_province.find(province, gazetteer.countries()[1]) != code:
        name = gazetteer.countries()[1].provinces[code]
        raise InputRefused("go_on.other", value=printable(province), root=own.root, name=name, code=code)
    name = gazetteer.countries()[1].provinces[code]
    target = make.target(to, name)
    rows = tuple(_continued(listed.on(LAST), listed, own.root, code))
    files = _files(old_folder, rows, code)
    done = _told(Areas(rows), own.root, code, target, old_folder, day)
    files[NOTE_FILE] = _note(done).encode()
    with atomic.locked(target), atomic.building(target) as new:
        make.require_free(target)
        for path in _kept(old_folder):
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            (new / path).write_bytes((old_folder / path).read_bytes())
        for file, content in files.items():
            (new / file).write_bytes(content)
        areas.read(new), office.read(new), outlines.read(new)
    return done


def _becomes(listed: Areas, root: str) -> str:
    """Return the code of the province that an office's own became part of. Raises InputRefused where none is known."""
    if any(area.valid_from >= BEGINS for area in listed.all):
        raise InputRefused("go_on.done", first=BEGINS)
    known = {row["new_unit_code"] for row in gazetteer.crosswalk() if row["old_province_code"] == root}
    found = [unit.province for unit in gazetteer.countries()[1].units if unit.unit in known]
    on = listed.on(LAST)
    if not found or root not in on or on[root].level != "province":
        raise InputRefused("go_on.no_province", root=printable(root), day=LAST)
    return found[0]


def _successors(known: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return for each commune of June 2025 those of July that it became or was divided between, where both are known.

    One that went as a whole into a commune that also took in others which the folder does not have, has none.
    """
    listed = {unit.unit for unit in gazetteer.countries()[1].units}
    became: dict[str, list[str]] = {}
    made_of: dict[str, set[str]] = {}
    for row in gazetteer.crosswalk():
        if row["old_unit_code"] and row["new_unit_code"] in listed:
            became.setdefault(row["old_unit_code"], []).append(row["new_unit_code"])
            made_of.setdefault(row["new_unit_code"], set()).add(row["old_unit_code"])
    return {
        old: tuple(new) for old, new in became.items() if old in known and (len(new) > 1 or made_of[new[0]] <= known)
    }


def _continued(on: AreasOn, listed: Areas, root: str, code: str) -> Iterator[Area]:
    """Yield the lines of the list: those of before, ended where they did, then those that have begun."""
    successors = _successors(frozenset(area.code for area in on.communes(root)))
    kept = _kept_areas(on, root, code)
    for area in listed.all:
        if area.code in kept and on.by_code.get(area.code) is area:
            yield replace(area, valid_to=None)
        elif on.by_code.get(area.code) is area and on.within(area.code, root):
            yield replace(area, valid_to=LAST, successor=" ".join(successors.get(area.code, ())))
        else:
            yield area
    for area in list_areas.listed(code, gazetteer.countries()[1]):
        if area.level == "commune" or not kept:
            above = on[root].parent if area.code == code else area.parent
            yield replace(area, valid_from=BEGINS, parent=above)


def _kept_areas(on: AreasOn, root: str, code: str) -> frozenset[str]:
    """Return the province and its office where no other province was joined with it and it kept its name."""
    new = gazetteer.countries()[1]
    units = {unit.unit for unit in new.of(code)}
    joined = {row["old_province_code"] for row in gazetteer.crosswalk() if row["new_unit_code"] in units}
    if joined != {root} or root != code or new.provinces[code] != on[root].name_vi:
        return frozenset()
    return frozenset({root, *(each.code for each in on.offices(root))})


def _files(folder: Path, rows: Sequence[Area], code: str) -> dict[str, bytes]:
    """Return the files that differ from those of the old folder."""
    lines = [tuple(str(getattr(a, name) or "") for name in (*areas.COLUMNS, *areas.OFFICIAL)) for a in rows]
    files = {areas.FILE: csv_table.content((*areas.COLUMNS, *areas.OFFICIAL), lines)}
    if any(area.code == code and area.valid_from == BEGINS for area in rows):
        files[office.FILE] = _settings((folder / office.FILE).read_text(encoding="utf-8"), code).encode()
    shapes = gazetteer.shapes(code)
    drawn = {each["properties"]["code"] for each in shapes}
    shown = json.loads((folder / outlines.FILE).read_bytes()) if (folder / outlines.FILE).exists() else make.NO_SHAPES
    kept = [each for each in shown["features"] if each["properties"]["code"] not in drawn]
    content = json.dumps(shown | {"features": [*kept, *shapes]}, ensure_ascii=False, separators=(",", ":"))
    return files | {outlines.FILE: content.encode() + b"\n", "NOTICE": (gazetteer.FOLDER / "NOTICE").read_bytes()}


def _settings(text: str, code: str) -> str:
    """Return `office.toml` with the new province in the lines that name the old one; each says what stood there."""
    for setting, value in settings.named_after(code, gazetteer.countries()[1]).items():
        if found := re.search(rf"^{setting} = .*$", text, re.MULTILINE):
            said = f'# {LAST}: {found[0]}\n{setting} = "{value}"'
            text = text[: found.start()] + said + text[found.end() :]
    return text


def _kept(folder: Path) -> Iterator[Path]:
    """Yield every file of a folder but hidden ones, by its path within it."""
    for path in sorted(folder.rglob("*")):
        within = path.relative_to(folder)
        if path.is_file() and not path.is_symlink() and not any(part.startswith(".") for part in within.parts):
            yield within


def _told(rows: Areas, root: str, code: str, target: Path, source: Path, day: date) -> Continued:
    then, now = rows.on(LAST), rows.on(BEGINS)
    became = succession.between(rows, then, now)
    communes = then.communes(root)
    named = {area.code: f"{area.name_vi} ({area.code})" for area in communes}
    into = {unit for unit in became.parts if now[unit].level == "commune"}
    return Continued(
        target,
        source,
        now[code].name_vi,
        code,
        day,
        len(communes),
        sum(len(became.parts[unit]) for unit in into),
        len(into),
        len(now.communes(code)) - len(into),
        tuple(named[old] for old in named if len(became.became[old]) > 1),
        tuple(named[old] for old in named if not became.became[old]),
        sum(area.level == "office" and area.code not in became.whole for area in then.units(root)),
    )


def _note(done: Continued) -> str:
    """Return what became of the areas, in both languages, for who opens the folder."""
    lists: Mapping[str, tuple[str, ...]] = {"divided": done.divided, "unknown": done.unknown}
    parts = []
    for language in LANGUAGES:
        counted = {name: formats.count(getattr(done, name), language) for name in COUNTED}
        parts.append(say(language, "office.go_on.note", name=done.name, last=formats.day(LAST, language), **counted))
        for key, names in lists.items():
            if names:
                parts.append(say(language, f"office.go_on.{key}", count=len(names), names="; ".join(names)))
    return "\n\n".join(parts) + "\n"


COUNTED: Final = ("before", "followed", "into", "anew", "offices")
