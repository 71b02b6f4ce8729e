"""The mark of an evidence file: it holds one release whole, and of the earlier ones what that release rests on."""

import json
from typing import Final

from hotich.places import Places
from hotich.release.reading import Release

MARK: Final = "excerpt.json"


def of(at: Places) -> str:
    """The title of the one whole release where the reports folder comes from an evidence file, else nothing."""
    try:
        whole = json.loads((at.reports / MARK).read_bytes())["release"]
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return ""
    return whole if isinstance(whole, str) else ""


def partly(at: Places, sealed: Release) -> bool:
    """Whether only a part of a release is here, as the mark says."""
    whole = of(at)
    return bool(whole) and whole != sealed.title


def mark(whole: Release) -> bytes:
    """The mark's content."""
    return (json.dumps({"release": whole.title}) + "\n").encode()
