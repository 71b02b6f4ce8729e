"""Figures of a text against the facts of a month: equal, rounded, different and by which slip, or no such fact."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hotich import formats, measures
from hotich.data import dataset
from hotich.data.areas import Area
from hotich.data.dataset import Dataset
from hotich.data.registers import ALL, GROUPS
from hotich.intake import lists
from hotich.language import LANGUAGES, both, text
from hotich.measures.facts import Fact
from hotich.month import Month
from hotich.storage.paths import Folders
from hotich.text import slips
from hotich.text.figure import PERCENT, Figure
from hotich.text.finding import AGREES, CONTRADICTS, Finding, Value
from hotich.text.sentences import Sentence, usable
from hotich.text.subjects import NOBODY, Reader, Subject

_LARGE: Final = 1000
"""A number of so many equals a fact so rarely by chance that it is that fact, whatever the words."""


_OF_ENTRIES: Final = ("digitised", "required", "left")


@dataclass(frozen=True)
class Known:
    """A month's data, and the facts that follow from its counts by name."""

    data: Dataset
    facts: Mapping[str, Fact]


def known(wanted: str, folders: Folders) -> Known:
    """Return the facts of a month. Raises InputRefused and WrongUsage as `dataset.read` does."""
    data = dataset.read(wanted, folders)
    return Known(data, measures.counted(data))


def subjects(sentences: Sequence[Sentence], month: Known) -> dict[Figure, Subject]:
    """Return what every figure is about, by the office's lists on the day of the counts."""
    data = month.data
    reader = Reader(lists.read(data.folders.data, data.counts.delivery.as_of), data.office.threshold)
    return reader.subjects(sentences)


def check(about: Mapping[Figure, Subject], month: Known) -> tuple[list[Finding], dict[Figure, str]]:
    """Return what the facts say of the figures, and for other figures why they say nothing of them."""
    found: list[Finding] = []
    why: dict[Figure, str] = {}
    whole: Finding | str = ""
    for figure, subject in reversed(list(about.items())):
        outcome = _Figure(figure, subject, month, whole).outcome() if usable(figure) else ""
        whole = outcome if subject.measure.endswith("_total") else ""
        if not outcome:
            continue
        if isinstance(outcome, Finding):
            found.append(outcome)
        else:
            why[figure] = outcome
    return found[::-1], why


