"""What a number counts: the class of the noun that follows it."""

import re
from functools import cache
from typing import Final

from hotich.text import cues

_DIRECTLY: Final = re.compile(r"[\s(]*(?:of\s+(?:the|its|their|our)\s+)?")
_MOST_ADJECTIVES: Final = 3
_NEAR: Final = 90
"""How many characters behind a number are looked at."""


@cache
def _adjective() -> re.Pattern[str]:
    return re.compile(rf"(?!{cues.pattern('nouns', 'never')})[A-Za-z-]+\s+", cues.FLAGS)


def word_after(text: str, at: int) -> str:
    """Return the word itself that a number counts, where it is of no class; nothing for a word that is no noun."""
    word = re.compile(r"\s+([^\W\d_]{2,})").match(text, at)
    if not word or cues.cue("nouns", "never").fullmatch(word[1]):
        return ""
    if cues.classes("roles").match(text, at + 1) or cues.cue("relations", "qualified").match(text, at + 1):
        return ""
    return word[1].casefold()


def unit_after(text: str, at: int) -> str:
    """Return the class of what a number that ends there counts, at most three English adjectives on; else nothing."""
    after = text[at : at + _NEAR]
    begin = _DIRECTLY.match(after)
    position = begin.end() if begin else 0
    for _ in range(_MOST_ADJECTIVES + 1):
        if found := cues.classes("units").match(after, position):
            return cues.name_of(found)
        adjective = _adjective().match(after, position)
        if not adjective:
            return ""
        position = adjective.end()
    return ""
