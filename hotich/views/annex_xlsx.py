"""`annex.xlsx`: the tables an office attaches to its report, by district, commune, office and register."""

import io
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hotich import formats
from hotich.data.areas import Area
from hotich.data.registers import GROUPS
from hotich.language import say
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.storage import reproducible_zip
from hotich.views import figures
from hotich.views.narrative.phrases import place
from hotich.views.saved_table import harmless

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_POINTS: Final = "+0.0;-0.0;0.0"
_A4: Final = 9
"""The paper's number in the format (ECMA-376, part 1, 18.3.1.63)."""
Given = Fact | str | None
Content = tuple[int | Decimal | str | None, str]
"""A cell's value and its number format."""
FACE: Final = "Times New Roman"
"""The face of official papers (NĐ 30/2020/NĐ-CP)."""
HEAD: Final = 3
"""The row of the headings, after title and warning."""
_WIDTHS: Final = {
    **{"district": 22, "within": 22, "commune": 26, "area": 40, "figure": 62, "since": 16, "origin": 22},
    **{"code": 9, "rank": 8, "rank_before": 10, "percent": 9},
}
"""Widths of columns in characters, where they are not those of a number."""
_LEVEL: Final = ("required", "digitised", "percent")
_RANKS: Final = ("rank", "rank_before")


@dataclass(frozen=True)
class Part:
    """A sheet: its key in the texts, its columns, its rows, of which the `strong` ones are sums, and its total."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Given, ...]]
    foot: tuple[Given, ...] = ()
    strong: frozenset[int] = frozenset()


def write(m: Measures, path: Path) -> None:
    """Write the workbook, its sheets in the office's languages, the same to the byte for the same facts."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for language in m.office.languages:
        seen = m.seen_in(language)
        spoken = seen.language if seen.of_country else language
        for part in (_districts(seen), _below(seen), _communes(seen), _offices(seen), _registers(seen)):
            if part.rows:
                _sheet(seen, book.create_sheet(say(spoken, f"tables.annex.{part.name}")), part)
    book.properties.creator = m.office.name_vi
    book.properties.created = book.properties.modified = datetime(*m.as_of.timetuple()[:3])
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(reproducible_zip.timeless(buffer.getvalue(), m.as_of))


def _levels(m: Measures, code: str) -> tuple[Given, ...]:
    """Return what is done in an area, by how much that grew, each group's own percentage, and what is left."""
    groups = (m.find("percent", code, scope) for scope in GROUPS)
    level = (m.find(measure, code) for measure in (*_LEVEL, "percent_change"))
    return (*level, *groups, m.find("left", code))


def _by_rank(m: Measures, areas: Iterable[Area]) -> list[Area]:
    """Return areas by rank, those without one last; of one rank those first that were complete first."""

    def place_of(area: Area) -> tuple[int, str]:
        rank, since = m.find(m.rank_name(area), area.code), m.find("completed_since", area.code)
        return int(rank.number) if rank else sys.maxsize, since.raw if since else "–"

    return sorted(areas, key=place_of)


def _districts(m: Measures) -> Part:
    columns = ("district", "code", *_RANKS, *_LEVEL, "points", *GROUPS, "left", "completed")
    rows = [_district(m, area.official(m.language), area.code) for area in _by_rank(m, m.districts)]
    return Part("districts", columns, rows, _district(m, _total(m), m.root))


def _district(m: Measures, name: str, code: str) -> tuple[Given, ...]:
    before = m.find("rank", code, month=m.previous) if m.previous else None
    ranks = (m.find("rank", code), before) if code != m.root else (None, None)
    return (name, code, *ranks, *_levels(m, code), m.find("communes_completed", code))


def _below(m: Measures) -> Part:
    """Return the districts of a country, each with its rank in its province; no rows elsewhere."""
    columns = ("area", "code", "district", "rank_in_province", *_LEVEL, "points", *GROUPS, "left", "completed")
    parts = m.districts if m.of_country else ()
    areas = [area for part in parts for area in m.checked.data.areas.children(part.code) if area.level == "district"]
    rows = [_of_province(m, area) for area in areas]
    return Part("below", columns, rows)


