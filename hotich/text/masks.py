"""Numbers that are no figures: dates, years, decree numbers, paper sizes, telephones, ordinals, marks of lists."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from hotich.text import cues

Span = tuple[int, int]
_YEAR: Final = r"(?:19|20)\d{2}"
_DAY_MONTH: Final = r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])"
_ALWAYS: Final = re.compile(
    "|".join(
        (
            r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,64}\.\w[\w.]{0,64}",
            rf"\b\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]{_YEAR}\b|\b{_YEAR}-\d\d(?:-\d\d)?\b(?!\d)",
            rf"\b(?:0?[1-9]|1[0-2])[/.\-]{_YEAR}\b|\b{_YEAR}\s?[-–/]\s?(?:{_YEAR}|\d\d)\b",
            r"\b\d{1,6}/(?:\d{4}/)?[A-ZĐ]\w{0,20}(?:-\w{1,20}){0,4}|\b\d{1,6}/\d{4}/\w{1,20}(?:-\w{1,20}){0,4}",
            r"\b\d{1,6}-[A-ZĐ]{2}\w{0,20}(?:/\w{1,20}){0,3}",
            r"\b\d{1,2}[hg]\d{0,2}\b|\b\d{1,2}:\d{2}(?::\d{2})?\b|\b24/(?:7|24)\b",
            r"\+84[\d .]{8,12}|\b0\d{2,3}[ .]\d{3,4}[ .]?\d{3,4}\b|\b0\d{7,10}\b|\b1[89]00[ .]?\d{4,6}\b",
            r"\b\d{1,5}(?:\.\d{1,5}){2,5}\b(?<!\.\d{3})",
            r"(?<=[^\W\d_])\d[\d.,]{0,20}|(?<=[^\W\d_]-)\d[\d.,]{0,20}",
            r"\b\d{1,6}(?:st|nd|rd|th)\b|\b\d[\d.,]{0,20}[^\W\d_]+|\d{16,}",
            r"^\s*[([]?\d{1,2}(?:\.\d{1,2})*[.)\]]\s|\[\d{1,3}\]|(?:(?<=[:;,.] )|^\s*)\(\d{1,2}\)\s",
            r"^[\W\d]*$",
        )
    )
)
"""What is no figure whatever stands around it; a block of nothing but digits and signs is a page number or a rule."""
_PLAIN: Final = r"\d{1,4}(?![\d%]|[.,/]\d|\s?%|\s?phần trăm|\s?per ?cent)"


@cache
def _with_words() -> re.Pattern[str]:
    month = cues.pattern("not_figures", "months")
    identifier = cues.pattern("not_figures", "identifier")
    date, year = cues.pattern("not_figures", "date"), cues.pattern("not_figures", "year")
    unit = cues.pattern("not_figures", "time_unit")
    ordinal = r"(?:st|nd|rd|th)?"
    nouns = cues.alternatives(phrase for name in cues.names("units") for phrase in cues.phrases("units", name))
    return re.compile(
        "|".join(
            (
                rf"\b\d{{1,2}}{ordinal}\s+(?:of\s+)?{month}(?:,?\s+{_YEAR})?|{month}\s+\d{{1,2}}{ordinal}(?:,?\s+{_YEAR})?\b",
                rf"{month},?\s+{_YEAR}\b|\b\d{{1,2}}\s+tháng\s+\d{{1,2}}(?:\s+năm\s+{_YEAR})?",
                rf"{identifier}(?:\s+(?:số|no\.?))?\s*[:.]?\s*{_PLAIN}",
                rf"{date}\s+{_DAY_MONTH}(?![\d/])(?!\s+{nouns})|{year}\s+{_YEAR}\b(?![.,]\d)",
                rf"\b\d[\d.,]{{0,20}}\s?{unit}",
            )
        ),
        cues.FLAGS,
    )


@cache
def _countable() -> re.Pattern[str]:
    return re.compile(rf"{cues.pattern('not_figures', 'countable_before')}\s*[:.]?\s*\d", cues.FLAGS)


def spans(text: str) -> list[Span]:
    """Return where numbers stand that are no figures."""
    counted = {found.end() - 1 for found in _countable().finditer(text)}
    return [*_spans(_ALWAYS, text), *(span for span in _spans(_with_words(), text) if not _holds(span, counted))]


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    return (found.span() for found in pattern.finditer(text))


def _holds(span: Span, starts: set[int]) -> bool:
    return any(span[0] <= start < span[1] for start in starts)


def is_day(text: str) -> bool:
    """Return whether a fraction could be a day and a month: 22/10."""
    return re.fullmatch(_DAY_MONTH, text) is not None


def is_year(text: str) -> bool:
    """Return whether a number could be a year."""
    return re.fullmatch(_YEAR, text) is not None
