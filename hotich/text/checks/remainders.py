"""What is left against the whole and what is done of it."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from hotich.text import cues, slips
from hotich.text.checks.relations import same_unit, stated_pair
from hotich.text.figure import COUNT, PERCENT, Figure
from hotich.text.finding import AGREES, CONTRADICTS, Finding, Value
from hotich.text.sentences import Sentence, usable


def check(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield an outcome for each remainder whose whole and part stand in its sentence or the one before."""
    for at, sentence in enumerate(sentences):
        for left in (each for each in sentence.figures if usable(each) and _is_left(sentence, each)):
            earlier = [sentences[at - 1]] if at and sentences[at - 1].block == sentence.block else []
            if found := _outcome(left, [sentence, *earlier]):
                yield found


def _is_left(sentence: Sentence, figure: Figure) -> bool:
    """Return whether a figure is said to be all that is left: còn lại 12, 12 still to be digitised; no threshold."""
    before, after = re.split(r"[,;(]", sentence.before(figure))[-1], re.split(r"[,;.)]", sentence.after(figure))[0]
    if any(each.kind == PERCENT and each.start > figure.end and each.bound for each in sentence.figures):
        return False
    if cues.cue("relations", "qualified").search(after) or cues.cue("relations", "carried").search(sentence.words):
        return False
    said = cues.ending("relations", "remainder", r"(?:\s+(?:là|có|of|are|is))?").search(before)
    undone = cues.cue("relations", "not_done").search(after[:60]) or cues.ending("relations", "under_way").search(after)
    rest = cues.ending("relations", "rest").search(before) and undone
    behind = re.match(rf"\s*(?:\S+\s+){{0,4}}?{cues.pattern('relations', 'remainder')}", after, cues.FLAGS)
    yet = re.match(rf"\s*(?:\S+\s+){{0,5}}?{cues.pattern('roles', 'left')}", after, cues.FLAGS)
    return bool(said or rest or behind or yet)


def _outcome(left: Figure, sentences: Sequence[Sentence]) -> Finding | None:
    for sentence in sentences:
        if left.kind == PERCENT:
            done = [
                each for each in sentence.main if each.kind == PERCENT and each.role == "digitised" and each is not left
            ]
            if len(done) == 1 and done[0].low + left.low <= 100 <= done[0].high + left.high:
                return _finding(AGREES, left, done[0], "100%", 100 - done[0].value)
            continue
        for part, whole in _pairs(sentence, left):
            low, high = whole.low - part.high, whole.high - part.low
            agrees = low <= left.high and left.low <= high
            plain = not part.bound + whole.bound + left.bound and _of_one_thing(left, part, whole)
            if agrees or (plain and not _others(sentence, left, part, whole)):
                verdict = AGREES if agrees else CONTRADICTS
                return _finding(verdict, left, part, whole, whole.value - part.value, whole)
    return _by_any(left, [each for sentence in sentences for each in sentence.main])


def _of_one_thing(left: Figure, part: Figure, whole: Figure) -> bool:
    """Return whether what is left is surely counted as the whole is, or as its part where the whole has no noun."""
    counted = whole.unit or part.unit
    return bool(left.unit and counted) and (left.unit == counted or {left.unit, counted} == {"units", "communes"})


def _others(sentence: Sentence, left: Figure, part: Figure, whole: Figure) -> bool:
    """Return whether other counts of the same things stand behind the part: it is not all that was taken away."""
    end = max(part.end, whole.end)
    behind = (each for each in sentence.main if each.kind == COUNT and each.start > end and each is not left)
    return any(same_unit(each, left) and each.unit for each in behind)


def _by_any(left: Figure, near: Sequence[Figure]) -> Finding | None:
    """Return agreement with any two counts near it that leave just so many: nobody says which they are."""
    counts = [each for each in near if each.exact and each.unit == left.unit and each.end <= left.lead]
    pairs = ((part, whole) for part in counts for whole in counts if whole.value - part.value == left.value)
    return next((_finding(AGREES, left, part, whole, left.value, whole) for part, whole in pairs), None)


def _pairs(sentence: Sentence, left: Figure) -> Iterator[tuple[Figure, Figure]]:
    """Yield what the sentence says is done, and of how many."""
    counts = [each for each in sentence.main if each.kind == COUNT and each is not left]
    for first, second in pairwise(counts):
        if not (same_unit(first, left) or same_unit(second, left)) or first.role == "left" or second.role == "left":
            continue
        if pair := stated_pair(sentence, first, second):
            yield pair


def _finding(verdict: str, left: Figure, part: Figure, whole: Value, right: Decimal, *more: Figure) -> Finding:
    values: dict[str, Value] = {"left": left, "part": part, "whole": whole, "right": right}
    slip, digits = slips.between(left.value, right)
    return Finding("remainder", verdict, (left, part, *more), values | digits, slip if verdict == CONTRADICTS else "")
