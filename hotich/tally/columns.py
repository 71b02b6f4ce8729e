"""Which columns of a record list are read: those whose heading has a known meaning, never those of persons' names."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

from hotich.intake.fold_text import clean, fold
from hotich.intake.lists import RECORD, RECORD_COLUMNS, Lists
from hotich.intake.problems import Place, Problem, printable, problem, report
from hotich.intake.tables.match_names import Names
from hotich.language import LANGUAGES, both

FILE: Final = Path(__file__).with_name("columns.toml")
_NEEDED: Final = (("area_code", "area"), ("register_code", "register"), ("year",), ("number",), ("digitised", "scan"))
"""One of each must be there."""
_OF_PERSONS: Final = re.compile(
    r"\b(họ|tên|chữ đệm|người|cha|mẹ|vợ|chồng|con|cháu|ông|bà|dân tộc|quốc tịch|cccd|cmnd|định danh|giấy tờ)\b"
    r"|\b(\w*names?|person|child|mother|father|wife|husband|spouse)\b"
)
"""Words of headings whose columns are about persons: no alias makes such a column one that is read."""
_LIKE: Final = 70
"""How similar, in percent, a heading must be to a known one to be shown: one without headings may begin with names."""


@dataclass(frozen=True)
class Column:
    """A column that is read: its heading in the file and its type there, or the `constant` that the path states."""

    heading: str
    type: str = "VARCHAR"
    constant: str | None = None


Columns = Mapping[str, Column]
"""By role: one of `intake.lists.RECORD_COLUMNS`."""


@dataclass(frozen=True)
class Headings:
    """Reads headings by the office's aliases, and by the spellings of columns.toml."""

    names: Names

    def role(self, heading: str) -> str:
        """Return the role of a heading, or an empty text."""
        folded = fold(heading.rstrip(" :*"))
        known = _spellings(self.names.lists).get(folded) or _of_counts(self.names.column(heading))
        return known if known and not self.of_persons(heading, known) else ""

    def of_persons(self, heading: str, role: str = "") -> bool:
        """Return whether a heading is about persons; one that everybody uses for its role is not, such as `Tên xã`."""
        return bool(_OF_PERSONS.search(_words(heading))) and not (role and self._shipped(heading, role))

    def _shipped(self, heading: str, role: str) -> bool:
        return fold(heading) in map(fold, _shipped()[role]) or _of_counts(self.names.column(heading)) == role

    def chosen(
        self, described: Sequence[tuple[str, str]], path: Mapping[str, str], place: Place
    ) -> tuple[dict[str, Column], list[Problem]]:
        """Return the columns that are read, and problems: a column that is missing, or one that stands twice."""
        found: dict[str, Column] = {}
        problems = []
        for heading, kind in described:
            role = self.role(heading)
            if role in found:
                problems.append(problem("record.column_twice", place, heading, other=found[role].heading))
            elif role:
                found[role] = Column(heading, kind)
        for key, value in path.items():
            if role := self.role(key):
                found[role] = Column(key, constant=value)
        problems += [self._missing(needed, described, place) for needed in _NEEDED if not {*needed} & {*found}]
        for preferred, other in (("area_code", "area"), ("register_code", "register")):
            if preferred in found:
                found.pop(other, None)
        return found, problems

    def left(self, described: Sequence[tuple[str, str]], place: Place) -> list[Problem]:
        """Return a note on the columns that are not read, by number alone where they are about persons."""
        count = sum(not self.role(heading) for heading, _ in described)
        return [report("record.left", place, count=count)] if count else []

    def _missing(self, needed: tuple[str, ...], described: Sequence[tuple[str, str]], place: Place) -> Problem:
        wanted = [spelling for role in needed for spelling in _shipped()[role]]
        near = [heading for heading, _ in described if not self.of_persons(heading) and _like(heading, wanted)]
        shown = printable("; ".join(near[:3]))
        similar = both("intake.similar.headings", nearest=shown) if near else dict.fromkeys(LANGUAGES, "")
        what = both(f"intake.role.{needed[0]}")
        values = {"role": needed[0], "what": what, "similar": similar, "allowed": ", ".join(wanted)}
        return problem("record.column_missing", place, shown, **values)


def _words(text: str) -> str:
    """Return the text in small letters with single spaces, its words told apart where `_` or `-` joins them."""
    return " ".join(re.sub(r"[_\-.,;:/()]+", " ", clean(text).casefold()).split())


def shown(text: str, known: Sequence[str] = ()) -> str:
    """Return what a message may show of a cell: digits and codes, or what is similar to a known text, as `fold` has it.

    Anything else may be the name of a person in a column that has slipped: only its length is told.
    """
    plain = " ".join(text.split())
    if len(plain) <= 20 and re.fullmatch(r"[0-9./:\-+, ]*[A-Z]{0,4}[0-9./:\-+ ]*", plain):
        return plain
    if process.extractOne(fold(plain), known, scorer=fuzz.ratio, score_cutoff=_LIKE):
        return plain
    return f"… ({len(plain)})"


def _like(heading: str, wanted: Sequence[str]) -> bool:
    folded = fold(heading)
    return any(fuzz.ratio(folded, fold(each)) >= _LIKE for each in wanted)


def _of_counts(role: str) -> str:
    """Return the role of a heading that tables of counts know, too: those of units and registers."""
    return role if role in ("area_code", "area", "district", "register_code", "register") else ""


@cache
def _shipped() -> dict[str, list[str]]:
    found: dict[str, list[str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    if tuple(found) != RECORD_COLUMNS:
        raise KeyError(FILE.name)
    return found


def _spellings(lists: Lists) -> dict[str, str]:
    shipped = {fold(spelling): role for role, spellings in _shipped().items() for spelling in spellings}
    return shipped | {fold(alias): role for kind, role, alias in lists.aliases if kind == RECORD}
