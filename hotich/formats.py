"""How numbers and dates are written in each language: the one home of every number format.

Decimals are rounded half up here, because Babel by itself rounds half to even; Babel then writes the separators.
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
    """Read what is known of the language now; else it is read for the first number that is written."""
    _ = _locale(language).number_symbols


@cache
def count(value: int, language: str) -> str:
    """An integer with its thousands grouped: 519.573 or 519,573."""
    return str(format_decimal(value, "#,##0", locale=_locale(language)))


@cache
def _tenths(value: Decimal, language: str, pattern: str = "#,##0.#") -> str:
    rounded = abs(value).quantize(_TENTH, ROUND_HALF_UP)
    return str(format_decimal(rounded, pattern, locale=_locale(language)))


def tenth(value: Decimal) -> Decimal:
    """A percentage of a whole as it is shown: to the tenth, half up.

    100 stands only for everything and 0 only for nothing: in between it is 99,9 and 0,1 at the most extreme.
    """
    rounded = value.quantize(_TENTH, ROUND_HALF_UP)
    return min(max(rounded, _TENTH), Decimal("99.9")) if 0 < value < 100 else rounded


def share(value: Decimal, language: str, column: bool = False) -> str:
    """A percentage of a whole without its sign: 81,5 or 81.5. In a table column the tenth is always written."""
    return _tenths(tenth(value), language, "#,##0.0" if column else "#,##0.#")


def percent(value: Decimal, language: str, column: bool = False) -> str:
    """A percentage of a whole: 81,5% or 81.5%."""
    return share(value, language, column) + "%"


def decimal(value: Decimal, language: str, column: bool = False) -> str:
    """Any other quantity to one decimal: a ratio, a distance in points; the sign is left out."""
    return _tenths(value, language, "#,##0.0" if column else "#,##0.#")


def whole(value: Decimal) -> int:
    """The nearest integer, half up."""
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def signed(value: int | Decimal, language: str, column: bool = False) -> str:
    """A change with its sign, + or a true minus; 0 has none."""
    written = count(abs(value), language) if isinstance(value, int) else decimal(value, language, column)
    if not written.strip("0.,"):
        return written
    return ("+" if value > 0 else MINUS) + written


def day(value: date, language: str, long: bool = False) -> str:
    """A date: 22/10/2024 in Vietnamese (long: ngày 22 tháng 10 năm 2024), 22 October 2024 in English."""
    if language == "vi":
        return f"{value:%d/%m/%Y}" if not long else f"ngày {value:%d} tháng {value.month} năm {value.year}"
    return str(format_date(value, "d MMMM y", locale=_locale(language)))


def day_and_month(value: date, language: str) -> str:
    """A date whose year is plain from where it stands: 31/12 in Vietnamese, 31 Dec in English."""
    return f"{value:%d/%m}" if language == "vi" else str(format_date(value, "d MMM", locale=_locale(language)))


def month(value: Month, language: str, short: bool = False) -> str:
    """A month: tháng 10/2024 (short: 10/2024) or October 2024 (short: Oct 2024)."""
    if language == "vi":
        return f"{'' if short else 'tháng '}{value.number}/{value.year}"
    return str(format_date(value.first_day, "MMM y" if short else "MMMM y", locale=_locale(language)))


def dated(source: str, language: str) -> str:
    """A printed source with the month in it as the language writes it: "Báo, October 2024" is "Báo, tháng 10/2024"."""
    return _MONTH_IN_WORDS.sub(lambda found: month(Month(int(found[2]), _MONTHS[found[1]]), language), source)


def words(value: int, language: str) -> str:
    """Zero to nine in words, for prose; larger numbers in figures."""
    names = {
        "vi": ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"),
        "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    }[language]
    return names[value] if 0 <= value < len(names) else count(value, language)


def sentence_case(words: str) -> str:
    """Words as they begin a sentence."""
    return words[:1].upper() + words[1:]
