"""What a figure is about: area, registers, measure and day, as far as the words around it say so for certain."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from hotich.data.registers import ALL
from hotich.intake.lists import Lists
from hotich.text import cues, dates
from hotich.text.checks.lists import BESIDES
from hotich.text.checks.relations import AREAS, is_of
from hotich.text.dates import Day
from hotich.text.figure import COUNT, PERCENT, Figure
from hotich.text.places import Mention, Places
from hotich.text.sentences import Sentence

_ENTRIES: Final = ("entries", "")
_OF_ENTRIES: Final = ("digitised", "required", "left")
_LARGE: Final = 1000
"""A number without a noun that is smaller counts anything."""
_NEAR: Final = 120
"""So many letters before a day say whether it is the base of a change."""
_LIES_IN: Final = re.compile(r"\s*(?:[,(–-]|của|thuộc|ở|in|of)?\s*", cues.FLAGS)
NOBODY: Final = "-"
"""The area of figures that are about an area of others."""


@dataclass(frozen=True)
class Subject:
    """What a figure is about. `measure` is that of the fact that it should equal, or empty.

    `area` is a code, NOBODY, or empty where none is named; `named` is whether its own sentence names it. `scope` is
    empty where the words leave it open. `day` is the last one named, (0, 0, 0) where none is.
    """

    area: str = ""
    named: bool = False
    scope: str = ALL
    measure: str = ""
    day: Day = (0, 0, 0)

    @property
    def of_ours(self) -> str:
        """Return the code of the area, or an empty text where it is none of ours."""
        return "" if self.area == NOBODY else self.area


@dataclass(frozen=True)
class Reader:
    """Reads what figures are about, sentence by sentence."""

    lists: Lists
    threshold: int

    def subjects(self, sentences: Sequence[Sentence]) -> dict[Figure, Subject]:
        """Return what every figure is about; a sentence that names no area or day goes on with those before it."""
        found: dict[Figure, Subject] = {}
        known = Subject()
        for sentence in sentences:
            mentions = self._mentions(sentence)
            every = [each for each in dates.find(sentence.words) if not _is_figure(sentence, each)]
            bases = [each for each in every if _is_base(sentence.words[max(0, each[0] - _NEAR) : each[0]])]
            days = [each for each in every if each not in bases]
            for figure in sentence.figures:
                area, named = _area(sentence, figure, mentions)
                measure = _measure(sentence, figure, self.threshold)
                day = _of_base(sentence, figure, bases) or _day(sentence, figure, days) or known.day
                found[figure] = Subject(area or known.area, named, self._scope(sentence, figure), measure, day)
            known = replace(known, day=days[-1][2]) if days else known
            known = replace(known, area=mentions[-1].code or NOBODY) if mentions else known
        return found

    def _mentions(self, sentence: Sentence) -> list[Mention]:
        """Return the areas that a sentence speaks of, by their place in the block.

        Of "xã Bản Công, huyện Trạm Tấu" and "Bản Công (Trạm Tấu)" that is the first: the other says where it lies.
        """
        kept: list[Mention] = []
        for each in self._places.find(sentence.words):
            here = replace(each, start=each.start + sentence.start, end=each.end + sentence.start)
            between = sentence.text[kept[-1].end : here.start] if kept else "…"
            if kept and _LIES_IN.fullmatch(between) and self._around(kept[-1].code, here.code):
                kept[-1] = replace(kept[-1], end=here.end)
            else:
                kept.append(here)
        return kept

    def _around(self, inner: str, outer: str) -> bool:
        return not inner or not outer or (inner != outer and self.lists.areas.within(inner, outer))

    def _scope(self, sentence: Sentence, figure: Figure) -> str:
        """Return the registers that a figure is of: those named since the figure before it or its clause; else all."""
        named = [*self._scopes(sentence.text[sentence.start : figure.lead])]
        behind = [*self._scopes(re.split(r"[,;]", sentence.after(figure))[0])]
        every = {*named, *behind}
        return every.pop() if len(every) == 1 else "" if every else ALL

    def _scopes(self, text: str) -> list[str]:
        groups = [cues.name_of(found) for found in cues.classes("scopes").finditer(text)]
        rest = cues.classes("scopes").sub(" ", text)
        return groups + [code for pattern, code in self._registers if pattern.search(rest)]

    @cached_property
    def _places(self) -> Places:
        return Places(self.lists)

    @cached_property
    def _registers(self) -> list[tuple[re.Pattern[str], str]]:
        """The patterns of every register's names, with its code."""
        named = {each.code: [each.name_vi, each.name_en, each.short("vi")] for each in self.lists.registers}
        for kind, code, alias in self.lists.aliases:
            if kind == "register":
                named[code].append(alias)
        return [(re.compile(cues.alternatives(names), cues.FLAGS), code) for code, names in named.items()]