@dataclass(frozen=True)
class _Figure:
    """A figure, what it is about, the month that it is held against, and what came of the total that it is part of."""

    figure: Figure
    subject: Subject
    month: Known
    whole: Finding | str

    def outcome(self) -> Finding | str:
        """Return what the facts say, or the reason for which they say nothing."""
        subject = self.subject
        if not subject.area or subject.area == NOBODY:
            return "foreign" if subject.area else "no_area"
        if not self._is_of_the_day():
            return "other_day"
        fact = (
            self.month.facts.get(self._key(subject.area, subject.scope, subject.measure)) if subject.measure else None
        )
        if fact and self._holds(fact):
            return self._finding(AGREES, fact)
        if fact is None or not subject.scope:
            return self._by_its_value() or ("no_fact" if subject.measure and subject.scope else "no_measure")
        # "60 of 173 communes": where our area has 173, it is the one that the sentence before has named.
        ours = subject.named or (isinstance(self.whole, Finding) and self.whole.verdict == AGREES)
        sure = ours and not self.figure.bound and not self.figure.aside
        return self._differs(fact) if sure else "unsure"

    def _is_of_the_day(self) -> bool:
        """Return whether the day that the text names last is that of the counts, or their month; or none is named."""
        as_of = self.month.data.counts.delivery.as_of
        year, month, day = self.subject.day
        same = (not year or year == as_of.year) and month == as_of.month and (not day or day == as_of.day)
        return not month or same

    @staticmethod
    def _key(area: str, scope: str, measure: str) -> str:
        return f"{area}/{scope or ALL}/{measure}"

    def _holds(self, fact: Fact) -> bool:
        return self.figure.low <= Decimal(fact.number) <= self.figure.high

    @property
    def _tells(self) -> bool:
        """Return whether its digits are so many that it equals a fact hardly by chance."""
        percent = self.figure.kind == PERCENT and self.figure.value != int(self.figure.value)
        return percent or (self.figure.exact and self.figure.value >= _LARGE)

    @property
    def _scopes(self) -> tuple[str, ...]:
        return (ALL, *GROUPS, *(each.code for each in self.month.data.registers))

    def _by_its_value(self) -> Finding | None:
        """Return agreement with a fact of the area that a large number equals, where the words leave open which."""
        if not self._tells or self.figure.kind == PERCENT:
            return None
        scopes = [self.subject.scope] if self.subject.scope else self._scopes
        keys = [self._key(self.subject.area, scope, each) for scope in scopes for each in _OF_ENTRIES]
        facts = (self.month.facts[key] for key in keys if key in self.month.facts)
        return next((self._finding(AGREES, fact) for fact in facts if fact.number == self.figure.value), None)

    def _differs(self, fact: Fact) -> Finding:
        """Return the contradiction, with the likely slip: another figure of ours in its place, or one of the pen."""
        if other := next(self._others(fact), None):
            return self._finding(CONTRADICTS, fact, *other)
        slip, digits = slips.between(self.figure.value, Decimal(fact.number)) if fact.unit != "percent" else ("", {})
        return self._finding(CONTRADICTS, fact, slip, digits)

    def _others(self, fact: Fact) -> Iterator[tuple[str, Mapping[str, Value]]]:
        """Yield the fact of another month, other registers or another area that the figure would be right for."""
        data, facts = self.month.data, self.month.facts
        months = [each.month for each in reversed(data.deliveries[:-1])]
        others = [(f"{fact.key}@{each}", "month", _month(each)) for each in months]
        if self._tells:
            scopes = (each for each in self._scopes if each != fact.scope)
            areas = (each for each in data.areas.by_code.values() if each.code != fact.area)
            others += [(self._key(fact.area, each, fact.measure), "scope", _scope(each, data)) for each in scopes]
            others += [(self._key(each.code, fact.scope, fact.measure), "area", _area(each)) for each in areas]
        yield from ((slip, {"other": name}) for key, slip, name in others if key in facts and self._holds(facts[key]))

    def _finding(self, verdict: str, fact: Fact, slip: str = "", more: Mapping[str, Value] | None = None) -> Finding:
        values: Mapping[str, Value] = {
            "printed": self.figure,
            "right": shown(fact),
            "what": {each: text(each, f"text.measure.{fact.measure}") for each in LANGUAGES},
            "area": _area(self.month.data.areas[fact.area]),
            "scope": _scope(fact.scope, self.month.data),
            "off": abs(self.figure.value - Decimal(fact.number)),
            **(more or {}),
        }
        equal = self.figure.exact or self.figure.value == fact.number
        return Finding("data" if equal else "data_rounds", verdict, (self.figure,), values, slip)


def _month(month: Month) -> dict[str, str]:
    return {each: formats.month(month, each) for each in LANGUAGES}


def _area(area: Area) -> dict[str, str]:
    """Return an area's name as it stands within a sentence: tỉnh Yên Bái."""
    name = area.name_vi
    kind = name.casefold().startswith(f"{area.type.casefold()} ")
    return {"vi": name[:1].lower() + name[1:] if kind else name, "en": area.name_en}


def shown(fact: Fact) -> dict[str, str]:
    """Return a fact as texts write it, in each language."""
    if fact.unit == "percent":
        return {each: f"{formats.hundredths(Decimal(fact.number), each)}%" for each in LANGUAGES}
    return {each: formats.count(int(fact.number), each) for each in LANGUAGES}


def _scope(scope: str, data: Dataset) -> dict[str, str]:
    register = next((each for each in data.registers if each.code == scope), None)
    return {each: register.name(each) for each in LANGUAGES} if register else both(f"text.scope.{scope}")
