"""Figures of a text against the facts of a month: equal, rounded, different and by which slip, or no such fact."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hotich import formats, measures
from hotich.data import dataset
from hotich.data.dataset import Dataset
from hotich.data.registers import ALL, GROUPS
from hotich.intake import lists
from hotich.language import LANGUAGES, both, text
from hotich.measures.facts import Fact
from hotich.storage.paths import Folders
from hotich.text import slips
from hotich.text.figures import PERCENT, Figure
from hotich.text.finding import AGREES, CONTRADICTS, Finding, Value
from hotich.text.sentences import Sentence, usable
from hotich.text.subjects import NOBODY, Reader, Subject

_LARGE: Final = 1000
"""A number of so many equals a fact so rarely by chance that it is that fact, whatever the words."""


@dataclass(frozen=True)
class Known:
    """A month's data, and the facts that follow from its counts by name."""

    data: Dataset
    facts: Mapping[str, Fact]


def known(wanted: str, folders: Folders) -> Known:
    """Return the facts of a month. Raises InputRefused and WrongUsage as `dataset.read` does."""
    data = dataset.read(wanted, folders)
    _, found = measures.summed(data)
    return Known(data, {fact.key: fact for fact in found})


def check(sentences: Sequence[Sentence], month: Known) -> tuple[list[Finding], dict[Figure, str]]:
    """Return what the facts say of the figures, and for other figures why they say nothing of them."""
    data = month.data
    reader = Reader(lists.read(data.folders.data, data.counts.delivery.as_of), data.office.threshold)
    found: list[Finding] = []
    why: dict[Figure, str] = {}
    for figure, subject in reader.subjects(sentences).items():
        if not usable(figure):
            continue
        outcome = _Figure(figure, subject, month).outcome()
        if isinstance(outcome, Finding):
            found.append(outcome)
        else:
            why[figure] = outcome
    return found, why


@dataclass(frozen=True)
class _Figure:
    """A figure, what it is about, and the month that it is held against."""

    figure: Figure
    subject: Subject
    month: Known

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
        sure = subject.named and not self.figure.bound and not self.figure.aside
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

    def _by_its_value(self) -> Finding | None:
        """Return agreement with a fact of the area that a large number equals, where the words leave open which."""
        if not self.figure.exact or self.figure.value < _LARGE:
            return None
        scopes = (
            [self.subject.scope]
            if self.subject.scope
            else [ALL, *GROUPS, *(each.code for each in self.month.data.registers)]
        )
        keys = (
            self._key(self.subject.area, scope, each) for scope in scopes for each in ("digitised", "required", "left")
        )
        facts = (self.month.facts[key] for key in keys if key in self.month.facts)
        return next((self._finding(AGREES, fact) for fact in facts if fact.number == self.figure.value), None)

    def _differs(self, fact: Fact) -> Finding:
        slip: str
        more: Mapping[str, Value]
        slip, more = slips.between(self.figure.value, Decimal(fact.number)) if self.figure.kind != PERCENT else ("", {})
        other = next(self._others(fact), None)
        if not slip and other:
            slip, more = other
        return self._finding(CONTRADICTS, fact, slip, more)

    def _others(self, fact: Fact) -> Iterator[tuple[str, dict[str, Value]]]:
        """Yield the facts of another month, other registers or another area that the figure would be right for."""
        data, facts = self.month.data, self.month.facts
        for delivered in reversed(data.deliveries[:-1]):
            key = f"{fact.key}@{delivered.month}"
            if key in facts and self._holds(facts[key]):
                yield "month", {"other": {each: formats.month(delivered.month, each) for each in LANGUAGES}}
        for scope in (ALL, *GROUPS, *(each.code for each in data.registers)):
            key = self._key(fact.area, scope, fact.measure)
            if scope != fact.scope and key in facts and self._holds(facts[key]):
                yield "scope", {"other": _scope(scope, data)}
        for area in data.areas.by_code.values():
            key = self._key(area.code, fact.scope, fact.measure)
            if area.code != fact.area and key in facts and self._holds(facts[key]):
                yield "area", {"other": {each: area.name(each) for each in LANGUAGES}}

    def _finding(self, verdict: str, fact: Fact, slip: str = "", more: Mapping[str, Value] | None = None) -> Finding:
        values: Mapping[str, Value] = {
            "printed": self.figure.shown,
            "right": shown(fact),
            "what": {each: text(each, f"text.measure.{fact.measure}") for each in LANGUAGES},
            "area": {each: self.month.data.areas[fact.area].name(each) for each in LANGUAGES},
            "scope": _scope(fact.scope, self.month.data),
            "off": abs(self.figure.value - Decimal(fact.number)),
            **(more or {}),
        }
        equal = self.figure.exact or self.figure.value == fact.number
        return Finding("data" if equal else "data_rounds", verdict, (self.figure,), values, slip)


def shown(fact: Fact) -> dict[str, str]:
    """Return a fact as texts write it, in each language."""
    if fact.unit == "percent":
        return {each: f"{formats.hundredths(Decimal(fact.number), each)}%" for each in LANGUAGES}
    return {each: formats.count(int(fact.number), each) for each in LANGUAGES}


def _scope(scope: str, data: Dataset) -> dict[str, str]:
    register = next((each for each in data.registers if each.code == scope), None)
    return {each: register.name(each) for each in LANGUAGES} if register else both(f"text.scope.{scope}")
