"""Grids of cells written as the files that offices send: Excel, OpenDocument and CSV, whole or damaged."""

import copy
import csv
import io
import re
import zipfile

from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableRowProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook
from openpyxl.utils import cell as addresses


def at(name):
    """Row and column of a cell's name, from 0."""
    row, column = addresses.coordinate_to_tuple(name)
    return row - 1, column - 1


def changed(grid, **cells):
    """The grid with other content in the named cells; a row or column that is not there yet is added."""
    grid = copy.deepcopy(grid)
    for name, content in cells.items():
        row, column = at(name)
        grid.extend([] for _ in range(row + 1 - len(grid)))
        grid[row].extend([None] * (column + 1 - len(grid[row])))
        grid[row][column] = content
    return grid


def xlsx(*grids, names=("Sheet1",), merged=(), hidden_rows=(), hidden_columns=(), hidden_sheets=(), formats=()):
    """An Excel workbook with a sheet for each grid; everything else is about the first sheet."""
    book = Workbook()
    book.remove(book.active)
    for grid, name in zip(grids, names, strict=True):
        sheet = book.create_sheet(name)
        for row in grid:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden_sheets else "visible"
    first = book.worksheets[0]
    for cells in merged:
        first.merge_cells(cells)
    for row in hidden_rows:
        first.row_dimensions[row].hidden = True
    for column in hidden_columns:
        first.column_dimensions[column].hidden = True
    for cell, number_format in formats:
        first[cell].number_format = number_format
    return saved(book)


def saved(book):
    """A workbook's bytes."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def calculated(content, **values):
    """An Excel workbook whose formulas in the named cells have a stored value, as Excel leaves them."""

    def store(part):
        for cell, value in values.items():
            part = re.sub(rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v ?/>', rf"\g<1><v>{value}</v>", part)
            part = re.sub(rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v></v>', rf"\g<1><v>{value}</v>", part)
        return part

    return rewritten(content, "xl/worksheets/sheet1.xml", store)


def rewritten(content, name, change):
    """A packed file with one part's text changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            new.writestr(info, change(part.decode()).encode() if info.filename == name else part)
    return buffer.getvalue()


def ods(grid, name="Trang1", merged=(), hidden_rows=(), formulas=()):
    """An OpenDocument spreadsheet of one sheet; `formulas` are cells whose content is a stored formula's value."""
    book = OpenDocumentSpreadsheet()
    unseen = Style(name="unseen", family="table-row")
    unseen.addElement(TableRowProperties())
    book.automaticstyles.addElement(unseen)
    table = Table(name=name)
    spans = {at(cells.split(":")[0]): at(cells.split(":")[1]) for cells in merged}
    covered = {
        (r, c)
        for (top, left), (bottom, right) in spans.items()
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
        if (r, c) != (top, left)
    }
    width = max(map(len, grid))
    for r, cells in enumerate(grid):
        row = TableRow(**({"visibility": "collapse"} if r + 1 in hidden_rows else {}))
        for c, content in enumerate([*cells, *[None] * (width - len(cells))]):
            row.addElement(CoveredTableCell() if (r, c) in covered else _ods_cell(content, r, c, spans, formulas))
        table.addElement(row)
    book.spreadsheet.addElement(table)
    buffer = io.BytesIO()
    book.write(buffer)
    return buffer.getvalue()


def _ods_cell(content, r, c, spans, formulas):
    more = {}
    if (r, c) in spans:
        bottom, right = spans[r, c]
        more = {"numberrowsspanned": str(bottom - r + 1), "numbercolumnsspanned": str(right - c + 1)}
    if f"{addresses.get_column_letter(c + 1)}{r + 1}" in formulas:
        more["formula"] = "of:=1+1"
    if isinstance(content, (int, float)):
        cell = TableCell(valuetype="float", value=str(content), **more)
    elif content is None:
        return TableCell(**more)
    else:
        cell = TableCell(valuetype="string", **more)
    cell.addElement(P(text=str(content)))
    return cell


def table(grid, mark=",", encoding="utf-8", end="\r\n"):
    """A CSV file."""
    width = max(map(len, grid))
    buffer = io.StringIO(newline="")
    rows = ([*row, *[None] * (width - len(row))] for row in grid)
    csv.writer(buffer, delimiter=mark, lineterminator=end).writerows(rows)
    return encoded(buffer.getvalue(), encoding)


def encoded(text, encoding):
    """Text in a present or a past encoding of Vietnamese."""
    if encoding == "cp1258":
        return b"".join(_cp1258(c) for c in text)
    if encoding in ("tcvn3", "vni"):
        return old(text, encoding).encode("latin-1")
    return text.encode(encoding)


def _cp1258(letter):
    """windows-1258 has â, ê, ô, ơ, ư, ă, đ as letters and the five tones as marks after them."""
    import unicodedata

    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        marks = unicodedata.normalize("NFD", letter)
        tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", marks.replace(tone, ""))
        return base.encode("cp1258") + tone.encode("cp1258")


TCVN3 = dict(
    zip(
        "ăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        "¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        strict=True,
    )
)
VNI = {
    "ă": "aê",
    "â": "aâ",
    "ê": "eâ",
    "ô": "oâ",
    "ơ": "ô",
    "ư": "ö",
    "đ": "ñ",
    "à": "aø",
    "ả": "aû",
    "ã": "aõ",
    "á": "aù",
    "ạ": "aï",
    "ầ": "aà",
    "ấ": "aá",
    "ậ": "aä",
    "ắ": "aé",
    "ặ": "aë",
    "ế": "eá",
    "ề": "eà",
    "ệ": "eä",
    "ì": "ì",
    "í": "í",
    "ị": "ò",
    "ố": "oá",
    "ồ": "oà",
    "ộ": "oä",
    "ó": "où",
    "ò": "oø",
    "ờ": "ôø",
    "ớ": "ôù",
    "ợ": "ôï",
    "ú": "uù",
    "ù": "uø",
    "ổ": "oå",
    "ẩ": "aå",
    "ể": "eå",
    "ở": "ôû",
    "ừ": "öø",
    "ứ": "öù",
    "ẫ": "aã",
    "ỗ": "oã",
    "ễ": "eã",
    "ũ": "uõ",
    "ụ": "uï",
    "ọ": "oï",
    "õ": "oõ",
    "ỏ": "oû",
    "è": "eø",
    "é": "eù",
    "ẹ": "eï",
    "ẻ": "eû",
    "ẽ": "eõ",
    "ỉ": "æ",
    "ĩ": "ó",
    "ỳ": "yø",
    "ỹ": "yõ",
    "ỷ": "yû",
    "ỵ": "î",
    "ằ": "aè",
    "ẳ": "aú",
    "ẵ": "aü",
    "ỡ": "ôõ",
    "ủ": "uû",
    "ữ": "öõ",
    "ự": "öï",
    "ử": "öû",
    "ý": "yù",
}


def old(text, encoding):
    """Text as it looks in a program that takes TCVN3 or VNI for Western European; capitals only where it has them."""
    letters = TCVN3 if encoding == "tcvn3" else VNI
    capitals = {"Đ": "§" if encoding == "tcvn3" else "Ñ"}
    return "".join(capitals.get(c, letters.get(c, c)) for c in text)
