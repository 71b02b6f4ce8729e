"""Every check of a text against itself."""

from collections.abc import Iterable, Sequence
from typing import Final

from hotich.text.checks import bounds, changes, growth, lists, months, parts, percentages, remainders, shares, twice
from hotich.text.finding import CONTRADICTS, Finding
from hotich.text.sentences import Sentence

_CHECKS: Final = (percentages, parts, bounds, remainders, shares, lists, changes, growth, months, twice)


def check(sentences: Sequence[Sentence]) -> tuple[Finding, ...]:
    """Return what the checks say, each thing once, contradictions first."""
    found: dict[object, Finding] = {}
    for module in _CHECKS:
        for finding in module.check(sentences):
            key = (finding.verdict, finding.kind, finding.figures)
            found.setdefault(key, finding)
    return ordered(found.values())


def ordered(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order of the text, contradictions first."""
    return tuple(
        sorted(found, key=lambda each: (each.verdict != CONTRADICTS, each.figures[0].block, each.figures[0].start))
    )
