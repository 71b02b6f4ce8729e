"""What was read of a file: its paragraphs and table rows in their order."""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

MOST_LETTERS: Final = 200_000
"""A longer text is no notice, speech or article."""
_LONGEST: Final = 3_000
"""A longer paragraph is read in pieces of so many letters."""
_VIETNAMESE: Final = frozenset("ăâđêôơưạảãấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏõốồổỗộớờởỡợụủũứừửữựỳỵỷỹ")


@dataclass(frozen=True)
class Block:
    """A paragraph or, with `row`, a row of a table; `quoted` are the places of figures that others printed."""

    text: str
    row: bool = False
    quoted: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Document:
    """A file's name, the SHA-256 of its bytes, and its blocks."""

    file: str
    sha256: str
    blocks: tuple[Block, ...]

    @property
    def vietnamese(self) -> bool:
        """Return whether it is in Vietnamese: one letter in fifty is of no other language."""
        letters = [letter for block in self.blocks for letter in block.text.casefold() if letter.isalpha()]
        return sum(letter in _VIETNAMESE for letter in letters) * 50 > len(letters)


def divided(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, one that is longer than any paragraph in pieces that end between words."""
    for block in blocks:
        text, moved = block.text, 0
        while len(text) > _LONGEST:
            cut = text.rfind(" ", 1, _LONGEST) + 1 or _LONGEST
            yield Block(text[:cut], block.row, _within(block.quoted, moved, moved + cut))
            text, moved = text[cut:], moved + cut
        yield Block(text, block.row, _within(block.quoted, moved, moved + len(text)))


def _within(spans: tuple[tuple[int, int], ...], start: int, end: int) -> tuple[tuple[int, int], ...]:
    return tuple((first - start, last - start) for first, last in spans if start <= first < end)


def sha256(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes."""
    return hashlib.sha256(content).hexdigest()


def tidy(text: str) -> str:
    """Return a text in NFC with single spaces, keeping line ends and the spaces that group thousands."""
    lines = (" ".join(part for part in line.replace("\t", " ").split(" ") if part) for line in text.split("\n"))
    return unicodedata.normalize("NFC", "\n".join(line.strip() for line in lines)).strip()
