"""A file or standard input, opened as the kind that its first bytes show it to be."""

import re
import sys
from pathlib import Path
from typing import Final

from hotich.errors import InputRefused
from hotich.storage import paths, regular
from hotich.text.documents import docx, markup, pdf, plain
from hotich.text.documents.document import MOST_LETTERS, Block, Document, divided, sha256

MOST_BYTES: Final = 20 * 1024 * 1024
STANDARD_INPUT: Final = "-"
ALLOWED: Final = ".txt, .md, .html, .docx, .pdf"
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_MARKDOWN: Final = (".md", ".markdown")
_HTML: Final = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|p|div|article)\b", re.IGNORECASE | re.DOTALL
)
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read(given: str) -> Document:
    """Return the document of a file, or of standard input for "-".

    Raises InputRefused, naming the file, for one that is missing, empty, too large, of another kind, damaged, locked,
    or without text.
    """
    if given == STANDARD_INPUT:
        return parsed("stdin", sys.stdin.buffer.read(MOST_BYTES + 1), "")
    path = paths.named(given)
    return parsed(path.name, _content(path), path.suffix.lower())


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        return b" " * (MOST_BYTES + 1) if size > MOST_BYTES else regular.read(path)
    except OSError as error:
        raise InputRefused("text.unreadable", file=path, reason=error.strerror or error) from None


def parsed(file: str, content: bytes, suffix: str) -> Document:
    """Return the document of a file's bytes. Raises InputRefused as `read` does."""
    if len(content) > MOST_BYTES:
        raise InputRefused("text.size", file=file, most=MOST_BYTES // 1024 // 1024)
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise InputRefused("text.empty", file=file)
    blocks = tuple(divided(_blocks(file, content, suffix)))
    if not blocks:
        raise InputRefused("text.empty", file=file)
    if sum(len(block.text) for block in blocks) > MOST_LETTERS:
        raise InputRefused("text.long", file=file, most=MOST_LETTERS)
    return Document(file, sha256(content), blocks)


def _blocks(file: str, content: bytes, suffix: str) -> tuple[Block, ...]:
    if content.startswith(_OLE) or content.lstrip().startswith(b"{\\rtf"):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise InputRefused("text.password" if locked else "text.kind", file=file, allowed=ALLOWED)
    if content.startswith(b"PK\x03\x04"):
        return docx.blocks(content, file)
    if b"%PDF-" in content[:1024]:
        return pdf.blocks(content, file)
    text = _decoded(file, content)
    if suffix in (".html", ".htm", ".xhtml") or _HTML.match(text):
        return markup.blocks(text)
    return plain.markdown(text) if suffix in _MARKDOWN else plain.blocks(text)


def _decoded(file: str, content: bytes) -> str:
    try:
        text = plain.decode(content)
    except UnicodeDecodeError as error:
        binary = b"\0" in content or len(_CONTROLS.findall(content[:4096].decode("latin-1"))) > 8
        line = content[: error.start].count(b"\n") + 1
        raise InputRefused("text.kind" if binary else "text.encoding", file=file, line=line, allowed=ALLOWED) from None
    if _CONTROLS.search(text):
        raise InputRefused("text.kind", file=file, allowed=ALLOWED)
    return text
