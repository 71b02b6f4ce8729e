"""The settings of the reporting office: `office.toml`."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hotich.errors import InputRefused
from hotich.language import unseen
from hotich.month import Month
from hotich.storage import regular


@dataclass(frozen=True)
class Target:
    """A deadline for complete digitisation, and who set it."""

    id: str
    day: date
    name_vi: str
    name_en: str
    source: str

    def name(self, language: str) -> str:
        """Return who set it, in one language."""
        return self.name_vi if language == "vi" else self.name_en


@dataclass(frozen=True)
class Letterhead:
    """The head and foot of an official paper (NĐ 30/2020/NĐ-CP, Annex I)."""

    superior: str
    body: str
    place: str
    symbol: str
    signer: str
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class Office:
    """One office's settings. `threshold` is in percent; pace is measured against the last of the targets."""

    name_vi: str
    name_en: str
    root: str
    threshold: int
    cutoff_day: int
    paper: str
    targets: tuple[Target, ...]
    letterhead: Letterhead

    def name(self, language: str) -> str:
        """Return its name in one language."""
        return self.name_vi if language == "vi" else self.name_en

    def cutoff(self, month: Month) -> date:
        """Return the as-of date of a month: its cut-off day, or its last day where the month is shorter."""
        return month.first_day.replace(day=min(self.cutoff_day, month.last_day.day))


def read(data: Path) -> Office:
    """Return `office.toml`. Raises InputRefused when it cannot be read, lacks a setting or has an unseen character."""
    try:
        raw: dict[str, Any] = tomllib.loads(regular.read(data / "office.toml").decode("utf-8"))
        _require_readable(raw)
        targets = tuple(sorted((Target(**target) for target in raw.pop("targets")), key=lambda t: t.day))
        letterhead = raw.pop("letterhead")
        recipients = tuple(letterhead.pop("recipients"))
        return Office(targets=targets, letterhead=Letterhead(recipients=recipients, **letterhead), **raw)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError, KeyError) as error:
        raise InputRefused("office.unreadable", folder=data, reason=error) from None


def _require_readable(value: object) -> None:
    """Raise InputRefused for a text with a character that nobody sees, which TOML lets one write as an escape."""
    for strange in (each for each in value if unseen.visible(each) != each) if isinstance(value, str) else ():
        raise InputRefused("office.unseen", text=value, code=f"U+{ord(strange):04X}")
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _require_readable(each)
