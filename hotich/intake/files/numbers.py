"""What a cell's content is as a count, by one strict rule: a whole number of zero or more, written plainly.

Text may be digits alone or grouped in thousands by a dot, a comma or a space, one manner in a whole file. A stored
number must be whole. Everything else is a problem that says why; a number is never guessed or rounded.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias

from hotich.intake.fold_text import clean

Value: TypeAlias = str | int | float | bool | date | datetime | time | timedelta

MOST: Final = 999_999_999
_PLAIN: Final = re.compile("0|[1-9][0-9]*", re.ASCII)
_GROUPED: Final = re.compile("[1-9][0-9]{0,2}(?P<mark>[., ])[0-9]{3}(?:(?P=mark)[0-9]{3})*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Number:
    """A count, or why it is none (`fault` is a key below `count.`); `style` is how its thousands were written."""

    value: int | None
    style: str = ""
    fault: str = ""


_EMPTY: Final = Number(None)


def parse(content: Value) -> Number:
    """Read one cell. An empty cell, or one that holds only spaces, has neither a value nor a fault."""
    if isinstance(content, str):
        return _text(content)
    if isinstance(content, bool):
        return Number(None, fault="boolean")
    if isinstance(content, (int, float)):
        return _stored(content)
    return Number(None, fault="date")


def like(content: Value) -> bool:
    """Whether a cell holds something that was meant as a figure, right or wrong: it stands in no title or note."""
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
        mark = grouped["mark"]
        return _sized(text.replace(mark, ""), mark)
    return Number(None, fault=_why(text))


def _sized(digits: str, style: str) -> Number:
    return Number(int(digits), style) if len(digits) <= len(str(MOST)) else Number(None, fault="large")


def _why(text: str) -> str:
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
