"""`annex.xlsx`: the tables an office attaches to its report, by district, commune, office and register."""

import io
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
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
    from openpyxl.worksheet.worksheet import Worksheet

_POINTS: Final = "+0.0;-0.0;0.0"
Cell = Fact | str | None
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
    rows: list[tuple[Cell, ...]]
    foot: tuple[Cell, ...] = ()
    strong: frozenset[int] = frozenset()


def write(m: Measures, path: Path) -> None:
    """Write the workbook, its sheets in the office's languages, the same to the byte for the same facts."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
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


def _levels(m: Measures, code: str) -> tuple[Cell, ...]:
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


def _district(m: Measures, name: str, code: str) -> tuple[Cell, ...]:
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


def _of_province(m: Measures, area: Area) -> tuple[Cell, ...]:
    province, rank = m.area(area.parent).official(m.language), m.find("rank", area.code)
    done = m.find("communes_completed", area.code)
    return (area.official(m.language), area.code, province, rank, *_levels(m, area.code), done)


def _total(m: Measures) -> str:
    return say(m.language, "tables.annex.total")


def _communes(m: Measures) -> Part:
    within = () if m.two_levels else ("within",)
    columns = ("commune", "code", *within, "rank", *_LEVEL, "points", *GROUPS, "left", "since")
    rows = [_commune(m, area) for area in _by_rank(m, m.communes())]
    blank: tuple[Cell, ...] = (None,) * len(within)
    total = (say(m.language, "tables.annex.all_units"), m.root, *blank, None, *_levels(m, m.root), None)
    return Part("communes", columns, rows, total)


def _commune(m: Measures, area: Area) -> tuple[Cell, ...]:
    parent, name = ", ".join(each.official(m.language) for each in m.around(area)), area.official(m.language)
    rank, since = m.find(m.rank_name(area), area.code), m.find("completed_since", area.code)
    within = () if m.two_levels else (parent,)
    return (name, area.code, *within, rank, *_levels(m, area.code), since)


def _offices(m: Measures) -> Part:
    columns = ("area", "code", *_LEVEL, "points", *GROUPS, "left", "since")
    units = [unit for unit in m.checked.data.areas.units(m.root) if unit.level == "office"]
    rows: list[tuple[Cell, ...]] = [
        (unit.official(m.language), unit.code, *_levels(m, unit.code), m.find("completed_since", unit.code))
        for unit in units
    ]
    return Part("offices", columns, rows)


def _registers(m: Measures) -> Part:
    """Return each group with its sum, the registers in it below; the sum of both groups is the total."""
    rows: list[tuple[Cell, ...]] = []
    strong: set[int] = set()
    for group in GROUPS:
        strong.add(len(rows))
        rows.append(_register(m, say(m.language, f"tables.column.{group}"), "", group))
        inside = (each for each in m.registers if each.group == group)
        rows += [_register(m, each.name(m.language), each.code, each.code) for each in inside]
    columns = ("figure", "code", *_LEVEL, "left")
    return Part("registers", columns, rows, _register(m, _total(m), "", "all"), frozenset(strong))


def _register(m: Measures, name: str, code: str, scope: str) -> tuple[Cell, ...]:
    return (name, code, *(m.find(measure, scope=scope) for measure in (*_LEVEL, "left")))


def _sheet(m: Measures, sheet: "Worksheet", part: Part) -> None:
    """Fill a sheet with title, warning, headings, rows and totals (values, so that they stand without the rows)."""
    warning = say(m.language, "tables.annex.synthetic") if m.synthetic else ""
    as_of = figures.format_fact(m.get("as_of"), m.language)
    sheet.append([say(m.language, f"tables.annex.title_{part.name}", place=harmless(place(m)), as_of=as_of)])
    sheet.append([warning])
    columns = (*part.columns, "origin")
    sheet.append([say(m.language, f"tables.column.{name}") for name in columns])
    origin = say(m.language, "tables.annex.origin_synthetic" if m.synthetic else "tables.annex.origin_computed")
    for number, row in enumerate([*part.rows, *([part.foot] if part.foot else [])], HEAD + 1):
        if len(row) != len(part.columns):
            raise ValueError(
                f"annex.xlsx, “{sheet.title}” has {len(part.columns)} columns and a row of {len(row)} cells"
            )
        _append(m, sheet, number, [*row, origin])
    bold = {HEAD + 1 + number for number in part.strong} | ({sheet.max_row} if part.foot else set())
    _dressed(sheet, columns, bold)
    _printed(sheet, len(columns), len(part.rows), warning)


@dataclass(frozen=True)
class _Look:
    """What cells have in common that look alike."""

    edge: str
    side: str
    head: bool
    bold: bool
    number_format: str


def _dressed(sheet: "Worksheet", columns: Sequence[str], bold: Collection[int]) -> None:
    """Format a sheet as an official annex: Times New Roman, thin rules, bold headings and sums."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    first: dict[_Look, Any] = {}
    for row in sheet.iter_rows(min_row=HEAD, max_col=len(columns)):
        head, total = row[0].row == HEAD, row[0].row in bold
        for cell, column in zip(row, columns, strict=True):
            look = _Look(
                "thin" if head or total else "hair", _side(cell, column, head), head, head or total, cell.number_format
            )
            if look in first:
                cell._style = first[look]._style  # one for all that look alike; else each is looked up again
            else:
                _dress(cell, look)
                first[look] = cell
    sheet.row_dimensions[HEAD].height = 34
    for row_number, size, colour in ((1, 14, "000000"), (2, 11, "9A3412")):
        for cell in sheet[row_number][:1]:
            cell.font = Font(name=FACE, size=size, bold=True, color=colour)
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, 11)


def _side(cell: Any, column: str, head: bool) -> str:  # noqa: ANN401 - a cell of openpyxl, merged or not
    """Return where a cell's content stands: numbers to the right, ranks, codes, months and origins in the middle."""
    if head or column in ("code", "since", "origin", *_RANKS):
        return "center"
    return "left" if isinstance(cell.value, str) else "right"


def _dress(cell: Any, look: _Look) -> None:  # noqa: ANN401 - a cell of openpyxl, merged or not
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    thin, edge = Side("thin"), Side(look.edge)
    cell.font = Font(name=FACE, size=11, bold=look.bold)
    cell.border = Border(left=thin, right=thin, top=edge, bottom=edge)
    cell.alignment = Alignment(look.side, vertical="center", wrap_text=True)
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


def _append(m: Measures, sheet: "Worksheet", number: int, row: Sequence[Cell]) -> None:
    """Fill a row: numbers as numbers, percentages as percentages, anything else as text that is no formula."""
    for column, content in enumerate(row, 1):
        cell = sheet.cell(number, column)
        if isinstance(content, Fact):
            cell.value, cell.number_format = _value(content, m.language)
        elif content is not None:
            cell.value = harmless(content)
            cell.number_format = "@"


def _value(fact: Fact, language: str) -> tuple[int | Decimal | str, str]:
    """Return what a fact is in a cell, and how it is shown there."""
    value = fact.value
    if isinstance(value, Decimal) and fact.unit == "percent":
        near = formats.tenth(value) != value.quantize(Decimal("0.1"), ROUND_HALF_UP)
        return value / 100, f'"{formats.percent(value, language, column=True)}"' if near else "0.0%"  # 99.97 is not 100
    if isinstance(value, Decimal):
        return value, _POINTS
    return (value, "#,##0") if isinstance(value, int) else (figures.format_fact(fact, language), "@")