def _area(sentence: Sentence, figure: Figure, mentions: Sequence[Mention]) -> tuple[str, bool]:
    """Return the code of the area that a figure is of by its sentence, and whether no other may be meant."""
    before = [each for each in mentions if each.end <= figure.start]
    if not before:
        return (mentions[0].code or NOBODY, False) if mentions else ("", False)
    near = figure.lead - len(sentence.before(figure))
    close = {each.code for each in before if each.start >= near}
    return before[-1].code or NOBODY, len(close) <= 1


def _day(sentence: Sentence, figure: Figure, days: Sequence[tuple[int, int, Day]]) -> Day | None:
    """Return the day that its sentence names last before a figure, or else first behind it."""
    before = [day for start, _, day in days if sentence.start + start < figure.start]
    return before[-1] if before else days[0][2] if days else None


def _is_base(before: str) -> bool:
    """Return whether the words before a day make it the base of a change: up 5.2 points on September, so với 30/9.

    The figures around it are of now: such a day is none of theirs.
    """
    words = rf"(?:\s*{cues.pattern('relations', 'base_words')})*"
    if cues.ending("relations", "compared", words).search(before):
        return True
    gained = cues.ending("relations", "gained_on", words).search(before)
    clause = re.split(r"[,;()]\s", before[: gained.start()])[-1] if gained else ""
    return any(cues.cue("relations", way).search(clause) for way in ("up", "down"))


def _of_base(sentence: Sentence, figure: Figure, bases: Sequence[tuple[int, int, Day]]) -> Day | None:
    """Return the base of a change that a figure follows in the same clause: so với tháng 9 là 500.000."""
    ended = [(sentence.start + end, day) for _, end, day in bases if sentence.start + end <= figure.start]
    if not ended or re.search(r"[,;]\s", sentence.text[ended[-1][0] : figure.start]):
        return None
    return ended[-1][1]


def _is_figure(sentence: Sentence, found: tuple[int, int, Day]) -> bool:
    """Return whether what looks like a day is a fraction: 12/12 xã."""
    start, end = sentence.start + found[0], sentence.start + found[1]
    return any(each.start < end and start < each.end for each in sentence.figures)


def _measure(sentence: Sentence, figure: Figure, threshold: int) -> str:
    """Return the measure that a figure is of, where its paragraph is about digitisation; only totals need not be."""
    at = sentence.figures.index(figure)
    part = at > 0 and is_of(sentence, sentence.figures[at - 1], figure)
    if figure.unit in ("communes", "districts") and part:
        return f"{figure.unit}_total"
    if figure.bound in ("least", "most") or not cues.cue("subjects", "topic").search(sentence.text):
        return ""
    if figure.kind == PERCENT:
        of_areas = any(each.kind == COUNT and each.unit in AREAS for each in sentence.figures)
        return "" if of_areas else _of_percent(figure)
    if figure.kind != COUNT or (figure.unit == "" and figure.value < _LARGE):
        return ""
    if figure.unit in _ENTRIES:
        whole = at + 1 < len(sentence.figures) and is_of(sentence, figure, sentence.figures[at + 1])
        role = "required" if part else "digitised" if whole and figure.role in ("", "digitised") else figure.role
        return role if role in _OF_ENTRIES else ""
    return _of_areas(sentence, figure, threshold)


def _of_percent(figure: Figure) -> str:
    said = figure.role in ("digitised", "") and figure.unit in ("", "entries") and not figure.aside
    return "percent" if said and figure.bound in ("", "about", "nearly") else ""


def _of_areas(sentence: Sentence, figure: Figure, threshold: int) -> str:
    """Return the measure of a number of communes or districts, where the sentence says what they have done."""
    if figure.role == "left":
        return ""
    others = [each for each in sentence.figures if each.kind == PERCENT and each.value != 100]
    if figure.unit == "communes" and not others:
        complete = re.search(r"(?<!\w)(?:đã |hoàn thành|complet)", sentence.after(figure) + sentence.words, cues.FLAGS)
        return "communes_completed" if complete else ""
    if cues.cue("relations", "besides").search(sentence.words[:BESIDES]):
        return ""
    over = [each for each in others if each.bound == "over" and each.value == threshold]
    return "districts_over_threshold" if figure.unit == "districts" and len(over) == len(others) == 1 else ""
