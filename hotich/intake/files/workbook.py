"""Excel and OpenDocument workbooks as sheets: calamine reads the values, `hidden_cells` everything else."""

import io
import zipfile
from collections.abc import Callable
from typing import TypeAlias

from python_calamine import CalamineError, CalamineWorkbook, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from hotich.intake.files.numbers import Value
from hotich.intake.files.sheet import CellMetadata, Sheet, cell
from hotich.intake.files.source import IsKnown, Refused, Source, unpack
from hotich.intake.problems import Place, Problem, problem

MetadataOf: TypeAlias = Callable[[zipfile.ZipFile, str], dict[str, CellMetadata]]


def read(metadata_of: MetadataOf, source: Source, _is_known: IsKnown) -> tuple[list[Sheet], tuple[()]]:
    """Return every worksheet in order, hidden ones too. Formulas are not evaluated: their stored value is read.

    Raises Refused for a workbook that is damaged, encrypted, too large or contains what no workbook should.
    """
    with unpack(source) as parts:
        metadata = metadata_of(parts, source.file)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(source.content)) as book:
            sheets = [sheet for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
            return [_sheet(book, sheet, source.file, metadata) for sheet in sheets], ()
    except (CalamineError, OSError, ValueError, KeyError) as error:
        raise Refused(_reason(source.file, metadata, error)) from None


def _reason(file: str, metadata: dict[str, CellMetadata], error: Exception) -> Problem:
    """Return why calamine failed: at an error value that it does not know, which is no damage, or at anything else."""
    for name, cells in metadata.items():
        for at, shown in cells.errors.items():
            if shown and shown in str(error):
                return problem("count.error", Place(file, name, cell(*at)), shown)
    return problem("file.damaged", Place(file), type(error).__name__)


def _sheet(book: CalamineWorkbook, sheet: SheetMetadata, file: str, metadata: dict[str, CellMetadata]) -> Sheet:
    cells = metadata.get(sheet.name, CellMetadata())
    rows = _with_errors(book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False), cells)
    return Sheet(file, sheet.name, rows, cells, sheet.visible is not SheetVisibleEnum.Visible)


def _with_errors(rows: list[list[Value]], cells: CellMetadata) -> list[list[Value]]:
    """Return the rows with the texts of cells whose formula failed; calamine leaves them empty."""
    for (row, column), shown in cells.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = shown or "#"
    return rows
