"""Figures of a text: where they stand, their value, and between which values the writer says the truth lies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from hotich.text import cues, masks, number_words
from hotich.text.nouns import unit_after

PERCENT: Final = "percent"
POINTS: Final = "points"
COUNT: Final = "count"
ENDLESS: Final = Decimal(10) ** 18
_SPACES: Final = "\u00a0\u202f\u2009"
_SCALES: Final = (1000, 10_000, 1_000_000, 1_000_000_000)
_TOKEN: Final = re.compile(
    rf"\d{{1,3}}(?:([.,{_SPACES}])\d{{3}})(?:\1\d{{3}})*(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?(?!\d)"
)
_GROUPED: Final = re.compile(rf"(\d{{1,3}}(?:([.,{_SPACES}])\d{{3}})(?:\2\d{{3}})*)(?:([.,])(\d+))?")
_POINTS: Final = re.compile(
    r"\s*(?:điểm\s*(?:%|phần trăm)|(?:percentage|per ?cent)\s+points?|%\s*points?|points?\b)", cues.FLAGS
)
_PERCENT: Final = re.compile(r"\s?%|\s+(?:phần trăm|per ?cent|pct)(?!\w)", cues.FLAGS)
_RANGE: Final = re.compile(r"\s?[-–—÷]\s?|\s+(?:đến|tới|to|and|and)\s+", cues.FLAGS)
_SIGN: Final = re.compile(r"(?:^|[\s(])([+\-−])$")
_BEFORE: Final = 40
"""So many characters before a range may say that it is a change."""
_SMALL: Final = re.compile(r"(?:of|out|to|in|and|or|by|as|were|was|are|is|have|has|had|from|with|on|at|for|trên|trong|và|đã|được|là|có|ở|tại|do|từ|đến|lên|cho|số|so|the|this|a)$", re.IGNORECASE)
"""Words behind a number that are nothing that is counted."""
_ROUND, _ZEROS = 10_000, 3
"""A count from so many on that ends with so many zeros may be rounded to them."""
_NEAR, _FAR = Decimal("0.8"), Decimal("1.25")
"""How far from a number that is nearly, about or more than the truth the truth may lie: wide, since nobody says."""


@dataclass(frozen=True)
class Figure:
    """A number at `start` to `end` of a block; `lead` is where its approximation begins (nearly, hơn).

    The truth lies from `low` to `high`. `bound` is how it was said: nothing, about, over, nearly, least or most.
    `why` says why no check may rest on it: range, ambiguous, word; else it is empty. `unit` is the class of what is
    counted (`cues.names("units")`), the word itself where it is of no class, or empty. `role` is the name of what was
    done with them (`cues.names("roles")`), or of a time that is not now (`period`). An `aside` stands in brackets.
    """

    block: int
    start: int
    end: int
    lead: int
    shown: str
    value: Decimal
    low: Decimal
    high: Decimal
    kind: str = COUNT
    bound: str = ""
    unit: str = ""
    why: str = ""
    in_words: bool = False
    role: str = ""
    aside: bool = False

    @property
    def exact(self) -> bool:
        """Return whether it is a plain count of which every digit is meant."""
        return self.kind == COUNT and self.low == self.high


def read(block: int, text: str, vietnamese: bool) -> list[Figure]:
    """Return the figures of a block in their order; `vietnamese` says how an ambiguous separator is meant."""
    hidden = masks.spans(text)
    found = [
        figure
        for figure in (*_numbers(block, text, vietnamese), *_in_words(block, text))
        if not _covered(figure, hidden)
    ]
    found.sort(key=lambda figure: figure.start)
    following = [*found, None][1:]
    return [_named(figure, text, after) for figure, after in zip(_ranges(found, text), following, strict=True)]


def _covered(figure: Figure, spans: list[masks.Span]) -> bool:
    return any(start < figure.end and figure.start < end for start, end in spans)


def _numbers(block: int, text: str, vietnamese: bool) -> Iterator[Figure]:
    position = 0
    while found := _TOKEN.search(text, position):
        figure = _figure(block, found, text, vietnamese)
        position = figure.end if figure else found.end()
        if figure:
            yield figure


def _figure(block: int, found: re.Match[str], text: str, vietnamese: bool) -> Figure | None:
    """Return the figure of a number with its scale, its sign of percent and its approximation."""
    scale, end = _scale(text, found.end())
    percent, points = _PERCENT.match(text, end), _POINTS.match(text, end)
    value, places, why = _value(found[0], vietnamese, scaled=bool(scale), percent=bool(percent or points))
    if value is None or (scale == 0 and not (percent or points) and _is_no_figure(found[0], text, found)):
        return None
    kind = POINTS if points else PERCENT if percent else COUNT
    end = points.end() if points else percent.end() if percent else end
    value, step = value * (scale or 1), Decimal(scale or 1).scaleb(-places)
    if kind == COUNT and not scale and not places:
        step = _step(value)
    half = step / 2 if step > 0 else Decimal(0)
    plain = Figure(
        block, found.start(), end, found.start(), text[found.start() : end], value, value - half, value + half
    )
    return _approximate(replace(plain, kind=kind, why=why), text)


def _step(value: Decimal) -> Decimal:
    """Return the unit to which a count may have been rounded: 1000 for 637.000, none for 519.500."""
    digits = str(int(value))
    zeros = len(digits) - len(digits.rstrip("0"))
    return Decimal(10) ** zeros if value >= _ROUND and zeros >= _ZEROS else Decimal(0)


def _is_no_figure(number: str, text: str, found: re.Match[str]) -> bool:
    """Return whether a bare number is a year, or half of a day and month."""
    around = re.search(r"\d+/\d+", text[max(0, found.start() - 3) : found.end() + 3])
    noun = unit_after(text, found.end())
    if around and masks.is_day(around[0]) and not unit_after(text, found.end() + 3) and not noun:
        return True
    return masks.is_year(number) and not noun


def _scale(text: str, at: int) -> tuple[int, int]:
    """Return the scale of the words after a number (triệu, thousand), 0 where there are none, and where they end."""
    for scale in reversed(_SCALES):
        if found := re.compile(rf"\s?{cues.pattern('scale', str(scale))}", cues.FLAGS).match(text, at):
            return scale, found.end()
    return 0, at


def _value(number: str, vietnamese: bool, *, scaled: bool, percent: bool) -> tuple[Decimal | None, int, str]:
    """Return a number's value, its decimal places, and why it cannot be relied on where two readings differ."""
    grouped = _GROUPED.fullmatch(number)
    if not grouped:
        plain = number.replace(",", ".")
        return Decimal(plain), len(plain.partition(".")[2]), ""
    whole, separator, _, decimals = grouped.groups()
    thousands = Decimal(re.sub(r"\D", "", whole))
    if decimals:
        return (None, 0, "") if grouped[3] == separator else (thousands + Decimal(f"0.{decimals}"), len(decimals), "")
    decimal = separator in ".," and len(re.sub(r"\d", "", whole)) == 1
    if not decimal or not (scaled or percent or whole.startswith("0")):
        return thousands, 0, ""
    is_decimal = (separator == ",") == vietnamese or whole.startswith("0")
    why = "" if percent or whole.startswith("0") else "ambiguous"
    return (Decimal(whole.replace(",", ".")), 3, why) if is_decimal or percent else (thousands, 0, why)


