"""HTML: what a reader sees of a page, as paragraphs and table rows."""

import re
from html.parser import HTMLParser
from typing import Final

from hotich.text.documents.document import Block, tidy

_HIDDEN: Final = frozenset(
    {"script", "sup", "style", "template", "head", "noscript", "svg", "nav", "code", "pre", "textarea", "select"}
)
_BLOCKS: Final = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "blockquote",
        "figure",
        "figcaption",
        "caption",
        "details",
        "summary",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "address",
        "form",
        "fieldset",
        "body",
        "html",
        "hr",
    ]
)
_VOID: Final = frozenset({"br", "img", "meta", "link", "input", "hr", "wbr", "source", "col", "area", "base", "embed"})
_CELLS: Final = frozenset({"td", "th"})
_PRINTED: Final = re.compile(r"/(?:published|difference|parts|parts_difference|besides|swapped)_\w+")
"""Facts of our own pages that say what others printed, and how that is wrong."""


def blocks(html: str) -> tuple[Block, ...]:
    """Return the blocks of a page. Scripts, styles, drawings, menus and code are no text of it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return tuple(reader.blocks)


class _Reader(HTMLParser):
    """Reads any HTML, however wrong: an element that is not closed ends with the one around it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._quotes: list[tuple[int, int]] = []
        self._open: list[str] = []
        self._hidden = 0
        self._quoted_from = -1
        self._in_row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._parts.append("\n")
        if tag in _VOID:
            return
        self._open.append(tag)
        self._hidden += tag in _HIDDEN
        if (tag in _BLOCKS and not self._in_row) or tag == "tr":
            self.end_block()
            self._in_row = tag == "tr"
        if tag == "data" and any(name == "data-fact" and _PRINTED.search(value or "") for name, value in attrs):
            self._quoted_from = self._length()

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while (last := self._open.pop()) != tag:
            self._hidden -= last in _HIDDEN
        self._hidden -= tag in _HIDDEN
        if tag == "data" and self._quoted_from >= 0:
            self._quotes.append((self._quoted_from, self._length()))
            self._quoted_from = -1
        if tag in _CELLS:
            self._parts.append(" | ")
        if tag == "tr" or (tag in _BLOCKS and not self._in_row) or tag == "table":
            self.end_block()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._parts.append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def end_block(self) -> None:
        """Put what was read since the last block into one of its own."""
        text, in_row = "".join(self._parts), self._in_row
        tidied = tidy(text.rstrip(" |"))
        if tidied:
            quoted = tuple(span for quote in self._quotes if (span := _moved(text, tidied, quote)))
            self.blocks.append(Block(tidied, row=in_row, quoted=quoted))
        self._parts, self._quotes, self._in_row = [], [], False

    def _length(self) -> int:
        return sum(map(len, self._parts))


def _moved(text: str, tidied: str, quote: tuple[int, int]) -> tuple[int, int] | None:
    """Return where a part of a text stands in the text once it is tidied."""
    start = len(tidy(f"{text[: quote[0]]}x")) - 1
    length = len(tidy(text[quote[0] : quote[1]]))
    return (start, start + length) if tidied[start : start + length] else None
