"""When two spellings are the same text: Unicode form, case, invisible marks, spaces and where a tone mark is put."""

import unicodedata
from functools import lru_cache
from typing import Final

# Grave, acute, tilde, hook above, dot below.
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_UNSEEN: Final = ("Cf", "Cc")
_LOOK_ALIKE: Final[dict[str, str]] = dict(
    zip("ÐðƉɖАВЕКМНОРСТУХаеорсухіѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ĐđĐđABEKMHOPCTYXaeopcyxisABEZHIKMNOPTYXo", strict=True)
)
"""Letters of other alphabets that nobody can tell from the one meant: Icelandic, African, Cyrillic, Greek."""
_LOOK_ALIKE.update({chr(c): chr(c - 0xFEE0) for c in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))})  # full width
_MEANT: Final = str.maketrans(_LOOK_ALIKE)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A key that is equal exactly for spellings that are the same text.

    Canonical Unicode form, case folded, without zero-width and direction marks, any run of spaces as one, and each
    syllable's tone mark at its end, so that `hoà` is `hòa`; a letter that only looks like one (`Ð`, full width) is the
    one it looks like. Nothing else is forgiven: `Lý` is not `Lí`.
    """
    return " ".join(_syllable(word) for word in clean(text).translate(_MEANT).casefold().split())


def look_alikes(text: str) -> str:
    """Return the letters of a text that `fold` takes for the ones they look like, each once."""
    return "".join(dict.fromkeys(letter for letter in text if letter in _LOOK_ALIKE))


def clean(text: str) -> str:
    """The text in NFC without invisible marks, any run of white space as one space."""
    seen = "".join(c if c.isspace() or unicodedata.category(c) not in _UNSEEN else "" for c in text)
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def _syllable(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(c for c in letters if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES)) + tones
