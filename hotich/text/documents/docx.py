"""Word documents: paragraphs and table rows of the body, as the last change left them."""

import io
import zipfile
import zlib
from typing import Final
from xml.parsers import expat

from hotich.errors import InputRefused
from hotich.text.documents.document import Block, tidy

MOST_UNPACKED: Final = 64 * 1024 * 1024
BODY: Final = "word/document.xml"
_DAMAGED: Final = (
    zipfile.BadZipFile,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    zlib.error,
    KeyError,
)


def blocks(content: bytes, file: str) -> tuple[Block, ...]:
    """Return the blocks of a document. Raises InputRefused for one that is damaged, no Word file or too large."""
    xml = _body(content, file)
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise InputRefused("text.damaged", file=file)
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise InputRefused("text.damaged", file=file) from None
    return tuple(reader.blocks)


def _body(content: bytes, file: str) -> bytes:
    try:
        parts = zipfile.ZipFile(io.BytesIO(content))
        if BODY not in parts.namelist():
            raise InputRefused("text.no_word", file=file)
        with parts.open(BODY) as part:
            body = part.read(MOST_UNPACKED + 1)
    except _DAMAGED:
        raise InputRefused("text.damaged", file=file) from None
    if len(body) > MOST_UNPACKED:
        raise InputRefused("text.bomb", file=file, most=MOST_UNPACKED // 1024 // 1024)
    return body


class _Reader:
    """Collects the text of `w:t`; deleted text is `w:delText` and is not read, nor are field instructions."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._reading = False
        self._rows = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self._reading = local == "t"
        self._rows += local == "tr"
        if local in ("br", "cr"):
            self._parts.append("\n")
        elif local == "tab":
            self._parts.append(" ")
        elif local == "noBreakHyphen":
            self._parts.append("-")

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        self._reading = False
        if local == "p":
            self._parts.append(" ") if self._rows else self._end_block()
        elif local == "tc" and self._rows == 1:
            self._parts.append(" | ")
        elif local == "tr":
            self._rows -= 1
            if not self._rows:
                self._end_block(row=True)

    def text(self, data: str) -> None:
        if self._reading:
            self._parts.append(data)

    def _end_block(self, *, row: bool = False) -> None:
        if text := tidy("".join(self._parts).rstrip(" |")):
            self.blocks.append(Block(text, row=row))
        self._parts = []