def _approximate(figure: Figure, text: str) -> Figure:
    """Return the figure with the words before and after it that say how near the truth is."""
    before, after = text[: figure.start], text[figure.end : figure.end + 40]
    if sign := _SIGN.search(before):
        return replace(figure, lead=sign.start(1), bound="change")
    found = [(name, cues.ending("approximate", name).search(before)) for name in ("nearly", "over", "about", "exact")]
    said = max(((name, at) for name, at in found if at), key=lambda pair: len(pair[1][0]), default=None)
    name = said[0] if said else ""
    figure = replace(figure, lead=said[1].start()) if said else figure
    for suffix, bound in (("or_more", "least"), ("or_less", "most")):
        if re.match(rf"[^.,;%\d]{{0,25}}?{cues.pattern('approximate', suffix)}", after, cues.FLAGS):
            name = bound
    return _bounded(figure, name)


def _bounded(figure: Figure, name: str) -> Figure:
    value = figure.value
    limits = {
        "nearly": (value * _NEAR, value),
        "over": (value, value * _FAR),
        "about": (value * _NEAR, value * _FAR),
        "least": (value, ENDLESS),
        "most": (Decimal(0), value),
    }
    if name not in limits:
        return figure
    return replace(figure, bound=name, low=limits[name][0], high=limits[name][1])


def _ranges(found: list[Figure], text: str) -> list[Figure]:
    """Return the figures with those marked that are the two ends of a range: 80–90%."""
    made = list(found)
    for at, (first, second) in enumerate(pairwise(found)):
        between = text[first.end : second.lead]
        dashed = re.fullmatch(r"\s?[-–—÷]\s?", between)
        before = text[max(0, first.lead - _BEFORE) : first.lead]
        moved = any(cues.cue("relations", name).search(before) for name in ("up", "down"))
        begun = re.search(r"(?:từ|from|between|khoảng)\s+$", before, cues.FLAGS)
        said = _RANGE.fullmatch(between) and begun and not moved
        if dashed or said:
            made[at], made[at + 1] = replace(made[at], why="range"), replace(made[at + 1], why="range")
    return made


def _in_words(block: int, text: str) -> Iterator[Figure]:
    for found, value, unsure in number_words.find(text):
        plain = Figure(block, found.start(), found.end(), found.start(), found[0], value, value, value, in_words=True)
        yield _approximate(replace(plain, why="word" if unsure else ""), text)


def _named(figure: Figure, text: str, following: Figure | None) -> Figure:
    """Return the figure with what it counts; the part of a fraction counts what its whole counts."""
    between = text[figure.end : following.lead].strip() if following else ""
    of = re.compile(rf"/|{cues.pattern('relations', 'of')}|{cues.pattern('relations', 'bare_of')}", cues.FLAGS)
    moved = following and cues.cue("relations", "to").fullmatch(text[figure.end : following.start].strip())
    shares = of.fullmatch(between) or moved
    end = following.end if following and shares else figure.end
    unit = unit_after(text, end)
    if not unit and end == figure.end:
        word = re.match(r"\s+([^\W\d_]{2,})", text[end:])
        unit = word[1].casefold() if word and not _SMALL.match(word[1]) and not cues.classes("roles").match(text, end + 1) else ""
    if moved and following and following.kind == PERCENT and figure.kind == COUNT:  # từ 78,3 lên 81,5%
        return replace(figure, kind=PERCENT)
    return replace(figure, unit=unit)
