"""Shares of all there is, the last of them those of all others: together they are 100 %."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hotich.text import cues
from hotich.text.figure import PERCENT, Figure
from hotich.text.finding import AGREES, CONTRADICTS, Finding
from hotich.text.sentences import Sentence

_LEAST: Final = 3


def check(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield an outcome for each list of shares that ends with all others: A 61%, B 21%, C 15%, khác 3%."""
    for sentence in sentences:
        shares = [each for each in sentence.main if each.kind == PERCENT and not each.bound]
        if len(shares) < _LEAST or not _is_whole(sentence, shares):
            continue
        low, high = sum(each.low for each in shares), sum(each.high for each in shares)
        values = {"parts": tuple(shares), "total": sum(each.value for each in shares)}
        yield Finding("shares", AGREES if low <= 100 <= high else CONTRADICTS, tuple(shares), values)


def _is_whole(sentence: Sentence, shares: Sequence[Figure]) -> bool:
    """Return whether nothing but shares is told from the first on, the last of them of the others."""
    first, last = shares[0], shares[-1]
    others = [each for each in sentence.figures if first.start <= each.start <= last.start and each not in shares]
    said = cues.cue("relations", "of_all").search(sentence.before(first))
    rest = cues.cue("relations", "others").search(sentence.before(last))
    plain = not re.search(r"[;:.]", sentence.text[first.end : last.start].replace(",", ""))
    return bool(said and rest) and not others and plain
