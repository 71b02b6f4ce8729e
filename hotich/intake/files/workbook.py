"""An Excel or OpenDocument workbook as sheets: values by calamine, everything else by `marks`."""

import io

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from hotich.intake.files import accept, hidden_cells
from hotich.intake.files.sheet import Marks, Sheet
from hotich.intake.problems import Place, problem


def read(source: accept.Source) -> list[Sheet]:
    """Every worksheet in its order, hidden ones too. Formulas are never evaluated: their stored value is read.

    Raises Refused for a workbook that is damaged, locked, too large or holds what a workbook must not hold.
    """
    with accept.unpack(source) as parts:
        known = (hidden_cells.of_xlsx if source.kind == ".xlsx" else hidden_cells.of_ods)(parts, source.file)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(source.content)) as book:
            return [
                Sheet(
                    source.file,
                    meta.name,
                    book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False),
                    known.get(meta.name, Marks()),
                    meta.visible is not SheetVisibleEnum.Visible,
                )
                for meta in book.sheets_metadata
                if meta.typ is SheetTypeEnum.WorkSheet
            ]
    except (CalamineError, OSError, ValueError, KeyError) as error:
        raise accept.Refused(problem("file.damaged", Place(source.file), type(error).__name__)) from None
