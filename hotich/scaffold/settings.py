"""`office.toml` of a new office: what is known of it, what its people said, and what is assumed and marked so."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from hotich.data import office
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
        try:
            exact_day(self.target or "2024-12-31")
        except ValueError:
            raise WrongUsage("new_office.target", value=printable(self.target)) from None


def likely(day: date) -> Answers:
    """Return the answers that are assumed for an office that begins on this day."""
    last = _NATIONAL if day <= _NATIONAL else date(day.year, 12, 31)
    return Answers(str(THRESHOLD), str(CUTOFF_DAY), str(last), office.PAPERS[0])


def named_after(province: str, country: Country) -> dict[str, str]:
    """Return the settings that name the province: its office, code, superior and place."""
    name = Name.of(country.provinces[province])
    return {
        "name_vi": f"Sở Tư pháp {name.within}",
        "name_en": f"Department of Justice of {name.english}",
        "root": province,
        "superior": f"UBND {_kind(name)} {name.rest}".upper(),
        "place": name.within if name.within[0].isupper() else name.rest,
    }


def _kind(name: Name) -> str:
    return "tỉnh" if name.kind == "Tỉnh" else "thành phố"


def text(province: str, country: Country, day: date, given: Answers) -> str:
    """Return `office.toml`."""
    assumed, kind = likely(day), _kind(Name.of(country.provinces[province]))
    values = {
        **named_after(province, country),
        "kind": kind,
        "kind_en": "Province" if kind == "tỉnh" else "City",
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
    return {"target_id": kind, "target_source": say("en", f"office.target.{kind}_source"), **names}
