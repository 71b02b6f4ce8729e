"""Every check of a text against itself."""

from collections.abc import Sequence
from typing import Final

from hotich.text.checks import bounds, changes, lists, months, parts, percentages, remainders, twice
from hotich.text.finding import CONTRADICTS, Finding
from hotich.text.sentences import Sentence

_CHECKS: Final = (percentages, parts, bounds, remainders, lists, changes, months, twice)


def check(sentences: Sequence[Sentence]) -> list[Finding]:
    """Return what the checks say, each contradiction once."""
    found: dict[object, Finding] = {}
    for module in _CHECKS:
        for finding in module.check(sentences):
            key = (finding.verdict, finding.kind, finding.figures)
            found.setdefault(key, finding)
    return sorted(found.values(), key=lambda each: (each.verdict != CONTRADICTS, each.figures[0].block, each.figures[0].start))
