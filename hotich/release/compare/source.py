"""One month's figures, from a release or from a draft."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NoReturn

from hotich import month
from hotich.data import releases
from hotich.data.releases import Release
from hotich.errors import InputRefused
from hotich.measures import facts
from hotich.measures.facts import Fact
from hotich.month import Month
from hotich.storage import atomic, regular
from hotich.storage.paths import MEASURES, PROVENANCE, Folders


@dataclass(frozen=True)
class Source:
    """A release or a draft, with a unique `name`: `examples-0002-2024-10`, `draft-2024-10`.

    The name is a prefix of the facts' areas, so that facts of several sources on a page stay distinct.
    """

    name: str
    month: Month
    folder: Path
    sealed: Release | None
    facts: Mapping[str, Fact] = field(repr=False)
    reported: Month | None = None
    """The month, where its own counts were reported, whatever those before it were."""

    def find(self, measure: str, area: str = "", scope: str = "all", month: Month | None = None) -> Fact | None:
        """Return a fact, by default of the root area and the reported month; None if there is none."""
        at = f"@{month}" if month and month != self.month else ""
        return self.facts.get(f"{self.name}/{area or self.root}/{scope}/{measure}{at}")

    def get(self, measure: str, area: str = "", scope: str = "all") -> Fact:
        """Return a fact of the reported month. Raises InputRefused with its name if there is none."""
        fact = self.find(measure, area, scope)
        return fact or self._lacks(f"{area}/{scope}/{measure}")

    def _lacks(self, fact: str) -> NoReturn:
        raise InputRefused("compare.measures", folder=self.folder, reason=f"– {fact}")

    @property
    def number(self) -> str:
        """The release's number with four digits, `0002`; empty for a draft."""
        return f"{self.sealed.number:04d}" if self.sealed else ""

    @cached_property
    def root(self) -> str:
        """The area that the report is about."""
        about = next((fact for fact in self.facts.values() if fact.measure == "as_of"), None)
        return (about or self._lacks("as_of")).area.removeprefix(f"{self.name}/")

    @property
    def as_of(self) -> date:
        """The cut-off day. Raises InputRefused if the file does not have it as a date."""
        value = self.get("as_of").value
        return value if isinstance(value, date) else self._lacks("as_of")

    @property
    def synthetic(self) -> bool:
        """Whether counts that it rests on were made up."""
        return any(fact.origin == "synthetic" for fact in self.facts.values())


def read(sealed: Release) -> Source:
    """Read the figures of a release. Raises InputRefused if its `measures.csv` is malformed."""
    return _read(sealed.title.replace("/", "-"), sealed.month, sealed.folder, sealed)


def find(folders: Folders, wanted: str, year: str = "") -> Source:
    """Read the last release about a month, else its draft. Raises InputRefused if there is neither, WrongUsage."""
    available = {each.month for each in releases.every(folders)} | set(_drafts(folders))
    try:
        meant = month.resolve(wanted, available, year)
    except InputRefused:
        raise InputRefused("compare.nothing", value=wanted, available=month.listed(available)) from None
    sealed = releases.find(folders, meant)
    return read(sealed) if sealed else _read(f"draft-{meant}", meant, atomic.standing(folders.draft(meant)), None)


def _drafts(folders: Folders) -> Iterable[Month]:
    """Return the months with a draft about the office's own area."""
    drafts = sorted((folders.reports / "draft").glob(f"20??-??/{MEASURES}"))
    return (month.exact(path.parent.name) for path in drafts)


def _read(name: str, about: Month, folder: Path, sealed: Release | None) -> Source:
    try:
        listed = facts.read(folder / MEASURES).values()
    except (ValueError, ArithmeticError, OSError) as error:
        raise InputRefused("compare.measures", folder=folder, reason=error) from None
    own = (replace(fact, area=f"{name}/{fact.area}") for fact in listed)
    return Source(name, about, folder, sealed, {fact.key: fact for fact in own}, _reported(folder, about))


def _reported(folder: Path, about: Month) -> Month | None:
    """Return the month if its provenance says that its own counts were reported. Raises InputRefused if it is none."""
    file = folder / PROVENANCE
    if not file.is_file():
        return None
    try:
        said = json.loads(regular.read(file))
    except (ValueError, RecursionError, OSError) as error:
        raise InputRefused("compare.provenance", file=file, reason=error) from None
    own = isinstance(said, dict) and (said.get("origin") == "reported" or said.get("reported") == str(about))
    return about if own else None
