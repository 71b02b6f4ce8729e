"""Folding of spellings of the same text: Unicode form, case, invisible characters, spaces, position of tone marks."""

import unicodedata
from functools import lru_cache
from typing import Final

# Grave, acute, tilde, hook above, dot below.
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_INVISIBLE: Final = ("Cf", "Cc")
_LOOK_ALIKE: Final[dict[str, str]] = dict(
    zip("ÐðƉɖАВЕКМНОРСТУХаеорсухіѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ĐđĐđABEKMHOPCTYXaeopcyxisABEZHIKMNOPTYXo", strict=True)
)
"""Letters of other alphabets that nobody can tell from the one meant: Icelandic, African, Cyrillic, Greek."""
_LOOK_ALIKE.update({chr(c): chr(c - 0xFEE0) for c in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))})  # full width
_MEANT: Final = str.maketrans(_LOOK_ALIKE)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return a key that is equal exactly for spellings of the same text.

    It is in NFC, case folded, without zero-width and direction characters, with single spaces, and with each
    syllable's tone mark at its end, so that `hoà` equals `hòa`; a letter that only looks like one (`Ð`, full width) is
    the one it looks like. Other differences remain: `Lý` is not `Lí`.
    """
    return " ".join(_syllable(word) for word in clean(text).translate(_MEANT).casefold().split())


def look_alikes(text: str) -> str:
    """Return the letters of a text that `fold` takes for the ones they look like, each once."""
    return "".join(dict.fromkeys(letter for letter in text if letter in _LOOK_ALIKE))


def clean(text: str) -> str:
    """Return the text in NFC without invisible characters and with single spaces."""
    visible = "".join(c if c.isspace() or unicodedata.category(c) not in _INVISIBLE else "" for c in text)
    return unicodedata.normalize("NFC", " ".join(visible.split()))


def _syllable(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(c for c in letters if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES)) + tones
