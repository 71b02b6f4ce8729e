"""What a name in a file may mean: exact after folding, by the office's lists and its aliases, never the nearest."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process

from hotich.data import difficulties
from hotich.data.areas import Area
from hotich.intake.fold_text import clean, fold
from hotich.intake.lists import HEADINGS, Lists
from hotich.intake.template.form import COLUMNS
from hotich.language import LANGUAGES, text

# How offices shorten the kind of an area in front of its name.
_SHORT: Final = {
    "xã": ("x.", "x"),
    "phường": ("p.", "p"),
    "thị trấn": ("tt.", "tt"),
    "huyện": ("h.", "h"),
    "quận": ("q.", "q"),
    "thị xã": ("tx.", "tx"),
    "thành phố": ("tp.", "tp"),
    "tỉnh": ("t.",),
    "phòng tư pháp": ("ptp",),
    "sở tư pháp": ("stp",),
}


@dataclass(frozen=True)
class Names:
    """Every spelling that the lists know, folded, with what it may mean."""

    lists: Lists

    def areas(self, written: str) -> frozenset[str]:
        """Codes of the areas of the month that carry this name, whatever their level."""
        return self._areas.get(fold(written), frozenset())

    def gone(self, written: str) -> tuple[Area, ...]:
        """Areas of other times that carry this name or code."""
        return tuple(self._past.get(fold(written), ()))

    def register(self, written: str) -> str:
        """The code of the register with this name, or nothing."""
        return self._registers.get(fold(written), "")

    def column(self, written: str) -> str:
        """What a heading means: `required`, `area`, `total` …, or nothing."""
        return self._columns.get(fold(written.rstrip(" :*")), "")

    def difficulty(self, written: str) -> str:
        """The kind of difficulty with this name, or nothing."""
        return self._difficulties.get(fold(written), "")

    def status(self, written: str) -> str:
        """`not_reported` or `not_applicable`, or nothing."""
        return self._statuses.get(fold(written), "")

    @property
    def difficulty_names(self) -> dict[str, str]:
        """The kinds of difficulty as people read them, in each language."""
        return {
            language: "; ".join(text(language, f"data.difficulty.{kind}") for kind in difficulties.DIFFICULTIES)
            for language in LANGUAGES
        }

    def is_known(self, written: str) -> bool:
        """Whether the lists know the text as a name of anything."""
        return bool(self.areas(written) or self.register(written) or self.column(written))

    def nearest_units(self, written: str) -> str:
        """The three most similar names of reporting units, to suggest and never to accept."""
        return _nearest(written, self._unit_names)

    def nearest_registers(self, written: str) -> str:
        """The three most similar names of registers."""
        return _nearest(written, {fold(r.name_vi): r.name_vi for r in self.lists.registers})

    def nearest_headings(self, written: str) -> str:
        """The three most similar headings."""
        spelt = {fold(a): a for kind, _, a in self.lists.aliases if kind in ("column", "register")}
        return _nearest(written, spelt | {fold(r.name_vi): r.name_vi for r in self.lists.registers})

    def own(self, code: str) -> str:
        """The area's full name with its code, for messages."""
        return f"{self.lists.areas[code].name_vi} ({code})"

    @cached_property
    def totals(self) -> tuple[str, ...]:
        """Words that a total's label begins with, folded, longest first."""
        words = (form for form, code in self._columns.items() if code.startswith("total"))
        return tuple(sorted(words, key=len, reverse=True))

    def within_root(self, code: str) -> bool:
        """Whether the area is the office's own or lies in it."""
        return self.lists.areas.within(code, self.lists.root)

    @cached_property
    def districts(self) -> tuple[tuple[str, str], ...]:
        """Full names, folded, and codes of the areas between the root and the units."""
        inside = self.lists.areas.by_code.values()
        between = (a for a in inside if a.code not in self.units and a.code != self.lists.root)
        return tuple((fold(area.name_vi), area.code) for area in between if self.within_root(area.code))

    @cached_property
    def units(self) -> frozenset[str]:
        """Codes of the reporting units of the month under the office's root."""
        root = self.lists.root
        return (
            frozenset(unit.code for unit in self.lists.areas.units(root)) if root in self.lists.areas else frozenset()
        )

    @cached_property
    def _areas(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for code, area in self.lists.areas.by_code.items():
            for form in _forms(area):
                found.setdefault(form, set()).add(code)
        for form, code in self._alias("area"):
            if code in self.lists.areas:
                found.setdefault(form, set()).add(code)
        return {form: frozenset(codes) for form, codes in found.items()}

    @cached_property
    def _past(self) -> dict[str, list[Area]]:
        found: dict[str, list[Area]] = {}
        for area in self.lists.all_areas.all:
            for form in () if area.valid(self.lists.areas.day) else {*_forms(area), fold(area.code)}:
                found.setdefault(form, []).append(area)
        return found

    @cached_property
    def by_number(self) -> dict[int, list[str]]:
        """Units by their code as a number: what a spreadsheet leaves of it."""
        found: dict[int, list[str]] = {}
        for unit in self.units:
            if unit.isascii() and unit.isdigit():
                found.setdefault(int(unit), []).append(unit)
        return found

    @cached_property
    def _registers(self) -> dict[str, str]:
        known = self.lists.registers
        own = {fold(name): r.code for r in known for name in (r.code, r.name_vi, r.name_en)}
        return own | dict(self._alias("register"))

    @cached_property
    def _columns(self) -> dict[str, str]:
        ours = {fold(text(language, f"template.column.{name}")): name for name in COLUMNS for language in LANGUAGES}
        return {fold(name): name for name in HEADINGS} | ours | dict(self._alias("column"))

    @cached_property
    def _difficulties(self) -> dict[str, str]:
        own = {
            fold(text(language, f"data.difficulty.{k}")): k for k in difficulties.DIFFICULTIES for language in LANGUAGES
        }
        return {k: k for k in difficulties.DIFFICULTIES} | own | dict(self._alias("difficulty"))

    @cached_property
    def _statuses(self) -> dict[str, str]:
        return {k: k for k in ("not_reported", "not_applicable")} | dict(self._alias("status"))

    @cached_property
    def _unit_names(self) -> dict[str, str]:
        return {fold(self.lists.areas[code].name_vi): self.own(code) for code in sorted(self.units)}

    def _alias(self, wanted: str) -> Iterable[tuple[str, str]]:
        return ((fold(alias), code) for kind, code, alias in self.lists.aliases if kind == wanted)


def _forms(area: Area) -> frozenset[str]:
    """A name as lists write it: in full, in English, without the kind of area, and with that shortened."""
    kind, name = clean(area.type).casefold(), clean(area.name_vi)
    forms = {name, area.name_en}
    if name.casefold().startswith(f"{kind} "):
        bare = name[len(kind) + 1 :]
        forms |= {f"{short} {bare}" for short in _SHORT.get(kind, ())}
        forms |= {f"{short}{bare}" for short in _SHORT.get(kind, ()) if short.endswith(".")}
        # An office without its kind is the district it serves; a ward without it may be a mere number.
        forms |= set() if bare.isdigit() or area.level == "office" else {bare}
    if area.level == "office":
        forms.add(kind)
    return frozenset(fold(form) for form in forms if form)


def _nearest(written: str, names: dict[str, str]) -> str:
    found = process.extract(fold(written), list(names), scorer=fuzz.ratio, limit=3)
    return "; ".join(names[name] for name, _, _ in found) or "–"
