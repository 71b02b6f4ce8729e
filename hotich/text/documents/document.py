"""What was read of a file: its paragraphs and table rows in their order."""

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import Final

MOST_LETTERS: Final = 500_000
"""A longer text is no notice, speech or article."""
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


def sha256(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes."""
    return hashlib.sha256(content).hexdigest()


def tidy(text: str) -> str:
    """Return a text in NFC with single spaces, keeping line ends and the spaces that group thousands."""
    lines = (" ".join(part for part in line.replace("\t", " ").split(" ") if part) for line in text.split("\n"))
    return unicodedata.normalize("NFC", "\n".join(line.strip() for line in lines)).strip()
