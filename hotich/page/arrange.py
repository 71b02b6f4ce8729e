"""Which cells of an executed notebook stand on its page, in their order.

Prose is shown if it has no tag or is tagged with the page's language. A cell tagged `notebook-only` is for readers of
the notebook alone: it stands in the fold at the end of the page, which holds the whole notebook.
"""

import re
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from hotich.language import LANGUAGES
from hotich.page.layout import Block, Layout, Step
from hotich.page.own import prose
from hotich.page.own.bind import Text
from hotich.page.own.ground import Ground
from hotich.page.own.options import Options
from hotich.page.own.outputs import Cell

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOK_ONLY: Final = "notebook-only"
"""The tag of cells that are for readers of the notebook alone."""
_HEADING: Final = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)


def arranged(notebook: "NotebookNode", ground: Ground, source: Markup, by: str) -> Layout:
    """Return the layout of a page `by` an office; `source` says whose data its own charts and tables show.

    Raises NotebookFailed naming a cell that shows what no page can, Contradicted naming HTML or a figure that is not
    allowed, InputRefused for a picture that cannot be shown.
    """
    layout = Layout(by)
    for cell in notebook.cells:
        shown = NOTEBOOK_ONLY not in cell.metadata.get("tags", ())
        if cell.cell_type == "markdown" and _in(ground.language, cell):
            blocks = _prose(cell, ground)
            told = "".join(block.html for block in blocks)
            layout.notebook.append(Step(cell.id, prose=_HEADING.sub(r"<p><b>\2</b></p>", told)))
            layout.show(blocks if shown else ())
        elif cell.cell_type == "code":
            layout.notebook.append(Step(cell.id, code=cell.source))
            layout.show(Cell(cell, ground, source).blocks() if shown else ())
    return layout


def _prose(cell: Any, ground: Ground) -> list[Block]:  # noqa: ANN401 - nbformat is untyped
    caption = Options.of(cell).words("caption", ground.language)
    return prose.markdown(cell.source, cell.get("attachments", {}), ground.folder, Text(ground, cell.id), caption)


def _in(language: str, cell: Any) -> bool:  # noqa: ANN401 - nbformat is untyped
    tags = {*cell.metadata.get("tags", ())} - {NOTEBOOK_ONLY}
    return not tags & {*LANGUAGES} or language in tags
