"""The mark of an evidence file: it holds one release whole, and of the earlier ones what that release rests on."""

import json
from typing import Final

from hotich.data.releases import Release
from hotich.storage.paths import Folders

MARK: Final = "excerpt.json"


def of(folders: Folders) -> str:
    """The title of the one whole release where the reports folder comes from an evidence file, else nothing."""
    try:
        whole = json.loads((folders.reports / MARK).read_bytes())["release"]
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return ""
    return whole if isinstance(whole, str) else ""


def partly(folders: Folders, sealed: Release) -> bool:
    """Whether only a part of a release is here, as the mark says."""
    whole = of(folders)
    return bool(whole) and whole != sealed.title


def mark(whole: Release) -> bytes:
    """The mark's content."""
    return (json.dumps({"release": whole.title}) + "\n").encode()
