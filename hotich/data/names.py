"""Codes and names of areas and registers, as the office's tables give them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from hotich.errors import InputRefused
from hotich.month import printable
from hotich.storage.csv_table import Row

_ASSUMPTION: Final = ("assumption", "giả định")
_CODE: Final = re.compile(r"[^\W_][\w-]{0,31}")
"""A code stands in the names of figures (`138/all/digitised`) and of files."""


def code(row: Row, file: str) -> str:
    """Return the code of a line. Raises InputRefused for one that is empty or could not stand in a file's name."""
    if not _CODE.fullmatch(row["code"]):
        raise InputRefused("table.code", file=file, line=row.line, value=printable(row["code"]))
    return row["code"]


def both(row: Row, file: str) -> tuple[str, str]:
    """Return the Vietnamese and the English name, with single spaces; an empty English name is the Vietnamese one.

    Raises InputRefused for an empty Vietnamese name, and for a character that no font is sure to show.
    """
    vietnamese, english = _seen(row, file, "name")
    if not vietnamese:
        raise InputRefused("table.name", file=file, line=row.line, value=f", {printable(english)}")
    return vietnamese, english or vietnamese


def official(row: Row, file: str) -> tuple[str, str]:
    """Return the names under which papers address an area, with single spaces; either may be empty.

    Raises InputRefused for a character that no font is sure to show.
    """
    return _seen(row, file, "official")


def _seen(row: Row, file: str, name: str) -> tuple[str, str]:
    vietnamese, english = (" ".join(row[f"{name}_{language}"].split()) for language in ("vi", "en"))
    if not (vietnamese + english).isprintable():
        value = printable(f"{row[f'{name}_vi']}, {row[f'{name}_en']}")
        raise InputRefused("table.name", file=file, line=row.line, value=value)
    return vietnamese, english


def is_assumed(source: str) -> bool:
    """Return whether the source of a register's group or a target says that nobody has confirmed it."""
    return source.casefold().startswith(_ASSUMPTION)


def without_marks(text: str) -> str:
    """Return a text in small letters as those write it who leave its marks out: Đất Mũi → dat mui."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def slug(text: str) -> str:
    """Return a text as names of files and anchors have it, in plain ASCII: Đất Mũi → dat-mui."""
    return re.sub(r"[^a-z0-9]+", "-", without_marks(text)).strip("-")


def nearest(written: str, words: Mapping[str, Iterable[str]], most: int = 1) -> str:
    """Return what has words most similar to a text, the most similar first, only for suggestions in messages."""
    from rapidfuzz.fuzz import ratio

    asked = without_marks(written)
    likeness = {name: max(ratio(asked, without_marks(word)) for word in each) for name, each in words.items()}
    return ", ".join(sorted(likeness, key=likeness.__getitem__, reverse=True)[:most]) or "–"