def _of_province(m: Measures, area: Area) -> tuple[Given, ...]:
    province, rank = m.area(area.parent).official(m.language), m.find("rank", area.code)
    done = m.find("communes_completed", area.code)
    return (area.official(m.language), area.code, province, rank, *_levels(m, area.code), done)


def _total(m: Measures) -> str:
    return say(m.language, "tables.annex.total")


def _communes(m: Measures) -> Part:
    within = () if m.two_levels else ("within",)
    columns = ("commune", "code", *within, "rank", *_LEVEL, "points", *GROUPS, "left", "since")
    rows = [_commune(m, area) for area in _by_rank(m, m.communes())]
    blank: tuple[Given, ...] = (None,) * len(within)
    total = (say(m.language, "tables.annex.all_units"), m.root, *blank, None, *_levels(m, m.root), None)
    return Part("communes", columns, rows, total)


def _commune(m: Measures, area: Area) -> tuple[Given, ...]:
    parent, name = ", ".join(each.official(m.language) for each in m.around(area)), area.official(m.language)
    rank, since = m.find(m.rank_name(area), area.code), m.find("completed_since", area.code)
    within = () if m.two_levels else (parent,)
    return (name, area.code, *within, rank, *_levels(m, area.code), since)


def _offices(m: Measures) -> Part:
    columns = ("area", "code", *_LEVEL, "points", *GROUPS, "left", "since")
    units = [unit for unit in m.checked.data.areas.units(m.root) if unit.level == "office"]
    rows: list[tuple[Given, ...]] = [
        (unit.official(m.language), unit.code, *_levels(m, unit.code), m.find("completed_since", unit.code))
        for unit in units
    ]
    return Part("offices", columns, rows)


def _registers(m: Measures) -> Part:
    """Return each group with its sum, the registers in it below; the sum of both groups is the total."""
    rows: list[tuple[Given, ...]] = []
    strong: set[int] = set()
    for group in GROUPS:
        strong.add(len(rows))
        rows.append(_register(m, say(m.language, f"tables.column.{group}"), "", group))
        inside = (each for each in m.registers if each.group == group)
        rows += [_register(m, each.name(m.language), each.code, each.code) for each in inside]
    columns = ("figure", "code", *_LEVEL, "left")
    return Part("registers", columns, rows, _register(m, _total(m), "", "all"), frozenset(strong))


def _register(m: Measures, name: str, code: str, scope: str) -> tuple[Given, ...]:
    return (name, code, *(m.find(measure, scope=scope) for measure in (*_LEVEL, "left")))


def _sheet(m: Measures, sheet: "WriteOnlyWorksheet", part: Part) -> None:
    """Fill a sheet with title, warning, headings, rows and totals (values, so that they stand without the rows).

    Rows are written as they come, for a country has many: how the sheet looks is said before them.
    """
    warning = _warning(m)
    as_of = figures.format_fact(m.get("as_of"), m.language)
    title = say(m.language, f"tables.annex.title_{part.name}", place=harmless(place(m)), as_of=as_of)
    origin = say(m.language, "tables.annex.origin_synthetic" if m.synthetic else "tables.annex.origin_computed")
    columns, rows = (*part.columns, "origin"), [*part.rows, *([part.foot] if part.foot else [])]
    _laid_out(sheet, columns)
    _printed(sheet, len(columns), (len(part.rows) + HEAD, len(rows) + HEAD), warning)
    dress = _Dressing(sheet, columns)
    sheet.append([dress.line(title, 14, "000000")])
    sheet.append([dress.line(warning, 11, "9A3412")])
    sheet.append(dress.row([(say(m.language, f"tables.column.{name}"), "General") for name in columns], head=True))
    for number, row in enumerate(rows):
        if len(row) != len(part.columns):
            raise ValueError(f"annex.xlsx, “{part.name}” has {len(part.columns)} columns and a row of {len(row)} cells")
        bold = number in part.strong or number == len(part.rows)
        sheet.append(dress.row([_content(each, m.language) for each in (*row, origin)], bold=bold))


