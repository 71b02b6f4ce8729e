"""The mark of an evidence file, which holds one release completely and of earlier ones only manifest and measures."""

import json
from typing import Final

from hotich.data.releases import Release
from hotich.storage.paths import Folders

FILE: Final = "excerpt.json"


def title(folders: Folders) -> str:
    """Return the title of the complete release in the reports folder of an evidence file, else an empty text."""
    try:
        complete = json.loads((folders.reports / FILE).read_bytes())["release"]
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return ""
    return complete if isinstance(complete, str) else ""


def is_partial(folders: Folders, sealed: Release) -> bool:
    """Return whether the excerpt says that only a part of this release is here."""
    return title(folders) not in ("", sealed.title)


def content(complete: Release) -> bytes:
    """Return the bytes of the excerpt for an evidence file about a release."""
    return (json.dumps({"release": complete.title}) + "\n").encode()
