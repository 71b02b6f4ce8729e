"""Growth from one count to another, told as a percentage or as a multiple: from 12,400 to 13,764, up 11%."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

from hotich.text import cues
from hotich.text.checks.changes import from_to
from hotich.text.figure import COUNT, PERCENT, Figure
from hotich.text.finding import AGREES, CONTRADICTS, Finding, Value
from hotich.text.sentences import Sentence

_YEAR: Final = re.compile(r"(?<!\w)(?:năm|in|year)\s+((?:19|20)\d{2})(?![\d/])", cues.FLAGS)
_FAR: Final = 25
_LOOSE: Final = Fraction(1, 2)
"""By so many percentage points a growth may be off before it is wrong: its counts may be rounded."""


def check(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield an outcome for each percentage or multiple that is said to lead from one count to another."""
    for sentence in sentences:
        for first, second in pairwise(sentence.figures):
            if not _plain(first) or not _plain(second) or first.value == second.value:
                continue
            if from_to(sentence, first, second) or _of_two_years(sentence, first, second):
                yield from _outcome(sentence, first, second)


def _plain(figure: Figure) -> bool:
    return figure.kind == COUNT and not figure.why and not figure.bound and figure.value > 0


def _of_two_years(sentence: Sentence, first: Figure, second: Figure) -> bool:
    """Return whether the sentence has two counts, of one thing, and names a year before each, one after the other."""
    if len([each for each in sentence.figures if each.kind == COUNT]) != 2:
        return False
    years = [_YEAR.findall(part) for part in (sentence.before(first), sentence.between(first, second))]
    follow = [len(each) for each in years] == [1, 1] and int(years[1][0]) == int(years[0][0]) + 1
    return follow and first.unit == second.unit != "" and len(_YEAR.findall(sentence.words)) == 2


def _outcome(sentence: Sentence, first: Figure, second: Figure) -> Iterator[Finding]:
    at = sentence.figures.index(first)
    before = sentence.figures[at - 1 : at] if at and len(sentence.before(first).split()) <= 1 else ()
    for told in (*before, *sentence.figures[at + 2 : at + 3]):
        ratio = Fraction(second.value) / Fraction(first.value)
        if told.why or (told.start > second.end and not _follows(sentence, second, told)):
            continue
        if told.kind == PERCENT and told.role == "change" and not _of_another(sentence, told):
            yield _finding("growth", told, (first, second), abs(ratio - 1) * 100, _LOOSE)
        elif told.kind == COUNT and not told.bound and _is_multiple(sentence, told) and ratio > 1:
            yield _finding("multiple", told, (first, second), ratio, Fraction(1, 10))


def _follows(sentence: Sentence, second: Figure, told: Figure) -> bool:
    between = sentence.between(second, told)
    nested = cues.cue("relations", "parts").search(between)
    return len(between) <= _FAR and not nested and not re.search(r"[;.]|,.*,", between)


def _of_another(sentence: Sentence, told: Figure) -> bool:
    """Return whether a growth is said to be from something else: so với kế hoạch; over last year only by the years."""
    after = re.split(r"[,;.)]", sentence.after(told))[0]
    last = re.fullmatch(rf"\s*{cues.pattern('relations', 'last_year')}\s*", after, cues.FLAGS)
    two = len(_YEAR.findall(sentence.words)) == 2
    return bool(after.strip()) and not (last and two)


def _is_multiple(sentence: Sentence, told: Figure) -> bool:
    ahead = cues.ending("relations", "multiplied").search(sentence.before(told))
    return bool(ahead and re.match(r"\s*lần(?!\w)", sentence.after(told), cues.FLAGS))


def _finding(kind: str, told: Figure, ends: tuple[Figure, Figure], right: Fraction, loose: Fraction) -> Finding:
    unit = Fraction(1, 2 * 10 ** max(0, -int(told.value.as_tuple().exponent)))
    low, high = Fraction(told.value) - unit, Fraction(told.value) + unit
    agrees = low - loose <= right <= high + loose
    rounded = (Decimal(right.numerator) / Decimal(right.denominator)).quantize(Decimal("0.01")).normalize()
    values: dict[str, Value] = {"first": ends[0], "second": ends[1], "printed": told, "right": rounded}
    return Finding(kind, AGREES if agrees else CONTRADICTS, (told, *ends), values)
