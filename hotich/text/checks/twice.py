"""The same quantity told twice: a part of the same whole, a whole of the same part, rounded beside exact."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Final

from hotich.text import dates, slips
from hotich.text.checks.relations import is_of
from hotich.text.figure import COUNT, Figure
from hotich.text.finding import AGREES, CONTRADICTS, Finding
from hotich.text.sentences import Sentence

_LARGE: Final = 10_000
"""A whole of so many is the whole of one thing only."""
_ROUND: Final = 100
_EXACT: Final = 1000
_MOST: Final = 50
"""So many statements of one number are compared with each other."""
Stated = tuple[Sentence, Figure, Figure]


def check(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield contradictions between statements of one quantity, and agreement of rounded figures with exact ones."""
    groups: dict[tuple[str, Decimal], list[Stated]] = {}
    stated = {(each[1].value, each[2].value): each for sentence in reversed(sentences) for each in _stated(sentence)}
    for each in reversed(stated.values()):
        groups.setdefault(("part", each[1].value), []).append(each)
        groups.setdefault(("whole", each[2].value), []).append(each)
    for group in groups.values():
        for first, second in combinations(group[:_MOST], 2):
            if first[0] is not second[0] and _same_time(first[0], second[0]):
                yield from _parts(first, second)
    yield from _rounded(sentences)


def _stated(sentence: Sentence) -> Iterator[Stated]:
    """Yield each part with its whole, as a sentence states them."""
    counts = [each for each in sentence.main if each.kind == COUNT and each.exact]
    for part, whole in pairwise(counts):
        if is_of(sentence, part, whole):
            yield sentence, part, whole
        elif (
            part.role == "required"
            and whole.role == "digitised"
            and part.value > whole.value
            and part.unit == whole.unit
        ):
            yield sentence, whole, part


def _same_time(first: Sentence, second: Sentence) -> bool:
    days = [{day[1:] for _, _, day in dates.find(each.words)} for each in (first, second)]
    return not (days[0] and days[1] and days[0].isdisjoint(days[1]))


def _parts(first: Stated, second: Stated) -> Iterator[Finding]:
    (_, part, whole), (_, other_part, other_whole) = first, second
    if part.unit != other_part.unit or len({part.role, other_part.role} - {""}) > 1:
        return
    if whole.value == other_whole.value >= _LARGE and _slipped(part, other_part):
        yield _finding(part, other_part)
    known = part.value >= _LARGE or _slipped(whole, other_whole)
    if part.value == other_part.value and whole.value != other_whole.value and known:
        yield _finding(whole, other_whole)


def _slipped(first: Figure, second: Figure) -> bool:
    """Return whether two numbers are one with a slip in it: nobody counts two things that are so alike."""
    slip, _ = slips.between(second.value, first.value)
    return slip == "swapped" or (
        slip == "digit" and first.value % _ROUND != 0 and min(first.value, second.value) >= _LARGE
    )


def _finding(first: Figure, second: Figure) -> Finding:
    slip, more = slips.between(second.value, first.value)
    return Finding("twice", CONTRADICTS, (second, first), {"first": first, "second": second, **more}, slip)


def _rounded(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield agreement of each rounded count with the nearest exact one above its lower limit, of the same things."""
    counts = [each for sentence in sentences for each in sentence.main if each.kind == COUNT and each.unit]
    exact: dict[tuple[str, str], list[Figure]] = {}
    for each in sorted((each for each in counts if each.exact and each.value >= _EXACT), key=_value):
        exact.setdefault((each.unit, each.role), []).append(each)
    for each in (each for each in counts if not each.exact and each.bound in ("", "about", "over", "nearly")):
        known = exact.get((each.unit, each.role), [])
        at = bisect_left(known, each.low, key=_value)
        if at < len(known) and known[at].value <= each.high:
            yield Finding("rounds", AGREES, (each, known[at]), {"second": known[at]})


def _value(figure: Figure) -> Decimal:
    return figure.value
