"""Days and months that a text names."""

import re
from functools import cache
from typing import Final

from hotich.text import cues

Day = tuple[int, int, int]
"""Year, month, day; 0 for what is not said."""
_YEAR: Final = r"(?:19|20)\d{2}"
_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


@cache
def _pattern() -> re.Pattern[str]:
    month = cues.pattern("not_figures", "months")
    return re.compile(
        rf"(?P<d1>\d{{1,2}})[/.\-](?P<m1>\d{{1,2}})[/.\-](?P<y1>{_YEAR})"
        rf"|(?P<y5>{_YEAR})-(?P<m5>\d\d)(?:-(?P<d5>\d\d))?"
        rf"|(?:ngày\s+)?(?P<d2>\d{{1,2}})\s+tháng\s+(?P<m2>\d{{1,2}})(?:\s+năm\s+(?P<y2>{_YEAR}))?"
        rf"|tháng\s+(?P<m3>\d{{1,2}})(?:\s*(?:/|năm)\s*(?P<y3>{_YEAR}))?"
        rf"|(?:(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<n4>{month})(?:\s+(?P<d6>\d{{1,2}})(?!\d))?(?:,?\s+(?P<y4>{_YEAR}))?"
        rf"|(?<![\d/])(?P<m7>0?[1-9]|1[0-2])/(?P<y7>{_YEAR})"
        rf"|(?<![\d/])(?<!\d[.,])(?P<d8>0?[1-9]|[12]\d|3[01])/(?P<m8>0?[1-9]|1[0-2])(?![\d/]|[.,]\d)",
        cues.FLAGS,
    )


def find(text: str) -> list[tuple[int, int, Day]]:
    """Return where days and months stand in a text, and which they are."""
    return [(found.start(), found.end(), day) for found in _pattern().finditer(text) if (day := _day(found))[1]]


def _day(found: re.Match[str]) -> Day:
    given = {name: value for name, value in found.groupdict().items() if value}
    month = next((int(value) for name, value in given.items() if name[0] == "m"), 0)
    if name := given.get("n4"):
        month = next((at for at, each in enumerate(_MONTHS, 1) if each.startswith(name.casefold()[:3])), 0)
    year = next((int(value) for key, value in given.items() if key[0] == "y"), 0)
    return year, month if month <= 12 else 0, next((int(value) for key, value in given.items() if key[0] == "d"), 0)


def shown(day: Day) -> str:
    """Return a day as Vietnamese and English readers both understand it: 22/10/2024, 10/2024."""
    year, month, number = day
    parts = [f"{number:02d}" if number else "", f"{month:02d}" if month else "", str(year) if year else ""]
    return "/".join(part for part in parts if part)
