"""Plain text and Markdown: decoded, and lines that were broken to a width joined again."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from hotich.text.documents.document import Block, tidy

_BULLET: Final = re.compile(r"\s*(?:[-–+•*·▪]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ][.)]|[IVX]{1,4}[.)])\s")
_ENDED: Final = re.compile(r"[.!?:;…|][\"”’»)\]]*$")
_NARROWEST, _WIDEST = 45, 130
"""Other lines were not broken to a width: each is a paragraph."""
_FULL: Final = 0.7
"""A line of this part of the width is no heading."""
_MARKS: Final = (
    (re.compile(r"^\s{0,3}#{1,6}\s+|^\s{0,3}>\s?|^\s*(?:```|~~~).*$|^\s*(?:[-*_]\s*){3,}$", re.MULTILINE), ""),
    (re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>-])"), r"\1"),
)
_RULE_OF_TABLE: Final = re.compile(r"[|:\-\s]+")


def decode(content: bytes) -> str:
    """Return the text of bytes in UTF-8, or in UTF-16 with its mark. Raises UnicodeDecodeError for any other."""
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return content.decode("utf-16" if utf16 else "utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def markdown(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text in Markdown, its marks taken away."""
    for mark, plain in _MARKS:
        text = mark.sub(plain, text)
    return blocks(text)


def blocks(text: str) -> tuple[Block, ...]:
    """Return paragraphs and the rows of tables that are drawn with bars."""
    return tuple(
        Block(line.strip("| ") if _is_row(line) else line, row=_is_row(line))
        for line in joined(text.split("\n"))
        if not _RULE_OF_TABLE.fullmatch(line)
    )


def _is_row(line: str) -> bool:
    return line.startswith("|") or line.count("|") >= 2


def joined(lines: Iterable[str]) -> Iterator[str]:
    """Yield paragraphs: lines, joined where one only goes on because the page was not wider."""
    lines = [tidy(line) for line in lines]
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    paragraph: list[str] = []
    for line in lines:
        if paragraph and not (_NARROWEST <= width <= _WIDEST and _goes_on(paragraph[-1], line, width)):
            yield " ".join(paragraph)
            paragraph = []
        if line:
            paragraph.append(line)
    if paragraph:
        yield " ".join(paragraph)


def _goes_on(before: str, line: str, width: int) -> bool:
    """Return whether a line belongs to the one before: the width broke that, or its sentence is not at its end."""
    if not line or _BULLET.match(line) or _is_row(line) or _is_row(before):
        return False
    broken = len(before) + 1 + len(line.split(" ")[0]) > width
    if _ENDED.search(before):
        return broken
    return broken or line[0].islower() or len(before) > width * _FULL
