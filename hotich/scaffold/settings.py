"""`office.toml` of a new office: what is known of it, what its people said, and what is assumed and marked so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from hotich import gazetteer
from hotich.data import letterheads, office
from hotich.data.office import Letterhead
from hotich.errors import WrongUsage
from hotich.gazetteer import Country
from hotich.language import LANGUAGES, say
from hotich.month import day as exact_day
from hotich.month import printable
from hotich.scaffold.list_areas import Name

TEMPLATE: Final = Path(__file__).parent / "template"
ASSUMED: Final = "GIẢ ĐỊNH / ASSUMED"
"""What marks a line of `office.toml` that nobody has confirmed, in the comment at its end."""
THRESHOLD, CUTOFF_DAY = 90, 22
_NATIONAL: Final = date(2024, 12, 31)
"""The deadline of the whole country in Đề án 06: before 01/01/2025."""


@dataclass(frozen=True)
class Answers:
    """What the office's people said about their settings; what is empty is assumed."""

    threshold: str = ""
    cutoff_day: str = ""
    target: str = ""
    paper: str = ""

    def require_allowed(self) -> None:
        """Raise WrongUsage for the first answer that is none."""
        for name, most in (("threshold", 99), ("cutoff_day", 31)):
            given = getattr(self, name)
            if given and not (given.isascii() and given.isdigit() and 1 <= int(given[:4]) <= most):
                raise WrongUsage("new_office.whole", name=name.upper(), value=printable(given), most=most)
        if self.paper and self.paper not in office.PAPERS:
            raise WrongUsage("new_office.paper", value=printable(self.paper), allowed=" / ".join(office.PAPERS))
        _ = self.aim

    @property
    def aim(self) -> str:
        """The deadline as files have it, of one written 31/12/2026 or 2026-12-31; empty where none was said.

        Raises WrongUsage for what is no day.
        """
        written = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", self.target.strip(), re.ASCII)
        text = f"{written[3]}-{written[2]:0>2}-{written[1]:0>2}" if written else self.target.strip()
        try:
            return str(exact_day(text)) if text else ""
        except ValueError:
            raise WrongUsage("new_office.target", value=printable(self.target)) from None


def likely(day: date) -> Answers:
    """Return the answers that are assumed for an office that begins on this day."""
    last = _NATIONAL if day <= _NATIONAL else date(day.year, 12, 31)
    return Answers(str(THRESHOLD), str(CUTOFF_DAY), str(last), office.PAPERS[0])


def named_after(province: str, country: Country) -> dict[str, str]:
    """Return the settings that name the province, or country: its office, code, superior and place."""
    if province == gazetteer.COUNTRY:
        names = {"name_vi": "Bộ Tư pháp", "name_en": "Ministry of Justice"}
        head = letterheads.of_ministry(office.PAPERS[0])
        return names | {"root": province, "superior": head.superior, "place": head.place}
    name = Name.of(country.provinces[province])
    head = _head(province, country, office.PAPERS[0])
    return {
        "name_vi": f"Sở Tư pháp {name.within}",
        "name_en": f"Department of Justice of {name.english}",
        "root": province,
        "superior": head.superior,
        "place": head.place,
    }


def _head(code: str, country: Country, paper: str) -> Letterhead:
    """Return the letterhead of the Ministry, or of a province's department."""
    if code == gazetteer.COUNTRY:
        return letterheads.of_ministry(paper)
    name = Name.of(country.provinces[code])
    return letterheads.of_department(name.kind, name.rest, paper)


def _listed(names: Sequence[str]) -> str:
    """Return names as the items of a list in TOML."""
    return ", ".join(f'"{name}"' for name in names)


def text(code: str, country: Country, day: date, given: Answers) -> str:
    """Return `office.toml`."""
    assumed = likely(day)
    given = replace(given, target=given.aim)
    head = _head(code, country, given.paper or assumed.paper)
    values = {
        **named_after(code, country),
        "body": head.body,
        "symbol": head.symbol,
        "signer": head.signer,
        "recipients": _listed(head.recipients),
        "recipients_en": _listed(head.recipients_en),
        "other_note": f"  # {ASSUMED}",
        **_target(given.target or assumed.target, stated=bool(given.target)),
    }
    for setting in ("threshold", "cutoff_day", "paper", "target"):
        said = getattr(given, setting)
        values |= {setting: said or getattr(assumed, setting), f"{setting}_note": "" if said else f"  # {ASSUMED}"}
    return (TEMPLATE / "office.toml").read_text(encoding="utf-8").format(**values)


def _target(day: str, *, stated: bool) -> dict[str, str]:
    """Return the names and the source of the target: the country's, the one that was stated, or an assumed one."""
    kind = "stated" if stated else "national" if day == str(_NATIONAL) else "assumed"
    names = {f"target_{language}": say(language, f"office.target.{kind}") for language in LANGUAGES}
    source = " / ".join(say(language, f"office.target.{kind}_source") for language in LANGUAGES)
    return {"target_id": kind, "target_source": source, **names}
