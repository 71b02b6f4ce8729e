"""A notebook as any program may have saved it, in the one form that is run here."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from hotich.errors import NotebookFailed
from hotich.month import printable
from hotich.storage import regular

if TYPE_CHECKING:
    from nbformat import NotebookNode

KERNEL: Final = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def read(file: Path) -> "NotebookNode":
    """Return the notebook of a file, in today's format and for Python, whatever its metadata say.

    A cell without an id, as Colab saves them, gets one by its place, so that it is the same in every run. Raises
    NotebookFailed where no notebook can be read: a file cut off, of another kind, a pipe in its place.
    """
    import nbformat

    try:
        return _settled(nbformat.reader.reads(regular.read(file).decode("utf-8-sig")))
    except OSError as error:
        raise NotebookFailed("runner.unreadable", file=file, reason=error.strerror or error) from None
    except Exception as error:  # what is no notebook breaks nbformat in any way, its conversions by assertions, too
        reason = printable(str(error).partition("\n")[0] or type(error).__name__)
        raise NotebookFailed("runner.unreadable", file=file, reason=reason) from error


def _settled(notebook: "NotebookNode") -> "NotebookNode":
    import nbformat

    if notebook.nbformat < nbformat.current_nbformat:
        notebook = nbformat.from_dict(nbformat.convert(notebook, nbformat.current_nbformat))
    named = {cell.get("id") for cell in notebook.cells}
    if notebook.nbformat_minor < nbformat.v4.nbformat_minor or None in named or len(named) < len(notebook.cells):
        _name_cells(notebook.cells)
        notebook.nbformat_minor = nbformat.v4.nbformat_minor
    notebook.metadata.kernelspec = dict(KERNEL)
    notebook.metadata.pop("language_info", None)
    nbformat.validate(notebook)
    return notebook


def _name_cells(cells: "list[NotebookNode]") -> None:
    """Give a cell without an id of its own one of letters alone: on a page digits would be taken for a figure."""
    taken: set[str] = set()
    for place, cell in enumerate(cells):
        name = cell.get("id") or ""
        if not name or name in taken:
            name = f"cell-{chr(ord('a') + place // 26)}{chr(ord('a') + place % 26)}"
        taken.add(name)
        cell.id = name
