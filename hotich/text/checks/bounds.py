"""A part that is larger than the whole it is said to be of."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from hotich.text import cues
from hotich.text.checks.relations import is_of
from hotich.text.figure import COUNT, Figure
from hotich.text.finding import AGREES, CONTRADICTS, Finding
from hotich.text.sentences import Sentence


def check(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield a contradiction for each part above its whole, and agreement where all of it is done: 12/12."""
    for sentence in sentences:
        yield from _of_which(sentence)
        for part, whole in pairwise(sentence.main):
            if not is_of(sentence, part, whole, more=True):
                continue
            values = {"part": part, "whole": whole}
            carried = cues.cue("relations", "carried").search(sentence.words)
            if part.low > whole.high and part.unit and part.unit == whole.unit and not carried:
                yield Finding("bounds", CONTRADICTS, (part, whole), values)
            hundred = [each for each in sentence.main if each.kind == "percent" and each.value == 100]
            if part.value == whole.value and hundred:
                yield Finding("all", AGREES, (part, whole), values)


def _of_which(sentence: Sentence) -> Iterator[Finding]:
    """Yield a contradiction where the first figure of "of which" is above every count before, of the same noun."""
    said = list(cues.cue("relations", "of_which").finditer(sentence.words))
    if len(said) != 1 or cues.cue("relations", "carried").search(sentence.words):
        return
    at = sentence.start + said[0].start()
    wholes = [each for each in sentence.main if each.kind == COUNT and each.end <= at]
    parts = [each for each in sentence.main if each.start >= at][:1]
    for part in parts:
        alike = part.kind == COUNT and wholes and all(_noun(sentence, part) == _noun(sentence, each) for each in wholes)
        if alike and part.unit and all(part.low > each.high for each in wholes):
            largest = max(wholes, key=lambda each: each.high)
            yield Finding("bounds", CONTRADICTS, (part, largest), {"part": part, "whole": largest})


def _noun(sentence: Sentence, figure: Figure) -> list[str]:
    """Return the two words behind a figure: of hồ sơ there may be fewer than of lượt."""
    return re.findall(r"\w+", sentence.text[figure.end : figure.end + 40].casefold())[:2]
