"""What a file says about a whole table, its month, district or unit: in our own mark, a sheet's name, a title."""

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
    """What holds for every row below: the area they lie in, the unit or register they are all about.

    `area` is a code; `unit` and `register` are set where a sheet is about one alone. `ours` says the file is our own
    template, `said` where the area was named.
    """

    area: str = ""
    unit: str = ""
    register: str = ""
    ours: bool = False
    said: Place | None = None


def of_file(sheets: Iterable[Sheet], names: Names) -> tuple[Context, tuple[Problem, ...]]:
    """What our own template's sheet says, if there is one; an area that is not in the lists is a problem."""
    for sheet in sheets:
        if about := _about(sheet):
            area, said = about.get("area", ""), sheet.place(2, 1)
            if area in names.lists.areas:
                return Context(area=area, ours=True, said=said), ()
            return Context(ours=True, said=said), (problem("area.no_area", said, area),)
    return Context(), ()


def other_month(sheets: Iterable[Sheet], month: Month) -> Problem | None:
    """Our own template made for another month, whose rows are of that month's units."""
    for sheet in sheets:
        if about := _about(sheet):
            found = about.get("month", "")
            return None if found == str(month) else problem("month.other", sheet.place(1, 1), found, month=month)
    return None


def is_about(sheet: Sheet) -> bool:
    """Whether a sheet is the one by which our template is known."""
    return bool(_about(sheet))


def _about(sheet: Sheet) -> dict[str, str]:
    if not sheet.rows or words(sheet.value(0, 0)) != MARK:
        return {}
    rows = {words(sheet.value(row, 0)): words(sheet.value(row, 1)) for row in range(len(sheet.rows))}
    return {MARK: MARK} | {name: rows.get(name, "") for name in ABOUT}


def of_sheet(sheet: Sheet, known: Context, names: Names) -> Context:
    """What a sheet's name adds."""
    return _narrowed(known, sheet.name, sheet.whole, names)


def of_titles(sheet: Sheet, rows: range, known: Context, names: Names) -> Context:
    """What the titles above a table add: an area alone in its cell, or one district named within a longer title."""
    for row, column, text in _texts(sheet, rows):
        known = _narrowed(known, text, sheet.place(row, column), names)
    if known.area:
        return known
    named = {code: (row, column) for row, column, text in _texts(sheet, rows) for code in _districts_in(text, names)}
    if len(named) != 1:
        return known
    code, (row, column) = named.popitem()
    return replace(known, area=code, said=sheet.place(row, column))


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


def _narrowed(known: Context, text: str, place: Place, names: Names) -> Context:
    """What a text adds that is the name of exactly one unit, area or register, and nothing else."""
    if not known.register and (register := names.register(text)):
        known = replace(known, register=register)
    codes = names.areas(text) | ({text} & names.lists.areas.by_code.keys())
    districts = {code for code in codes if code not in names.units and names.within_root(code)}
    units = {code for code in codes & names.units if not known.area or names.lists.areas.within(code, known.area)}
    if len(districts) == 1 and _inside(next(iter(districts)), known.area, names):
        return replace(known, area=districts.pop(), said=place)
    if len(units) == 1 and not districts and not known.unit:
        unit = names.lists.areas[units.pop()]
        # A letterhead names the district's office: its tables are about the whole district.
        return replace(known, unit=unit.code, area=unit.parent if unit.level == "office" else known.area, said=place)
    return known


def _inside(code: str, area: str, names: Names) -> bool:
    return not area or names.lists.areas.within(code, area)


def _districts_in(text: str, names: Names) -> set[str]:
    folded = f" {fold(_PUNCTUATION.sub(' ', text))} "
    return {code for form, code in names.districts if f" {form} " in folded}


def _texts(sheet: Sheet, rows: range) -> Iterator[tuple[int, int, str]]:
    for row in rows:
        for column, value in enumerate(sheet.rows[row]):
            if isinstance(value, str) and value.strip():
                yield row, column, value
