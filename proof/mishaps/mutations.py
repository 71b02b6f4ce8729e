"""Damage done to the bytes of valid files, drawn by hypothesis: bits, bytes, words, values, parts of packed files."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any, Final

from hypothesis import strategies as st

Draw = Callable[..., Any]
Manner = Callable[[Draw, bytes], bytes]
_WORD: Final = re.compile(rb"-?[0-9]+(?:\.[0-9]+)?|[A-Za-z_]{2,}|[^\x00-\x7f]+")
_WORDS: Final = (
    *(
        b"",
        b" ",
        b"\0",
        b"\n",
        b"\r",
        b"\t",
        b'"',
        b"'",
        b",",
        b";",
        b"{",
        b"[",
        b"<",
        b"&",
        b"=",
        b"\\",
        b"-",
        b"\xff",
    ),
    *(b"0", b"-1", b"1e999", b"NaN", b"Infinity", b"0x10", b"1_000", b"1.5", b"9" * 25, b"9" * 400, "١٢".encode()),
    *(b"true", b"null", b"2024-13", b"2024-02-30", b"9999-12-31", b"0000-00-00", b"../x", b"/etc/passwd", b"=1+1"),
    *("\u202e".encode(), "\ufeff".encode(), "e\u0301".encode(), "𐀀".encode(), b"\xed\xa0\x80", b"\\ud800", b"&#0;"),
    *(
        b"]]>",
        b"<!--",
        b"<!DOCTYPE x [<!ENTITY a 'a'>]>",
        b"&a;",
        b"<script>",
        b"{{ x }}",
        b"{% x %}",
        b"%s",
        b"(a+)+$",
    ),
)
"""What stands in the place of a word, or between two bytes."""
_VALUES: Final[Sequence[Any]] = (
    *(None, True, False, 0, -1, 3.5, 10**25, 10**400, float("nan"), float("inf")),
    *("", " ", "x", "\0", "\ud800", "\u202e", "2024-13", "../x", "(a+)+$", "[", "{x}", "{0.__class__}", "a" * 10_000),
    *([], {}, [[]], {"": ""}, [None], {"x": {"x": 1}}),
)
"""What stands in the place of a value in JSON."""


@st.composite
def damaged(draw: Draw, originals: Sequence[bytes], kind: str) -> bytes:
    """Draw one of the files and damage it in one to three ways that `kind` (zip, json, text) allows."""
    content: bytes = draw(st.sampled_from(originals))
    manners: Sequence[Manner] = draw(st.sampled_from(_MANNERS[kind]))
    for _ in range(draw(st.integers(1, 3))):
        content = draw(st.sampled_from(manners))(draw, content)
    return content


def _place(draw: Draw, content: bytes) -> int:
    place: int = draw(st.integers(0, max(0, len(content) - 1)))
    return place


def _flip(draw: Draw, content: bytes) -> bytes:
    at, byte = _place(draw, content), draw(st.integers(0, 255))
    return content[:at] + bytes([byte]) + content[at + 1 :]


def _cut(draw: Draw, content: bytes) -> bytes:
    at, length = _place(draw, content), draw(st.sampled_from((1, 2, 10, 100, 10_000, 1_000_000)))
    return content[:at] + content[at + length :]


def _double(draw: Draw, content: bytes) -> bytes:
    at, length = _place(draw, content), draw(st.sampled_from((1, 10, 200)))
    piece = content[at : at + length]
    times: int = draw(st.sampled_from((2, 3, 100)))
    return content[:at] + piece * times + content[at + length :]


def _insert(draw: Draw, content: bytes) -> bytes:
    at = _place(draw, content)
    more = draw(st.one_of(st.sampled_from(_WORDS), st.binary(min_size=1, max_size=8)))
    return bytes(content[:at] + more + content[at:])


def _word(draw: Draw, content: bytes) -> bytes:
    """Put something else in the place of a word or a number."""
    if not (words := list(_WORD.finditer(content))):
        return content
    found = draw(st.sampled_from(words))
    return bytes(content[: found.start()] + draw(st.sampled_from(_WORDS)) + content[found.end() :])


def _exchange(draw: Draw, content: bytes) -> bytes:
    """Put a word of the file in the place of another."""
    if not (words := list(_WORD.finditer(content))):
        return content
    one, other = draw(st.sampled_from(words)), draw(st.sampled_from(words))
    return bytes(content[: one.start()] + other[0] + content[one.end() :])


def _lines(draw: Draw, content: bytes) -> bytes:
    """Drop a line, or have it twice, or elsewhere."""
    lines = content.splitlines(keepends=True) or [b""]
    line = lines.pop(draw(st.integers(0, len(lines) - 1)))
    for _ in range(draw(st.integers(0, 2))):
        lines.insert(draw(st.integers(0, len(lines))), line)
    return b"".join(lines)


def _value(draw: Draw, content: bytes) -> bytes:
    """Put another value in the place of one somewhere in JSON, or take it away."""
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        return _word(draw, content)
    outer: list[Any] = [whole]
    holder: Any = outer
    key: Any = 0
    while isinstance(holder[key], dict | list) and holder[key] and draw(st.integers(0, 5)):
        holder = holder[key]
        key = draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
    if isinstance(holder, dict) and draw(st.integers(0, 3)) == 0:
        del holder[key]
    else:
        holder[key] = draw(st.sampled_from(_VALUES))
    return json.dumps(outer[0], ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")


def _part(draw: Draw, content: bytes) -> bytes:
    """Change a part of a packed file, and pack it again."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = {info.filename: packed.read(info) for info in packed.infolist()}
    except Exception:  # it is damaged already
        return _flip(draw, content)
    name = draw(st.sampled_from(sorted(parts)))
    parts[name] = draw(st.sampled_from(_TEXT))(draw, parts[name])
    if draw(st.integers(0, 9)) == 0:
        parts.pop(draw(st.sampled_from(sorted(parts))))
    return _packed(parts)


def _packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


_BYTES: Final = (_flip, _cut, _double, _insert)
_TEXT: Final = (*_BYTES, _word, _word, _exchange, _lines)
_MANNERS: Final[dict[str, Sequence[Sequence[Manner]]]] = {
    "text": (_TEXT,),
    "json": ((_value,), (_value,), (_value,), (*_BYTES, _word)),
    "zip": ((_part,), (_part,), (_part,), _BYTES),
}
"""What may be done to a file of each kind, together; of a form that is broken no reader looks at the values."""
