"""A page that no notebook makes, such as what an import says: the frame and the rules of every other page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from hotich.elements import Fragment
from hotich.language import LANGUAGES, say
from hotich.page import audit, layout, style

if TYPE_CHECKING:
    from jinja2 import Template

_TEMPLATES: Final = Path(__file__).parent / "templates" / "hotich"


@dataclass(frozen=True)
class Plain:
    """What the page is: its language, its title, and its name without language and ending (`intake`)."""

    language: str
    title: str
    name: str

    @property
    def file(self) -> str:
        """Its own file name."""
        return f"{self.name}.{self.language}.html"

    @property
    def other_language(self) -> str:
        """The language of the other page."""
        return next(each for each in LANGUAGES if each != self.language)

    @property
    def other_file(self) -> str:
        """The same page in the other language, beside it."""
        return f"{self.name}.{self.other_language}.html"


def page(about: Plain, opening: Markup, sections: Sequence[Fragment]) -> str:
    """The whole page, audited. `opening` is a header element; every section has its own heading.

    Raises Contradicted when the page breaks a rule of pages.
    """
    parts = layout.Layout()
    for view in (opening, *(section.html for section in sections)):
        parts.show(str(view), "")
    html = _template().render(
        about=about, layout=parts, policy=audit.POLICY, style=style.sheet(about.title, ""),
        say=lambda key: say(about.language, f"page.{key}"),
    )  # fmt: skip
    audit.page(html, about.file)
    return html


@cache
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True).get_template("plain.html.j2")
