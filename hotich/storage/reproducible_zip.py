"""Workbooks that come out the same to the byte, whatever the clock says."""

import io
import re
import zipfile
from datetime import date
from typing import Final

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def timeless(content: bytes, day: date) -> bytes:
    """The same workbook without the clock: fixed times inside the zip, and `day` in its properties."""
    stamp = day.strftime("%Y-%m-%dT00:00:00Z").encode()
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(source.namelist()):
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _restamped(data, stamp)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            packed.writestr(info, data)
    return target.getvalue()


def _restamped(properties: bytes, stamp: bytes) -> bytes:
    return re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, properties)
