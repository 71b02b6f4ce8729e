"""Formats of numbers and dates in each language.

Decimals are rounded half up here, because Babel rounds half to even; Babel then writes the separators.
"""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from hotich.month import Month

_LOCALES: Final = {"vi": "vi", "en": "en_GB"}
_TENTH: Final = Decimal("0.1")
_MONTHS: Final = {name: number for number, name in Locale("en").months["format"]["wide"].items()}
_MONTH_IN_WORDS: Final = re.compile(rf"\b({'|'.join(_MONTHS)}) (20[0-9]{{2}})\b")
MINUS: Final = "\N{MINUS SIGN}"


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES[language])


def load(language: str) -> None:
    """Load Babel's data of the language now rather than with the first number."""
    _ = _locale(language).number_symbols


@cache
def count(value: int, language: str) -> str:
    """Return an integer with its thousands grouped: 519.573 or 519,573."""
    return str(format_decimal(value, "#,##0", locale=_locale(language)))


@cache
def _tenths(value: Decimal, language: str, pattern: str = "#,##0.#") -> str:
    rounded = abs(value).quantize(_TENTH, ROUND_HALF_UP)
    return str(format_decimal(rounded, pattern, locale=_locale(language)))


def tenth(value: Decimal) -> Decimal:
    """Return a percentage of a whole rounded half up to the tenth.

    Only exactly 100 gives 100 and only exactly 0 gives 0; anything between is kept within 0.1 and 99.9.
    """
    rounded = value.quantize(_TENTH, ROUND_HALF_UP)
    return min(max(rounded, _TENTH), Decimal("99.9")) if 0 < value < 100 else rounded


def share(value: Decimal, language: str, column: bool = False) -> str:
    """Return a percentage of a whole without its sign: 81,5 or 81.5; in a table `column` always with the tenth."""
    return _tenths(tenth(value), language, "#,##0.0" if column else "#,##0.#")


def percent(value: Decimal, language: str, column: bool = False) -> str:
    """Return a percentage of a whole: 81,5% or 81.5%."""
    return share(value, language, column) + "%"


def decimal(value: Decimal, language: str, column: bool = False) -> str:
    """Return any other quantity (a ratio, a difference in points) to one decimal, without its sign."""
    return _tenths(value, language, "#,##0.0" if column else "#,##0.#")


def exact(value: Decimal, language: str) -> str:
    """Return a quantity with all its decimals, of which a fact has four: 81,5214 or 81.5214."""
    return str(format_decimal(value, "#,##0.####", locale=_locale(language)))


def hundredths(value: Decimal, language: str) -> str:
    """Return what follows from numbers that others wrote, to at most two decimals: 81,52 or 81.52."""
    return exact(value.quantize(Decimal("0.01"), ROUND_HALF_UP), language)


def whole(value: Decimal) -> int:
    """Return the nearest integer, half up."""
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def signed(value: int | Decimal, language: str, column: bool = False) -> str:
    """Return a change with its sign, + or a true minus; 0 has none."""
    written = count(abs(value), language) if isinstance(value, int) else decimal(value, language, column)
    if not written.strip("0.,"):
        return written
    return ("+" if value > 0 else MINUS) + written


def day(value: date, language: str, long: bool = False) -> str:
    """Return a date: 22/10/2024 in Vietnamese (long: ngày 22 tháng 10 năm 2024), 22 October 2024 in English."""
    if language == "vi":
        return f"{value:%d/%m/%Y}" if not long else f"ngày {value:%d} tháng {value.month} năm {value.year}"
    return str(format_date(value, "d MMMM y", locale=_locale(language)))


def day_and_month(value: date, language: str) -> str:
    """Return a date without its year: 31/12 in Vietnamese, 31 Dec in English."""
    return f"{value:%d/%m}" if language == "vi" else str(format_date(value, "d MMM", locale=_locale(language)))


def month(value: Month, language: str, short: bool = False) -> str:
    """Return a month: tháng 10/2024 (short: 10/2024) or October 2024 (short: Oct 2024)."""
    if language == "vi":
        return f"{'' if short else 'tháng '}{value.number}/{value.year}"
    return str(format_date(value.first_day, "MMM y" if short else "MMMM y", locale=_locale(language)))


def month_alone(word: str, language: str) -> str:
    """Return an English month's name, or its first three letters, in short in the language; else the word."""
    number = next((number for name, number in _MONTHS.items() if word in (name, name[:3])), 0)
    return str(_locale(language).months["format"]["abbreviated"][number]) if number else word


def dated(source: str, language: str) -> str:
    """Return a printed source with its month in the language: "Báo, October 2024" as "Báo, tháng 10/2024"."""
    return _MONTH_IN_WORDS.sub(lambda match: month(Month(int(match[2]), _MONTHS[match[1]]), language), source)


def words(value: int, language: str) -> str:
    """Return zero to nine in words, for prose, and larger numbers in figures."""
    names = {
        "vi": ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"),
        "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    }[language]
    return names[value] if 0 <= value < len(names) else count(value, language)


def sentence_case(words: str) -> str:
    """Return words with the first letter capitalised and the others unchanged."""
    return words[:1].upper() + words[1:]
