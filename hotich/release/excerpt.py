"""The mark of an evidence file, which holds one release completely and of earlier ones only `PART`."""

import json
from typing import Final

from hotich.data import releases
from hotich.data.releases import Release
from hotich.storage.paths import MANIFEST, MEASURES, SIGNATURE, Folders

FILE: Final = "excerpt.json"
PART: Final = (MANIFEST, SIGNATURE, MEASURES)
"""What an evidence file holds of earlier releases."""


def title(folders: Folders) -> str:
    """Return the title of the complete release in the reports folder of an evidence file, else an empty text."""
    path = folders.reports / FILE
    try:
        complete = json.loads(path.read_bytes())["release"] if path.is_file() else ""
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return ""
    return complete if isinstance(complete, str) else ""


def is_partial(folders: Folders, sealed: Release) -> bool:
    """Return whether only a part of this release is here by right: it comes before the complete one in its chain."""
    return any(each.title == title(folders) for each in releases.chain(folders, sealed.examples)[sealed.number :])


def content(complete: Release) -> bytes:
    """Return the bytes of the excerpt for an evidence file about a release."""
    return (json.dumps({"release": complete.title}) + "\n").encode()
