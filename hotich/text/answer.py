"""What is answered about a text: every figure with its outcome and why, the contradictions first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hotich import formats
from hotich.errors import ExitCode
from hotich.language import LANGUAGES, say
from hotich.month import Month
from hotich.text import cues, dates, inside, sentences
from hotich.text.documents.document import Document
from hotich.text.figure import COUNT, PERCENT, POINTS, Figure
from hotich.text.finding import AGREES, CONTRADICTS, REMARK, UNCHECKED, Finding, Value

if TYPE_CHECKING:
    from hotich.text.against_data import Known
    from hotich.text.subjects import Subject

_MILLION, _BILLION = Decimal(10) ** 6, Decimal(10) ** 9
"""Hundreds of millions and more are told in billions where that leaves out nothing: 45,6 tỷ."""


@dataclass(frozen=True)
class Answer:
    """A document's figures in their order, what the checks found, and why other figures could not be checked.

    `month` and `as_of` are of the facts that it was held against, None without; `synthetic` tells of made-up ones;
    `subjects` say what each figure is about, as far as a month gave the lists for it.
    """

    document: Document
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    unchecked: Mapping[Figure, str]
    month: Month | None = None
    as_of: date | None = None
    synthetic: bool = False
    subjects: Mapping[Figure, "Subject"] = field(default_factory=dict)

    @property
    def exit_code(self) -> ExitCode:
        """A contradiction is one of the exit codes."""
        return ExitCode.CONTRADICTED if self.contradictions else ExitCode.DONE

    @cached_property
    def contradictions(self) -> tuple[Finding, ...]:
        """What contradicts, in the order of the text."""
        return tuple(each for each in self.findings if each.verdict == CONTRADICTS)

    @cached_property
    def remarks(self) -> tuple[Finding, ...]:
        """What is worth a remark."""
        return tuple(each for each in self.findings if each.verdict == REMARK)

    @cached_property
    def _about(self) -> dict[Figure, list[Finding]]:
        found: dict[Figure, list[Finding]] = {}
        for finding in self.findings:
            told = finding.figures if finding.verdict == AGREES else finding.figures[:1]
            for figure in told:
                found.setdefault(figure, []).append(finding)
        return found

    def about(self, figure: Figure) -> list[Finding]:
        """Return the findings that say something of a figure: what contradicts it, or else what confirms it."""
        found = self._about.get(figure, [])
        wrong = [each for each in found if each.verdict == CONTRADICTS]
        return wrong or found

    def status(self, figure: Figure) -> str:
        """Return AGREES, CONTRADICTS or UNCHECKED."""
        found = self.about(figure)
        return CONTRADICTS if any(each.verdict == CONTRADICTS for each in found) else AGREES if found else UNCHECKED

    @cached_property
    def contradicted(self) -> dict[Figure, list[Finding]]:
        """The contradicted figures in their order, each with all that contradicts it."""
        wrong = sorted({each.figures[0] for each in self.contradictions}, key=lambda each: (each.block, each.start))
        return {figure: self.about(figure) for figure in wrong}

    def number(self, figure: Figure) -> int:
        """Return the number of a contradicted figure, from 1; 0 for any other."""
        return self._numbers.get(figure, 0)

    @cached_property
    def _numbers(self) -> dict[Figure, int]:
        return {each: at for at, each in enumerate(self.contradicted, 1)}

    def why(self, figure: Figure, language: str) -> str:
        """Return why a figure has its status."""
        found = self.about(figure)
        if found:
            return sentences_of(found, language)
        return say(language, f"text.why.{self._reason(figure)}")

    def _reason(self, figure: Figure) -> str:
        role = figure.role if figure.role in sentences.EXCLUDED else ""
        said = figure.why or ("change" if figure.bound == "change" else role)
        part = "part" if figure in self._parts else ""
        return said or part or self.unchecked.get(figure, "alone")

    @cached_property
    def _parts(self) -> frozenset[Figure]:
        """The figures that others are contradicted with: nobody knows which of them is wrong."""
        return frozenset(figure for each in self.contradictions for figure in each.figures[1:])

    def verdict(self, language: str) -> str:
        """Return the outcome in a few sentences."""
        if not self.figures:
            return say(language, "text.verdict.none")
        status = [self.status(each) for each in self.figures]
        wrong, remarks = len(self.contradictions), len(self.remarks)
        counts = {name: formats.count(status.count(name), language) for name in (AGREES, UNCHECKED)}
        first = status.count(CONTRADICTS)
        said = [
            say(language, f"text.verdict.{'contradicts' if wrong else 'clean'}", count=formats.count(first, language))
        ]
        said += [say(language, "text.verdict.remarks", count=formats.count(remarks, language))] if remarks else []
        said += [say(language, "text.verdict.rest", figures=formats.count(len(status), language), **counts)]
        return " ".join(said)

    def record(self) -> dict[str, Any]:
        """Return all of it for machines."""
        return {
            "file": self.document.file,
            "sha256": self.document.sha256,
            "month": str(self.month) if self.month else None,
            "synthetic": self.synthetic,
            "verdict": CONTRADICTS if self.contradictions else AGREES,
            "contradictions": [_record(each) for each in self.contradictions],
            "remarks": [_record(each) for each in self.remarks],
            "figures": [self._figure(each) for each in self.figures],
        }

    def _figure(self, figure: Figure) -> dict[str, Any]:
        about = self.subjects.get(figure)
        return {
            **_place(figure),
            "value": _plain(figure.value),
            "kind": figure.kind,
            "bound": figure.bound or None,
            "unit": figure.unit or None,
            "area": about.of_ours or None if about else None,
            "scope": about.scope or None if about else None,
            "measure": about.measure or None if about else None,
            "day": dates.shown(about.day) or None if about else None,
            "verdict": self.status(figure),
            "why": {language: self.why(figure, language) for language in LANGUAGES},
        }


def of(document: Document, month: "Known | None" = None) -> Answer:
    """Return the answer about a document, held against a month's facts where they are given.

    Raises InputRefused as `sentences.read` does.
    """
    said = sentences.read(document)
    found = inside.check(said)
    if month is None:
        return Answer(document, _figures(said), found, {})
    from hotich.text import against_data

    about = against_data.subjects(said, month)
    more, why = against_data.check(about, month)
    of_month = (month.data.month, month.data.counts.delivery.as_of, month.data.synthetic)
    return Answer(document, _figures(said), inside.ordered([*found, *more]), why, *of_month, about)


def _figures(said: Sequence[sentences.Sentence]) -> tuple[Figure, ...]:
    return tuple(figure for sentence in said for figure in sentence.figures)


def _record(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "slip": finding.slip or None,
        "figures": [_place(each) for each in finding.figures],
        "text": {language: sentence(finding, language) for language in LANGUAGES},
    }


def _place(figure: Figure) -> dict[str, Any]:
    return {"printed": figure.shown, "block": figure.block, "start": figure.start, "end": figure.end}


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def sentences_of(found: Iterable[Finding], language: str) -> str:
    """Return what findings say, each thing once."""
    return " ".join(dict.fromkeys(said for each in found for said in _said(each, language)))


def sentence(finding: Finding, language: str) -> str:
    """Return what a finding says."""
    return sentences_of((finding,), language)


def _said(finding: Finding, language: str) -> list[str]:
    values = {name: _shown(value, finding, language) for name, value in finding.values.items()}
    said = formats.sentence_case(say(language, f"text.finding.{finding.kind}.{finding.verdict}", **values))
    return [said, say(language, f"text.slip.{finding.slip}", **values)] if finding.slip else [said]


def _shown(value: Value, finding: Finding, language: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return value[language]
    if isinstance(value, tuple):
        return " + ".join(_number(each.value, each.kind, language) for each in value)
    if isinstance(value, Figure):
        return _number(value.value, value.kind, language)
    if isinstance(value, Fraction):
        return f"{formats.hundredths(Decimal(value.numerator) / Decimal(value.denominator), language)}%"
    return _number(Decimal(value), finding.figures[0].kind if isinstance(value, Decimal) else COUNT, language)


def _number(value: Decimal, kind: str, language: str) -> str:
    if kind == COUNT and abs(value) >= _BILLION / 10 and not value % _MILLION:
        return say(language, "text.unit.billion", number=formats.exact(value / _BILLION, language))
    number = formats.exact(value, language)
    return say(language, "text.unit.points", number=number) if kind == POINTS else number + "%" * (kind == PERCENT)


def read_as(figure: Figure, language: str) -> str:
    """Return how a figure was read: its value, how near the truth is, and what it counts."""
    number = _number(figure.value, figure.kind, language)
    said = figure.bound and figure.bound != "exact"
    number = say(language, f"text.bound.{figure.bound}", number=number) if said else number
    unit = say(language, f"text.unit.{figure.unit}") if figure.unit in cues.names("units") else ""
    return f"{number} {unit}".strip()
