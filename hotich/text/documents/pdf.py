"""PDF: the text of its pages; a scanned page has none."""

import io
import logging
from typing import TYPE_CHECKING, Final

from hotich.errors import InputRefused
from hotich.text.documents import plain
from hotich.text.documents.document import MOST_LETTERS, Block

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES: Final = 300


def blocks(content: bytes, file: str) -> tuple[Block, ...]:
    """Return the paragraphs of all pages. Raises InputRefused for one that is damaged, locked, too long or scanned."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends in a file is no matter of the reader
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if locked else len(reader.pages)
        text = "" if locked or pages > MOST_PAGES else _text(reader)
    except Exception:  # a damaged file leads pypdf to errors of nearly every kind
        raise InputRefused("text.damaged", file=file) from None
    if locked:
        raise InputRefused("text.password", file=file)
    if pages > MOST_PAGES:
        raise InputRefused("text.pages", file=file, pages=pages, most=MOST_PAGES)
    if not text.strip():
        raise InputRefused("text.scanned", file=file)
    return plain.blocks(text)


def _text(reader: "PdfReader") -> str:
    pages: list[str] = []
    for page in reader.pages:
        pages.append(page.extract_text())
        if sum(map(len, pages)) > MOST_LETTERS:
            break
    return "\n".join(pages)
