"""Legacy Vietnamese encodings, recognised by their tables so that they can be refused by name.

TCVN3 (fonts such as .VnTime, also called ABC) puts each accented letter on one byte of its own, by TCVN 5712:1993;
capital letters with a tone have the byte of the small one in a capital font. VNI writes a letter and then its marks.
Both look like Western European text, in a CSV file as in a workbook; the encoding is the one that gives known names.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final

_TCVN3: Final = str.maketrans(
    {0xA1 + i: c for i, c in enumerate("ĂÂÊÔƠƯĐăâêôơưđ")}
    | {0xB5 + i: c for i, c in enumerate("àảãáạ")}
    | {0xBB + i: c for i, c in enumerate("ằẳẵắ")}
    | {0xC6 + i: c for i, c in enumerate("ặầẩẫấậè")}
    | {0xCE + i: c for i, c in enumerate("ẻẽéẹềểễếệìỉ")}
    | {0xDC + i: c for i, c in enumerate("ĩíịò")}
    | {0xE1 + i: c for i, c in enumerate("ỏõóọồổỗốộờởỡớợù")}
    | {0xF1 + i: c for i, c in enumerate("ủũúụừửữứựỳỷỹýỵ")}
)
_VNI_ALONE: Final = dict(zip("ñôöìíæóòî", "đơưìíỉĩịỵ", strict=True))
_DIACRITICS: Final = {
    "grave": "\u0300",
    "acute": "\u0301",
    "hook": "\u0309",
    "tilde": "\u0303",
    "dot": "\u0323",
    "circumflex": "\u0302",
    "breve": "\u0306",
}
_VNI_AFTER: Final = {
    "ø": "grave",
    "ù": "acute",
    "û": "hook",
    "õ": "tilde",
    "ï": "dot",
    "â": "circumflex",
    "à": "circumflex grave",
    "á": "circumflex acute",
    "å": "circumflex hook",
    "ã": "circumflex tilde",
    "ä": "circumflex dot",
    "ê": "breve",
    "è": "breve grave",
    "é": "breve acute",
    "ú": "breve hook",
    "ü": "breve tilde",
    "ë": "breve dot",
}
_VNI_PAIR: Final = re.compile(f"([aeouyôö])([{''.join(_VNI_AFTER)}])|[{''.join(_VNI_ALONE)}]")


def tcvn3(text: str) -> str:
    """Return the text decoded from TCVN3 bytes that were read as Western European letters."""
    return text.translate(_TCVN3)


def vni(text: str) -> str:
    """Return the text decoded from VNI, in small letters: capitals follow the same rules."""
    return unicodedata.normalize("NFC", _VNI_PAIR.sub(_vni_letter, text.lower()))


def _vni_letter(match: re.Match[str]) -> str:
    letter = match[1] or match[0]
    diacritics = "".join(_DIACRITICS[name] for name in _VNI_AFTER[match[2]].split()) if match[1] else ""
    return _VNI_ALONE.get(letter, letter) + diacritics


def mojibake(text: str) -> str:
    """Return the text if it is UTF-8 that was read as Western European, else an empty text."""
    try:
        # Windows decodes bytes that windows-1252 does not define as the control characters of Latin-1.
        return b"".join(c.encode("latin-1" if c < "\u0100" else "cp1252") for c in text).decode("utf-8")
    except UnicodeError:
        return ""


TABLES: Final[dict[str, Callable[[str], str]]] = {"tcvn3": tcvn3, "vni": vni, "mojibake": mojibake}


def legacy(texts: Iterable[str], is_known: Callable[[str], bool], encodings: Iterable[str] = TABLES) -> tuple[str, str]:
    """Return the encoding in which most unknown texts are known names, and the first such text; else empty texts.

    Only texts with letters outside ASCII are tried.
    """
    unknown = [text for text in dict.fromkeys(texts) if not text.isascii() and not is_known(text)]
    decoded = {name: [t for t in unknown if (meant := TABLES[name](t)) and is_known(meant)] for name in encodings}
    best = max(decoded, key=lambda name: len(decoded[name]))
    return (best, decoded[best][0]) if decoded[best] else ("", "")
