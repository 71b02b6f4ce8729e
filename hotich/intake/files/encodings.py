"""Vietnamese before Unicode, recognised by its own tables so that it can be refused by name.

TCVN3 (fonts such as .VnTime, also called ABC) puts each accented letter on one byte of its own, by TCVN 5712:1993;
capital letters with a tone have the byte of the small one in a capital font. VNI writes a letter and then its marks.
Both look like Western European text, in a CSV file as in a workbook; names that only a table makes known tell which.
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
_MARKS: Final = {
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
    """What a text means if its Western European letters are TCVN3 bytes."""
    return text.translate(_TCVN3)


def vni(text: str) -> str:
    """What a text means if it is VNI, in small letters: capitals follow the same rules."""
    return unicodedata.normalize("NFC", _VNI_PAIR.sub(_vni_letter, text.lower()))


def _vni_letter(found: re.Match[str]) -> str:
    letter = found[1] or found[0]
    marks = "".join(_MARKS[name] for name in _VNI_AFTER[found[2]].split()) if found[1] else ""
    return _VNI_ALONE.get(letter, letter) + marks


def mojibake(text: str) -> str:
    """What a text means if UTF-8 was once read as Western European; empty if that cannot be."""
    try:
        # Windows shows the bytes that windows-1252 leaves open as the control characters of Latin-1.
        return b"".join(c.encode("latin-1" if c < "\u0100" else "cp1252") for c in text).decode("utf-8")
    except UnicodeError:
        return ""


TABLES: Final[dict[str, Callable[[str], str]]] = {"tcvn3": tcvn3, "vni": vni, "mojibake": mojibake}


def legacy(texts: Iterable[str], known: Callable[[str], bool], tables: Iterable[str] = TABLES) -> tuple[str, str]:
    """The table, and the first text, that turn unknown texts with Western European letters into known names.

    Nothing and nothing if no table does. The table that makes most texts known wins.
    """
    strange = [text for text in dict.fromkeys(texts) if not text.isascii() and not known(text)]
    found = {table: [text for text in strange if known(TABLES[table](text))] for table in tables}
    table = max(found, key=lambda each: len(found[each]))
    return (table, found[table][0]) if found[table] else ("", "")
