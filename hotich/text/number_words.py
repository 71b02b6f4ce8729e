"""Numbers in words that count areas: hai xã, twelve communes."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from hotich.text import cues


@cache
def _words() -> re.Pattern[str]:
    ones = cues.alternatives(phrase for name in cues.names("words") for phrase in cues.phrases("words", name))
    nouns = cues.alternatives(
        phrase for name in ("communes", "districts", "offices", "units") for phrase in cues.phrases("units", name)
    )
    return re.compile(
        rf"(?<![\w-])({ones})(?:[\s-]+({ones}))?(?=\s+(?:of\s+(?:its|the|their|our)\s+)?(?:[a-z]+\s+)?{nouns})",
        cues.FLAGS,
    )


@cache
def _any() -> re.Pattern[str]:
    words = (phrase for name in cues.names("words") for phrase in cues.phrases("words", name))
    return re.compile(cues.alternatives(words), cues.FLAGS)


def anywhere(text: str) -> bool:
    """Return whether a word stands in a text that may be a number, of whatever."""
    return _any().search(text) is not None


def find(text: str) -> Iterator[tuple[re.Match[str], Decimal, bool]]:
    """Yield numbers in words that count areas, with their value, and whether the word has another meaning too."""
    for found in _words().finditer(text):
        tens, ones = (_word(each) if each else 0 for each in found.groups())
        if ones and (tens < 20 or ones > 9):
            tens, ones = ones, 0
        yield found, Decimal(tens + ones), re.fullmatch("năm|một|one|ba", found[0], cues.FLAGS) is not None


def _word(word: str) -> int:
    words = {phrase: int(name) for name in cues.names("words") for phrase in cues.phrases("words", name)}
    return words[" ".join(word.casefold().split())]
