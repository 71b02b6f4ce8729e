"""Characters that nobody sees and that change what is shown: of controls, and of the order of the text around them."""

import re
from collections.abc import Iterable
from typing import Final

FOUND: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Controls but for those that end lines, bidirectional marks (Unicode TR 36, 2.7), tags, halves of characters, and what
has no width, which makes two names of what looks like one."""
_RETURN: Final = "\r(?!\n)"
_SHOWN: Final = re.compile(f"{FOUND.pattern}|{_RETURN}")


class Lines(str):
    """A text of several lines, which may go into another one as it stands: everything in it is `one_line` already."""

    __slots__ = ()


def visible(text: str) -> str:
    """Return the text with such characters written out, as [U+202E]; a line that begins anew shows itself, too."""
    return _SHOWN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def one_line(text: str) -> str:
    """Return a text from outside as part of one line: visible, and without line ends that would begin another."""
    return visible(" ".join(text.splitlines())) if "\n" in text or "\r" in text else visible(text)


def listing(texts: Iterable[str]) -> Lines:
    """Return texts from outside as indented lines, one for each."""
    return Lines("\n".join(f"  {one_line(text)}" for text in texts))
