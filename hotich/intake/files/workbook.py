"""Excel and OpenDocument workbooks as sheets: calamine reads the values, `hidden_cells` everything else."""

import io
import zipfile
from collections.abc import Callable

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from hotich.intake.files import hidden_cells
from hotich.intake.files.numbers import Value
from hotich.intake.files.sheet import CellMetadata, Sheet, cell
from hotich.intake.files.source import IsKnown, Refused, Source, unpack
from hotich.intake.problems import Place, problem


def xlsx(source: Source, _is_known: IsKnown) -> tuple[list[Sheet], tuple[()]]:
    """Return the worksheets of an Excel workbook as `_sheets` does."""
    return _sheets(source, hidden_cells.of_xlsx), ()


def ods(source: Source, _is_known: IsKnown) -> tuple[list[Sheet], tuple[()]]:
    """Return the worksheets of an OpenDocument spreadsheet as `_sheets` does."""
    return _sheets(source, hidden_cells.of_ods), ()


def _sheets(source: Source, metadata_of: Callable[[zipfile.ZipFile, str], dict[str, CellMetadata]]) -> list[Sheet]:
    """Return every worksheet in order, hidden ones too. Formulas are not evaluated: their stored value is read.

    Raises Refused for a workbook that is damaged, encrypted, too large or contains what no workbook should.
    """
    with unpack(source) as parts:
        metadata = metadata_of(parts, source.file)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(source.content)) as book:
            return [
                Sheet(
                    source.file,
                    sheet.name,
                    _with_errors(book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False), cells),
                    cells,
                    sheet.visible is not SheetVisibleEnum.Visible,
                )
                for sheet in book.sheets_metadata
                if sheet.typ is SheetTypeEnum.WorkSheet
                for cells in [metadata.get(sheet.name, CellMetadata())]
            ]
    except (CalamineError, OSError, ValueError, KeyError) as error:
        # An error value that calamine does not know is no damage: the cell that shows it is named.
        for name, cells in metadata.items():
            for at, shown in cells.errors.items():
                if shown and shown in str(error):
                    raise Refused(problem("count.error", Place(source.file, name, cell(*at)), shown)) from None
        raise Refused(problem("file.damaged", Place(source.file), type(error).__name__)) from None


def _with_errors(rows: list[list[Value]], metadata: CellMetadata) -> list[list[Value]]:
    """Return the rows with the texts of cells whose formula failed; calamine leaves them empty."""
    for (row, column), shown in metadata.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = shown or "#"
    return rows
