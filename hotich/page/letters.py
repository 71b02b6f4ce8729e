"""The letters that pages and drawings can show: those of the fonts they bring; another font would be a guess."""

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from hotich.data import comments, published
from hotich.data.dataset import Dataset
from hotich.errors import InputRefused
from hotich.language import LANGUAGES
from hotich.month import printable

_RANGES: Final = ((0x20, 0x7E), (0xA0, 0x17F), (0x300, 0x303), (0x1EA0, 0x1EF9))
_OTHERS: Final = "ƒƠơƯư\u0306\u0309\u031b\u0323–—‘’‚“”„…•·′″‹›€₫−×÷±≈≠≤≥½¼¾←↑→↓▲▼■□●○\u2009\u202f\u2010\u2011\n\t"
LETTERS: Final = frozenset(_OTHERS) | {chr(code) for first, last in _RANGES for code in range(first, last + 1)}
"""What the fonts of pages hold (docs/fonts.md), and what ends a line."""
_Placed: TypeAlias = tuple[str, str, str]


def require(data: Dataset) -> None:
    """Raise InputRefused for a name or a comment with a character that the fonts of pages and drawings lack."""
    for file, place, text in _texts(data):
        if strange := next((each for each in text if each not in LETTERS), ""):
            raise InputRefused(
                "page.letter",
                file=file,
                place=place,
                text=printable(text),
                letter=printable(strange),
                code=f"U+{ord(strange):04X}",
            )


def _texts(data: Dataset) -> Iterator[_Placed]:
    """Yield everything that an office itself writes and pages show: its file, its place there, the text."""
    for area in data.all_areas.all:
        yield from _in("areas.csv", area.code, (area.name_vi, area.name_en, area.official_vi, area.official_en))
    for register in data.registers:
        yield from _in("registers.csv", register.code, (register.name_vi, register.name_en))
    names = ((target.name_vi, target.name_en, target.source) for target in data.office.targets)
    yield from _in("office.toml", "targets", (name for target in names for name in target))
    yield from _in("office.toml", "name", (data.office.name_vi, data.office.name_en))
    for each in published.read(data.folders, data.month):
        yield from _in(data.folders.published(data.month).name, str(each.line), (each.source, each.note))
    for language in LANGUAGES:
        if comment := comments.read(data.folders, data.month, language):
            file = data.folders.comment(data.month, language).name
            yield from _in(file, "–", (*(text for _, text in comment.parts), comment.signature))


def _in(file: str, place: str, texts: Iterable[str]) -> Iterator[_Placed]:
    return ((file, place, text) for text in texts)
