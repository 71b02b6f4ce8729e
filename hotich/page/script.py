"""The one script that a page may hold: it sorts and filters long tables and saves charts."""

import base64
import hashlib
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent
SOURCE: Final = "".join((_HERE / f"{part}.js").read_text(encoding="utf-8") for part in ("tables", "charts"))
HASH: Final = "sha256-" + base64.b64encode(hashlib.sha256(SOURCE.encode()).digest()).decode("ascii")
"""What the content security policy of a page with the script allows, and nothing else."""
_SERVED: Final = ('<table class="long"', '<figure id="chart-')


def wanted(*html: str) -> bool:
    """Return whether there is a chart, or a table long enough for sorting and filtering."""
    return any(each in part for part in html for each in _SERVED)
