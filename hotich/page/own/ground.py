"""What a page's own figures may be bound to, and how a fact is named in a text: `{fact:138/all/percent}`."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Final

from hotich import formats
from hotich.errors import Contradicted, WrongUsage
from hotich.language import LANGUAGES
from hotich.measures import definitions, lookup
from hotich.measures.facts import Fact
from hotich.measures.quoted import SCOPE as QUOTED
from hotich.month import Month
from hotich.views import figures, figures_in_text
from hotich.views.figures_in_text import Reading

_NEAREST: Final = 3

_OF_OTHERS: Final = frozenset({"published", "difference"})
"""Terms of facts about what others have printed."""


@dataclass(frozen=True)
class Ground:
    """The facts of a page: those of `measures.csv`, and what its notebook has derived from them.

    `page` names it in messages, `root` is the area that it is about and `office` the office's own. `names` may hold
    digits. Local pictures lie in `folder`.
    """

    page: str
    language: str
    facts: Mapping[str, Fact]
    root: str = ""
    office: str = ""
    names: tuple[str, ...] = ()
    folder: Path = field(default=Path())

    def fact(self, name: str, cell: str) -> Fact:
        """Return the fact of a name, short or whole. Raises Contradicted with the nearest names."""
        for key in self._meant(name):
            if found := self.facts.get(key):
                return found
        from rapidfuzz import process

        near = [key for key, *_ in process.extract(name, [*self._short, *self.facts], limit=_NEAREST)]
        listed = ", ".join(f"{{fact:{key}}}" for key in near) or "–"
        raise Contradicted("own.no_fact", page=self.page, cell=cell, name=name, nearest=listed)

    def _meant(self, name: str) -> Iterator[str]:
        """Yield what a name may be short for: of the page's area, of the office, quoted, derived."""
        yield name
        try:
            place = lookup.place(name, self._scopes)
        except WrongUsage:  # no month stands behind its @
            return
        at = f"@{place.month}" if place.month else ""
        for area in (place.area,) if place.area else (self.root, self.office):
            yield f"{area}/{place.scope}/{place.measure}{at}"
        yield f"{self.office}/{QUOTED}/{name}"
        yield f"/derived/{name}"

    @cached_property
    def _scopes(self) -> frozenset[str]:
        return frozenset(fact.scope for fact in self.facts.values())

    @cached_property
    def _short(self) -> list[str]:
        start = f"{self.root}/all/"
        return [key.removeprefix(start) for key in self.facts if key.startswith(start)]

    @cached_property
    def months(self) -> tuple[str, ...]:
        """Every way to write the months that facts are about, and their years: names, not figures."""
        found = {fact.month for fact in self.facts.values() if fact.month}
        found |= {fact.value for fact in self.facts.values() if isinstance(fact.value, Month)}
        return tuple(dict.fromkeys(form for each in sorted(found, key=str) for form in _of_month(each, self.language)))

    @cached_property
    def dates(self) -> Mapping[str, Fact]:
        """The facts that are days, by how they are written, in small letters; the own area of the page first."""
        days = [fact for fact in self.facts.values() if isinstance(fact.value, date) and fact.month is None]
        days.sort(key=lambda fact: fact.area == self.root)
        forms = {figures.format_fact(fact, language).lower(): fact for language in LANGUAGES for fact in days}
        return forms | {str(fact.value): fact for fact in days}

    @cached_property
    def named(self) -> re.Pattern[str]:
        """The pattern of all names with digits: those given, and months."""
        return _any_of(name for name in (*self.names, *self.months) if re.search(r"\d", name))

    @cached_property
    def dated(self) -> re.Pattern[str]:
        """The pattern of all `dates`."""
        return _any_of(self.dates)

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of areas, which a table may have as labels."""
        return frozenset(fact.area for fact in self.facts.values())

    @cached_property
    def of_root(self) -> figures_in_text.Candidates:
        """The facts about the page's own area and month, among which prose is looked up first."""
        own = (fact for fact in self.facts.values() if fact.month is None and fact.area in (self.root, ""))
        return figures_in_text.Candidates(filter(_is_computed, own))

    @cached_property
    def all(self) -> figures_in_text.Candidates:
        """Every fact but those about what others have printed, which equal ours where they are right."""
        return figures_in_text.Candidates(filter(_is_computed, self.facts.values()))

    def nearest(self, readings: Sequence[Reading]) -> Iterable[Fact]:
        """Return the three facts nearest to a number, however it is read: the page's own first if equally near."""
        known = [fact for fact in self.facts.values() if isinstance(fact.value, int | Decimal) and _is_computed(fact)]

        def far(fact: Fact) -> tuple[Decimal, bool, bool, bool, bool]:
            away = min(
                abs(each.rounded(fact.number) - each.value) / max(abs(each.value), Decimal(1))
                + (each.share and fact.unit != "percent")
                for each in readings
            )
            unlike = fact.unit == "percent" and not any(each.share for each in readings)
            return away, unlike, fact.area != self.root, fact.month is not None, fact.scope != "all"

        return sorted(known, key=far)[:_NEAREST] if readings else ()

    def offered(self, facts: Iterable[Fact], *, code: bool) -> dict[str, str]:
        """Return facts as a message offers them, in every language: the text to paste, what it shows, what that is."""
        return {language: "; ".join(_offers(facts, language, code=code)) or "–" for language in LANGUAGES}


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of any of these words where it stands whole, the longest first; of none, one never found."""
    known = "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True)) or "(?!)"
    return re.compile(rf"(?<![\w.,/])(?:{known})(?![\w.,/-]?\d)", re.IGNORECASE)


def _is_computed(fact: Fact) -> bool:
    return definitions.of(fact.measure) not in _OF_OTHERS


def _offers(facts: Iterable[Fact], language: str, *, code: bool) -> Iterator[str]:
    for fact in facts:
        paste = f'm["{fact.key}"]' if code else f"{{fact:{fact.key}}}"
        about = definitions.title(fact.measure, language).partition(":")[0]
        yield f"{paste} = {figures.format_fact(fact, language)}" + (f" ({about})" if about else "")


def _of_month(month: Month, language: str) -> Iterator[str]:
    yield formats.month(month, language)
    yield formats.month(month, language, short=True)
    yield str(month)
    if language == "vi":
        yield from (f"{word}{month.number:02}/{month.year}" for word in ("tháng ", ""))
        yield f"tháng {month.number}"
        yield f"năm {month.year}"
    else:
        yield from (f"{word} {month.year}" for word in ("in", "since", "year", "end of", "beginning of"))
