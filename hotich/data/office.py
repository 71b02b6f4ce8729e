"""The settings of the reporting office: `office.toml`."""

import re
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Final

from hotich.language import LANGUAGES, both
from hotich.month import Month
from hotich.storage import toml_table
from hotich.storage.toml_table import Table

FILE: Final = "office.toml"
PAPERS: Final = ("thông báo", "công văn")
_WORD: Final = re.compile("[A-Za-z0-9_-]+", re.ASCII)


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
    """The head and foot of an official paper (NĐ 30/2020/NĐ-CP, Annex I).

    `recipients_en` are the recipients of its English translation, one for each.
    """

    superior: str
    body: str
    place: str
    symbol: str
    signer: str
    recipients: tuple[str, ...]
    recipients_en: tuple[str, ...]


@dataclass(frozen=True)
class Office:
    """One office's settings. `threshold` is in percent; pace is measured against the last of the targets.

    Pages, notices and the annex are made in its `languages`, Vietnamese always among them.
    """

    name_vi: str
    name_en: str
    root: str
    threshold: int
    cutoff_day: int
    paper: str
    targets: tuple[Target, ...]
    letterhead: Letterhead
    languages: tuple[str, ...]

    def name(self, language: str) -> str:
        """Return its name in one language."""
        return self.name_vi if language == "vi" else self.name_en

    def cutoff(self, month: Month) -> date:
        """Return the as-of date of a month: its cut-off day, or its last day where the month is shorter."""
        return month.first_day.replace(day=min(self.cutoff_day, month.last_day.day))


def read(data: Path) -> Office:
    """Return `office.toml`. An empty English name is the Vietnamese one. Raises InputRefused naming a wrong setting."""
    settings = toml_table.read(data / FILE)
    settings.require_known(_names(Office))
    name = settings.text("name_vi")
    return Office(
        name,
        settings.text("name_en", optional=True) or name,
        settings.text("root"),
        settings.whole("threshold", 1, 99),
        settings.whole("cutoff_day", 1, 31),
        settings.text("paper", choices=PAPERS),
        _targets(settings),
        _letterhead(settings.table("letterhead")),
        _languages(settings),
    )


def _languages(settings: Table) -> tuple[str, ...]:
    """Return the languages in their usual order, all where the setting is left out."""
    given = settings.texts("languages") if "languages" in settings.settings else LANGUAGES
    if LANGUAGES[0] not in given or not set(given) <= set(LANGUAGES):
        settings.refuse("languages", both("errors.settings_kind.languages"))
    return tuple(language for language in LANGUAGES if language in given)


def _targets(settings: Table) -> tuple[Target, ...]:
    """Return the targets, the last one last. The pace is measured against it, so there must be one."""
    found: dict[str, Target] = {}
    for each in settings.tables("targets"):
        each.require_known(_names(Target), above=_names(Office))
        identity, name = each.text("id"), each.text("name_vi")
        if not _WORD.fullmatch(identity) or identity in found:
            each.refuse("id", both("errors.settings_kind.word", taken=", ".join(found) or "–"))
        day, name_en = each.day("day"), each.text("name_en", optional=True) or name
        found[identity] = Target(identity, day, name, name_en, each.text("source"))
    return tuple(sorted(found.values(), key=lambda target: target.day))


def _letterhead(settings: Table) -> Letterhead:
    settings.require_known(_names(Letterhead), above=_names(Office))
    recipients = settings.texts("recipients")
    return Letterhead(
        settings.text("superior", optional=True),
        settings.text("body"),
        settings.text("place"),
        settings.text("symbol"),
        settings.text("signer"),
        recipients,
        _recipients_en(settings, recipients),
    )


def _recipients_en(settings: Table, recipients: tuple[str, ...]) -> tuple[str, ...]:
    """Return the recipients in English; without them they are the Vietnamese ones. Raises InputRefused for fewer."""
    if "recipients_en" not in settings.settings:
        return recipients
    english = settings.texts("recipients_en")
    if len(english) != len(recipients):
        settings.refuse("recipients_en", both("errors.settings_kind.as_many", count=len(recipients)))
    return english


def _names(settings: type) -> list[str]:
    return [each.name for each in fields(settings)]
