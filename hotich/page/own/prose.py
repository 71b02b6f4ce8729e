"""A notebook's prose as HTML of the page: its figures bound, its tables and pictures as the page has them.

HTML that a cell displays itself, other than a view of ours, is read in the same way.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag
from markupsafe import Markup

from hotich.errors import Contradicted, InputRefused
from hotich.page import sanitize
from hotich.page.layout import Block
from hotich.page.own import bind, pictures
from hotich.page.own.bind import Text

_CAPTION: Final = re.compile(r"\s*(?::|Bảng:|Table:)\s+(?=\S)")
"""How a paragraph begins that is the caption of the table before or after it, as in Pandoc's markdown."""
_KEPT: Final = frozenset({"href", "src", "alt", "start", "colspan", "rowspan"})
_JOINED: Final = re.compile(r">([^<]*)</data>(?:</?(?:a|b|code|em|i|small|span|strong)\b[^>]*>)+(?:<data|[%‰])")
"""A figure at which another one, or a percent sign, follows at once across elements."""
_OF_TABLES: Final = ("table", "thead", "tbody", "tr", "th", "td")
"""Elements to which pandas gives classes and styles, which the page has its own for."""
_HEAD: Final = re.compile(r"h[12]")


def markdown(source: str, attachments: Mapping[str, Any], folder: Path, text: Text, caption: str = "") -> list[Block]:
    """Return a markdown cell's blocks, its pictures inside. HTML in the markdown is text, styles are left out.

    Raises InputRefused for a picture that cannot be shown, Contradicted as `html` does.
    """
    soup = _soup(_rendered(source, attachments, folder, text.cell))
    for element in soup.find_all(True):
        for name in ("style", "class"):
            del element[name]
    return _blocks(soup, text, caption)


def html(source: str, text: Text, caption: str = "") -> list[Block]:
    """Return the blocks of HTML that a cell has displayed.

    Raises Contradicted for HTML that pages do not have, for a figure that is bound to nothing, and for a table without
    a caption.
    """
    soup = _soup(source)
    if soup.find("img"):  # only markdown's are drawn anew
        raise _not_allowed("<img>", text)
    for part in soup.find_all(_OF_TABLES):
        for name in ("class", "style", "border"):
            del part[name]
    return _blocks(soup, text, caption)


def _rendered(source: str, attachments: Mapping[str, Any], folder: Path, cell: str) -> str:
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    class Renderer(IPythonRenderer):
        def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002 - of mistune
            """Put the picture into the page."""
            if not text.strip():
                raise InputRefused("own.no_alt", cell=cell, picture=url)
            inside = pictures.inlined(url, attachments, folder, cell)
            return Markup('<img src="{}" alt="{}">').format(inside, Markup(text).striptags())  # noqa: S704

        def block_code(self, code: str, info: str | None = None) -> str:  # noqa: ARG002
            """Leave code without colours."""
            return Markup("<pre><code>{}</code></pre>").format(code)

    renderer = Renderer(escape=True, exclude_anchor_links=True)
    return str(MarkdownWithMath(renderer=renderer).render(source))


def _soup(source: str) -> BeautifulSoup:
    return BeautifulSoup(source, "html.parser")


def _blocks(soup: BeautifulSoup, text: Text, caption: str) -> list[Block]:
    _refuse_attributes(soup, text)
    for table in soup.find_all("table"):
        _settle(table, text, caption)
    for link in soup.find_all("a"):
        _settle_link(link, text)
    for words in soup.find_all(string=True):
        if isinstance(words, PreformattedString):  # comments and the like, which nobody sees
            words.extract()
        else:
            words.replace_with(_soup(bind.html(text.pieces(str(words)))))
    for picture in soup.find_all("img"):
        picture["alt"] = bind.plain(text.pieces(str(picture.get("alt", ""))))
    return [_block(part, text) for part in soup.contents if str(part).strip()]


def _block(part: Any, text: Text) -> Block:  # noqa: ANN401 - an element or a text of bs4
    try:
        cleaned = sanitize.html(str(part), outside=True)
    except Contradicted as error:
        raise _not_allowed(error.values["found"], text) from None
    if joined := _JOINED.search(cleaned):
        raise Contradicted("own.joined", page=text.ground.page, cell=text.cell, number=joined[1], text=part.get_text())
    if isinstance(part, Tag) and _HEAD.fullmatch(part.name):
        return Block(cleaned, int(part.name[1]), part.get_text().strip())
    return Block(cleaned, prose=True)


def _refuse_attributes(soup: BeautifulSoup, text: Text) -> None:
    """Raise Contradicted for what would tell the page that digits are no figures, or how they look."""
    found = [f"{each.name} {name}" for each in soup.find_all(True) for name in each.attrs if name not in _KEPT]
    found += [f"<{each.name}>" for each in soup.find_all(["data", "svg", "style", "script", "details"])]
    if found:
        raise _not_allowed(", ".join(dict.fromkeys(found[:10])), text)


def _not_allowed(found: object, text: Text) -> Contradicted:
    return Contradicted("own.not_allowed", page=text.ground.page, cell=text.cell, found=found)


def _settle_link(link: Tag, text: Text) -> None:
    """Let a link to another site tell that nothing. Raises Contradicted for one that leads nowhere a page may lead."""
    address = str(link.get("href", ""))
    if sanitize.outside(address):
        link["rel"] = "noreferrer noopener"
    elif not sanitize.beside(address):
        raise Contradicted("own.link", page=text.ground.page, cell=text.cell, link=address[:80])


def _settle(table: Tag, text: Text, caption: str) -> None:
    """Give a table its caption, its row headings and its frame."""
    soup = _soup("")
    named = table.find("caption") or _beside(table)
    if named is None:
        if not caption:
            raise Contradicted("own.no_caption", page=text.ground.page, cell=text.cell)
        named = soup.new_tag("caption", string=caption)
    table.insert(0, named)
    for row in table.find_all("tr"):
        cells = row.find_all(["th", "td"], recursive=False)
        in_head = row.find_parent("thead") is not None or row.find("td") is None
        for at, cell in enumerate(cells):
            if in_head or at == 0:
                cell.name, cell["scope"] = "th", "col" if in_head else "row"
    label = bind.plain(text.pieces(named.get_text().strip()))
    attributes = {"class": "scroll", "role": "group", "tabindex": "0", "aria-label": label}
    table.wrap(soup.new_tag("div", attrs=attributes))


def _beside(table: Tag) -> Tag | None:
    """Return the caption made of the paragraph beside a table that is meant as one, taken out of its place."""
    for near in (table.find_previous_sibling(), table.find_next_sibling()):
        if isinstance(near, Tag) and near.name == "p" and (found := _CAPTION.match(near.get_text())):
            first = next(part for part in near.descendants if isinstance(part, NavigableString))
            first.replace_with(str(first)[found.end() :])
            near.name = "caption"
            return near.extract()
    return None
