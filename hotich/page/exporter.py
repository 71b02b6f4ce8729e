"""From an executed notebook to a page, by nbconvert with a template of our own."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hotich.language import LANGUAGES, say
from hotich.page import html_gate, layout, script, style

if TYPE_CHECKING:
    from nbformat import NotebookNode

_TEMPLATES: Final = Path(__file__).parent / "templates"
MAIN_POINTS: Final = "main-points"


@dataclass(frozen=True)
class About:
    """What a page is.

    `file` is its own file name and `other_file` that of the same page in the other language; `as_of` is the cut-off
    day and `head_line` the short title in the margin of printed pages, both as they are shown. A page whose figures
    are made up (`synthetic`) says so at its top and on every printed page; no notebook can change that. `kind` is
    `report` or `notice`, an official paper without contents list.
    """

    language: str
    title: str
    file: str
    other_file: str
    synthetic: bool
    as_of: str
    head_line: str
    kind: str = "report"

    @property
    def other_language(self) -> str:
        """The language of the other page."""
        return next(each for each in LANGUAGES if each != self.language)


def page(notebook: "NotebookNode", about: About) -> str:
    """The whole page, audited. The same notebook always gives the same bytes.

    Raises NotebookFailed when a cell shows anything but our views, Contradicted when the page breaks a rule of pages.
    """
    parts = layout.arranged(notebook, about.language, about.file)
    names = [section.anchor for section in parts.sections]
    first = names.index(MAIN_POINTS) + 1 if MAIN_POINTS in names else 1
    scripted = about.kind != "notice" and script.wanted(*(section.html for section in parts.sections))
    html, _ = _exporter().from_notebook_node(
        notebook,
        {
            "about": about,
            "layout": parts,
            "before": parts.sections[:first],
            "after": parts.sections[first:],
            "policy": html_gate.SCRIPTED if scripted else html_gate.POLICY,
            "script": script.SOURCE if scripted else "",
            "style": _style(about),
            "say": lambda key, **values: say(about.language, f"page.{key}", **values),
        },
    )
    html_gate.check(html, about.file)
    return str(html)


def _style(about: About) -> str:
    mark = _print_mark(about)
    return style.paper(mark) if about.kind == "notice" else style.sheet(about.head_line, mark)


def _print_mark(about: About) -> str:
    return say(about.language, "page.synthetic_print") if about.synthetic else ""


@cache
def _exporter() -> Any:  # noqa: ANN401 - nbconvert is untyped
    """Nbconvert's exporter for templates.

    Its HTMLExporter would write a placeholder where an image has no alternative text; here that is an error.
    """
    from nbconvert.exporters.templateexporter import TemplateExporter

    exporter: Any = TemplateExporter
    return exporter(
        template_name="hotich",
        template_file="index.html.j2",
        extra_template_basedirs=[str(_TEMPLATES)],
        file_extension=".html",
    )
