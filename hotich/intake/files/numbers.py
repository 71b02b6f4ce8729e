"""A cell's content as a count, by one strict rule: a whole number of zero or more.

Text is digits, or digits in groups of three separated by a dot, a comma or a space, in one style throughout a file. A
stored number must be whole. Everything else has a fault; a number is never guessed or rounded.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias

from hotich.intake.fold_text import clean

Value: TypeAlias = str | int | float | bool | date | datetime | time | timedelta

MOST: Final = 999_999_999
_PLAIN: Final = re.compile("0|[1-9][0-9]*", re.ASCII)
_GROUPED: Final = re.compile("[1-9][0-9]{0,2}(?P<separator>[., ])[0-9]{3}(?:(?P=separator)[0-9]{3})*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Number:
    """A count, or its `fault`, a key below `count.`; `style` is the separator of its thousands."""

    value: int | None
    style: str = ""
    fault: str = ""


_EMPTY: Final = Number(None)


def parse(content: Value) -> Number:
    """Return the count in a cell. An empty cell, or one with only spaces, has neither a value nor a fault."""
    if isinstance(content, str):
        return _text(content)
    if isinstance(content, bool):
        return Number(None, fault="boolean")
    if isinstance(content, (int, float)):
        return _stored(content)
    return Number(None, fault="date")


def like(content: Value) -> bool:
    """Return whether a cell is meant as a figure, right or wrong, and not as a title or note."""
    if isinstance(content, str):
        return bool(re.fullmatch(r"[\s+-]*[0-9][0-9.,\s]*%?\s*", content))
    return True


def _stored(number: int | float) -> Number:
    if isinstance(number, float) and not number.is_integer():
        return Number(None, fault="fraction")
    if number < 0:
        return Number(None, fault="negative")
    return Number(int(number)) if number <= MOST else Number(None, fault="large")


def _text(content: str) -> Number:
    text = content if content.isascii() and content.isdigit() else clean(content)
    if not text:
        return _EMPTY
    if _PLAIN.fullmatch(text):
        return _sized(text, "plain" if len(text) > 3 else "")
    if grouped := _GROUPED.fullmatch(text):
        separator = grouped["separator"]
        return _sized(text.replace(separator, ""), separator)
    return Number(None, fault=_fault(text))


def _sized(digits: str, style: str) -> Number:
    return Number(int(digits), style) if len(digits) <= len(str(MOST)) else Number(None, fault="large")


def _fault(text: str) -> str:
    if re.fullmatch(r"-\s?[0-9][0-9.,]*", text, re.ASCII):
        return "negative"
    if text.endswith("%"):
        return "percent"
    if re.fullmatch("0[0-9]+", text, re.ASCII):
        return "zeros"
    if re.fullmatch(r"[0-9]+[.,][0-9]+", text, re.ASCII):
        return "fraction_text"
    if text[0] in "=@+":
        return "formula_text"
    return "text"
