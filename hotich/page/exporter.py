"""From an executed notebook to a page, by nbconvert with a template of our own."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from hotich.language import say
from hotich.page import arrange, head, html_gate, layout, script, style
from hotich.page.own import from_elsewhere
from hotich.page.own.from_elsewhere import Known
from hotich.page.own.ground import Ground
from hotich.page.spec import PageSpec
from hotich.views.markup import illustrative

if TYPE_CHECKING:
    from nbformat import NotebookNode

_TEMPLATES: Final = Path(__file__).parent / "templates"
MAIN_POINTS: Final = "main-points"


def page(notebook: "NotebookNode", spec: PageSpec, known: Known | None = None) -> str:
    """Return the whole page, checked by `html_gate`. The same notebook and facts always give the same bytes.

    Raises NotebookFailed when a cell shows what no page can, Contradicted when the page breaks a rule of pages or has a
    figure that is bound to no fact, InputRefused for a picture that cannot be shown.
    """
    known = known or Known({})
    ground = Ground(spec.file, spec.language, known.facts, spec.root, spec.office, spec.names, spec.folder)
    parts = arrange.arranged(notebook, ground, Markup(spec.source), spec.by)
    from_elsewhere.add(parts, known, spec)
    names = [section.anchor for section in parts.sections]
    first = names.index(MAIN_POINTS) + 1 if MAIN_POINTS in names else 1
    scripted = spec.kind == "report" and script.wanted(*(section.html for section in parts.sections))
    html, _ = _exporter().from_notebook_node(
        notebook,
        {
            "about": spec,
            "layout": parts,
            "before": parts.sections[:first],
            "after": parts.sections[first:],
            "policy": html_gate.SCRIPTED if scripted else html_gate.POLICY,
            "script": script.SOURCE if scripted else "",
            "title": parts.title,
            "style": _style(spec, parts.title),
            "head": head.of(
                parts.title, spec.language, parts.opening, synthetic=spec.synthetic, dataset=spec.has_figures
            ),
            "warning": illustrative(spec.synthetic, spec.language, spec.reported),
            "beside": spec.beside,
            "say": lambda key, **values: say(spec.language, f"page.{key}", **values),
        },
    )
    html = layout.finished(html, spec.language, spec.synthetic)
    html_gate.check(html, spec.file)
    return html


def _style(spec: PageSpec, title: str) -> str:
    watermark = say(spec.language, "page.synthetic_print") if spec.synthetic else ""
    paper = {"notice": style.notice, "summary": style.summary}.get(spec.kind)
    return paper(watermark) if paper else style.sheet(title, watermark)


@cache
def _exporter() -> Any:  # noqa: ANN401 - nbconvert is untyped
    """Return nbconvert's exporter for templates.

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
