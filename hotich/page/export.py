"""From an executed notebook to a page, by nbconvert with a template of our own."""

import base64
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from hotich.errors import NotebookFailed
from hotich.language import say
from hotich.page import audit, clean

if TYPE_CHECKING:
    from nbformat import NotebookNode

_HERE: Final = Path(__file__).parent
POLICY: Final = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"
)
_FACES: Final = (
    ("Source Sans 3", 400, "SourceSans3-Regular"),
    ("Source Sans 3", 600, "SourceSans3-SemiBold"),
    ("Source Serif 4", 600, "SourceSerif4-SemiBold"),
)
_SECTION: Final = re.compile(r'<section id="([^"]+)">\s*<h2>(.*?)</h2>', re.DOTALL)


@dataclass(frozen=True)
class About:
    """What a page is: its language, its name for people and on file, and whether its data is made up."""

    language: str
    title: str
    name: str
    synthetic: bool


def page(notebook: "NotebookNode", about: About) -> str:
    """The whole page, audited.

    Raises NotebookFailed when a cell shows anything but our views, Contradicted when the page breaks a rule of pages.
    """
    shown = _only(notebook, about)
    body, _ = _exporter().from_notebook_node(shown)
    views, _, source = body.partition("<!--notebook-->")
    before, after, contents = _arranged([view for view in views.split("<!--view-->") if view.strip()])
    html = _shell().render(
        about=about, policy=POLICY, style=Markup(_style(about)), before=Markup(before), after=Markup(after),
        contents=[(anchor, Markup(heading).striptags()) for anchor, heading in contents],
        first=contents[0][0] if contents else "notebook", notebook=Markup(source),
        say=lambda key: say(about.language, key),
    )  # fmt: skip
    audit.page(html, about.name)
    return str(html)


def _only(notebook: "NotebookNode", about: About) -> "NotebookNode":
    """The notebook without the other language's prose; anything but a view in an output fails the page."""
    other = {"vi": "en", "en": "vi"}[about.language]
    shown = notebook.copy()
    shown.cells = [cell for cell in notebook.cells if other not in cell.metadata.get("tags", ())]
    for cell in shown.cells:
        for output in cell.get("outputs", ()):
            if output.output_type not in ("execute_result", "display_data") or "text/html" not in output.data:
                kind = output.get("name") or output.output_type
                text = str(output.get("text") or output.get("data") or output.get("evalue"))[:200]
                raise NotebookFailed("page.stray_output", page=about.name, cell=cell.id, kind=kind, text=text)
    return shown


def _arranged(views: list[str]) -> tuple[str, str, list[tuple[str, str]]]:
    """Views in sections: what has no section of its own belongs to the one before it. Contents follow the first."""
    parts: list[list[str]] = [[]]
    for view in views:
        if _SECTION.match(view.strip()):
            parts.append([view.strip().removesuffix("</section>")])
        else:
            parts[-1].append(view.strip())
    head = "\n".join(parts[0])
    sections = ["\n".join(part) + "</section>" for part in parts[1:]]
    contents = [found.groups() for section in sections if (found := _SECTION.match(section))]
    return head + "\n" + "\n".join(sections[:1]), "\n".join(sections[1:]), [(a, h) for a, h in contents]


@cache
def _exporter() -> Any:  # noqa: ANN401 - nbconvert is untyped
    from nbconvert.exporters import HTMLExporter

    exporter = HTMLExporter(template_name="report", extra_template_basedirs=[str(_HERE / "template")])
    exporter.register_filter("clean", lambda html: clean.html(str(html)))
    exporter.register_filter("flat", lambda text: re.sub(r"^#+ +(.*)$", r"**\1**", text, flags=re.MULTILINE))
    return exporter


@cache
def _shell() -> Any:  # noqa: ANN401 - a jinja template renders anything
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(_HERE / "template"), autoescape=True).get_template("shell.html.j2")


def _style(about: About) -> str:
    return _faces() + (_HERE / "page.css").read_text(encoding="utf-8") + _print_margins(about)


@cache
def _faces() -> str:
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};src:url(data:font/woff2;base64,{_base64(name)}) '
        'format("woff2")}\n'
        for family, weight, name in _FACES
    )


def _base64(name: str) -> str:
    return base64.b64encode((_HERE / "fonts" / f"{name}.woff2").read_bytes()).decode("ascii")


def _print_margins(about: About) -> str:
    """What stands in the margins of each printed page; made-up data is named on every one."""
    mark = say(about.language, "page.synthetic_print") if about.synthetic else ""
    return (
        "@page{size:A4;margin:18mm 17mm 16mm;"
        f'@top-left{{content:"{_quoted(mark)}";font:600 8.5pt "Source Sans 3",sans-serif;color:#9A3412}}'
        f'@top-right{{content:"{_quoted(about.title)}";font:8.5pt "Source Sans 3",sans-serif;color:#4C5762}}'
        '@bottom-right{content:counter(page) " / " counter(pages);font:9pt "Source Sans 3",sans-serif;color:#4C5762}}\n'
    )


def _quoted(text: str) -> str:
    """Text inside a CSS string inside a style element: everything but letters, digits and spaces is written as code."""
    return "".join(c if c.isalnum() or c in " .,:/–" else f"\\{ord(c):x} " for c in text)
