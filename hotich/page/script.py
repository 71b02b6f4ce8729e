"""The one script that a page may hold: it sorts and filters long tables and saves charts."""

import base64
import hashlib
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent
_LINES: Final = (
    line.strip() for part in ("tables", "charts") for line in (_HERE / f"{part}.js").open(encoding="utf-8")
)
SOURCE: Final = "\n".join(line for line in _LINES if line and not line.startswith("//"))
"""The whole script without comments and indents, which no reader of a page needs."""
HASH: Final = "sha256-" + base64.b64encode(hashlib.sha256(SOURCE.encode()).digest()).decode("ascii")
"""What the content security policy of a page with the script allows, and nothing else."""
_SERVED: Final = ('<table class="long"', '<figure id="chart-')


def wanted(*html: str) -> bool:
    """Return whether there is a chart, or a table long enough for sorting and filtering."""
    return any(each in part for part in html for each in _SERVED)
