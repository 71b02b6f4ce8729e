"""An Excel or OpenDocument workbook as sheets: values by calamine, everything else by `marks`."""

import io

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from hotich.intake.files import accept, hidden_cells
from hotich.intake.files.numbers import Value
from hotich.intake.files.sheet import Marks, Sheet, cell
from hotich.intake.problems import Place, Problem, problem


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
                    _with_errors(book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False), marks),
                    marks,
                    meta.visible is not SheetVisibleEnum.Visible,
                )
                for meta in book.sheets_metadata
                if meta.typ is SheetTypeEnum.WorkSheet
                for marks in [known.get(meta.name, Marks())]
            ]
    except (CalamineError, OSError, ValueError, KeyError) as error:
        raise accept.Refused(_reason(source.file, known, error)) from None


def _reason(file: str, known: dict[str, Marks], error: Exception) -> Problem:
    """Return why calamine failed: at an error value that it does not know, which is no damage, or at anything else."""
    for name, marks in known.items():
        for at, shown in marks.errors.items():
            if shown and shown in str(error):
                return problem("count.error", Place(file, name, cell(*at)), shown)
    return problem("file.damaged", Place(file), type(error).__name__)


def _with_errors(rows: list[list[Value]], marks: Marks) -> list[list[Value]]:
    """Return the rows with what a person sees in cells whose formula failed; calamine leaves them empty."""
    for (row, column), shown in marks.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = shown or "#"
    return rows
