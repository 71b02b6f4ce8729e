"""The months, days and periods that a file states, in whatever manner people write them.

A statement is a span of months, `first` to `last`; a year is missing where the text gives none. Laws, plans and letters
that a text refers to have dates of their own, which say nothing about its counts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from hotich.intake.files.numbers import Value
from hotich.intake.files.sheet import words
from hotich.intake.fold_text import clean
from hotich.month import Month

_NUMBERS: Final = (
    "một|giêng",
    "hai",
    "ba",
    "tư|bốn",
    "năm",
    "sáu",
    "bảy",
    "tám",
    "chín",
    "mười",
    "mười một",
    "mười hai|chạp",
)
_NUMBER: Final = {name: number for number, names in enumerate(_NUMBERS, 1) for name in names.split("|")}
_WORDS: Final = "|".join(sorted(_NUMBER.keys() - {"năm"}, key=len, reverse=True)) + r"|năm(?=\s+năm)"  # else a year's
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ABBREVIATED: Final = "|".join(_MONTHS)
_ENGLISH: Final = {name: number for number, name in enumerate(_MONTHS, 1)}
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR: Final = r"(?:20)?[0-9]{2}(?![0-9])"
_AND_YEAR: Final = rf"(?:\s*(?:[/.,-]|,?\s*năm:?)\s*(?P<year>{_YEAR}))?"
_DAY: Final = rf"(?P<day>[0-9]{{1,2}})\s*[/.-]\s*(?P<month>[0-9]{{1,2}})\s*[/.-]\s*(?P<year>{_YEAR})"

_REFERENCE: Final = re.compile(
    r"(?:kèm theo|theo|căn cứ|thực hiện|ban hành)\s+(?:tại\s+)?"
    r"(?:công văn|quyết định|kế hoạch|thông báo|thông tư|nghị định|nghị quyết|đề án|"
    r"chỉ thị|luật|văn bản|mẫu|biểu|hướng dẫn)\b.*"
)
_WRITTEN_ON: Final = re.compile(rf"(?<!đến )(?<!đến hết )\bngày\s+[0-9]{{1,2}}\s+tháng\s+[0-9]{{1,2}}\s+năm\s+{_YEAR}")
_PATTERNS: Final = tuple(
    re.compile(pattern, re.ASCII if pattern.isascii() else 0)
    for pattern in (
        rf"\bđến(?:\s+hết)?(?:\s+ngày)?:?\s+{_DAY}",
        rf"\bđến(?:\s+hết)?\s+ngày\s+[0-9]{{1,2}}\s+tháng\s+(?P<month>[0-9]{{1,2}}){_AND_YEAR}",
        rf"(?P<count>[0-9]{{1,2}})\s+tháng\s+đầu\s+năm(?:\s+(?P<year>{_YEAR}))?",
        rf"\bquý\s+(?P<quarter>[1-4]|iv|i{{1,3}})\b{_AND_YEAR}",
        rf"\b(?:tháng|kỳ(?:\s+báo\s+cáo)?|thời\s+điểm):?\s+{_DAY}",
        rf"\b(?:tháng|kỳ(?:\s+báo\s+cáo)?):?\s*(?P<month>[0-9]{{1,2}})(?![0-9]){_AND_YEAR}",
        rf"\btháng\s+(?P<word>{_WORDS})\b(?!\s+(?:năm\s+)?liền){_AND_YEAR}",
        rf"(?<![\w.])t(?P<month>1[0-2]|0?[1-9])\s*[/.-]\s*(?P<year>{_YEAR})",
        rf"\b(?P<english>{'|'.join(_MONTHS)})[a-z]*\.?,?\s+(?P<year>20[0-9]{{2}})\b",
        r"(?<![0-9])(?P<year>20[0-9]{2})-(?P<month>[0-9]{2})(?![0-9])",
    )
)  # the first that fits a place is taken: what is more exact stands first
_FILLING: Final = re.compile(
    r"\b(?:lũy kế|luỹ kế|tính|số liệu|thời điểm|kỳ báo cáo|trong|của|hết|đến|ngày|năm)\b|[\W_]"
)


@dataclass(frozen=True)
class Period:
    """A span of months; `year` is None where the text names none."""

    first: int
    last: int
    year: int | None

    def is_of(self, month: Month) -> bool:
        """Return whether counts of that month are what somebody would write this over.

        What runs from January up to the month is, for counts are cumulative; a quarter or another span is not.
        """
        months = self.last == month.number and self.first in (1, month.number)
        return months and self.year in (None, month.year)


def stated(text: str) -> Iterator[Period]:
    """Yield the periods that a text states about its counts."""
    rest = _REFERENCE.sub(" ", _WRITTEN_ON.sub(" ", clean(text).casefold()))
    for pattern in _PATTERNS:
        for match in pattern.finditer(rest):
            if period := _period(match.groupdict()):
                yield period
        rest = pattern.sub(" ", rest)


def only(text: str) -> list[Period]:
    """Return the periods of a text that says nothing else, as headings over columns do; else nothing."""
    rest = clean(text).casefold()
    for pattern in _PATTERNS:
        rest = pattern.sub(" ", rest)
    return [] if _FILLING.sub("", rest) else list(stated(text))


def in_file_name(name: str) -> Iterator[Period]:
    """Yield the periods that a file's name, or a sheet's, states; its words may be joined by any mark."""
    plain = re.sub(r"\.[a-z]{3,4}$", "", clean(name).casefold())
    for spelling, letters in (("thang", "tháng"), ("quy", "quý"), ("nam", "năm"), ("den", "đến"), ("ngay", "ngày")):
        plain = re.sub(rf"(?<![^\W_]){spelling}(?=[\W_0-9]|$)", letters, plain)
    marked = re.sub(r"(?<![0-9])[_\s-]+|[_\s-]+(?![0-9])|[_\s]+", " ", plain)
    yield from stated(re.sub(r"\b(tháng|t)\s?([0-9]{1,2})\s((?:20)?[0-9]{2})\b", r"\1 \2/\3", marked))
    yield from (
        Period(int(number), int(number), None) for number in re.findall(r"(?<![\w])t(1[0-2]|0?[1-9])(?![\w./])", marked)
    )


def row_text(cells: Sequence[Value]) -> str:
    """Return a row's cells as one text, as somebody reads along it; dates as day, month and year."""
    return " ".join(_written(cell) for cell in cells if cell != "")


def _written(cell: Value) -> str:
    if isinstance(cell, (date, datetime)):
        return f"{cell.day}/{cell.month}/{cell.year}"
    return words(cell)


def _period(found: dict[str, str | None]) -> Period | None:
    """Return the span that a match stands for; None where its number is no month's."""
    year = found.get("year")
    full = int(year) + (2000 if len(year) == 2 else 0) if year else None
    if quarter := found.get("quarter"):
        number = _ROMAN.get(quarter) or int(quarter)
        return Period(3 * number - 2, 3 * number, full)
    number = int(found.get("count") or found.get("month") or 0)
    number = number or _NUMBER.get(found.get("word") or "", 0) or _ENGLISH.get((found.get("english") or "")[:3], 0)
    return Period(1 if found.get("count") else number, number, full) if 1 <= number <= 12 else None
