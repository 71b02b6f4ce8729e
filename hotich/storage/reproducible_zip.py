"""Workbooks and Word files (both are zip files) whose bytes do not depend on the clock."""

import io
import re
import zipfile
from datetime import date
from typing import Final

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def timeless(content: bytes, day: date | None = None) -> bytes:
    """Return the file with fixed order and times inside the zip, and dated `day` in its properties if that is given."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(source.namelist()):
            data = source.read(name)
            if day and name == "docProps/core.xml":
                data = _restamped(data, day)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            packed.writestr(info, data)
    return target.getvalue()


def _restamped(properties: bytes, day: date) -> bytes:
    stamp = day.strftime("%Y-%m-%dT00:00:00Z").encode()
    return re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, properties)
