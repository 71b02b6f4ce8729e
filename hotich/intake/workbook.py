"""An Excel or OpenDocument workbook as sheets: values by calamine, everything else by `marks`."""

import io

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from hotich.intake import files, marks
from hotich.intake.problems import Place, problem
from hotich.intake.sheet import Marks, Sheet


def read(source: files.Source) -> list[Sheet]:
    """Every worksheet in its order, hidden ones too. Formulas are never evaluated: their stored value is read.

    Raises Refused for a workbook that is damaged, locked, too large or holds what a workbook must not hold.
    """
    with files.unpack(source) as parts:
        known = (marks.of_xlsx if source.kind == ".xlsx" else marks.of_ods)(parts, source.file)
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
        raise files.Refused(problem("file.damaged", Place(source.file), type(error).__name__)) from None
