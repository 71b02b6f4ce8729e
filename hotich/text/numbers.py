"""Numbers in digits: 519.537, 81,5%, 1,44 triệu, with the unit to which they are written."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from hotich.text import cues, masks
from hotich.text.figure import COUNT, PERCENT, POINTS
from hotich.text.nouns import unit_after

_SPACES: Final = "\u00a0\u202f\u2009"
_SCALES: Final = (1000, 10_000, 1_000_000, 1_000_000_000, 1_000_000_000_000)
_TOKEN: Final = re.compile(
    rf"\d{{1,3}}(?:([.,{_SPACES}])\d{{3}})(?:\1\d{{3}}){{0,5}}(?:[.,]\d{{1,9}})?(?!\d)|\d{{1,15}}(?:[.,]\d{{1,9}})?(?!\d)"
)
_GROUPED: Final = re.compile(rf"(\d{{1,3}}(?:([.,{_SPACES}])\d{{3}})(?:\2\d{{3}}){{0,5}})(?:([.,])(\d{{1,9}}))?")
_POINTS: Final = re.compile(
    r"\s*(?:điểm\s*(?:%|phần trăm)|(?:percentage|per ?cent)\s+points?|%\s*points?|points?\b)", cues.FLAGS
)
_PERCENT: Final = re.compile(r"\s?%|\s+(?:phần trăm|per ?cent|pct)(?!\w)", cues.FLAGS)
_FRACTION: Final = re.compile(r"(?<![\d.,])\d+/\d+(?![.,]?\d)")
"""Not within longer numbers: 1.204.118/1.311.562 has no 18/1."""
_DECIMAL: Final = re.compile(r"(?<![\d.,])\d{1,3}([.,])\d{1,2}\s?%")
_ROUND, _ZEROS = 10_000, 3
"""A count from so many on that ends with so many zeros may be rounded to them."""


@dataclass(frozen=True)
class Number:
    """A number as it is written: `step` is the unit of its last digit, 0 for a count of which every digit is meant."""

    start: int
    end: int
    value: Decimal
    step: Decimal
    kind: str
    why: str


def find(text: str, vietnamese: bool, *, sure: bool = False) -> Iterator[Number]:
    """Yield the numbers of a text but years and days; `vietnamese` says how an ambiguous separator is meant.

    With `sure` none is: the document shows which sign begins its decimals.
    """
    position = 0
    while found := _TOKEN.search(text, position):
        number = _number(found, text, vietnamese)
        if number and sure and number.why == "ambiguous":
            number = replace(number, why="")
        position = number.end if number else found.end()
        if number:
            yield number


def shows_decimals(texts: Iterable[str], vietnamese: bool) -> bool:
    """Return whether the percentages of a document show that decimals begin as its language writes them: 81,5%."""
    return {found[1] for text in texts for found in _DECIMAL.finditer(text)} == {"," if vietnamese else "."}


def _number(found: re.Match[str], text: str, vietnamese: bool) -> Number | None:
    """Return a number with its scale and its sign of percent."""
    scale, end = _scale(text, found.end())
    points, percent = _POINTS.match(text, end), _PERCENT.match(text, end)
    value, places, why = _value(found[0], vietnamese, scaled=bool(scale), percent=bool(percent or points))
    plain = not (scale or percent or points)
    if value is None or (plain and _is_no_figure(text, found)):
        return None
    kind = POINTS if points else PERCENT if percent else COUNT
    sign = points or percent
    step = _step(value) if plain and not places else Decimal(scale or 1).scaleb(-places)
    return Number(found.start(), sign.end() if sign else end, value * (scale or 1), step, kind, why)


def _step(value: Decimal) -> Decimal:
    """Return the unit to which a count may have been rounded, at least two digits kept: 1000 for 637.000."""
    digits = str(int(value))
    zeros = len(digits) - len(digits.rstrip("0"))
    return Decimal(10) ** min(zeros, len(digits) - 2) if value >= _ROUND and zeros >= _ZEROS else Decimal(0)


def _is_no_figure(text: str, found: re.Match[str]) -> bool:
    """Return whether a bare number is a year, or half of a day and month, and nothing is counted."""
    fractions = _FRACTION.finditer(text, max(0, found.start() - 3), found.end() + 3)
    around = next((each for each in fractions if each.start() <= found.start() < each.end()), None)
    if around and masks.is_day(around[0]):
        return not unit_after(text, around.end())
    return masks.is_year(found[0]) and not unit_after(text, found.end())


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
