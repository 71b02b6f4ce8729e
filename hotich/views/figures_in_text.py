"""Figures in a text that somebody has written or a program has printed: where they are, and which facts they equal.

Prose is read as people write in its language: 519.573 and 81,5% in Vietnamese. What a program printed (`printed`), in a
table of pandas or on a drawing, may also have the point of Python: 519573, 81.4689, 519,573.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from hotich.measures.facts import Fact
from hotich.views import figures

TOKEN: Final = re.compile(r"(?P<sign>[+−-](?=\d))?(?P<number>\d+(?:[.,]\d+)*)(?P<percent>\s?%)?", re.ASCII)
"""A figure as it stands in a text, with its sign and, of a share, its unit."""
_SHARES: Final = frozenset({"percent", "points"})
_WAYS: Final = {"vi": (".", ","), "en": (",", ".")}
"""What groups thousands, and what stands before decimals."""
_MOST: Final = 12
"""Decimals, more than any fact has."""


@dataclass(frozen=True)
class Reading:
    """One way to read a token: its value, with so many decimals; `share` where a percent sign follows."""

    value: Decimal
    decimals: int
    share: bool

    def rounded(self, number: int | Decimal) -> Decimal:
        """Return a number rounded half up to as many decimals."""
        return _rounded(number, self.decimals)


def _rounded(number: int | Decimal, decimals: int) -> Decimal:
    return Decimal(number).quantize(Decimal(1).scaleb(-min(decimals, _MOST)), ROUND_HALF_UP)


def readings(token: re.Match[str], language: str, *, printed: bool) -> Iterator[Reading]:
    """Yield every number that the token may be, in the language's own way and, where `printed`, in Python's."""
    ways = _WAYS.values() if printed else (_WAYS[language],)
    found = {plain for way in ways if (plain := _plain(token["number"], *way))}
    for value, decimals in sorted(found):
        yield Reading(-value if token["sign"] in ("-", "−") else value, decimals, bool(token["percent"]))


def _plain(number: str, thousands: str, point: str) -> tuple[Decimal, int] | None:
    whole, mark, rest = number.partition(point)
    if mark and not rest.isdigit():
        return None
    groups = whole.split(thousands)
    if any(not group.isdigit() for group in groups) or any(len(group) != 3 for group in groups[1:]):
        return None
    if len(groups) > 1 and not 1 <= len(groups[0]) <= 3:
        return None
    return Decimal(f"{''.join(groups)}.{rest}" if mark else "".join(groups)), len(rest)


class Candidates:
    """Facts among which figures are looked up, rounded half up to as many decimals as the text has."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts = [fact for fact in facts if isinstance(fact.value, int | Decimal)]
        self._rounded: dict[int, dict[Decimal, list[Fact]]] = {}

    def equal(self, token: re.Match[str], language: str, *, printed: bool) -> list[Fact]:
        """Return the facts that the token may be, by its most exact reading first; prose writes as `figures` does."""
        found = sorted(readings(token, language, printed=printed), key=lambda each: -each.decimals)
        facts = [fact for each in found for fact in self._read(each)]
        return facts if printed else [fact for fact in facts if token[0] in figures.forms(fact, language)]

    def _read(self, reading: Reading) -> Iterator[Fact]:
        if reading.decimals not in self._rounded:
            self._rounded[reading.decimals] = self._by_value(reading.decimals)
        for fact in self._rounded[reading.decimals].get(reading.value, ()):
            if bool(fact.number) == bool(reading.value) and (fact.unit in _SHARES or not reading.share):
                yield fact

    def _by_value(self, decimals: int) -> dict[Decimal, list[Fact]]:
        found: dict[Decimal, list[Fact]] = {}
        for fact in self._facts:
            found.setdefault(_rounded(fact.number, decimals), []).append(fact)
        return found


def shown(token: re.Match[str], fact: Fact, language: str, *, column: bool = False) -> str:
    """Return how the fact is written in place of a token that a program has printed, with a sign where that had one."""
    return figures.format_fact(fact, language, column=column, signed=bool(token["sign"]))


def strange(words: str) -> str:
    """Return the first character that is a number in another script or form (٣, ½, Ⅲ, ①); empty where there is none.

    No figure is written with one, and no reader of figures would see it as one.
    """
    return next((one for one in words if not one.isascii() and unicodedata.numeric(one, None) is not None), "")
