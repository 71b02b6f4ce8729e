"""Which province, or the country, a user means: by its name with or without accents or by its code, on a day."""

import re
from collections import Counter
from datetime import date
from typing import Final

from hotich import gazetteer, month
from hotich.data.names import without_marks
from hotich.errors import InputRefused, WrongUsage
from hotich.gazetteer import Country
from hotich.month import printable

_KIND: Final = re.compile(r"^(tinh|thanh pho|tp)\b[ .]*|\b(province|city)$")
_OTHER: Final = {"hcm": "79", "sai gon": "79", "ho chi minh": "79", "thua thien hue": "46"}
"""Names that people use beside those of the lists, and the codes they mean."""
_WHOLE: Final = frozenset({"ca nuoc", "toan quoc", "viet nam", "vietnam", "vn"})
"""Names of the country."""
_SUGGESTED: Final = 3


def day_of(as_of: str, today: date) -> date:
    """Return the day that a user names (`2026-11-22`), or the first of a month (`2026-11`); without a text, today.

    Raises WrongUsage for another form and for a day that is still to come.
    """
    try:
        found = month.day(as_of) if as_of.count("-") == 2 else month.exact(as_of).first_day if as_of else today
    except (ValueError, WrongUsage):
        raise WrongUsage("new_office.day", value=printable(as_of)) from None
    if found > today:
        raise WrongUsage("new_office.future", value=printable(as_of), today=today)
    return found


def country_on(day: date) -> Country:
    """Return the list in force. Raises InputRefused for a day before the first list."""
    country = gazetteer.on(day)
    if country is None:
        raise InputRefused("new_office.before", day=day, first=gazetteer.LISTS[0])
    return country


def find(written: str, country: Country) -> str:
    """Return the code of the province or country. Raises InputRefused for one that ended, or with the nearest names."""
    if _folded(written) in _WHOLE:
        return gazetteer.COUNTRY
    if code := _code(written, country):
        return code
    for other in gazetteer.countries():
        if (code := _code(written, other)) and other.ends and other.ends < country.begins:
            _refuse_ended(code, other, country)
    raise InputRefused(
        "new_office.unknown", value=printable(written), begins=country.begins, near=_near(written, country)
    )


def _refuse_ended(code: str, old: Country, now: Country) -> None:
    provinces = {unit.unit: unit.province for unit in now.units}
    parts = (provinces.get(row["new_unit_code"]) for row in gazetteer.crosswalk() if row["old_province_code"] == code)
    successor = Counter(filter(None, parts)).most_common(1)[0][0]
    name, ends = now.provinces[successor], old.ends
    raise InputRefused("new_office.ended", name=old.provinces[code], ends=ends, successor=name, code=successor)


def _code(written: str, country: Country) -> str:
    """Return the code of the province with this code or name, or an empty text."""
    if written.strip() in country.provinces:
        return written.strip()
    folded = _folded(written)
    named = {_folded(name): code for code, name in country.provinces.items()}
    return named.get(folded) or (_OTHER[folded] if _OTHER.get(folded) in country.provinces else "")


def _folded(name: str) -> str:
    """Return a name without accents, its kind, hyphens and double spaces: `tp. Hà Nội` is `ha noi`."""
    plain = "".join(letter if letter.isalnum() or letter == "." else " " for letter in without_marks(name))
    return " ".join(_KIND.sub("", " ".join(plain.split())).replace(".", " ").split())


def _near(written: str, country: Country) -> str:
    from rapidfuzz import process

    names = {code: _folded(name) for code, name in country.provinces.items()}
    found = process.extract(_folded(written), names, limit=_SUGGESTED)
    return ", ".join(f"{country.provinces[code]} ({code})" for _, _, code in found)
