"""What a page consists of: an opening, sections with their headings, and the notebook behind it.

Everything stands in the order in which it was shown. A view that is a section begins one, and so does a heading in
prose; whatever follows belongs to it. The first `#` heading is the page's title where no view brings one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

from hotich.data import names
from hotich.language import say
from hotich.language.unseen import visible
from hotich.page.spec import PROSE

_SECTION: Final = re.compile(r'<section id="(?P<anchor>[^"]+)"[^>]*>\s*<h2[^>]*>(?P<heading>.*?)</h2>', re.DOTALL)
_SAVED: Final = re.compile(r'<a [^>]*\bdownload="')
_EXPLAINED: Final = re.compile(r' title="([^"]*)"')
_TITLE: Final = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)

_PROSE: Final = f'<div class="{PROSE}">'
_END: Final = "</div>"


@dataclass(frozen=True)
class Block:
    """A piece of a page, cleaned. `heading` is 1 or 2 for one that begins the page or a section, else 0.

    `prose` is what a notebook says itself, and what it displays as HTML: every digit in it is read.
    """

    html: str
    heading: int = 0
    words: str = ""
    prose: bool = False


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
    """A page's opening, its sections in order, and the notebook that made them; `by` whom a page without a head is."""

    by: str = ""
    opening: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    notebook: list[Step] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The page's first heading as text; empty where it has none."""
        found = _TITLE.search("".join(self.opening))
        return _text(found[1]) if found else ""

    def show(self, blocks: Iterable[Block]) -> None:
        """Add what a cell shows."""
        for block in blocks:
            if block.heading == 1 and not self.opening:
                top = Markup('<p class="top"><span><b>{}</b></span></p>').format(self.by) if self.by else ""
                self.opening.append(f"<header>{top}{block.html}</header>")
            elif block.heading:
                self._begin(slug(block.words), _text(block.html), Markup("<h2>{}</h2>").format(_inside(block.html)))
            elif found := _SECTION.match(block.html):
                body = block.html[found.end() :].removesuffix("</section>")
                self.sections.append(Section(found["anchor"], _text(found["heading"]), [found[0], body]))
            else:
                self._add(block)

    def _begin(self, anchor: str, heading: str, h2: Markup) -> None:
        taken = {section.anchor for section in self.sections}
        while anchor in taken:
            anchor += "-"
        self.sections.append(Section(anchor, heading, [Markup('<section id="{}">{}').format(anchor, h2)]))

    def _add(self, block: Block) -> None:
        if block.html.startswith("<header"):
            self.opening.append(block.html)
            return
        place = self.sections[-1].parts if self.sections else self.opening
        if not block.prose:
            place.append(block.html)
        elif place and place[-1].startswith(_PROSE):
            place[-1] = f"{place[-1].removesuffix(_END)}\n{block.html}{_END}"
        else:
            place.append(f"{_PROSE}{block.html}{_END}")


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
    return names.slug(heading) or "section"


def _inside(html: str) -> Markup:
    """Return what is in an element."""
    return Markup(html[html.index(">") + 1 : html.rindex("<")])  # noqa: S704 - cleaned before


def _text(html: str) -> str:
    """Return the text of a heading."""
    return Markup(html).striptags()  # noqa: S704 - cleaned before
