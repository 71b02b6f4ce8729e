"""Levels that only grow, told for several days: a later day's is not lower."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from hotich.text import cues, dates, names
from hotich.text.checks.relations import same_unit
from hotich.text.figure import COUNT, PERCENT, Figure
from hotich.text.finding import CONTRADICTS, Finding, Value
from hotich.text.sentences import Sentence, usable

_GROWING: Final = ("digitised",)


def check(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield a contradiction for each cumulated figure below that of an earlier day of the same block."""
    told = [each for sentence in sentences for each in _told(sentence)]
    for (block, day, figure, about), (other_block, other_day, other, other_about) in pairwise(told):
        alike = figure.kind == other.kind and figure.unit == other.unit and same_unit(figure, other)
        known = figure.unit or figure.kind == PERCENT
        if block != other_block or not alike or not known or about != other_about or day == other_day:
            continue
        earlier, later = (figure, other) if day < other_day else (other, figure)
        if later.high < earlier.low:
            first, second = sorted((day, other_day))
            values: dict[str, Value] = {
                "first": earlier,
                "second": later,
                "earlier": dates.shown(first),
                "later": dates.shown(second),
            }
            yield Finding("backwards", CONTRADICTS, (later, earlier), values)


def _told(sentence: Sentence) -> Iterator[tuple[int, dates.Day, Figure, tuple[str, ...]]]:
    """Yield each level that is told up to a day: tính đến 30/9 đã số hóa 410.000 thông tin; about whom."""
    for figure in (each for each in sentence.main if usable(each) and each.kind in (COUNT, PERCENT)):
        before = sentence.before(figure)
        found = dates.find(before)
        if len(found) != 1 or not _grows(sentence, figure) or figure.bound:
            continue
        at, end, day = found[0]
        until = cues.ending("relations", "until", r"(?:\s+(?:ngày|hết|cuối|the|day))*").search(before[:at])
        if until:
            named = tuple(names.runs(re.sub(r"^\W*\w+", "", before[:at]) + before[end:]))
            yield sentence.block, day, figure, named


def _grows(sentence: Sentence, figure: Figure) -> bool:
    """Return whether a figure is a level that only grows, by what was done or by a word of its sentence."""
    before = sentence.before(figure)
    other = any(cues.cue("relations", name).search(before + sentence.after(figure)) for name in ("rest", "down", "new"))
    cumulated = cues.cue("relations", "cumulated").search(sentence.words)
    return figure.role in _GROWING or bool(not figure.role and cumulated and not other)
