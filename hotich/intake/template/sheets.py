"""A form as an Excel workbook: cells to fill in are unlocked and yellow, all others locked."""

import io
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Final

from hotich import formats
from hotich.data import difficulties
from hotich.data.counts import MEASURES
from hotich.data.office import Office
from hotich.intake.template.form import ABOUT, COLUMNS, MARK, VERSION, Form, Row
from hotich.language import LANGUAGES, say, text
from hotich.storage import reproducible_zip
from hotich.views.saved_table import harmless

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS: Final = (11, 38, 8, 60, 14, 14, 28, 44)
HEAD: Final = 6
"""The row of the column headings; the units are below it."""
MOST: Final = 9_999_999
"""The largest count that a cell accepts: seven digits, as many as a province needs."""
SHEET_ROWS: Final = 4_000
"""The most rows of units on a sheet: an import reads at most 5,000 rows."""
GUIDE: Final = tuple(f"step_{number}" for number in range(1, 8))
FONT: Final = "Calibri"
"""The font of every cell; without one, spreadsheet programs choose different fonts."""
_GUIDE_WIDTH, _LINE = 100, 15.5
_YELLOW, _GREY, _NAVY, _RED = "FFF6E3", "F5F7F9", "12436D", "F8D7CD"


def content(form: Form, office: Office) -> bytes:
    """Return the workbook's bytes: the same for the same lists and counts."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    tables = [_table(book, form, office, rows) for rows in parts(form.rows, SHEET_ROWS)]
    kinds = _guide(book.create_sheet(_say("sheet.guide")))
    _about(book.create_sheet(_say("sheet.about")), form)
    for table in tables:
        _validated(table, kinds)
        _set_widths(table)
    _properties(book, form, office)
    buffer = io.BytesIO()
    book.save(buffer)
    return reproducible_zip.timeless(buffer.getvalue(), form.month.first_day)


def parts(rows: Sequence[Row], most: int) -> list[list[Row]]:
    """Return the rows of each sheet, each unit on one sheet; only the largest provinces need several."""
    sheets: list[list[Row]] = [[]]
    for _, unit in groupby(rows, key=lambda row: row.unit.code):
        of_unit = list(unit)
        if sheets[-1] and len(sheets[-1]) + len(of_unit) > most:
            sheets.append([])
        sheets[-1] += of_unit
    return sheets


def _table(book: "Workbook", form: Form, office: Office, rows: Sequence[Row]) -> "Worksheet":
    number = len(book.worksheets) + 1
    sheet = book.create_sheet(_say("sheet.data") + (f" {number}" if number > 1 else ""))
    _head(sheet, form, office)
    _rows(sheet, rows)
    return sheet


def _say(key: str, **values: object) -> str:
    """Return a text in Vietnamese, the language of the offices; only the guide is in English, too."""
    return say("vi", f"template.{key}", **values)


def _head(sheet: "Worksheet", form: Form, office: Office) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    carried = any(row.required is not None for row in form.rows)
    last = formats.month(form.month.previous, "vi")
    lines = (
        _say("title", office=office.name_vi),
        _say("area", name=form.area.name_vi, code=form.area.code),
        _say("month", month=formats.month(form.month, "vi"), as_of=formats.day(form.as_of, "vi")),
        _say("fill") + (" " + _say("carried", month=last) if carried else ""),
    )
    for number, line in enumerate(lines, 1):
        cell = sheet.cell(number, 1, harmless(line))
        cell.font = Font(FONT, bold=number < 4, size=14 if number == 1 else 11)
    for number, name in enumerate(COLUMNS, 1):
        cell = sheet.cell(HEAD, number, _say(f"column.{name}"))
        cell.font = Font(FONT, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color=_NAVY)
        cell.border = Border(bottom=Side("thin"))
        cell.alignment = Alignment(horizontal="right" if name in MEASURES else "left", wrap_text=True)


def _rows(sheet: "Worksheet", rows: Sequence[Row]) -> None:
    from openpyxl.styles import Border, PatternFill, Protection, Side

    open_, line = Protection(locked=False), Side("thin", color="8C8C8C")
    thin = Side("hair", color="CBD3DA")
    yellow, grey = PatternFill("solid", start_color=_YELLOW), PatternFill("solid", start_color=_GREY)
    same, first = (Border(top=top, left=thin, right=thin) for top in (thin, line))
    before = ""
    for number, row in enumerate(rows, HEAD + 1):
        names = (row.unit.code, row.unit.name_vi, row.register.code, row.register.name_vi)
        values: tuple[str | int | None, ...] = (*map(harmless, names), row.required, None, None, None)
        for column, value in enumerate(values, 1):
            cell = sheet.cell(number, column, value)
            cell.number_format = "#,##0" if column in (5, 6) else "@"
            cell.fill = yellow if column > 4 else grey
            cell.border = same if row.unit.code == before else first
            if column > 4:
                cell.protection = open_
        before = row.unit.code


def _guide(sheet: "Worksheet") -> str:
    """Write the guide in both languages and the kinds of difficulty. Return their range, for the drop-down."""
    for language in LANGUAGES:
        _wrapped(sheet, say(language, "template.guide.title"), bold=True)
        for key in GUIDE:
            _wrapped(sheet, text(language, f"template.guide.{key}"))
        sheet.append([])
    _wrapped(sheet, " / ".join(say(language, "template.guide.kinds") for language in LANGUAGES), bold=True)
    first = sheet.max_row + 1
    for kind in difficulties.DIFFICULTIES:
        sheet.append([say(language, f"data.difficulty.{kind}") for language in LANGUAGES])
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _GUIDE_WIDTH, 34
    _locked(sheet)
    _on_paper(sheet)
    return f"'{sheet.title}'!$A${first}:$A${sheet.max_row}"


def _wrapped(sheet: "Worksheet", line: str, bold: bool = False) -> None:
    """Add a line of prose, with a row height: not every program computes it."""
    from openpyxl.styles import Alignment, Font

    sheet.append([line])
    cell = sheet.cell(sheet.max_row, 1)
    cell.font, cell.alignment = Font(FONT, bold=bold, size=11), Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[sheet.max_row].height = _LINE * (1 + len(line) // (_GUIDE_WIDTH - 8))


def _about(sheet: "Worksheet", form: Form) -> None:
    """Write what identifies the workbook, as names and values that survive any spreadsheet program."""
    values = (str(form.month), form.area.code, form.as_of.isoformat(), _say("sheet.data"))
    for name, value in ((MARK, VERSION), *zip(ABOUT, values, strict=True)):
        sheet.append([name, value])
        sheet.cell(sheet.max_row, 2).number_format = "@"
    for language in LANGUAGES:
        sheet.append([say(language, "template.about")])
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 24
    _locked(sheet)
    _on_paper(sheet)


def _validated(sheet: "Worksheet", kinds: str) -> None:
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    first, last = HEAD + 1, sheet.max_row
    whole = DataValidation("whole", operator="between", formula1="0", formula2=str(MOST), allow_blank=True)
    chosen = DataValidation("list", formula1=kinds, allow_blank=True)
    for validation, key, cells in ((whole, "whole", f"E{first}:F{last}"), (chosen, "kind", f"G{first}:G{last}")):
        validation.errorTitle, validation.error = _say("wrong.title"), _say(f"wrong.{key}")
        validation.promptTitle, validation.prompt = _say("prompt.title"), _say(f"prompt.{key}")
        validation.showErrorMessage = validation.showInputMessage = True
        sheet.add_data_validation(validation)
        validation.add(cells)
    more = f"AND(ISNUMBER($F{first}),ISNUMBER($E{first}),$F{first}>$E{first})"
    red = PatternFill("solid", start_color=_RED, end_color=_RED)
    sheet.conditional_formatting.add(f"E{first}:F{last}", FormulaRule([more], fill=red))
    sheet.auto_filter.ref = f"A{HEAD}:H{last}"
    sheet.freeze_panes = f"C{first}"
    _locked(sheet)


def _locked(sheet: "Worksheet") -> None:
    """Lock a sheet without a password: against slips, not against changes that are needed."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.autoFilter = False


def _set_widths(sheet: "Worksheet") -> None:
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
    _on_paper(sheet)


def _on_paper(sheet: "Worksheet") -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P / &N"


def _properties(book: "Workbook", form: Form, office: Office) -> None:
    from openpyxl.packaging.custom import StringProperty

    book.properties.creator = office.name_vi
    book.properties.title = f"{_say('title', office=office.name_vi)}, {form.area.name_vi}, {form.month}"
    book.properties.created = book.properties.modified = datetime(*form.month.first_day.timetuple()[:3])
    for name, value in (("month", str(form.month)), ("area", form.area.code)):
        book.custom_doc_props.append(StringProperty(name=f"hotich-{name}", value=value))
