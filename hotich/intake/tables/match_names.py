"""Names in files matched with the office's lists and aliases: exactly after folding, never by similarity."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process

from hotich.data import difficulties
from hotich.data.areas import Area
from hotich.data.counts import NOT_APPLICABLE, NOT_REPORTED
from hotich.intake.fold_text import clean, fold
from hotich.intake.lists import HEADINGS, Lists
from hotich.intake.template.form import COLUMNS
from hotich.language import LANGUAGES, both, text

# How offices shorten the kind of an area in front of its name.
_SHORT: Final = {
    "xã": ("x.", "x"),
    "phường": ("p.", "p"),
    "thị trấn": ("tt.", "tt"),
    "đặc khu": ("đk.", "đk"),
    "huyện": ("h.", "h"),
    "quận": ("q.", "q"),
    "thị xã": ("tx.", "tx"),
    "thành phố": ("tp.", "tp"),
    "tỉnh": ("t.",),
    "phòng tư pháp": ("ptp",),
    "sở tư pháp": ("stp",),
}

_ALIKE: Final = 50
"""How similar, in percent, a name must be to be shown: “ZZ” is like no register."""


@dataclass(frozen=True)
class Names:
    """Every spelling in the lists, folded, with its possible meanings."""

    lists: Lists

    def areas(self, written: str) -> frozenset[str]:
        """Return the codes of the areas of the month with this name, of any level."""
        return self._areas.get(fold(written), frozenset())

    def at_other_times(self, written: str) -> tuple[Area, ...]:
        """Return the areas of other times with this name or code."""
        return tuple(self._other_times.get(fold(written), ()))

    def register(self, written: str) -> str:
        """Return the code of the register with this name, or an empty text."""
        return self._registers.get(fold(written), "")

    def column(self, written: str) -> str:
        """Return the meaning of a heading, one of `lists.HEADINGS`, or an empty text."""
        return self._columns.get(fold(written.rstrip(" :*")), "")

    def difficulty(self, written: str) -> str:
        """Return the kind of difficulty with this name, or an empty text."""
        return self._difficulties.get(fold(written), "")

    def status(self, written: str) -> str:
        """Return `not_reported` or `not_applicable` for a name of it, else an empty text."""
        return self._statuses.get(fold(written), "")

    @property
    def difficulty_names(self) -> dict[str, str]:
        """The names of the kinds of difficulty, as {language: text}."""
        return {
            language: "; ".join(text(language, f"data.difficulty.{kind}") for kind in difficulties.DIFFICULTIES)
            for language in LANGUAGES
        }

    def is_known(self, written: str) -> bool:
        """Return whether the text is a name of an area, a register or a column."""
        return bool(self.areas(written) or self.register(written) or self.column(written))

    def similar_units(self, written: str) -> dict[str, str]:
        """Return what a message says of the three most similar names of reporting units, {language: text}."""
        return _similar(written, self._unit_names)

    def similar_registers(self, written: str) -> dict[str, str]:
        """Return the same of the names of registers."""
        return _similar(
            written, {fold(name): r.name_vi for r in self.lists.registers for name in (r.name_vi, r.short("vi"))}
        )

    def similar_headings(self, written: str) -> dict[str, str]:
        """Return the same of headings."""
        aliases = {fold(a): a for kind, _, a in self.lists.aliases if kind in ("column", "register")}
        return _similar(written, aliases | {fold(r.name_vi): r.name_vi for r in self.lists.registers})

    def label(self, code: str) -> str:
        """Return the area's full name with its code, for messages."""
        return f"{self.lists.areas[code].name_vi} ({code})"

    def register_label(self, code: str) -> dict[str, str]:
        """Return the register's name with its code, for messages, as {language: text}."""
        register = next(each for each in self.lists.registers if each.code == code)
        return {language: f"{register.name(language)}, {code}" for language in LANGUAGES}

    @cached_property
    def totals(self) -> tuple[str, ...]:
        """Beginnings of labels of totals, folded, longest first."""
        words = (form for form, code in self._columns.items() if code.startswith("total"))
        return tuple(sorted(words, key=len, reverse=True))

    def within_root(self, code: str) -> bool:
        """Return whether the area is the office's own or in it."""
        return self.lists.areas.within(code, self.lists.root)

    def inside(self, code: str, area: str) -> bool:
        """Return whether an area is in another; always when that is empty."""
        return not area or self.lists.areas.within(code, area)

    @cached_property
    def districts(self) -> tuple[tuple[str, str], ...]:
        """Full names, folded, and codes of the areas between the root and the units."""
        areas = self.lists.areas.by_code.values()
        between = (area for area in areas if area.code not in {*self.units, self.lists.root})
        return tuple((fold(area.name_vi), area.code) for area in between if self.within_root(area.code))

    @cached_property
    def units(self) -> frozenset[str]:
        """Codes of the reporting units of the month under the office's root."""
        return frozenset(unit.code for unit in self.lists.areas.units(self.lists.root))

    @cached_property
    def _areas(self) -> dict[str, frozenset[str]]:
        by_name: dict[str, set[str]] = {}
        for code, area in self.lists.areas.by_code.items():
            for form in forms(area):
                by_name.setdefault(form, set()).add(code)
        for form, code in self._alias("area"):
            if code in self.lists.areas:
                by_name.setdefault(form, set()).add(code)
        return {form: frozenset(codes) for form, codes in by_name.items()}

    @cached_property
    def _other_times(self) -> dict[str, list[Area]]:
        by_name: dict[str, list[Area]] = {}
        for area in self.lists.all_areas.all:
            for form in () if area.valid(self.lists.areas.day) else {*forms(area), fold(area.code)}:
                by_name.setdefault(form, []).append(area)
        return by_name

    @cached_property
    def by_number(self) -> dict[int, list[str]]:
        """Units by their code as a number, which spreadsheets may make of it."""
        by_number: dict[int, list[str]] = {}
        for unit in self.units:
            if unit.isascii() and unit.isdigit():
                by_number.setdefault(int(unit), []).append(unit)
        return by_number

    @cached_property
    def _registers(self) -> dict[str, str]:
        registers = self.lists.registers
        listed = {fold(name): r.code for r in registers for name in (r.code, r.name_vi, r.name_en)}
        return listed | dict(self._alias("register"))

    @cached_property
    def _columns(self) -> dict[str, str]:
        template = {fold(text(language, f"template.column.{name}")): name for name in COLUMNS for language in LANGUAGES}
        return {fold(name): name for name in HEADINGS} | template | dict(self._alias("column"))

    @cached_property
    def _difficulties(self) -> dict[str, str]:
        kinds = difficulties.DIFFICULTIES
        listed = {fold(text(language, f"data.difficulty.{kind}")): kind for kind in kinds for language in LANGUAGES}
        return {kind: kind for kind in kinds} | listed | dict(self._alias("difficulty"))

    @cached_property
    def _statuses(self) -> dict[str, str]:
        return {status: status for status in (NOT_REPORTED, NOT_APPLICABLE)} | dict(self._alias("status"))

    @cached_property
    def _unit_names(self) -> dict[str, str]:
        return {fold(self.lists.areas[code].name_vi): self.label(code) for code in sorted(self.units)}

    def _alias(self, of: str) -> Iterable[tuple[str, str]]:
        return ((fold(alias), code) for kind, code, alias in self.lists.aliases if kind == of)


def forms(area: Area) -> frozenset[str]:
    """Return an area's name as files may write it: in full, in English, without its kind, and with that abbreviated."""
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


def _similar(written: str, names: dict[str, str]) -> dict[str, str]:
    """Return the sentence with the most similar names in each language, empty where nothing is alike."""
    matches = process.extract(fold(written), list(names), scorer=fuzz.ratio, limit=3, score_cutoff=_ALIKE)
    found = "; ".join(dict.fromkeys(names[name] for name, _, _ in matches))
    return both("intake.similar.names", nearest=found) if found else dict.fromkeys(LANGUAGES, "")
