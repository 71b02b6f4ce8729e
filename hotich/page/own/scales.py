"""The scales of a drawing: labels of an axis that are no figures, for each stands where its value puts it.

A notebook names, in the drawing, the axes whose labels Matplotlib wrote from values; see `hotich.jupyter.scales`.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from hotich import formats
from hotich.month import Month
from hotich.views import figures_in_text

SVG: Final = "{http://www.w3.org/2000/svg}"
_NAMED: Final = re.compile(r"scale-(numbers|labels|dates)")
_TICK: Final = re.compile(r"[xy]tick_\d+")
_PLACE: Final = re.compile(r"(?:translate|rotate)\(([^)]*)\)")
_GROUPED: Final = re.compile(r"[1-9]\d{0,2}([.,]\d{3})+")
_PART: Final = r"(?:[^\W\d]+\.?|20[0-9]{2}|[0-9]{1,2})"
_DATE: Final = re.compile(rf"{_PART}(?:[ :/-]+{_PART})*")
_MONTH: Final = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_NEAR: Final = 0.01
"""How far from its even place a number of a scale may lie, as a part of the scale's length."""
_ENOUGH: Final = 3
"""Labels of a scale at least: two lie on a line whatever they say."""


@dataclass(frozen=True)
class _Label:
    """A number with what stands before and after it, such as a unit."""

    before: str
    whole: str
    decimals: str
    after: str
    negative: bool

    @property
    def value(self) -> float:
        size = float(f"{self.whole}.{self.decimals or 0}")
        return -size if self.negative else size

    def written(self, language: str) -> str:
        point = "," if language == "vi" else "."
        decimals = f"{point}{self.decimals}" if self.decimals else ""
        sign = formats.MINUS if self.negative else ""
        return f"{self.before}{sign}{formats.count(int(self.whole), language)}{decimals}{self.after}"


def written(root: Element, language: str) -> dict[Element, str]:
    """Return the labels of scales with how the page's language writes them: numbers at even places, and dates."""
    found: dict[Element, str] = {}
    for axis in root.iter(f"{SVG}g"):
        if not (kind := _NAMED.fullmatch(axis.get("id", ""))):
            continue
        texts = [text for text in ticks(axis) if (text.text or "").strip()]
        if kind[1] == "dates":
            found |= {text: _date(words, language) for text in texts if _is_date(words := text.text or "")}
        else:
            labels = [_label(text.text or "", own=kind[1] == "labels") for text in texts]
            numbers = [label for label in labels if label]
            if len(numbers) == len(labels) and _scale(numbers, [_place(text) for text in texts]):
                found |= {text: label.written(language) for text, label in zip(texts, numbers, strict=True)}
    return found


def ticks(part: Element) -> Iterator[Element]:
    """Yield the labels of axes in a part of a drawing."""
    for tick in part.iter(f"{SVG}g"):
        if _TICK.fullmatch(tick.get("id", "")):
            yield from tick.iter(f"{SVG}text")


def _label(words: str, *, own: bool) -> _Label | None:
    """Return the number of a label; only functions of one's `own` write groups of thousands."""
    found = list(figures_in_text.TOKEN.finditer(words))
    if len(found) != 1:
        return None
    number = found[0]["number"]
    groups = own and _GROUPED.fullmatch(number)
    whole, *decimals = re.split(r"[.,]", number)
    if not groups and len(decimals) > 1:
        return None
    after = (found[0]["percent"] or "") + words[found[0].end() :]
    negative = (found[0]["sign"] or "+") != "+"
    if groups:
        return _Label(words[: found[0].start()], re.sub(r"[.,]", "", number), "", after, negative)
    return _Label(words[: found[0].start()], whole, "".join(decimals), after, negative)


def _is_date(words: str) -> bool:
    return bool(_DATE.fullmatch(words)) and not figures_in_text.strange(words)


def _date(words: str, language: str) -> str:
    """Return a date with its month as the language's axes have it."""
    if month := _MONTH.fullmatch(words):
        return formats.month(Month(int(month[1]), int(month[2])), language, short=True)
    return re.sub(r"[A-Za-z]+", lambda word: formats.month_alone(word[0], language), words)


def _scale(labels: Sequence[_Label], places: Sequence[tuple[float, float]]) -> bool:
    """Return whether three or more labels of one unit lie where their values, or the logarithms of these, put them."""
    if len(labels) < _ENOUGH or len({(label.before, label.after) for label in labels}) > 1:
        return False
    values = [label.value for label in labels]
    logarithms = [[math.log10(value) for value in values]] if min(values) > 0 else []
    return any(
        _on_a_line(measured, [place[side] for place in places]) for measured in (values, *logarithms) for side in (0, 1)
    )


def _on_a_line(values: Sequence[float], places: Sequence[float]) -> bool:
    length, way = values[-1] - values[0], places[-1] - places[0]
    if not length or not way:
        return False
    return all(
        abs((value - values[0]) / length - (place - places[0]) / way) <= _NEAR
        for value, place in zip(values, places, strict=True)
    )


def _place(words: Element) -> tuple[float, float]:
    """Return where a text stands, as Matplotlib writes it."""
    if moved := _PLACE.findall(words.get("transform", "")):
        numbers = [float(number) for number in re.split(r"[ ,]+", moved[0].strip())]
        if len(numbers) == 3:  # rotate(angle, x, y)
            return numbers[1], numbers[2]
        return numbers[0], numbers[-1]
    return float(words.get("x", 0)), float(words.get("y", 0))