def _warning(m: Measures) -> str:
    """Return which counts are made up; nothing where none are."""
    if reported := m.checked.data.reported_after_synthetic:
        return say(m.language, "tables.annex.synthetic_before", month=formats.month(reported, m.language))
    return say(m.language, "tables.annex.synthetic") if m.synthetic else ""


@dataclass(frozen=True)
class _Look:
    """What cells have in common that look alike."""

    edge: str
    side: str
    head: bool
    bold: bool
    number_format: str


@dataclass(frozen=True)
class _Dressing:
    """Makes the cells of a sheet as of an official annex: Times New Roman, thin rules, bold headings and sums."""

    sheet: "WriteOnlyWorksheet"
    columns: Sequence[str]
    styles: dict[_Look, Any] = field(default_factory=dict)
    """One for all cells that look alike; else each would be looked up again."""

    def line(self, text: str, size: int, colour: str) -> "Cell":
        """Return the cell of a line over the table."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font

        cell = WriteOnlyCell(self.sheet, text)
        cell.font = Font(name=FACE, size=size, bold=True, color=colour)
        return cell

    def row(self, contents: Sequence[Content], *, head: bool = False, bold: bool = False) -> list["Cell"]:
        """Return the cells of a row of the table, each given as a value and how it is shown."""
        from openpyxl.cell import WriteOnlyCell

        cells = []
        for (value, number_format), column in zip(contents, self.columns, strict=True):
            edge = "thin" if head or bold else "hair"
            look = _Look(edge, _side(value, column, head), head, head or bold, number_format)
            cell = WriteOnlyCell(self.sheet, value)
            if look not in self.styles:
                _dress(cell, look)
                self.styles[look] = cell._style
            cell._style = self.styles[look]
            cells.append(cell)
        return cells


def _side(value: object, column: str, head: bool) -> str:
    """Return where a cell's content stands: numbers to the right, ranks, codes, months and origins in the middle."""
    if head or column in ("code", "since", "origin", *_RANKS):
        return "center"
    return "left" if isinstance(value, str) else "right"


def _dress(cell: "Cell", look: _Look) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    thin, edge = Side("thin"), Side(look.edge)
    cell.number_format = look.number_format
    cell.font = Font(name=FACE, size=11, bold=look.bold)
    cell.border = Border(left=thin, right=thin, top=edge, bottom=edge)
    cell.alignment = Alignment(look.side, vertical="center", wrap_text=True)
    if look.head:
        cell.fill = PatternFill("solid", fgColor="E8EEF4")


def _laid_out(sheet: "WriteOnlyWorksheet", columns: Sequence[str]) -> None:
    from openpyxl.utils import get_column_letter

    sheet.row_dimensions[HEAD].height = 34
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, 11)


def _printed(sheet: "WriteOnlyWorksheet", width: int, ends: tuple[int, int], warning: str) -> None:
    """Set up printing: A4 landscape, one page wide, headings and the warning on every page.

    `ends` are the last row that can be filtered and, with the totals, the last of all.
    """
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = f"B{HEAD + 1}"
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
    sheet.print_area = f"A1:{get_column_letter(width)}{ends[1]}"
    sheet.auto_filter.ref = f"A{HEAD}:{get_column_letter(width)}{ends[0]}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.6
    sheet.oddFooter.center.text = "&P / &N"
    sheet.oddHeader.right.text = warning


def _content(given: Given, language: str) -> Content:
    """Return a value and how it is shown: numbers as numbers, anything else as text that is no formula."""
    if isinstance(given, Fact):
        return _value(given, language)
    return (None, "General") if given is None else (harmless(given), "@")


def _value(fact: Fact, language: str) -> Content:
    """Return what a fact is in a cell, and how it is shown there."""
    value = fact.value
    if isinstance(value, Decimal) and fact.unit == "percent":
        near = formats.tenth(value) != value.quantize(Decimal("0.1"), ROUND_HALF_UP)
        return value / 100, f'"{formats.percent(value, language, column=True)}"' if near else "0.0%"  # 99.97 is not 100
    if isinstance(value, Decimal):
        return value, _POINTS
    return (value, "#,##0") if isinstance(value, int) else (figures.format_fact(fact, language), "@")
