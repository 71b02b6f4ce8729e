"""Areas that a text names: ours by `areas.csv`, in any spelling, and others, whose figures are none of ours."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from hotich.data.areas import LEVELS, Area
from hotich.data.names import without_marks
from hotich.intake.fold_text import fold
from hotich.intake.lists import Lists
from hotich.intake.tables.match_names import forms
from hotich.text import cues

_WORD: Final = re.compile(r"[^\W_]+")
_KIND_BEFORE: Final = re.compile(
    r"(?<!\w)(?:tỉnh|huyện|quận|thị xã|thành phố|xã|phường|thị trấn|TP\.?|TX\.?|TT\.?)\s+(?=[^\W\d_])", re.IGNORECASE
)
_KIND_AFTER: Final = re.compile(r"(?<=\w)\s+(?:Province|District|City|Commune|Ward|Township|Town)(?!\w)")
_OFFICE: Final = re.compile(r"(?:phòng tư pháp|justice office of|office of justice of)\s+$", re.IGNORECASE)
Words = tuple[str, ...]


@dataclass(frozen=True)
class Mention:
    """An area that a text names: its code; empty for an area of others, or where nobody can tell which it is."""

    start: int
    end: int
    code: str


@dataclass(frozen=True)
class Places:
    """The office's areas by the words of their names, aliases too."""

    lists: Lists

    def find(self, text: str) -> list[Mention]:
        """Return every area that a text names, in order; the longest name counts."""
        words = [(found.start(), found.end(), found[0]) for found in _WORD.finditer(text)]
        ours: list[Mention] = []
        at = 0
        while at < len(words):
            length, mention = self._longest(text, words, at)
            ours += [mention] if mention else []
            at += length
        return sorted([*ours, *_others(text, ours)], key=lambda each: each.start)

    def _longest(self, text: str, words: list[tuple[int, int, str]], at: int) -> tuple[int, Mention | None]:
        for length in range(min(self._most_words, len(words) - at), 0, -1):
            span = words[at : at + length]
            codes = self._codes(tuple(word for _, _, word in span))
            if codes and _is_name(text, words, at, length):
                office = _OFFICE.search(text[: span[0][0]])
                return length, Mention(span[0][0], span[-1][1], "" if office else self._highest(codes))
        return 1, None

    def _codes(self, words: Words) -> frozenset[str]:
        found = self._names.get(tuple(map(fold, words)), frozenset())
        plain = all(word.isascii() for word in words)
        return found or (
            self._bare_names.get(tuple(word.casefold() for word in words), frozenset()) if plain else found
        )

    def _highest(self, codes: frozenset[str]) -> str:
        """Return the code of the highest area of that name; none where several stand on one level."""
        levels = {code: LEVELS.index(self._by_code[code].level) for code in codes}
        highest = [code for code in codes if levels[code] == min(levels.values())]
        return highest[0] if len(highest) == 1 else ""

    @cached_property
    def _by_code(self) -> dict[str, Area]:
        return {code: area for code, area in self.lists.areas.by_code.items() if area.level != "office"}

    @cached_property
    def _names(self) -> dict[Words, frozenset[str]]:
        return _indexed((_words(form), code) for form, code in self._forms())

    @cached_property
    def _bare_names(self) -> dict[Words, frozenset[str]]:
        return _indexed((tuple(map(without_marks, _words(form))), code) for form, code in self._forms())

    def _forms(self) -> Iterator[tuple[str, str]]:
        yield from ((form, code) for code, area in self._by_code.items() for form in forms(area))
        aliases = ((kind, code, fold(alias)) for kind, code, alias in self.lists.aliases)
        yield from ((alias, code) for kind, code, alias in aliases if kind == "area" and code in self._by_code)

    @cached_property
    def _most_words(self) -> int:
        return max((len(words) for words in (*self._names, *self._bare_names)), default=0)


def _words(form: str) -> Words:
    """Return the words of a folded name, in which a tone mark stands at the end of its syllable."""
    return tuple(word for word in re.split(r"[\s.,/()-]+", form) if word)


def _indexed(pairs: Iterable[tuple[Words, str]]) -> dict[Words, frozenset[str]]:
    found: dict[Words, set[str]] = {}
    for words, code in pairs:
        if words:
            found.setdefault(words, set()).add(code)
    return {words: frozenset(codes) for words, codes in found.items()}


def _is_name(text: str, words: list[tuple[int, int, str]], at: int, length: int) -> bool:
    """Return whether words are written as a name, and not as part of a longer one."""
    if not words[at + length - 1][2][:1].isupper():
        return False
    after = words[at + length] if at + length < len(words) else None
    longer = after is not None and after[2][:1].isupper() and text[words[at + length - 1][1] : after[0]] == " "
    return not longer or after is None or _KIND_AFTER.match(text, after[0] - 1) is not None


def _others(text: str, ours: list[Mention]) -> Iterator[Mention]:
    """Yield areas that are not ours: with a word for what they are and a name, and the names of provinces."""
    taken = [(each.start, each.end) for each in ours]

    def free(start: int, end: int) -> bool:
        return not any(start < stop and begin < end for begin, stop in taken)

    for found in _KIND_BEFORE.finditer(text):
        name = _WORD.match(text, found.end())
        if name and name[0][:1].isupper() and free(found.start(), name.end()):
            yield Mention(found.start(), name.end(), "")
    for found in _KIND_AFTER.finditer(text):
        if free(found.start() - 1, found.end()):
            yield Mention(found.start(), found.end(), "")
    for found in _provinces().finditer(text):
        if free(found.start(), found.end()):
            yield Mention(found.start(), found.end(), "")


def _provinces() -> re.Pattern[str]:
    names = cues.provinces()
    return re.compile(cues.alternatives({*names, *map(_plain, names)}))


def _plain(name: str) -> str:
    return " ".join(without_marks(word).capitalize() for word in name.split())
