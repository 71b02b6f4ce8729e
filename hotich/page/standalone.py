"""A page that no notebook makes, such as what an import says: the frame and the rules of every other page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from hotich.language import LANGUAGES, say
from hotich.month import Month
from hotich.page import head, html_gate, layout, script, style
from hotich.views.markup import Fragment, illustrative

if TYPE_CHECKING:
    from jinja2 import Template

INDEX: Final = "index"
"""The name of the list of releases."""
_TEMPLATES: Final = Path(__file__).parent / "templates" / "hotich"


@dataclass(frozen=True)
class Plain:
    """What the page is: its language, its title, and its name without language and ending (`intake`).

    A page with made-up figures (`synthetic`) says so as every page does, and which month was `reported` nevertheless.
    `back` is where it leads back to, if anywhere; `rules` is the file of style rules that only it has.
    """

    language: str
    title: str
    name: str
    synthetic: bool = False
    reported: Month | None = None
    back: str = ""
    rules: str = ""

    @property
    def file(self) -> str:
        """Its own file name."""
        return file(self.name, self.language)

    @property
    def other_language(self) -> str:
        """The language of the other page."""
        return next(each for each in LANGUAGES if each != self.language)

    @property
    def other_file(self) -> str:
        """The same page in the other language, beside it."""
        return file(self.name, self.other_language)


def file(name: str, language: str) -> str:
    """Return the file name of a page. The list of releases is `index.html` in the first language, for browsers."""
    return f"{name}.html" if (name, language) == (INDEX, LANGUAGES[0]) else f"{name}.{language}.html"


def page(about: Plain, opening: Markup, sections: Sequence[Fragment]) -> str:
    """Return the whole page, checked. `opening` is a header element; every section has its own heading.

    Raises Contradicted when the page breaks a rule of pages.
    """
    parts = layout.Layout()
    parts.show(layout.Block(str(view)) for view in (opening, *(section.html for section in sections)))
    scripted = script.wanted(*(section.html for section in parts.sections))
    watermark = say(about.language, "page.synthetic_print") if about.synthetic else ""
    html = _template().render(
        about=about,
        title=about.title,
        layout=parts,
        style=style.sheet(about.title, watermark, about.rules),
        head=head.of(about.title, about.language, parts.opening, synthetic=about.synthetic),
        warning=illustrative(about.synthetic, about.language, about.reported),
        policy=html_gate.SCRIPTED if scripted else html_gate.POLICY,
        script=script.SOURCE if scripted else "",
        say=lambda key: say(about.language, f"page.{key}"),
    )
    html = layout.finished(html, about.language, about.synthetic)
    html_gate.check(html, about.file)
    return html


@cache
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True).get_template("plain.html.j2")
