"""Names in a text, of areas or anything else: words with a capital, in runs."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from hotich.text import cues

_WORD: Final = re.compile(r"[^\W\d_][\w'’.-]*|[^\w\s]")
_AND: Final = re.compile(
    rf"\s*(?:[,;]\s*(?:{cues.pattern('relations', 'and')})?|{cues.pattern('relations', 'and')})\s*", cues.FLAGS
)
_MOST_WORDS: Final = 7


def runs(text: str) -> list[str]:
    """Return the names in a text in their order, without the words for what they are (huyện, District, TP)."""
    found: list[list[str]] = [[]]
    for word in _WORD.findall(text):
        if word[:1].isupper() and not _is_kind(word):
            found[-1].append(word.rstrip(".,"))
        elif found[-1]:
            found.append([])
    return [" ".join(words) for words in found if words]


def _is_kind(word: str) -> bool:
    return word.rstrip(".").casefold() in _kinds()


@cache
def _kinds() -> frozenset[str]:
    return frozenset(cues.phrases("names", "kinds"))


@dataclass(frozen=True)
class Names:
    """The names that a text begins with as a list, where the list ends, and whether it is whole: A, B và C."""

    names: tuple[str, ...]
    end: int
    whole: bool


def listed(text: str) -> Names:
    """Return the names that a text begins with as a list; what stands in brackets behind a name is passed over."""
    names: list[str] = []
    position, closed = 0, False
    plain = re.sub(r"\([^()]*\)", lambda found: " " * len(found[0]), text).rstrip(' .;!?\n"”’')
    while position < len(plain):
        following = _AND.search(plain, position)
        end = following.start() if following else len(plain)
        if not _is_name(plain[position:end].strip()):
            return Names(tuple(names), position, closed)
        names.append(plain[position:end].strip())
        closed = len(names) > 1 and closed_by(plain[:position])
        position = following.end() if following else end
    return Names(tuple(names), len(text), whole=True)


def of_kind(names: tuple[str, ...], said: str) -> bool:
    """Return whether names are of the kinds that were said: of "3 huyện" a list with a thành phố may not be one."""
    kinds = {word.strip(".,").casefold() for name in names for word in name.split() if _is_kind(word.strip(".,"))}
    known = said.casefold()
    return all(kind in known or kind.rstrip("s") in known for kind in kinds)


def closed_by(before: str) -> bool:
    """Return whether a text ends with the word before the last of a list."""
    return re.search(rf"{cues.pattern('relations', 'and')}\s*$", before, cues.FLAGS) is not None


def _is_name(item: str) -> bool:
    words = [word for word in item.split() if not _is_kind(word.strip(".,"))]
    return 0 < len(words) <= _MOST_WORDS and all(word[:1].isupper() and not re.search(r"\d", word) for word in words)
