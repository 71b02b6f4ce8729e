"""A percentage against the part and the whole that are given with it."""

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

from hotich.text import cues, slips
from hotich.text.checks.relations import is_of, same_unit, stated_pair
from hotich.text.figure import COUNT, PERCENT, Figure
from hotich.text.finding import AGREES, CONTRADICTS, REMARK, Finding, Value
from hotich.text.sentences import Sentence, usable

_FAR: Final = 160
_OF_ENTRIES: Final = ("entries", "pages", "books", "people")
"""What is done by pieces, so that to reach 90% says how much of it is done."""
Pair = tuple[Figure, Figure]


def check(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield an outcome for each percentage whose part and whole stand beside it."""
    for before, sentence in pairwise([None, *sentences]):
        if sentence is None:
            continue
        near = [*(before.main if before and before.block == sentence.block else ()), *sentence.main]
        for percent in (each for each in sentence.figures if each.kind == PERCENT and usable(each)):
            if found := _outcome(sentence, before, percent, [each for each in near if each.kind == COUNT]):
                yield found


def _outcome(sentence: Sentence, before: Sentence | None, percent: Figure, near: Sequence[Figure]) -> Finding | None:
    """Return what a percentage is worth: any two counts near it may confirm it, only a stated pair contradicts it."""
    stated = _stated(sentence, before, percent)
    if stated and _agrees(percent, stated):
        return _finding(AGREES, percent, stated)
    pairs = ((part, whole) for part in near for whole in near if part is not whole and part.value < whole.value)
    likely = (pair for pair in pairs if min(pair[0].value, pair[1].value) >= 10 and same_unit(*pair))
    if percent.value not in (0, 100) and (other := next((pair for pair in likely if _agrees(percent, pair)), None)):
        return _finding(AGREES, percent, other)
    if not stated or _agrees(percent, stated, rest=True):
        return None
    if _cut(percent, stated):
        return _finding(REMARK, percent, stated)
    return _finding(CONTRADICTS, percent, stated)


def _stated(sentence: Sentence, earlier: Sentence | None, percent: Figure) -> Pair | None:
    """Return the part and the whole that the sentence says a percentage is of."""
    after = sentence.after(percent)
    other = re.match(rf"[^.,;]{{0,12}}?{cues.pattern('relations', 'other_base')}", after, cues.FLAGS)
    base = re.match(rf"\s*{cues.pattern('relations', 'base')}", after, cues.FLAGS)
    if other or base or cues.cue("relations", "carried").search(sentence.words):
        return None
    return _before(sentence, percent) or _in_brackets(sentence, percent) or _over_two(sentence, earlier, percent)


def _before(sentence: Sentence, percent: Figure) -> Pair | None:
    """Return the two counts before it, where its words say that it is their share: A of B, or P%."""
    counts = [each for each in sentence.main if each.end <= percent.lead]
    if len(counts) < 2 or counts[-1].kind != COUNT or counts[-2].kind != COUNT:
        return None
    first, second = counts[-2:]
    if not _says_share(sentence, second, percent):
        return None
    return stated_pair(sentence, first, second)


def _says_share(sentence: Sentence, count: Figure, percent: Figure) -> bool:
    """Return whether the words between a count and a percentage make it a share: 60/173 xã hoàn thành, đạt 34,7%.

    Areas and the like that reach 90% are over a threshold: there only decimals behind a comma make it a share.
    """
    between = sentence.between(count, percent)
    share = cues.ending("relations", "share").search(between)
    before = between[: share.start()].rstrip() if share else between.rstrip()
    if percent.aside:
        return before.endswith("(") and before.count("(") == 1 and not re.search(r"[.;,]", before)
    strong = share and cues.cue("relations", "strong_share").fullmatch(share[0].strip(" :"))
    told = before.endswith(",") and percent.value != int(percent.value)
    if not share or not (strong or told or count.unit in _OF_ENTRIES):
        return False
    return not cues.cue("roles", "change").search(between) and ";" not in between and len(between) < _FAR


def _over_two(sentence: Sentence, earlier: Sentence | None, percent: Figure) -> Pair | None:
    """Return the one count before it and the one total of the sentence before: Tổng số là W. Đã số hóa A, đạt P%."""
    counts = [each for each in sentence.main if each.kind == COUNT and each.end <= percent.lead]
    wholes = [each for each in earlier.main if each.kind == COUNT] if earlier else []
    if len(counts) != 1 or len(wholes) != 1 or not _says_share(sentence, counts[0], percent):
        return None
    part, whole = counts[0], wholes[0]
    roles = (part.role, whole.role) == ("digitised", "required")
    return (part, whole) if roles and part.unit == whole.unit != "" and part.value <= whole.value else None


def _in_brackets(sentence: Sentence, percent: Figure) -> Pair | None:
    """Return the two counts that follow it at once: 81,5% (519.537/637.469)."""
    after = [each for each in sentence.figures if each.start >= percent.end and usable(each)][:2]
    if len(after) < 2 or not re.fullmatch(r"[^.;,()]{0,40}\(\s*[^\d()]{0,25}", sentence.between(percent, after[0])):
        return None
    closed = ")" in sentence.after(after[1]) and ")" not in sentence.between(*after)
    return (after[0], after[1]) if closed and is_of(sentence, *after) else None


def _limits(part: Figure, whole: Figure) -> tuple[Fraction, Fraction]:
    """Return between which percentages the share lies."""
    if whole.low <= 0 or whole.high <= 0:
        return Fraction(0), Fraction(10**9)
    return Fraction(part.low) * 100 / Fraction(whole.high), Fraction(part.high) * 100 / Fraction(whole.low)


def _agrees(percent: Figure, pair: Pair, *, rest: bool = False) -> bool:
    low, high = _limits(*pair)
    if rest:
        low, high = 100 - high, 100 - low
    return low <= Fraction(percent.high) and Fraction(percent.low) <= high


def _cut(percent: Figure, pair: Pair) -> bool:
    """Return whether its decimals were cut instead of rounded: 81,56 printed as 81,5."""
    exact = _share(pair)
    unit = Decimal(1).scaleb(int(str(percent.value.as_tuple().exponent)))
    cut = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(unit, ROUND_DOWN)
    return pair[0].exact and pair[1].exact and cut == percent.value


def _share(pair: Pair) -> Fraction:
    return Fraction(pair[0].value) * 100 / Fraction(pair[1].value) if pair[1].value else Fraction(0)


def _finding(verdict: str, percent: Figure, pair: Pair) -> Finding:
    part, whole = pair
    values: dict[str, Value] = {"part": part, "whole": whole, "printed": percent, "right": _share(pair)}
    if verdict != CONTRADICTS:
        return Finding("percent", verdict, (percent, part, whole), values)
    for wrong, other in (
        (part, Decimal(whole.value) * percent.value / 100),
        (whole, part.value * 100 / percent.value if percent.value else whole.value),
    ):
        if slip := _order(wrong, other):
            return Finding("percent", verdict, (percent, part, whole), values | {"wrong": wrong, **slip}, "factor")
    exact = _share(pair)
    rounded = Decimal(exact.numerator * 10 // exact.denominator) / 10
    slip_name, more = slips.between(percent.value, rounded)
    return Finding("percent", verdict, (percent, part, whole), values | more, slip_name)


def _order(wrong: Figure, right: Decimal) -> dict[str, str]:
    """Return by which power of ten a count is off from what the percentage asks for, if it is."""
    for factor in (10, 100, 1000, 1_000_000):
        for times in (Decimal(factor), 1 / Decimal(factor)):
            if right and abs(wrong.value * times / right - 1) < Decimal("0.01"):
                return {"times": str(factor)}
    return {}
