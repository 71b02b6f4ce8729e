"""Which cells of an executed notebook stand where on its page.

Views come in the order of the notebook. A view that is a section begins one; any other view belongs to the section
before it. A prose cell stands above what the next code cell shows: under the heading when that is a section. Prose
about a cell that shows nothing, such as reading the counts, is for the reader of the notebook; it stands in the fold
at the end of the page, which holds the whole notebook.

Prose is shown if it has no tag or is tagged with the page's language. Its `##` heading begins a section only where
the view below brings no heading of its own.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from hotich.errors import NotebookFailed
from hotich.language import say
from hotich.language.unseen import visible
from hotich.page import sanitize

if TYPE_CHECKING:
    from nbformat import NotebookNode

PROSE: Final = "prose"
"""The class of what holds a notebook's prose: all of it stands in one of these, but headings, which are plain text."""
_SECTION: Final = re.compile(r'<section id="(?P<anchor>[^"]+)"[^>]*>\s*<h2[^>]*>(?P<heading>.*?)</h2>', re.DOTALL)
_TITLE: Final = re.compile(r"<h[12]>(.*?)</h[12]>\s*", re.DOTALL)
_SAVED: Final = re.compile(r'<a [^>]*\bdownload="')
_EXPLAINED: Final = re.compile(r' title="([^"]*)"')
_HEADING: Final = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)


@dataclass
class Section:
    """A part of the page that the contents list names. `heading` is text; `parts` are cleaned HTML, in order."""

    anchor: str
    heading: str
    parts: list[str] = field(default_factory=list)

    @property
    def html(self) -> str:
        """The whole section; a figure's definition stands with the first figure that it explains there."""
        return _explained_once("\n".join([*filter(None, self.parts), "</section>"]))


@dataclass(frozen=True)
class Step:
    """A cell as the notebook has it: its code, or its prose as cleaned HTML."""

    cell: str
    code: str = ""
    prose: str = ""

    @property
    def has_digits(self) -> bool:
        """Whether the cell's name has digits, as programs give them: then a page marks it as a name."""
        return any(letter.isdigit() for letter in self.cell)


@dataclass
class Layout:
    """A page's opening, its sections in order, and the notebook that made them."""

    opening: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    notebook: list[Step] = field(default_factory=list)

    def show(self, view: str, prose: str) -> None:
        """Add a view and the prose above it."""
        if found := _SECTION.match(view):
            body = view[found.end() :].removesuffix("</section>")
            self.sections.append(Section(found["anchor"], _text(found["heading"]), [found[0], _plain(prose), body]))
        elif view.startswith("<header"):
            self.opening += [view.removesuffix("</header>"), _plain(prose), "</header>"]
        else:
            self._continue(view, prose)

    def _continue(self, view: str, prose: str) -> None:
        if title := _TITLE.search(prose):
            heading = _text(title[1])
            start = Markup('<section id="{}"><h2>{}</h2>').format(slug(heading), heading)
            self.sections.append(Section(slug(heading), heading, [start]))
        place = self.sections[-1].parts if self.sections else self.opening
        place += [_plain(prose), view]


def arranged(notebook: "NotebookNode", language: str, where: str) -> Layout:
    """Return the layout of a page in one language; `where` names the page in messages.

    Raises NotebookFailed naming a cell that shows anything but a view, Contradicted naming HTML that is not allowed.
    """
    layout = Layout()
    prose = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and _in(language, cell):
            shown = sanitize.html(_rendered(cell.source), where, cell.id)
            layout.notebook.append(Step(cell.id, prose=_HEADING.sub(r"<p><b>\2</b></p>", shown)))
            prose += shown
        elif cell.cell_type == "code":
            layout.notebook.append(Step(cell.id, code=cell.source))
            for view in _views(cell, where):
                layout.show(view, prose)
                prose = ""
            prose = ""
    if prose and layout.sections:
        layout.sections[-1].parts.append(_plain(prose))
    return layout


def _views(cell: Any, where: str) -> list[str]:  # noqa: ANN401 - nbformat is untyped
    """Return what a code cell shows; an empty view shows nothing."""
    shown = (sanitize.html(_html(output, where, cell.id), where, cell.id).strip() for output in cell.outputs)
    return [view for view in shown if view]


def finished(html: str, language: str, synthetic: bool) -> str:
    """Return a whole page that hides no character; tables saved from one of made-up figures have that in their name."""
    html = visible(html)
    mark = say(language, "page.synthetic_file")
    return _SAVED.sub(lambda link: f"{link[0]}{mark}-", html) if synthetic else html


def _explained_once(html: str) -> str:
    """Return HTML in which no `title` says again what one before it says: a ranking repeats them by the hundred."""
    said: set[str] = set()

    def first(found: re.Match[str]) -> str:
        if found[1] in said:
            return ""
        said.add(found[1])
        return found[0]

    return _EXPLAINED.sub(first, html)


def slug(heading: str) -> str:
    """Return an anchor in plain ASCII: Những điểm chính → nhung-diem-chinh."""
    letters = unicodedata.normalize("NFD", heading.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"[\u0300-\u036f]", "", letters)).strip("-") or "section"


def _in(language: str, cell: Any) -> bool:  # noqa: ANN401 - nbformat is untyped
    tags = cell.metadata.get("tags", ())
    return not tags or language in tags


def _html(output: Any, where: str, cell: str) -> str:  # noqa: ANN401 - nbformat is untyped
    """Return what a cell shows as HTML. Only a view, HTML beside its repr, may be shown."""
    data = output.get("data", {})
    if output.output_type in ("execute_result", "display_data") and "text/html" in data:
        if not (others := sorted(set(data) - {"text/html", "text/plain"})):
            return str(data["text/html"])
        kind, text = others[0], str(data[others[0]])
    else:
        kind = output.get("name") or next(iter(sorted(data)), output.output_type)
        text = str(output.get("text") or output.get("evalue") or next(iter(data.values()), ""))
    raise NotebookFailed("page.stray_output", page=where, cell=cell, kind=kind, text=visible(text[:200].strip()))


def _rendered(source: str) -> str:
    """Return markdown as HTML. HTML inside it is text, and headings have no links of their own."""
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    return str(MarkdownWithMath(renderer=IPythonRenderer(escape=True, exclude_anchor_links=True)).render(source))


def _plain(prose: str) -> str:
    """Return prose without the headings that are only the notebook's."""
    rest = _TITLE.sub("", prose).strip()
    return f'<div class="{PROSE}">{rest}</div>' if rest else ""


def _text(html: str) -> str:
    """Return the text of a heading."""
    return Markup(html).striptags()  # noqa: S704 - cleaned before
