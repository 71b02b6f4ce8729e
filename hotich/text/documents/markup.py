"""HTML: what a reader sees of a page, as paragraphs and table rows."""

import re
from html.parser import HTMLParser
from typing import Final

import nh3

from hotich.text.documents.document import Block, tidy

_HIDDEN: Final = frozenset(
    (
        "script",
        "style",
        "title",
        "sup",
        "template",
        "head",
        "noscript",
        "svg",
        "nav",
        "code",
        "pre",
        "textarea",
        "select",
    )
)
"""What is no text of a page; marks of footnotes would be read as digits of the number before them."""
_BLOCKS: Final = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "header")
) | frozenset(
    ("footer", "main", "aside", "blockquote", "figure", "figcaption", "caption", "details", "summary", "table", "tr")
)
_CELLS: Final = frozenset({"td", "th"})
_MARK: Final = "data-name"
"""What our own pages mark as no facts of theirs: names, what checks found, what came in."""
_PRINTED: Final = re.compile(r"/(?:published|difference|parts|parts_difference|besides|swapped)_\w+")
"""Facts of our own pages that say what others printed, and how that is wrong."""


def blocks(html: str) -> tuple[Block, ...]:
    """Return the blocks of a page. Scripts, styles, drawings, menus and code are no text of it."""
    # A browser's grammar makes one reading of any HTML, however wrong; what is left is plain.
    known = {*_BLOCKS, *_CELLS, "br", "span", "data"}
    kept = {"*": {_MARK}, "data": {"data-fact"}}
    plain = nh3.clean(html, tags=known, clean_content_tags=set(_HIDDEN), attributes=kept, link_rel=None)
    reader = _Reader()
    reader.feed(plain)
    reader.close()
    reader.end_block()
    return tuple(reader.blocks)


class _Reader(HTMLParser):
    """Collects the text of well-formed HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._quotes: list[tuple[int, int]] = []
        self._open: list[bool] = []
        self._marked = 0
        self._quoted_from = 0
        self._in_row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._parts.append("\n")
            return
        if tag == "tr" or (tag in _BLOCKS and not self._in_row):
            self.end_block()
            self._in_row = tag == "tr"
        if not self._marked:
            self._quoted_from = self._length()
        self._open.append(any(name == _MARK or _PRINTED.search(value or "") for name, value in attrs))
        self._marked += self._open[-1]

    def handle_endtag(self, tag: str) -> None:
        self._end_quote()
        self._marked -= self._open.pop()
        if tag in _CELLS:
            self._parts.append(" | ")
        if tag in ("tr", "table") or (tag in _BLOCKS and not self._in_row):
            self.end_block()

    def _end_quote(self) -> None:
        if self._marked:
            self._quotes.append((self._quoted_from, self._length()))

    def handle_data(self, data: str) -> None:
        self._parts.append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def end_block(self) -> None:
        """Put what was read since the last block into one of its own."""
        self._end_quote()
        text, in_row = "".join(self._parts), self._in_row
        tidied = tidy(text.rstrip(" |"))
        if tidied:
            quoted = tuple(span for quote in self._quotes if (span := _moved(text, tidied, quote)))
            self.blocks.append(Block(tidied, row=in_row, quoted=quoted))
        self._parts, self._quotes, self._in_row, self._quoted_from = [], [], False, 0

    def _length(self) -> int:
        return sum(map(len, self._parts))


def _moved(text: str, tidied: str, quote: tuple[int, int]) -> tuple[int, int] | None:
    """Return where a part of a text stands in the text once it is tidied."""
    start = len(tidy(f"{text[: quote[0]]}x")) - 1
    length = len(tidy(text[quote[0] : quote[1]]))
    return (start, start + length) if tidied[start : start + length] else None
