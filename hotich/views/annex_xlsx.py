"""`annex.xlsx`: the tables an office attaches to its report, by district, commune, office and register."""

import io
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hotich.data.areas import Area
from hotich.language import say
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.storage import reproducible_zip
from hotich.views import figures
from hotich.views.saved_table import harmless

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FORMATS: Final = {"percent": "0.0", "points": "+0.0;-0.0;0.0"}
Cell = Fact | str | None
FACE: Final = "Times New Roman"
"""The face of official papers (NĐ 30/2020/NĐ-CP)."""
HEAD: Final = 3
"""The row of the headings, after title and warning."""
WIDTHS: Final = (34, 22, 13, 13, 11, 13, 13, 13, 13, 14, 14)


def write(m: Measures, path: Path) -> None:
    """Write the workbook, in the language of `m`, the same to the byte for the same facts."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, columns, rows, foot in (_districts(m), _communes(m), _offices(m), _registers(m)):
        if rows:
            _sheet(m, book.create_sheet(say(m.language, f"tables.annex.{name}")), columns, rows, foot)
    book.properties.creator = m.office.name(m.language)
    book.properties.created = book.properties.modified = datetime(*m.as_of.timetuple()[:3])
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(reproducible_zip.timeless(buffer.getvalue(), m.as_of))


Part = tuple[str, Sequence[str], list[tuple[Cell, ...]], tuple[Cell, ...]]
_LEVEL: Final = ("required", "digitised", "percent")


def _levels(m: Measures, code: str) -> tuple[Cell, ...]:
    groups = (m.find("percent", code, scope) for scope in ("population", "civil_status"))
    return (*(m.find(measure, code) for measure in _LEVEL), *groups, m.find("left", code))


def _districts(m: Measures) -> Part:
    columns = ("district", "code", *_LEVEL, "population", "civil_status", "left", "points", "completed", "rank")
    rows = [(area.name(m.language), area.code, *_district(m, area.code)) for area in m.districts]
    return "districts", columns, rows, (say(m.language, "tables.annex.total"), m.root, *_district(m, m.root))


def _district(m: Measures, code: str) -> tuple[Cell, ...]:
    rank = m.find("rank", code) if code != m.root else None
    return (*_levels(m, code), m.find("percent_change", code), m.find("communes_completed", code), rank)


def _communes(m: Measures) -> Part:
    columns = ("commune", "district", "code", *_LEVEL, "population", "civil_status", "left", "rank", "since")
    rows = [_commune(m, area) for area in m.communes()]
    total = (say(m.language, "tables.annex.total"), m.area(m.root).name(m.language), m.root, *_levels(m, m.root))
    return "communes", columns, rows, () if m.districts else (*total, None, None)


def _commune(m: Measures, area: Area) -> tuple[Cell, ...]:
    parent = m.area(area.parent).name(m.language)
    ranked = (m.find("rank", area.code), m.find("completed_since", area.code))
    return (area.name(m.language), parent, area.code, *_levels(m, area.code), *ranked)


def _offices(m: Measures) -> Part:
    columns = ("area", "code", *_LEVEL, "population", "civil_status", "left", "since")
    units = [unit for unit in m.checked.data.areas.units(m.root) if unit.level == "office"]
    rows: list[tuple[Cell, ...]] = [
        (unit.name(m.language), unit.code, *_levels(m, unit.code), m.find("completed_since", unit.code))
        for unit in units
    ]
    return "offices", columns, rows, ()


def _registers(m: Measures) -> Part:
    columns = ("figure", "code", *_LEVEL, "left")
    rows: list[tuple[Cell, ...]] = [
        (each.name(m.language), each.code, *(m.find(measure, scope=each.code) for measure in (*_LEVEL, "left")))
        for each in m.registers
    ]
    total = (m.find(measure) for measure in (*_LEVEL, "left"))
    return "registers", columns, rows, (say(m.language, "tables.annex.total"), "", *total)


def _sheet(
    m: Measures, sheet: "Worksheet", columns: Sequence[str], rows: Sequence[Sequence[Cell]], foot: Sequence[Cell]
) -> None:
    """Fill a sheet with title, warning, headings, rows and totals (values, so that they stand without the rows)."""
    place, as_of = m.area(m.root).name(m.language), figures.format_fact(m.get("as_of"), m.language)
    warning = say(m.language, "tables.annex.synthetic") if m.synthetic else ""
    sheet.append([say(m.language, "tables.annex.title", place=harmless(place), as_of=as_of)])
    sheet.append([warning])
    sheet.append([*(say(m.language, f"tables.column.{n}") for n in columns), say(m.language, "tables.column.origin")])
    origin = say(m.language, "tables.annex.origin_synthetic" if m.synthetic else "tables.annex.origin_computed")
    for row in [*rows, *([foot] if foot else [])]:
        if len(row) != len(columns):
            raise ValueError(f"annex.xlsx, “{sheet.title}” has {len(columns)} columns and a row of {len(row)} cells")
        _append(m, sheet, [*row, origin])
    _dressed(sheet, len(columns) + 1, totals=bool(foot))
    _printed(sheet, len(columns) + 1, len(rows), warning)


@dataclass(frozen=True)
class _Look:
    """What cells have in common that look alike."""

    edge: str
    side: str
    head: bool
    bold: bool
    shrink: bool
    number_format: str


def _dressed(sheet: "Worksheet", width: int, *, totals: bool) -> None:
    """Format a sheet as an official annex: Times New Roman, thin rules, bold headings and totals."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    first: dict[_Look, Any] = {}
    for row in sheet.iter_rows(min_row=HEAD, max_col=width):
        head, total = row[0].row == HEAD, totals and row[0].row == sheet.max_row
        for cell in row:
            side = "center" if head or cell.column == width else "left" if isinstance(cell.value, str) else "right"
            edge, shrink = "thin" if head or total else "hair", not head and cell.column == 1
            look = _Look(edge, side, head, head or total, shrink, cell.number_format)
            if look in first:
                cell._style = copy(first[look]._style)  # as openpyxl copies sheets; else each is looked up again
            else:
                _dress(cell, look)
                first[look] = cell
    sheet.row_dimensions[HEAD].height = 34
    for row_number, size, colour in ((1, 14, "000000"), (2, 11, "9A3412")):
        for cell in sheet[row_number][:1]:
            cell.font = Font(name=FACE, size=size, bold=True, color=colour)
    for number in range(1, width + 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS[number - 1] if number <= len(WIDTHS) else 14


def _dress(cell: Any, look: _Look) -> None:  # noqa: ANN401 - a cell of openpyxl, merged or not
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    thin, edge = Side("thin"), Side(look.edge)
    cell.font = Font(name=FACE, size=11, bold=look.bold)
    cell.border = Border(left=thin, right=thin, top=edge, bottom=edge)
    cell.alignment = Alignment(look.side, vertical="center", wrap_text=look.head, shrink_to_fit=look.shrink)
    if look.head:
        cell.fill = PatternFill("solid", fgColor="E8EEF4")


def _printed(sheet: "Worksheet", width: int, rows: int, warning: str) -> None:
    """Set up printing: A4 landscape, one page wide, headings and the warning on every page."""
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = f"B{HEAD + 1}"
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
    sheet.print_area = f"A1:{get_column_letter(width)}{sheet.max_row}"
    sheet.auto_filter.ref = f"A{HEAD}:{get_column_letter(width)}{rows + HEAD}"  # without the totals
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.6
    sheet.oddFooter.center.text = "&P / &N"
    sheet.oddHeader.right.text = warning


def _append(m: Measures, sheet: "Worksheet", row: Sequence[Cell]) -> None:
    number = sheet.max_row + 1
    for column, content in enumerate(row, 1):
        cell = sheet.cell(number, column)
        if isinstance(content, Fact):
            value = content.value
            cell.value = value if isinstance(value, int | Decimal) else figures.format_fact(content, m.language)
            cell.number_format = _FORMATS.get(content.unit, "#,##0") if isinstance(value, int | Decimal) else "@"
        elif content is not None:
            cell.value = harmless(content)
            cell.number_format = "@"
