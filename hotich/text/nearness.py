"""How near a figure is to the truth, by the words around it: gần, hơn, about, or more, 80–90%."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from hotich.text import cues
from hotich.text.figure import Figure

ENDLESS: Final = Decimal(10) ** 18
_RANGE: Final = re.compile(r"\s?[-–—÷]\s?|\s+(?:đến|tới|to|and)\s+", cues.FLAGS)
_SIGN: Final = re.compile(r"(?:^|[\s(])([+\-−])$")
_BEFORE: Final = 40
"""So many characters on either side of a figure may say how near it is."""
_NEAR, _FAR = Decimal("0.8"), Decimal("1.25")
"""How far from a number that is nearly, about or more than the truth the truth may lie: wide, since nobody says."""


def approximate(figure: Figure, text: str) -> Figure:
    """Return the figure with the words before and after it that say how near the truth is."""
    before, after = text[max(0, figure.start - _BEFORE) : figure.start], text[figure.end : figure.end + _BEFORE]
    if sign := _SIGN.search(before):
        return replace(figure, lead=figure.start - len(before) + sign.start(1), bound="change")
    found = [(name, cues.ending("approximate", name).search(before)) for name in ("nearly", "over", "about", "exact")]
    said = max(((name, at) for name, at in found if at), key=lambda pair: len(pair[1][0]), default=None)
    name = said[0] if said else ""
    figure = replace(figure, lead=figure.start - len(before) + said[1].start()) if said else figure
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


def ranges(found: list[Figure], text: str) -> list[Figure]:
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
