"""The month, district, unit or register of a whole table: from our template's sheet, a sheet's name or a title."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from hotich.intake.files.sheet import Sheet, words
from hotich.intake.fold_text import clean, fold
from hotich.intake.problems import Place, Problem, problem
from hotich.intake.tables.match_names import Names
from hotich.intake.template.form import ABOUT, MARK
from hotich.month import Month

# "tháng 10/2024", "tháng 10 năm 2024", "đến ngày 22/10/2024"; the date of a letter is not the month of its counts.
_WRITTEN_ON: Final = re.compile(r"(?<!đến )ngày \d{1,2} tháng \d{1,2} năm 20\d\d", re.ASCII)
_MONTH: Final = re.compile(r"tháng (\d{1,2})(?: ?[/.-] ?| năm )(20\d\d)", re.ASCII)
_AS_OF: Final = re.compile(r"đến (?:hết )?ngày \d{1,2} ?[/.-] ?(\d{1,2}) ?[/.-] ?(20\d\d)", re.ASCII)
_PUNCTUATION: Final = re.compile(r"[^\w\s]")
_ISO: Final = re.compile(r"(20\d\d)-(\d\d)", re.ASCII)


@dataclass(frozen=True)
class Context:
    """What applies to every row below: the area they are in, the unit or register that all of them are about.

    All three are codes or empty; `unit` and `register` are set where a sheet is about one alone. `is_template` tells
    our own template from other files.
    """

    area: str = ""
    unit: str = ""
    register: str = ""
    is_template: bool = False


def of_file(sheets: Iterable[Sheet], names: Names) -> tuple[Context, tuple[Problem, ...]]:
    """Return the context given by our own template, if this is one; an area that is not in the lists is a problem."""
    for sheet in sheets:
        if about := _about(sheet):
            area = about.get("area", "")
            if area in names.lists.areas:
                return Context(area=area, is_template=True), ()
            return Context(is_template=True), (problem("area.no_area", sheet.place(2, 1), area),)
    return Context(), ()


def other_month(sheets: Iterable[Sheet], month: Month) -> Problem | None:
    """Return a problem for our own template of another month, whose rows are of that month's units."""
    for sheet in sheets:
        if about := _about(sheet):
            found = about.get("month", "")
            return None if found == str(month) else problem("month.other", sheet.place(1, 1), found, month=month)
    return None


def is_about(sheet: Sheet) -> bool:
    """Return whether a sheet is the one that identifies our template."""
    return bool(_about(sheet))


def _about(sheet: Sheet) -> dict[str, str]:
    if not sheet.rows or words(sheet.value(0, 0)) != MARK:
        return {}
    rows = {words(sheet.value(row, 0)): words(sheet.value(row, 1)) for row in range(len(sheet.rows))}
    return {MARK: MARK} | {name: rows.get(name, "") for name in ABOUT}


def of_sheet(sheet: Sheet, context: Context, names: Names) -> Context:
    """Return the context narrowed by a sheet's name."""
    return _narrowed(context, sheet.name, names)


def of_titles(sheet: Sheet, rows: range, context: Context, names: Names) -> Context:
    """Return the context narrowed by titles: an area alone in its cell, or one district named within a longer title."""
    for text, _ in _texts(sheet, rows):
        context = _narrowed(context, text, names)
    if context.area:
        return context
    named = {code for text, _ in _texts(sheet, rows) for code in _districts_in(text, names)}
    return replace(context, area=named.pop()) if len(named) == 1 else context


def months(sheet: Sheet, rows: range, month: Month) -> Iterator[Problem]:
    """Yield a problem where titles name months, the reported one not among them."""
    found: dict[tuple[int, int], tuple[Place, str]] = {}
    for text, place in _texts(sheet, rows):
        for named in _months_in(text):
            found.setdefault(named, (place, text))
    if found and (month.year, month.number) not in found:
        place, text = next(iter(found.values()))
        yield problem("month.other", place, text, month=month)


def _months_in(text: str) -> set[tuple[int, int]]:
    undated = _WRITTEN_ON.sub("", clean(text).casefold())
    named = {(int(year), int(number)) for pattern in (_MONTH, _AS_OF) for number, year in pattern.findall(undated)}
    iso = {(int(year), int(number)) for year, number in _ISO.findall(undated)}
    of_letters = re.findall(r"đến ngày \d{1,2} tháng (\d{1,2}) năm (20\d\d)", undated, re.ASCII)
    return named | iso | {(int(year), int(number)) for number, year in of_letters}


def _narrowed(context: Context, text: str, names: Names) -> Context:
    """Return the context narrowed by a text that is exactly the name of one unit, area or register."""
    if not context.register and (register := names.register(text)):
        context = replace(context, register=register)
    codes = names.areas(text) | ({text} & names.lists.areas.by_code.keys())
    districts = {code for code in codes if code not in names.units and names.within_root(code)}
    units = {code for code in codes & names.units if names.inside(code, context.area)}
    if len(districts) == 1 and names.inside(min(districts), context.area):
        return replace(context, area=districts.pop())
    if len(units) == 1 and not districts and not context.unit:
        unit = names.lists.areas[units.pop()]
        # A letterhead names the district's office: its tables are about the whole district.
        return replace(context, unit=unit.code, area=unit.parent if unit.level == "office" else context.area)
    return context


def _districts_in(text: str, names: Names) -> set[str]:
    folded = f" {fold(_PUNCTUATION.sub(' ', text))} "
    return {code for form, code in names.districts if f" {form} " in folded}


def _texts(sheet: Sheet, rows: range) -> Iterator[tuple[str, Place]]:
    for row in rows:
        for column, value in enumerate(sheet.rows[row]):
            if isinstance(value, str) and value.strip():
                yield value, sheet.place(row, column)
