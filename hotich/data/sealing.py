"""What a release says of itself on its pages: its name, which one it replaces, and why. A draft has none of it.

`make publish` and `make audit` make the pages of a release in a reports folder of their own, with this file in it.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from hotich.errors import InputRefused
from hotich.storage import regular

FILE: Final = "sealing.json"


@dataclass(frozen=True)
class Sealing:
    """Chain and name of a release that is being made (`examples/0002-2024-10`); what it replaces, and the reason."""

    title: str
    supersedes: str = ""
    reason: str = ""


def write(sealing: Sealing, reports: Path) -> None:
    """Let what is made in that reports folder be the pages of this release."""
    reports.mkdir(parents=True, exist_ok=True)
    (reports / FILE).write_text(json.dumps(asdict(sealing), ensure_ascii=False), encoding="utf-8")


def read(reports: Path) -> Sealing | None:
    """Return what release is being made in the reports folder; None for drafts. Raises InputRefused."""
    file = reports / FILE
    if not regular.present(file):
        return None
    try:
        fields = json.loads(regular.read(file))
        if isinstance(fields, dict) and all(isinstance(value, str) for value in fields.values()):
            return Sealing(**fields)
    except (ValueError, TypeError, RecursionError):
        pass
    raise InputRefused("sealing.unreadable", file=file)
