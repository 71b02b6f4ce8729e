"""A part that is larger than the whole it is said to be of."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hotich.text import cues
from hotich.text.checks.relations import is_of
from hotich.text.finding import AGREES, CONTRADICTS, Finding
from hotich.text.sentences import Sentence


def check(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield a contradiction for each part above its whole, and agreement where all of it is done: 12/12."""
    for sentence in sentences:
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
