"""A fact: one computed or quoted figure with its name. Every figure that any page shows is one of these."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final

from hotich import formats
from hotich.language import html, say, spoken
from hotich.measures import definitions
from hotich.month import Month, exact
from hotich.storage import csv_table

Value = int | Decimal | date | Month | str

COLUMNS: Final = ("fact", "area", "scope", "measure", "month", "value", "unit", "origin")
"""The columns of `measures.csv`."""
EXACT: Final = frozenset({"percent", "points", "entries_per_day", "ratio"})
"""Units of figures that are no integers."""
_PLACES: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure. `value` is an integer for counts, a Decimal cut to four places for shares, ratios and paces.

    Four places, cut and not rounded: a later half-up rounding to one place then gives what the exact fraction gives.
    `month` is given only for months other than the reported one.
    """

    area: str
    scope: str
    measure: str
    value: Value
    unit: str
    origin: str
    month: Month | None = None

    def __repr__(self) -> str:
        return f"<Fact {self.key} = {self.raw} {self.unit}, {self.origin}>"

    def __str__(self) -> str:
        return self._shown(spoken())

    def __format__(self, form: str) -> str:
        return format(self.value, form) if form else str(self)

    def _repr_html_(self) -> str:
        language = spoken()
        about = definitions.title(self.measure, language)
        return html(
            language,
            "objects.fact",
            value=self._shown(language),
            unit=self.unit,
            origin=say(language, f"objects.origin.{self.origin}"),
            name=self.key,
            about=about and f". {about}.",
        )

    def _shown(self, language: str) -> str:
        """Return its value, exactly, as the language writes it."""
        value = self.value
        if isinstance(value, date | Month):
            return formats.day(value, language) if isinstance(value, date) else formats.month(value, language)
        if isinstance(value, Decimal):
            return formats.exact(value, language)
        return value if isinstance(value, str) else formats.count(value, language)

    @property
    def key(self) -> str:
        """Its name: `15/all/digitised`, with `@2024-09` for another month."""
        return self.beside(self.measure)

    def beside(self, measure: str) -> str:
        """Return the name of another measure in its place."""
        return f"{self.area}/{self.scope}/{measure}" + (f"@{self.month}" if self.month else "")

    def of(self, origin: str) -> "Fact":
        """Return the same figure of another origin."""
        return Fact(self.area, self.scope, self.measure, self.value, self.unit, origin, self.month)

    @property
    def raw(self) -> str:
        """Its value as `measures.csv` and the `value` attribute on pages write it."""
        if isinstance(self.value, Decimal):
            return f"{self.value.normalize():f}"
        return str(self.value)

    @property
    def number(self) -> int | Decimal:
        """Its value where it is a number. Raises TypeError for dates, months and areas."""
        if not isinstance(self.value, int | Decimal):
            raise TypeError(f"{self.key} is not a number")
        return self.value


def cut(exact: Fraction) -> Decimal:
    """Return a fraction cut toward zero at four places, but never to zero unless it is zero."""
    value = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_PLACES, ROUND_DOWN)
    if not value and exact:
        return _PLACES if exact > 0 else -_PLACES
    return value


def read(path: Path) -> dict[str, Fact]:
    """Return the facts of a `measures.csv` by their names. Raises InputRefused for a file that is not such a table."""
    return {row["fact"]: _fact(row) for row in csv_table.read(path, COLUMNS)}


class InLines(Mapping[str, Fact]):
    """The facts of a `measures.csv` as `measures.write` leaves it, sorted by name: a name is looked for in the file.

    A page shows few of a country's facts; who goes through all of them reads the whole table once.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            self._text = mmap(file.fileno(), 0, access=ACCESS_READ)

    @cached_property
    def _all(self) -> dict[str, Fact]:
        return read(self._path)

    def __getitem__(self, name: str) -> Fact:
        wanted = name.encode()
        low, high = self._text.find(b"\n") + 1, len(self._text)
        while low < high:
            start = self._text.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = self._text.find(b"\n", start, high) + 1 or high
            line = self._text[start:end]
            found = line.partition(b",")[0]
            if found == wanted:
                [cells] = csv.reader([line.decode()])
                return _fact(csv_table.Row(0, dict(zip(COLUMNS, cells, strict=True))))
            low, high = (end, high) if found < wanted else (low, start)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def _fact(row: csv_table.Row) -> Fact:
    other = row["fact"].partition("@")[2]
    value = _value(row["value"], row["unit"])
    return Fact(
        row["area"], row["scope"], row["measure"], value, row["unit"], row["origin"], exact(other) if other else None
    )


def _value(raw: str, unit: str) -> Value:
    if unit == "date":
        return date.fromisoformat(raw)
    if unit == "month":
        return exact(raw)
    if unit in EXACT:
        return _finite(Decimal(raw))
    return raw if unit in ("area", "text") else int(raw)


def _finite(value: Decimal) -> Decimal:
    """Return the number. Raises ValueError for NaN and infinities, which no figure is."""
    if not value.is_finite():
        raise ValueError(value)
    return value
