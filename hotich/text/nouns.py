"""What a number counts: the class of the noun that follows it."""

import re
from typing import Final

from hotich.text import cues

_DIRECTLY: Final = re.compile(r"[\s(]*(?:of\s+(?:the|its|their|our)\s+)?")
_ADJECTIVE: Final = re.compile(r"(?!(?:and|or|out|in|to|have|has|had|were|was|are|is|with|of|on|at|for|the|within|a|an|by|since|after|before|per|than|as|when|while|this|last|each|from|that|which|who|will|over|under|but|if|so)\b)[A-Za-z-]+\s+")
_MOST_ADJECTIVES: Final = 3
_NEAR: Final = 90
"""How many characters behind a number are looked at."""


def unit_after(text: str, at: int) -> str:
    """Return the class of what a number that ends there counts, at most three English adjectives on; else nothing."""
    after = text[at : at + _NEAR]
    begin = _DIRECTLY.match(after)
    position = begin.end() if begin else 0
    for _ in range(_MOST_ADJECTIVES + 1):
        if found := cues.classes("units").match(after, position):
            return cues.name_of(found)
        adjective = _ADJECTIVE.match(after, position)
        if not adjective:
            return ""
        position = adjective.end()
    return ""
