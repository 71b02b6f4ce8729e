"""The month, district, unit or register of a whole table: from our template's sheet, a sheet's name or a title."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from hotich.intake.files.sheet import Sheet, words
from hotich.intake.fold_text import clean, fold
from hotich.intake.problems import Place, Problem, problem
from hotich.intake.tables import periods
from hotich.intake.tables.match_names import Names
from hotich.intake.tables.periods import Period
from hotich.intake.template.form import ABOUT, MARK
from hotich.month import Month

_PUNCTUATION: Final = re.compile(r"[^\w\s]")
_ABOUT_COUNTS: Final = re.compile(r"\b(?:tính đến|đến hết|đến ngày|kỳ báo cáo|số liệu|as of|period)\b")
"""Words by which a note below a table speaks of the table and not of another month beside it."""


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


def months(sheet: Sheet, above: range, below: range, month: Month) -> Iterator[Problem]:
    """Yield a problem where titles, or notes about the counts, name periods but not the reported month."""
    notes = [row for row in below if _ABOUT_COUNTS.search(clean(periods.row_text(sheet.rows[row])).casefold())]
    for rows in (above, notes):
        named = [(row, period) for row in rows for period in _periods(sheet, row)]
        if named and not any(period.is_of(month) for _, period in named):
            yield _other(sheet, named[0][0], month)


def month_of_names(sheet: Sheet, month: Month) -> Iterator[Problem]:
    """Yield a problem where the name of the file, or of the sheet, names a period and not the reported month."""
    for name, place in ((sheet.file, Place(sheet.file)), (sheet.name, sheet.whole)):
        named = list(periods.in_file_name(name))
        if named and not any(period.is_of(month) for period in named):
            yield problem("month.other", place, name, month=month)


def _periods(sheet: Sheet, row: int) -> list[Period]:
    """What a row states in any cell, or read along: "Tháng" beside "9" beside "Năm 2024"."""
    cells = sheet.rows[row]
    alone = (period for cell in cells if isinstance(cell, str) for period in periods.stated(cell))
    return [*periods.stated(periods.row_text(cells)), *alone]


def _other(sheet: Sheet, row: int, month: Month) -> Problem:
    cells = enumerate(sheet.rows[row])
    alone = next((c for c, v in cells if isinstance(v, str) and any(periods.stated(v))), None)
    column = next(c for c, v in enumerate(sheet.rows[row]) if v != "") if alone is None else alone
    text = periods.row_text(sheet.rows[row]) if alone is None else sheet.text(row, alone)
    return problem("month.other", sheet.place(row, column), text, month=month)


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
