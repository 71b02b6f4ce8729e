"""Pictures in prose: files beside the notebook or attached to its cell, put into the page without what cameras add."""

import base64
import binascii
import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hotich.errors import InputRefused
from hotich.storage import regular

if TYPE_CHECKING:
    from PIL.Image import Image

_ATTACHED: Final = "attachment:"
_WIDEST: Final = 1_440
"""Pixels: twice the width of a page's text."""
_MOST: Final = 20_000_000
"""Bytes of a file that is read at all."""
_LARGEST: Final = 150_000
"""Bytes in the page."""
_PIXELS: Final = 50_000_000
FORMATS: Final = ("PNG", "JPEG")


def inlined(address: str, attachments: Mapping[str, Any], folder: Path, cell: str) -> str:
    """Return a picture as a `data:` address, drawn anew so that nothing but its pixels is kept.

    Raises InputRefused naming the cell and the picture: not there, outside the folder, of another format, too large.
    """
    if address.startswith(_ATTACHED):
        content = _attached(attachments.get(address.removeprefix(_ATTACHED), {}))
    else:
        content = _beside(folder, address)
    if not content:
        raise InputRefused("own.no_picture", cell=cell, picture=address, folder=folder)
    made, kind = _redrawn(content, address, cell)
    if len(made) > _LARGEST:
        raise InputRefused("own.large_picture", cell=cell, picture=address, size=len(made), most=_LARGEST)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(made).decode('ascii')}"


def _attached(by_type: Mapping[str, Any]) -> bytes:
    text = next((str(content) for kind, content in sorted(by_type.items()) if kind in ("image/png", "image/jpeg")), "")
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return b""


def _beside(folder: Path, address: str) -> bytes:
    """Return the content of a file below the notebook's folder; nothing for any other address."""
    try:
        path = (folder / address).resolve()
        known = path.is_relative_to(folder.resolve()) and path.is_file() and path.stat().st_size <= _MOST
        return regular.read(path) if known else b""
    except (OSError, ValueError):
        return b""


def _redrawn(content: bytes, address: str, cell: str) -> tuple[bytes, str]:
    import PIL.Image

    try:
        with PIL.Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > _PIXELS:
                raise InputRefused("own.large_picture", cell=cell, picture=address, size=picture.size, most=_PIXELS)
            kind = str(picture.format)
            return _saved(picture, kind), kind
    except (OSError, SyntaxError, ValueError, PIL.Image.DecompressionBombError):
        raise InputRefused("own.other_picture", cell=cell, picture=address) from None


def _saved(picture: "Image", kind: str) -> bytes:
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(picture)
    plain = upright.convert("RGB" if kind == "JPEG" else "RGBA")
    plain.thumbnail((_WIDEST, _WIDEST))
    plain.info.clear()
    buffer = io.BytesIO()
    plain.save(buffer, kind, optimize=True, **({"quality": 85} if kind == "JPEG" else {}))
    return buffer.getvalue()
